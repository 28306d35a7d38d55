//! Clicks: what reaches the application, and what the card itself refuses.

use licensebot::app::Inbound;
use licensebot::domain::card::{ActionVerb, InputId};
use licensebot::domain::request::StateName;
use serde_json::{Value, json};

use super::door::{Reply, Show, ballot, card, direct, draft, everyone, id, only, question, saying};
use super::room::{ANA, MEGAN, Room, click, named, texts};

const APPROVE: &str = "approve-abababababab";
const DENY: &str = "deny-abababababab";

type Heard = (ActionVerb, Option<String>, Vec<(InputId, String)>);

fn clicks(room: &Room) -> Vec<Heard> {
    let heard = room.door.heard();
    let clicks = heard.iter().map(|inbound| match inbound {
        Inbound::Click { click, .. } => {
            assert_eq!(click.request, super::door::request());
            (click.verb, click.digest.clone(), click.inputs.clone().into_iter().collect())
        }
        other => panic!("{other:?}"),
    });
    clicks.collect()
}

#[tokio::test]
async fn a_click_answers_with_the_changed_card_and_what_else_its_author_sees() {
    let room = Room::open().await;
    room.shows(Show::Post(100, everyone(), draft())).await;
    room.shows(Show::Post(101, direct(MEGAN), ballot())).await;
    room.shows(Show::Post(102, direct(ANA), draft())).await;
    let done = card(StateName::Approved, Vec::new());
    room.will(Reply::Show(vec![
        Show::Update(100, done.clone()),
        Show::Update(101, done.clone()),
        Show::Update(102, done.clone()),
    ]));
    let answer = room.clicks(click("megan", &id(101), APPROVE)).await;
    assert_eq!(named(&answer), [(id(100), 2), (id(101), 2)]);
    assert_eq!(answer[1]["card"]["state"], "approved");
    assert_eq!(answer[1]["card"]["actions"], json!([]));
    assert_eq!(clicks(&room), [(ActionVerb::Approve, Some("abababababab".to_owned()), vec![])]);
    assert_eq!(named(&room.sees("as=ana").await), [(id(100), 2), (id(102), 2)]);
}

#[tokio::test]
async fn the_second_of_two_clicks_reaches_the_application_though_the_button_is_gone() {
    let room = Room::open().await;
    room.shows(Show::Post(101, direct(MEGAN), ballot())).await;
    room.will(Reply::Show(vec![Show::Update(101, card(StateName::Approved, Vec::new()))]));
    room.will(Reply::Say(saying("refused-title")));
    let (first, second) =
        tokio::join!(room.clicks(click("megan", &id(101), APPROVE)), room.clicks(click("megan", &id(101), APPROVE)));
    assert_eq!(clicks(&room).len(), 2);
    let all = [first, second].concat();
    let refused: Vec<&Value> = all.iter().filter(|message| message["card"]["title"] == "That did not work").collect();
    assert_eq!(refused.len(), 1, "{all:?}");
    assert_eq!((&refused[0]["private"], &refused[0]["place"]), (&json!(true), &json!("direct")));
    assert_eq!(named(&room.sees("as=megan").await)[0], (id(101), 2));
}

#[tokio::test]
async fn a_stale_button_is_judged_by_the_application() {
    let room = Room::open().await;
    room.shows(Show::Post(101, direct(MEGAN), ballot())).await;
    room.will(Reply::Say(saying("refused-title")));
    let answer = room.clicks(click("megan", &id(101), "approve-0123456789ab")).await;
    assert_eq!(answer.len(), 2, "the card as it stands, and why not");
    assert_eq!(clicks(&room), [(ActionVerb::Approve, Some("0123456789ab".to_owned()), vec![])]);
}

#[tokio::test]
async fn a_stranger_is_told_so_and_nothing_happens() {
    let room = Room::open().await;
    room.shows(Show::Post(100, only(ANA), draft())).await;
    let before = room.sees("as=ana").await;
    let confirm = "confirm-abababababab";
    let answer = room.clicks(click("bo", &id(100), confirm)).await;
    let words = "REHEARSAL: That did not work\nThis message is not for you, so its buttons are not either. See what waits for \
                 you with: /license requests.";
    assert_eq!(texts(&answer), [words]);
    assert_eq!((&answer[0]["private"], &answer[0]["request"]), (&json!(true), &Value::Null));
    let swedish = json!({ "as": "bo", "message": id(100), "action": confirm, "locale": "sv" });
    let words = "ÖVNING: Det gick inte\nMeddelandet är inte till dig, och det är inte dess knappar heller. Se vad som väntar på \
                 dig med: /license requests.";
    assert_eq!(texts(&room.clicks(swedish).await), [words]);
    assert!(room.door.heard().is_empty());
    assert_eq!(room.sees("as=ana").await, before);
}

