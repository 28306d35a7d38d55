//! Posted cards: in the order in which they were caused, and never back to what they showed before.

use licensebot::domain::ids::PersonId;
use licensebot::domain::request::{Actor, Place, Platform};
use licensebot::domain::text::Locale;
use licensebot::ports::{Addressee, CardId, CardView, Commit, Delivery, MessageRef, PostedCard, Store};
use uuid::Uuid;

use super::support::*;

fn ballot(number: u128, to: PersonId) -> PostedCard {
    PostedCard {
        id: CardId(Uuid::from_u128(number)),
        request: id(1),
        view: CardView::Ballot,
        to: Addressee { platform: Platform::Discord, place: Place::Direct, only: Some(to) },
        locale: Locale::En,
        delivery: Delivery::Sending,
        rendered: 0,
    }
}

fn shown(card: &PostedCard, message: &str, rendered: u64) -> PostedCard {
    PostedCard { delivery: Delivery::Sent(MessageRef(message.to_owned())), rendered, ..card.clone() }
}

async fn with_cards(store: &dyn Store, cards: Vec<PostedCard>) {
    let mut asked = unit(minute(0), Actor::Person(ANA), open(id(1), ANA, BO, minute(0)));
    asked.cards = cards;
    assert_eq!(store.commit(asked).await.unwrap(), Commit::Done);
}

#[tokio::test]
async fn a_late_rendering_does_not_take_a_card_back() {
    let fresh = Fresh::start().await;
    let card = ballot(1, MEGAN);
    with_cards(&fresh.store, vec![card.clone()]).await;
    fresh.store.save_cards(&[shown(&card, "m1", 3)]).await.unwrap();
    fresh.store.save_cards(&[shown(&card, "m1", 2)]).await.unwrap();
    fresh.store.save_cards(std::slice::from_ref(&card)).await.unwrap();
    assert_eq!(fresh.store.cards(&id(1)).await.unwrap(), vec![shown(&card, "m1", 3)]);

    let gone = PostedCard { delivery: Delivery::Lost, ..shown(&card, "m1", 3) };
    fresh.store.save_cards(std::slice::from_ref(&gone)).await.unwrap();
    assert_eq!(fresh.store.cards(&id(1)).await.unwrap(), vec![gone]);
}

#[tokio::test]
async fn cards_stand_in_the_order_in_which_they_were_caused() {
    let fresh = Fresh::start().await;
    with_cards(&fresh.store, vec![ballot(9, MEGAN), ballot(3, OSKAR), ballot(5, BO)]).await;
    let draft = fresh.store.request(&id(1)).await.unwrap().unwrap();
    let mut cancelled = unit(minute(1), Actor::Person(ANA), draft.cancel(minute(1), ANA).unwrap());
    cancelled.cards = vec![ballot(1, ANA)];
    fresh.store.commit(cancelled).await.unwrap();
    let numbers: Vec<u128> = fresh.store.cards(&id(1)).await.unwrap().iter().map(|card| card.id.0.as_u128()).collect();
    assert_eq!(numbers, vec![9, 3, 5, 1]);
}

#[tokio::test]
async fn a_card_whose_number_is_taken_breaks_its_own_unit_alone() {
    let fresh = Fresh::start().await;
    with_cards(&fresh.store, vec![ballot(1, MEGAN)]).await;
    let mut broken = unit(minute(0), Actor::Person(ANA), open(id(2), ANA, BO, minute(0)));
    broken.cards = vec![PostedCard { request: id(2), ..ballot(1, OSKAR) }];
    let whole = unit(minute(0), Actor::Person(ANA), open(id(3), ANA, BO, minute(0)));

    let (broken, whole) = tokio::join!(fresh.store.commit(broken), fresh.store.commit(whole));
    assert_eq!(broken.unwrap_err().to_string(), "the database failed");
    assert_eq!(whole.unwrap(), Commit::Done);
    assert_eq!(fresh.store.request(&id(2)).await.unwrap(), None);
    assert!(fresh.store.proven_request(&id(3)).await.unwrap().is_some());
}
