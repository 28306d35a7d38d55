//! A restart of the chat.

use serde_json::json;

use super::door::{Reply, Show, ballot, card, direct, draft, drawn, everyone, id};
use super::room::{ANA, MEGAN, Room, click, named};
use licensebot::domain::request::StateName;

#[tokio::test]
async fn everything_stands_as_it_stood_and_goes_on() {
    let room = Room::open().await;
    room.types(json!({ "as": "ana", "text": "good morning" })).await;
    room.shows(Show::Post(100, everyone(), draft())).await;
    room.shows(Show::Post(101, direct(MEGAN), ballot())).await;
    room.shows(Show::Post(102, direct(ANA), draft())).await;
    room.shows(Show::Update(100, ballot())).await;
    let before = (room.sees("as=ana").await, room.sees("as=megan&locale=sv").await);
    assert_eq!(named(&before.0), [(drawn(0), 1), (id(100), 2), (id(102), 1)]);

    let room = room.restart().await;
    assert_eq!((room.sees("as=ana").await, room.sees("as=megan&locale=sv").await), before);
    assert_eq!(room.get("/api/demo/waiting").await.1, json!({ "waiting": { "megan": 1 } }));

    room.will(Reply::Show(vec![Show::Update(101, card(StateName::Approved, Vec::new()))]));
    let answer = room.clicks(click("megan", &id(101), "approve-abababababab")).await;
    assert_eq!(named(&answer), [(id(101), 2)], "a button from before still works");
    room.shows(Show::Post(100, everyone(), ballot())).await;
    room.types(json!({ "as": "ana", "text": "good evening" })).await;
    assert_eq!(named(&room.sees("as=ana").await), [(drawn(0), 1), (id(100), 2), (id(102), 1), (drawn(1_001), 1)]);
}
