//! What a reader has in view, and where the keyboard is, while messages arrive and change.

use licensebot::domain::card::Card;
use licensebot::domain::request::StateName;
use licensebot::domain::text::Phrase;

use super::screen::Screen;
use crate::console::door::{Show, ballot, card, direct, id};
use crate::console::room::{MEGAN, Room};

/// Far taller than the window.
fn tall(card: Card) -> Card {
    (0..30).fold(card, |card, _| card.fact(Phrase::new("fact-holds"), "Microsoft 365 E5"))
}

fn message(nonce: u128) -> String {
    format!("[data-message='{}']", id(nonce))
}

/// Waits until all of it is in view.
async fn is_in_view(screen: &Screen, selector: &str) {
    let seen = format!(
        "const [part, frame] = [document.querySelector(\"{selector}\"), document.querySelector('#scroller')];
         if (!part) return false;
         const [inner, outer] = [part.getBoundingClientRect(), frame.getBoundingClientRect()];
         return inner.height > 0 && inner.top >= outer.top && inner.bottom <= outer.bottom;"
    );
    screen.finds_at_last(&seen, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tall_card_is_shown_from_its_start_and_stays_where_its_reader_is() {
    for (width, height) in [(1200, 700), (500, 700)] {
        let room = Room::open().await;
        for nonce in 100..104 {
            room.shows(Show::Post(nonce, direct(MEGAN), ballot())).await;
        }
        let screen = Screen::open(&format!("{}/#megan/direct", room.address()), width, height).await;
        is_in_view(&screen, &format!("{} [data-verb=approve]", message(103))).await;
        let nonce = 200;
        room.shows(Show::Post(nonce, direct(MEGAN), tall(ballot()))).await;
        is_in_view(&screen, &format!("{} .card-title", message(nonce))).await;
        // Down at the buttons, the form that opens there stays in view, and so it does when the card changes.
        screen.clicks(&format!("{} [data-verb=deny]", message(nonce))).await;
        is_in_view(&screen, "[data-input=reason]").await;
        let changed = tall(ballot()).fact(Phrase::new("fact-holds"), "nothing");
        room.shows(Show::Update(nonce, changed)).await;
        screen.sees(&format!("{}[data-revision='2']", message(nonce))).await;
        is_in_view(&screen, "[data-input=reason]").await;
        // And the next short one is shown whole.
        room.shows(Show::Post(nonce + 1, direct(MEGAN), card(StateName::Applied, Vec::new()))).await;
        is_in_view(&screen, &format!("{} .card", message(nonce + 1))).await;
        screen.closes().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_stays_on_a_card_that_changes_and_escape_closes_its_form() {
    let room = Room::open().await;
    room.shows(Show::Post(100, direct(MEGAN), ballot())).await;
    let screen = Screen::open(&format!("{}/#megan/direct", room.address()), 1200, 800).await;
    screen.clicks("[data-verb=deny]").await;
    screen.finds_at_last("return document.activeElement.matches('[data-input=reason]')", true).await;
    screen.presses("no").await;
    room.shows(Show::Update(100, tall(ballot()))).await;
    screen.sees("[data-revision='2']").await;
    screen.presses(" budget").await;
    let typed = screen.sees("[data-input=reason]").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("no budget"), "typed through the change");
    screen.presses(&char::from(fantoccini::key::Key::Escape).to_string()).await;
    screen.loses("[data-form]").await;
    let on_the_button = "return document.activeElement.matches('[data-verb=deny]')";
    screen.finds_at_last(on_the_button, true).await;
    room.shows(Show::Update(100, ballot())).await;
    screen.sees("[data-revision='3']").await;
    screen.finds_at_last(on_the_button, true).await;
    // Where the button itself is gone, the keyboard stays with the message.
    room.shows(Show::Update(100, card(StateName::Approved, Vec::new()))).await;
    screen.sees("[data-revision='4']").await;
    screen.finds_at_last("return document.activeElement.matches('[data-message]')", true).await;
    screen.closes().await;
}
