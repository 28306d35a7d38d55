//! What was recorded stands, even where the chat cannot show it: then it says so, and never as if nothing had happened.

use serde_json::json;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use super::door::{Reply, Show, ballot, direct, draft, id, only, saying};
use super::room::{ANA, MEGAN, Room, click, named, texts};

const SAID: &str = "REHEARSAL: Recorded\nWhat you chose for R-7Q2M9XKA is recorded and stands, but its card could not be \
                    changed yet. The card follows by itself; see where the request stands with: /license request R-7Q2M9XKA.";

#[tokio::test]
async fn a_click_whose_card_did_not_change_is_said_to_stand() {
    let room = Room::open().await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    room.shows(Show::Post(101, only(ANA), draft())).await;
    // Somebody else's card changed, the clicker's did not.
    room.will(Reply::Show(vec![Show::Update(101, ballot())]));
    let answer = room.clicks(click("megan", &id(100), "approve-abababababab")).await;
    assert_eq!(named(&answer[..1]), [(id(100), 1)], "the card as it is");
    assert_eq!(texts(&answer[1..]), [SAID]);
    assert_eq!((&answer[1]["private"], &answer[1]["place"]), (&json!(true), &json!("direct")));
    room.will(Reply::Show(vec![Show::Update(100, draft())]));
    let answer = room.clicks(click("megan", &id(100), "approve-abababababab")).await;
    assert_eq!(named(&answer), [(id(100), 2)], "and where it changed, there is nothing to say");
}

#[tokio::test]
async fn a_command_whose_cards_did_not_change_is_said_to_stand() {
    let room = Room::open().await;
    room.will(Reply::Show(Vec::new()));
    let answer = room.types(json!({ "as": "megan", "text": "/license approve R-7Q2M9XKA" })).await;
    assert_eq!(texts(&answer), ["/license approve R-7Q2M9XKA", SAID]);
    assert_eq!(answer[1]["private"], true);
}

#[tokio::test]
async fn a_decision_is_said_to_whoever_typed_it_and_shown_to_whoever_clicked() {
    let room = Room::open().await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    room.will(Reply::Record(vec![Show::Update(100, draft())], saying("recorded-title")));
    let answer = room.types(json!({ "as": "megan", "text": "/license approve R-7Q2M9XKA" })).await;
    assert_eq!(named(&answer[..1]), [(id(100), 2)], "the card as it is now");
    assert_eq!(texts(&answer[1..]), ["/license approve R-7Q2M9XKA", "Recorded\nyes\nno"]);
    assert_eq!((&answer[2]["private"], &answer[2]["place"]), (&json!(true), &json!("channel")));

    room.will(Reply::Record(vec![Show::Update(100, ballot())], saying("recorded-title")));
    let answer = room.clicks(click("megan", &id(100), "approve-abababababab")).await;
    assert_eq!(named(&answer), [(id(100), 3)], "a card that changed says it");
    room.will(Reply::Record(Vec::new(), saying("recorded-title")));
    let answer = room.clicks(click("megan", &id(100), "approve-abababababab")).await;
    assert_eq!(texts(&answer[1..]), [SAID], "one that did not is spoken for");
}

#[tokio::test]
async fn where_nothing_can_be_written_the_error_says_what_stands() {
    let room = Room::open().await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    let mut hand = SqliteConnectOptions::new().filename(room.file()).connect().await.unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'as on a full disk'); END";
    sqlx::query(full).execute(&mut hand).await.unwrap();
    for (locale, message) in [
        (
            "en",
            "What you chose for R-7Q2M9XKA is recorded and stands; only the chat cannot be written just now. Check that the disk \
             is not full, then see where it stands with: /license request R-7Q2M9XKA.",
        ),
        (
            "sv",
            "Ditt val för R-7Q2M9XKA är noterat och gäller; det är bara chatten som inte kan skrivas just nu. Se efter att disken \
             inte är full, och sedan hur långt begäran har kommit med: /license request R-7Q2M9XKA.",
        ),
    ] {
        room.will(Reply::Show(Vec::new()));
        let mut body = click("megan", &id(100), "approve-abababababab");
        body["locale"] = json!(locale);
        let (status, answer) = room.post("/api/demo/actions", body.to_string()).await;
        let error = json!({ "error": { "code": "not_shown", "message": message } });
        assert_eq!((status.as_u16(), answer), (500, error));
    }
}