#[tokio::test]
async fn a_required_input_that_is_empty_is_asked_for() {
    let room = Room::open().await;
    room.shows(Show::Post(101, direct(MEGAN), ballot())).await;
    for inputs in
        [Value::Null, json!({}), json!({ "reason": null }), json!({ "reason": "" }), json!({ "reason": " \t" })]
    {
        let deny = json!({ "as": "megan", "message": id(101), "action": DENY, "inputs": inputs });
        let words = "REHEARSAL: That did not work\n“Reason” is still empty. Fill it in, then choose “Deny” again.";
        assert_eq!(texts(&room.clicks(deny).await), [words], "{inputs}");
    }
    assert!(room.door.heard().is_empty());
    room.will(Reply::Show(vec![Show::Update(101, card(StateName::Denied, Vec::new()))]));
    let deny = json!({ "as": "megan", "message": id(101), "action": DENY, "inputs": { "reason": "no budget" } });
    assert_eq!(named(&room.clicks(deny).await), [(id(101), 2)]);
    assert_eq!(clicks(&room)[0].2, [(InputId::Reason, "no budget".to_owned())]);
}

#[tokio::test]
async fn what_never_was_is_not_found() {
    let room = Room::open().await;
    room.shows(Show::Post(101, direct(MEGAN), ballot())).await;
    room.shows(Show::Post(103, direct(MEGAN), saying("refused-title"))).await;
    let line = room.types(json!({ "as": "megan", "text": "hello all" })).await;
    let line = line[0]["id"].as_str().unwrap();
    let table = [
        (click("nobody", &id(101), APPROVE), "unknown_person"),
        (click("megan", "no-such-message", APPROVE), "unknown_message"),
        (click("megan", "", APPROVE), "unknown_message"),
        (click("megan", &id(101), "explode"), "unknown_action"),
        (click("megan", &id(101), "approve"), "unknown_action"),
        (click("megan", &id(101), "approve-xyz"), "unknown_action"),
        (click("megan", &id(101), "approve-abababababab-abababababab"), "unknown_action"),
        (click("megan", &id(101), ""), "unknown_action"),
        (click("megan", &id(103), APPROVE), "unknown_action"),
        (click("megan", &id(103), "choose"), "unknown_action"),
        (click("megan", line, APPROVE), "unknown_action"),
    ];
    for (body, code) in table {
        let (status, answer) = room.post("/api/demo/actions", body.to_string()).await;
        assert_eq!((status.as_u16(), &answer["error"]["code"]), (404, &json!(code)), "{body}");
        assert!(answer["error"]["message"].as_str().unwrap().ends_with('.'), "{answer}");
    }
    assert!(room.door.heard().is_empty());
}

#[tokio::test]
async fn a_choice_is_a_command_without_a_line() {
    let room = Room::open().await;
    room.shows(Show::Post(100, only(ANA), question())).await;
    let choose = |value: &str| json!({ "as": "ana", "message": id(100), "action": "choose", "inputs": { "choice": value }, "locale": "sv" });
    room.will(Reply::Show(vec![Show::Post(101, only(ANA), draft())]));
    let answer = room.clicks(choose("assign me SPE_E5")).await;
    assert_eq!(named(&answer), [(id(100), 1), (id(101), 1)]);
    room.will(Reply::Say(saying("repeated")));
    room.clicks(choose("assign me SPE_E5")).await;
    room.will(Reply::Say(saying("repeated")));
    room.clicks(choose("assign me ENTERPRISEPREMIUM")).await;
    let heard = room.door.heard();
    let heard: Vec<(&str, &str)> = heard
        .iter()
        .map(|inbound| match inbound {
            Inbound::Command { caller, text } => (text.as_str(), caller.delivery.0.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    let texts: Vec<&str> = heard.iter().map(|(text, _)| *text).collect();
    assert_eq!(texts, ["assign me SPE_E5", "assign me SPE_E5", "assign me ENTERPRISEPREMIUM"]);
    assert_eq!(heard[0].1, heard[1].1, "the same choice of the same card is one delivery");
    assert_ne!(heard[0].1, heard[2].1);
    assert!(room.sees("as=ana").await.iter().all(|message| message["from"] == "licensebot"));
}

#[tokio::test]
async fn what_is_not_offered_cannot_be_chosen() {
    let room = Room::open().await;
    room.shows(Show::Post(100, only(ANA), question())).await;
    let words_of = |value: Value| {
        let room = &room;
        async move {
            let body = json!({ "as": "ana", "message": id(100), "action": "choose", "inputs": value });
            texts(&room.clicks(body).await)
        }
    };
    let none = "REHEARSAL: That did not work\nThat is none of the choices. Choose one from the list.";
    assert_eq!(words_of(json!({ "choice": "unassign @megan E5" })).await, [none]);
    let empty = "REHEARSAL: That did not work\n“Which one?” is still empty. Fill it in, then choose “Choose” again.";
    assert_eq!(words_of(json!({})).await, [empty]);
    assert!(room.door.heard().is_empty());
}
