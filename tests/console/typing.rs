//! What people type, and what comes back.

use std::sync::Arc;

use licensebot::app::{Candidate, Completion, Inbound};
use licensebot::domain::request::{Place, Platform};
use licensebot::domain::text::Locale;
use serde_json::json;
use tokio::sync::Notify;

use super::door::{Reply, Show, draft, drawn, everyone, id, only, saying};
use super::room::{ANA, Room, named, texts};

fn command(inbound: &Inbound) -> (String, Place, Locale, String) {
    match inbound {
        Inbound::Command { caller, text } => {
            assert_eq!(caller.platform, Platform::Console);
            (caller.person.to_string(), caller.place.clone(), caller.locale, text.clone())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_command_in_the_channel_is_seen_by_all_and_its_preflight_by_its_author() {
    let room = Room::open().await;
    room.will(Reply::Show(vec![Show::Post(100, only(ANA), draft())]));
    let answer = room.types(json!({ "as": "ana", "text": "/license assign @ana E5" })).await;
    let line = json!({
        "id": drawn(0), "revision": 1, "place": "channel", "private": false, "from": "ana",
        "text": "/license assign @ana E5", "request": null, "card": null, "at": "2026-11-24T10:00:00Z"
    });
    let preflight = json!({
        "id": id(100), "revision": 1, "place": "channel", "private": true, "from": "licensebot",
        "text": "REHEARSAL: Your license request\nThe change is being made.\nRequest: R-7Q2M9XKA\nSeats: 3\n\
                 You can: Confirm and Cancel.",
        "request": "R-7Q2M9XKA",
        "card": {
            "title": "REHEARSAL: Your license request",
            "text": "The change is being made.",
            "facts": [{ "name": "Request", "value": "R-7Q2M9XKA" }, { "name": "Seats", "value": "3" }],
            "state": "draft",
            "actions": [
                { "id": "confirm-abababababab", "verb": "confirm", "label": "Confirm", "inputs": [] },
                { "id": "cancel-abababababab", "verb": "cancel", "label": "Cancel", "inputs": [] }
            ]
        },
        "at": "2026-11-24T10:00:00Z"
    });
    assert_eq!(answer, [line.clone(), preflight.clone()]);
    assert_eq!(room.sees("as=ana").await, [line.clone(), preflight]);
    assert_eq!(room.sees("as=megan").await, [line]);
    let heard: Vec<_> = room.door.heard().iter().map(command).collect();
    let channel = Place::Channel("licenses".to_owned());
    assert_eq!(heard, [(ANA.to_string(), channel, Locale::En, "/license assign @ana E5".to_owned())]);
}

#[tokio::test]
async fn swedish_is_spoken_to_who_asks_in_swedish() {
    let room = Room::open().await;
    room.will(Reply::Show(vec![Show::Post(100, only(ANA), draft())]));
    let line = json!({ "as": "ana", "text": "assign me E5", "place": "direct", "locale": "sv" });
    let answer = room.types(line).await;
    assert_eq!(
        texts(&answer),
        [
            "assign me E5",
            "ÖVNING: Din licensbegäran\nÄndringen görs nu.\nBegäran: R-7Q2M9XKA\nLicenser: 3\n\
             Du kan välja: Bekräfta och Avbryt."
        ]
    );
    assert_eq!(answer[1]["card"]["actions"][0]["label"], "Bekräfta");
    let heard: Vec<_> = room.door.heard().iter().map(command).collect();
    assert_eq!(heard, [(ANA.to_string(), Place::Direct, Locale::Sv, "assign me E5".to_owned())]);
    let english = room.sees("as=ana&locale=en").await;
    assert_eq!(named(&english), named(&answer), "another language is no other revision");
    assert_eq!(english[1]["card"]["actions"][0]["label"], "Confirm");
}

#[tokio::test]
async fn people_in_the_channel_may_talk_without_the_bot() {
    let room = Room::open().await;
    let answer = room.types(json!({ "as": "bo", "text": "@megan good morning!", "place": "channel" })).await;
    assert_eq!(texts(&answer), ["@megan good morning!"]);
    assert_eq!(answer[0]["from"], "bo");
    assert_eq!(room.sees("as=ana").await, answer);
    assert!(room.door.heard().is_empty());
}

#[tokio::test]
async fn in_a_direct_conversation_everything_is_for_the_bot_and_nobody_else() {
    let room = Room::open().await;
    room.will(Reply::Say(saying("refused-title")));
    let answer = room.types(json!({ "as": "bo", "text": "good morning!", "place": "direct" })).await;
    assert_eq!(texts(&answer), ["good morning!", "That did not work\nyes\nno"]);
    let whose: Vec<_> =
        answer.iter().map(|message| (&message["from"], &message["place"], &message["private"])).collect();
    let (bo, bot, direct, private) = (json!("bo"), json!("licensebot"), json!("direct"), json!(true));
    assert_eq!(whose, [(&bo, &direct, &private), (&bot, &direct, &private)]);
    assert!(room.sees("as=ana").await.is_empty());
}

#[tokio::test]
async fn an_answer_is_private_in_the_place_of_the_question() {
    let room = Room::open().await;
    room.will(Reply::Say(saying("refused-title")));
    let answer = room.types(json!({ "as": "bo", "text": "@licensebot stock" })).await;
    assert_eq!(answer[1]["place"], "channel");
    assert_eq!(answer[1]["private"], true);
    assert_eq!(named(&room.sees("as=ana").await), named(&answer[..1]));
}

#[tokio::test]
async fn an_empty_line_is_answered_and_leaves_no_line() {
    let room = Room::open().await;
    for text in ["", "   ", "\n\t"] {
        room.will(Reply::Say(saying("refused-title")));
        let answer = room.types(json!({ "as": "bo", "text": text })).await;
        assert_eq!(texts(&answer), ["That did not work\nyes\nno"], "{text:?}");
    }
    assert!(room.sees("as=ana").await.is_empty());
}

#[tokio::test]
async fn only_what_changed_because_of_the_line_comes_back() {
    let room = Room::open().await;
    room.shows(Show::Post(100, only(ANA), draft())).await;
    room.shows(Show::Post(101, everyone(), draft())).await;
    room.will(Reply::Show(vec![Show::Update(100, saying_of_request()), Show::Post(102, only(ANA), draft())]));
    let answer = room.types(json!({ "as": "ana", "text": "/license cancel R-7Q2M9XKA" })).await;
    assert_eq!(named(&answer), [(id(100), 2), (drawn(0), 1), (id(102), 1)], "in the order of creation");
}

fn saying_of_request() -> licensebot::domain::card::Card {
    super::door::card(licensebot::domain::request::StateName::Cancelled, Vec::new())
}

#[tokio::test]
async fn each_line_is_a_delivery_of_its_own() {
    let room = Room::open().await;
    for _ in 0..2 {
        room.will(Reply::Say(saying("refused-title")));
        room.types(json!({ "as": "ana", "text": "/status" })).await;
    }
    let deliveries: Vec<String> = room.door.heard().iter().map(delivery).collect();
    assert_ne!(deliveries[0], deliveries[1]);
}

fn delivery(inbound: &Inbound) -> String {
    match inbound {
        Inbound::Command { caller, .. } => caller.delivery.0.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn who_hangs_up_is_answered_all_the_same() {
    let room = Arc::new(Room::open().await);
    let mut listener = room.listens("as=ana", &[]).await;
    let gate = Arc::new(Notify::new());
    room.will(Reply::Later(Arc::clone(&gate), saying("refused-title")));
    let asking = {
        let room = Arc::clone(&room);
        tokio::spawn(async move { room.types(json!({ "as": "ana", "text": "/status" })).await })
    };
    room.door.entered.notified().await;
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    assert_eq!(texts(&listener.hears().await.unwrap().1), ["/status"]);
    gate.notify_one();
    assert_eq!(texts(&listener.hears().await.unwrap().1), ["That did not work\nyes\nno"]);
}

#[tokio::test]
async fn half_a_line_is_completed() {
    let room = Room::open().await;
    let candidate = |insert: &str, label: &str| Candidate {
        insert: insert.to_owned(),
        label: label.to_owned(),
        detail: "x".to_owned(),
    };
    let candidates = vec![candidate("@ana ", "Ana Díaz")];
    room.will(Reply::Complete(Completion { replace_from: 16, candidates }));
    let (status, body) = room.get("/api/demo/complete?as=ana&locale=sv&text=/license%20assign%20@a").await;
    let expected = json!({
        "replaceFrom": 16, "candidates": [{ "insert": "@ana ", "label": "Ana Díaz", "detail": "x" }]
    });
    assert_eq!((status.as_u16(), body), (200, expected));
    match room.door.heard().as_slice() {
        [Inbound::Complete { caller, text }] => {
            assert_eq!((caller.locale, text.as_str()), (Locale::Sv, "/license assign @a"));
        }
        other => panic!("{other:?}"),
    }
    assert!(room.sees("as=ana").await.is_empty(), "nothing was said");
}
