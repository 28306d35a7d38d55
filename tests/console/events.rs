//! The stream of events.

use serde_json::json;

use super::door::{Show, ballot, direct, draft, everyone, id};
use super::room::{MEGAN, Room, named};

#[tokio::test]
async fn each_creation_and_each_change_comes_once() {
    let room = Room::open().await;
    room.shows(Show::Post(99, everyone(), draft())).await;
    let mut listener = room.listens("as=megan&locale=sv", &[]).await;
    room.types(json!({ "as": "megan", "text": "hello" })).await;
    let (_, messages) = listener.hears().await.unwrap();
    assert_eq!(messages, room.sees(&format!("as=megan&after={}", id(99))).await, "as it is read");

    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    let (_, messages) = listener.hears().await.unwrap();
    assert_eq!(named(&messages), [(id(100), 1)]);
    assert_eq!(messages[0]["card"]["actions"][0]["label"], "Godkänn", "in the listener's language");

    room.shows(Show::Update(100, ballot())).await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    room.shows(Show::Update(100, draft())).await;
    assert_eq!(named(&listener.hears().await.unwrap().1), [(id(100), 2)], "what changed nothing is no event");
}

#[tokio::test]
async fn who_connects_again_gets_what_they_missed() {
    let room = Room::open().await;
    let mut listener = room.listens("as=megan", &[]).await;
    room.shows(Show::Post(100, everyone(), draft())).await;
    let (last, _) = listener.hears().await.unwrap();
    drop(listener);
    room.shows(Show::Post(101, everyone(), draft())).await;
    room.shows(Show::Update(100, ballot())).await;
    let mut listener = room.listens("as=megan", &[("last-event-id", &last)]).await;
    assert_eq!(named(&listener.hears().await.unwrap().1), [(id(101), 1), (id(100), 2)]);

    for nonsense in ["-1", "99999999999999999999", "9223372036854775807", "x", ""] {
        let mut listener = room.listens("as=megan", &[("last-event-id", nonsense)]).await;
        room.types(json!({ "as": "ana", "text": nonsense_line(nonsense) })).await;
        let (_, messages) = listener.hears().await.unwrap();
        assert_eq!(messages.len(), 1, "{nonsense:?}");
        assert_eq!(messages[0]["text"], nonsense_line(nonsense));
    }
}

fn nonsense_line(text: &str) -> String {
    format!("I typed {text}")
}

#[tokio::test]
async fn the_stream_ends_with_the_chat() {
    let room = Room::open().await;
    let mut listener = room.listens("as=megan", &[]).await;
    room.store.close_streams();
    assert_eq!(listener.hears().await, None);
    let mut late = room.listens("as=megan", &[]).await;
    assert_eq!(late.hears().await, None, "and does not begin again");
}

#[tokio::test]
async fn nobody_listens_as_somebody_who_is_not_there() {
    let room = Room::open().await;
    for (query, status, code) in [
        ("as=nobody", 404, "unknown_person"),
        ("", 400, "malformed"),
        ("as=ana&locale=fr", 400, "malformed"),
        ("as=ana&as=bo", 400, "malformed"),
    ] {
        let (got, body) = room.get(&format!("/api/demo/events?{query}")).await;
        assert_eq!((got.as_u16(), &body["error"]["code"]), (status, &json!(code)), "{query}");
    }
}
