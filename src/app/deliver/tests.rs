//! What is rendered when a unit is committed while a rendering reads.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::app::DRAFT_LIFE;
use crate::domain::audit::Reading;
use crate::domain::change::Wish;
use crate::domain::ids::SkuId;
use crate::domain::request::{Actor, Digest, Origin, Place, Platform, StateName};
use crate::domain::text::Locale;
use crate::ports::{Addressee, CardId, Listed, Listing, Task};

const ANA: PersonId = PersonId(Uuid::from_u128(1));
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn asked() -> Request {
    let mut wish = Wish::nothing_for(ANA);
    wish.assign.insert(SkuId(Uuid::from_u128(0xe5)), [].into());
    let origin = Origin { platform: Platform::Console, place: Place::Direct };
    let id = RequestId::from_random([1, 2, 3, 4, 5]);
    Request::open(id, NOW, (ANA, wish, None), origin, NOW + DRAFT_LIFE).unwrap().request
}

fn outcome(request: &Request) -> PostedCard {
    PostedCard {
        id: CardId(Uuid::from_u128(7)),
        request: request.id.clone(),
        view: CardView::Outcome,
        to: Addressee { platform: Platform::Console, place: Place::Direct, only: Some(ANA) },
        locale: Locale::En,
        delivery: Delivery::Sending,
        rendered: 0,
    }
}

/// What is asked first is answered as it was before a unit that ends the request, everything later as it is after it.
#[derive(Debug)]
struct EndedInBetween {
    before: Request,
    after: Request,
    ended: AtomicBool,
}

impl EndedInBetween {
    fn new() -> Self {
        let before = asked();
        let after = before.clone().cancel(NOW, ANA).unwrap().request;
        Self { before, after, ended: AtomicBool::new(false) }
    }
}

/// Nothing else is asked for a rendering.
fn not_asked<T>() -> T {
    panic!("a rendering has no business with this")
}

#[async_trait]
impl Store for EndedInBetween {
    async fn proven_request(&self, _: &RequestId) -> Result<Option<Request>, StoreError> {
        let ended = self.ended.swap(true, Ordering::SeqCst);
        Ok(Some(if ended { self.after.clone() } else { self.before.clone() }))
    }

    async fn cards(&self, _: &RequestId) -> Result<Vec<PostedCard>, StoreError> {
        let ended = self.ended.swap(true, Ordering::SeqCst);
        Ok(ended.then(|| outcome(&self.after)).into_iter().collect())
    }

    async fn commit(&self, _: Unit) -> Result<Commit, StoreError> {
        not_asked()
    }

    async fn record_reading(&self, _: Timestamp, _: Actor, _: Reading) -> Result<(), StoreError> {
        not_asked()
    }

    async fn request(&self, _: &RequestId) -> Result<Option<Request>, StoreError> {
        not_asked()
    }

    async fn trail(&self, _: &RequestId) -> Result<Vec<(Timestamp, Actor, Event)>, StoreError> {
        not_asked()
    }

    async fn list(&self, _: &Listing, _: u32) -> Result<Listed, StoreError> {
        not_asked()
    }

    async fn text(&self, _: TextRef) -> Result<Option<String>, StoreError> {
        not_asked()
    }

    async fn keep_policy(&self, _: Digest, _: &str) -> Result<(), StoreError> {
        not_asked()
    }

    async fn languages(&self, _: u32) -> Result<Vec<(PersonId, Locale)>, StoreError> {
        not_asked()
    }

    async fn keep_languages(&self, _: &[(PersonId, Locale)]) -> Result<(), StoreError> {
        not_asked()
    }

    async fn save_cards(&self, _: &[PostedCard]) -> Result<(), StoreError> {
        not_asked()
    }

    async fn due(&self, _: Timestamp, _: u32) -> Result<Vec<Task>, StoreError> {
        not_asked()
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        not_asked()
    }

    async fn finish(&self, _: &Task) -> Result<(), StoreError> {
        not_asked()
    }

    async fn postpone(&self, _: &Task, _: Timestamp) -> Result<(), StoreError> {
        not_asked()
    }
}

#[tokio::test]
async fn how_it_ended_is_never_rendered_from_the_state_before_the_end() {
    let store = EndedInBetween::new();
    assert!(
        stale(&store, &store.before.id).await.unwrap().is_none(),
        "its card comes with the delivery of its own unit"
    );
    let (request, cards) = stale(&store, &store.before.id).await.unwrap().unwrap();
    assert_eq!((request.state.name(), cards), (StateName::Cancelled, vec![outcome(&request)]));
}
