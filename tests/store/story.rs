//! What every store owes the application, whatever the engine.

use licensebot::domain::audit::Reading;
use licensebot::domain::request::{Actor, Digest, Request, TextRef};
use licensebot::domain::text::Locale;
use licensebot::ports::{
    Addressee, CardId, CardView, Commit, Delivery, DeliveryId, Listed, Listing, MessageRef, PostedCard, Store, Task,
    Work,
};
use uuid::Uuid;

use super::support::*;

#[tokio::test]
async fn the_store_story_on_sqlite() {
    let fresh = Fresh::start().await;
    the_store_story(&fresh.store).await;
}

/// Ana asks, megan approves, the bot executes; everything that a reader may ask is answered along the way.
async fn the_store_story(store: &dyn Store) {
    let asked = ana_asks(store).await;
    let request = what_was_asked_can_be_read(store, &asked).await;
    waiting_is_listed_until_it_is_decided(store, request).await;
    readings_leave_requests_alone(store).await;
}

async fn ana_asks(store: &dyn Store) -> licensebot::ports::Unit {
    assert_eq!(store.request(&id(1)).await.unwrap(), None);
    assert_eq!(store.proven_request(&id(1)).await.unwrap(), None);
    assert_eq!(store.trail(&id(1)).await.unwrap(), vec![]);
    assert_eq!(store.next_due().await.unwrap(), None);
    store.keep_policy(Digest([7; 32]), "permit (…);").await.unwrap();
    store.keep_policy(Digest([7; 32]), "permit (…);").await.unwrap();

    let mut asked = unit(minute(0), Actor::Person(ANA), open(id(1), ANA, BO, minute(0)));
    asked.tasks = vec![Task { work: Work::Expire(id(1)), due: minute(15), attempts: 0 }];
    asked.texts = vec![text("Customers call, and I cannot answer. /Ana")];
    asked.delivery = Some(DeliveryId("console:1".to_owned()));
    asked.cards = vec![card(1, CardView::Preflight, Some(ANA)), card(2, CardView::Status, None)];
    assert_eq!(store.commit(asked.clone()).await.unwrap(), Commit::Done);
    asked
}

fn card(number: u128, view: CardView, only: Option<licensebot::domain::ids::PersonId>) -> PostedCard {
    let origin = open(id(1), ANA, BO, minute(0)).request.origin;
    PostedCard {
        id: CardId(Uuid::from_u128(number)),
        request: id(1),
        view,
        to: Addressee { platform: origin.platform, place: origin.place, only },
        locale: Locale::Sv,
        delivery: Delivery::Sending,
        rendered: 0,
    }
}

async fn what_was_asked_can_be_read(store: &dyn Store, asked: &licensebot::ports::Unit) -> Request {
    assert_eq!(store.request(&id(1)).await.unwrap().as_ref(), Some(&asked.request));
    assert_eq!(store.proven_request(&id(1)).await.unwrap().as_ref(), Some(&asked.request));
    let trail = store.trail(&id(1)).await.unwrap();
    assert_eq!(trail, vec![(minute(0), Actor::Person(ANA), asked.event.clone())]);
    let words = store.text(asked.request.reason.unwrap()).await.unwrap();
    assert_eq!(words.as_deref(), Some("Customers call, and I cannot answer. /Ana"));
    assert_eq!(store.text(TextRef(Digest([1; 32]))).await.unwrap(), None);
    assert_eq!(store.cards(&id(1)).await.unwrap(), asked.cards);
    assert_eq!(store.cards(&id(2)).await.unwrap(), vec![]);

    let sent =
        PostedCard { delivery: Delivery::Sent(MessageRef("m1".to_owned())), rendered: 1, ..asked.cards[0].clone() };
    let lost = PostedCard { delivery: Delivery::Lost, ..asked.cards[1].clone() };
    store.save_cards(&[sent.clone(), lost.clone()]).await.unwrap();
    assert_eq!(store.cards(&id(1)).await.unwrap(), vec![sent, lost]);

    assert_eq!(store.due(minute(14), 10).await.unwrap(), vec![]);
    let due = store.due(minute(15), 10).await.unwrap();
    assert_eq!(due.iter().map(|task| &task.work).collect::<Vec<_>>(), vec![&Work::Expire(id(1))]);
    assert_eq!(store.next_due().await.unwrap(), Some(due[0].due));
    asked.request.clone()
}

async fn waiting_is_listed_until_it_is_decided(store: &dyn Store, draft: Request) {
    assert_eq!(store.list(&Listing::Awaiting(MEGAN), 10).await.unwrap(), Listed::default());
    let step = draft.confirm(minute(1), confirmation(vec![stage(1)]), None).unwrap();
    let waiting = commit(store, minute(1), step).await;
    let later = commit(store, minute(2), open(id(2), ANA, ANA, minute(2))).await;

    let list = async |listing, limit| store.list(&listing, limit).await.unwrap();
    let all = |requests: Vec<Request>| Listed { all: requests.len(), requests };
    assert_eq!(list(Listing::Awaiting(MEGAN), 10).await, all(vec![waiting.clone()]));
    assert_eq!(list(Listing::Awaiting(BO), 10).await, all(vec![]));
    assert_eq!(list(Listing::UnderWay(BO), 10).await, all(vec![waiting.clone()]));
    assert_eq!(list(Listing::UnderWay(ANA), 10).await, all(vec![]), "a draft is nobody else's business");
    assert_eq!(list(Listing::OpenBy(ANA), 10).await, all(vec![later.clone(), waiting.clone()]));
    assert_eq!(list(Listing::OpenBy(ANA), 1).await, Listed { requests: vec![later.clone()], all: 2 });
    assert_eq!(list(Listing::OpenBy(BO), 10).await, all(vec![]));
    assert_eq!(list(Listing::EndedBy(ANA), 10).await, all(vec![]));

    let step = waiting.deny(minute(3), Some(MEGAN), None).unwrap();
    let denied = commit(store, minute(3), step).await;
    assert_eq!(list(Listing::Awaiting(MEGAN), 10).await, all(vec![]));
    assert_eq!(list(Listing::UnderWay(BO), 10).await, all(vec![]));
    assert_eq!(list(Listing::OpenBy(ANA), 10).await, all(vec![later]));
    assert_eq!(list(Listing::EndedBy(ANA), 10).await, all(vec![denied.clone()]));
    assert_eq!(store.proven_request(&id(1)).await.unwrap(), Some(denied));
}

async fn readings_leave_requests_alone(store: &dyn Store) {
    let before = store.trail(&id(1)).await.unwrap();
    for reading in [Reading::Person(BO), Reading::Holders(E5), Reading::Request(id(1))] {
        store.record_reading(minute(4), Actor::Person(MEGAN), reading).await.unwrap();
    }
    assert_eq!(store.trail(&id(1)).await.unwrap(), before);
    let done = applied(store, id(3), BO).await;
    assert_eq!(store.proven_request(&id(3)).await.unwrap(), Some(done));
}
