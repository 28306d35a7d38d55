//! Reading: who sees what, from where, and in which words.

use licensebot::domain::card::Card;
use licensebot::domain::text::Phrase;
use licensebot::ports::Addressee;
use serde_json::{Value, json};

use super::door::{Show, ballot, direct, draft, everyone, id, only, question, saying};
use super::room::{ANA, BO, MEGAN, Room, named, texts};

#[tokio::test]
async fn the_people_one_can_be_are_listed() {
    let room = Room::open().await;
    let (_, body) = room.get("/api/demo/people").await;
    let expected = json!({ "people": [
        { "name": "ana", "displayName": "Ana Díaz", "title": "Designer", "manager": "megan" },
        { "name": "bo", "displayName": "Bo Ek", "title": null, "manager": "megan" },
        { "name": "megan", "displayName": "Megan Bowen", "title": "Head of Design", "manager": null }
    ]});
    assert_eq!(body, expected);
}

#[tokio::test]
async fn nobody_sees_what_is_anothers_in_any_place_on_any_way() {
    let room = Room::open().await;
    let places: [(u128, Addressee, &[&str]); 7] = [
        (100, everyone(), &["ana", "bo", "megan"]),
        (101, only(ANA), &["ana"]),
        (102, only(BO), &["bo"]),
        (103, only(MEGAN), &["megan"]),
        (104, direct(ANA), &["ana"]),
        (105, direct(BO), &["bo"]),
        (106, direct(MEGAN), &["megan"]),
    ];
    let mut listeners = Vec::new();
    for reader in ["ana", "bo", "megan"] {
        listeners.push((reader, room.listens(&format!("as={reader}"), &[]).await));
    }
    for (nonce, to, _) in &places {
        room.shows(Show::Post(*nonce, to.clone(), draft())).await;
    }
    // The last thing that everybody hears: whatever came before it came before.
    room.shows(Show::Post(107, everyone(), draft())).await;
    for (reader, mut listener) in listeners {
        let theirs = places.iter().filter(|(_, _, readers)| readers.contains(&reader)).map(|(nonce, _, _)| *nonce);
        let expected: Vec<(String, u64)> = theirs.chain([107]).map(|nonce| (id(nonce), 1)).collect();
        assert_eq!(named(&room.sees(&format!("as={reader}")).await), expected, "{reader} reads");
        let mut heard = Vec::new();
        while heard.last() != Some(&(id(107), 1)) {
            heard.extend(named(&listener.hears().await.unwrap().1));
        }
        assert_eq!(heard, expected, "{reader} listens");
    }
}

#[tokio::test]
async fn reading_goes_on_after_a_message_by_its_creation() {
    let room = Room::open().await;
    for nonce in [100, 101, 102] {
        room.shows(Show::Post(nonce, everyone(), draft())).await;
    }
    room.shows(Show::Post(103, only(MEGAN), draft())).await;
    room.shows(Show::Update(100, ballot())).await;
    assert_eq!(named(&room.sees(&format!("as=ana&after={}", id(101))).await), [(id(102), 1)]);
    assert!(room.sees(&format!("as=ana&after={}", id(102))).await.is_empty());
    for unknown in ["none", "", &id(103)] {
        let (status, body) = room.get(&format!("/api/demo/messages?as=ana&after={unknown}")).await;
        assert_eq!((status.as_u16(), &body["error"]["code"]), (404, &json!("unknown_message")), "{unknown:?}");
    }
}

#[tokio::test]
async fn the_text_alone_says_the_whole() {
    let room = Room::open().await;
    room.shows(Show::Post(100, everyone(), ballot())).await;
    room.shows(Show::Post(101, everyone(), question())).await;
    room.shows(Show::Post(102, everyone(), saying("refused-title"))).await;
    let ballot = "REHEARSAL: Your license request\nThe change is being made.\nRequest: R-7Q2M9XKA\nSeats: 3\n\
                  You can: Approve and Deny (Reason).";
    let question = "Which one do you mean?\nYou can: Choose (Microsoft 365 E5, Office 365 E5).";
    assert_eq!(texts(&room.sees("as=ana").await), [ballot, question, "That did not work\nyes\nno"]);
    let ballot = "ÖVNING: Din licensbegäran\nÄndringen görs nu.\nBegäran: R-7Q2M9XKA\nLicenser: 3\n\
                  Du kan välja: Godkänn och Avslå (Skäl).";
    assert_eq!(texts(&room.sees("as=ana&locale=sv").await)[0], ballot);
}

#[tokio::test]
async fn an_input_shows_its_choices_and_whether_it_is_required() {
    let room = Room::open().await;
    room.shows(Show::Post(101, everyone(), question())).await;
    let expected = json!([{
        "id": "choose", "verb": "choose", "label": "Choose",
        "inputs": [{
            "id": "choice", "label": "Which one?", "required": true,
            "choices": [
                { "value": "assign me SPE_E5", "label": "Microsoft 365 E5" },
                { "value": "assign me ENTERPRISEPREMIUM", "label": "Office 365 E5" }
            ]
        }]
    }]);
    assert_eq!(room.sees("as=ana").await[0]["card"]["actions"], expected);
    assert_eq!(room.sees("as=ana").await[0]["card"]["state"], Value::Null);
}

#[tokio::test]
async fn times_in_sentences_are_in_the_zone_of_the_people() {
    let room = Room::open().await;
    let at: jiff::Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    let phrase = Phrase::new("list-and-time").with("people", vec!["Ana"]).with("at", at);
    room.shows(Show::Post(100, everyone(), Card::saying(phrase, Vec::new()))).await;
    assert_eq!(texts(&room.sees("as=ana").await), ["Ana at 2026-11-24 11:00 CET"]);
}

#[tokio::test]
async fn votes_that_wait_are_counted_by_person() {
    let room = Room::open().await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    room.shows(Show::Post(101, direct(MEGAN), ballot())).await;
    room.shows(Show::Post(102, direct(ANA), draft())).await;
    assert_eq!(room.get("/api/demo/waiting").await.1, json!({ "waiting": { "megan": 2 } }));
    room.shows(Show::Update(100, draft())).await;
    room.shows(Show::Update(101, draft())).await;
    assert_eq!(room.get("/api/demo/waiting").await.1, json!({ "waiting": {} }));
}
