//! The page itself, with a scripted application behind it.

use fantoccini::key::Key;
use licensebot::app::{Candidate, Completion};
use licensebot::domain::request::StateName;
use serde_json::json;

use super::screen::Screen;
use crate::console::door::{Reply, Show, ballot, card, direct, draft, id, only, question};
use crate::console::room::{ANA, MEGAN, Room, click};

#[tokio::test(flavor = "multi_thread")]
async fn a_card_changes_under_the_eyes_of_who_reads_it() {
    let room = Room::open().await;
    let screen = Screen::open(room.address(), 1200, 800).await;
    screen.becomes("megan").await;
    screen.sees("#welcome:not([hidden])").await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    screen.sees("[data-waiting=megan]").await;
    assert_eq!(screen.reads("[data-badge=direct]").await, "1");
    screen.clicks("[data-testid=waiting]").await;
    let message = format!("[data-message='{}']", id(100));
    assert_eq!(screen.reads(&format!("{message} .card-title")).await, "REHEARSAL: Your license request");
    assert_eq!(screen.reads(&format!("{message} [data-testid=state]")).await, "Waits for approval");

    room.will(Reply::Show(vec![Show::Update(100, card(StateName::Approved, Vec::new()))]));
    screen.clicks(&format!("{message} [data-verb=approve]")).await;
    screen.sees(&format!("{message}[data-revision='2'] [data-state=approved]")).await;
    assert_eq!(screen.count(&format!("{message} button[data-verb]")).await, 0);
    room.shows(Show::Update(100, card(StateName::Applied, Vec::new()))).await;
    screen.sees(&format!("{message}[data-revision='3'] [data-state=applied]")).await;
    screen.sees("[data-testid=waiting][hidden]").await;
    screen.loses("[data-waiting]").await;
    screen.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_asked_for_before_the_click_and_survives_an_edit() {
    let room = Room::open().await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    let screen = Screen::open(&format!("{}/#megan/direct", room.address()), 1200, 800).await;
    screen.clicks("[data-verb=deny]").await;
    screen.clicks("[data-form] [data-submit]").await;
    screen.sees("[data-input=reason][aria-invalid=true]").await;
    assert!(room.door.heard().is_empty(), "nothing was sent");
    screen.sees("[data-input=reason]").await.send_keys("no budget").await.unwrap();
    let more = ballot().fact(licensebot::domain::text::Phrase::new("fact-holds"), "nothing");
    room.shows(Show::Update(100, more)).await;
    screen.sees("[data-revision='2']").await;
    let typed = screen.sees("[data-input=reason]").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("no budget"));
    room.will(Reply::Show(vec![Show::Update(100, card(StateName::Denied, Vec::new()))]));
    screen.clicks("[data-form] [data-submit]").await;
    screen.sees("[data-state=denied]").await;
    screen.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_is_made_and_swedish_is_one_click_away() {
    let room = Room::open().await;
    let screen = Screen::open(room.address(), 1200, 800).await;
    screen.becomes("ana").await;
    screen.clicks("button[data-locale=sv]").await;
    screen.sees("html[lang=sv]").await;
    room.will(Reply::Say(question()));
    screen.says("/license assign me \"E5\"").await;
    assert_eq!(screen.reads(".card-title").await, "Vilken menar du?");
    screen.chooses("[data-input=choice]", "assign me SPE_E5").await;
    room.will(Reply::Show(vec![Show::Post(100, only(ANA), draft())]));
    screen.clicks("[data-verb=choose]").await;
    assert_eq!(screen.reads(&format!("[data-message='{}'] [data-verb=confirm]", id(100))).await, "Bekräfta");
    screen.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_type_is_text_and_nothing_else() {
    let room = Room::open().await;
    let screen = Screen::open(room.address(), 1200, 800).await;
    screen.becomes("bo").await;
    let line = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>{{1+1}}";
    room.types(json!({ "as": "ana", "text": line })).await;
    assert_eq!(screen.reads("[data-from=ana] [data-testid=text]").await, line);
    assert_eq!(screen.count("#timeline img[src=x], #timeline script").await, 0);
    assert_ne!(screen.finds("return document.title").await, "owned");
    screen.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_is_enough() {
    let room = Room::open().await;
    let screen = Screen::open(room.address(), 1200, 800).await;
    screen.becomes("ana").await;
    screen.clicks("#composer").await;
    let candidate =
        |insert: &str| Candidate { insert: insert.to_owned(), label: insert.to_owned(), detail: String::new() };
    for _ in 0..16 {
        let candidates = vec![candidate("assign "), candidate("status ")];
        room.will(Reply::Complete(Completion { replace_from: 9, candidates }));
    }
    screen.presses("/license a").await;
    screen.sees("#suggestions:not([hidden]) [data-candidate='status ']").await;
    screen.presses(&keys([Key::Down, Key::Down, Key::Tab])).await;
    let typed = screen.sees("#composer").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("/license status "));
    screen.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_shows_it_all_without_scrolling_sideways() {
    let room = Room::open().await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    let screen = Screen::open(&format!("{}/#ana/channel", room.address()), 500, 800).await;
    screen.clicks("[data-testid=menu]").await;
    screen.becomes("megan").await;
    screen.goes_to("direct").await;
    screen.sees("[data-verb=approve]").await;
    let fits = "return document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(screen.finds(fits).await, true);
    room.will(Reply::Show(vec![Show::Update(100, card(StateName::Approved, Vec::new()))]));
    screen.clicks("[data-verb=approve]").await;
    screen.sees("[data-state=approved]").await;
    screen.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_lost_the_demo_finds_it_again() {
    let room = Room::open().await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    let screen = Screen::open(&format!("{}/#megan/direct", room.address()), 1200, 800).await;
    screen.sees("[data-verb=approve]").await;
    // What changes while the line is down is there when it is up again.
    room.store.close_streams();
    screen.sees("#offline:not([hidden])").await;
    room.will(Reply::Show(vec![Show::Update(100, card(StateName::Approved, Vec::new()))]));
    room.clicks(click("megan", &id(100), "approve-abababababab")).await;
    screen.sees("[data-state=approved]").await;
    screen.closes().await;
}

fn keys(keys: impl IntoIterator<Item = Key>) -> String {
    keys.into_iter().map(char::from).collect()
}
