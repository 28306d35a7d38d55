//! Keeping requests, trail, tasks and cards. Never decides anything: who commits has decided.

use std::fmt::Debug;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{PostedCard, Task, Unit};
use crate::domain::audit::Reading;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::request::{Actor, Digest, Event, Request, TextRef};
use crate::domain::text::Locale;

/// What became of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commit {
    /// It is durable.
    Done,
    /// Somebody was first: the request as it is now.
    Lost(Box<Request>),
    /// The delivery was seen before.
    Repeated,
    /// Another write on the same subject is unresolved.
    LaneTaken,
}

/// Which requests to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Waiting for the vote of this person, oldest first.
    Awaiting(PersonId),
    /// Asked by this person and not ended, newest first.
    OpenBy(PersonId),
    /// Asked by this person and ended, newest first.
    EndedBy(PersonId),
    /// For this person, confirmed and not ended, oldest first.
    UnderWay(PersonId),
}

/// The beginning of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// In its order, no more than asked for.
    pub requests: Vec<Request>,
    /// How many there are, with those that were not asked for.
    pub all: usize,
}

/// The store broke. Nobody is answered as if it had not.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed: disk full, locked, gone.
    #[error("the database failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What was read makes no sense: from a newer version, or changed by hand.
    #[error("the database is damaged: {0}")]
    Damaged(String),
}

/// Requests, trail, tasks and cards. Each method is a whole transaction.
#[async_trait]
pub trait Store: Send + Sync + Debug {
    /// Commits one unit; answers only after it is on disk.
    ///
    /// # Errors
    /// The database failed: the unit is not there.
    async fn commit(&self, unit: Unit) -> Result<Commit, StoreError>;

    /// Records that somebody read about others.
    ///
    /// # Errors
    /// The database failed: nothing may be shown.
    async fn record_reading(&self, at: Timestamp, actor: Actor, reading: Reading) -> Result<(), StoreError>;

    /// The request as it is.
    ///
    /// # Errors
    /// The database failed, or the row makes no sense.
    async fn request(&self, id: &RequestId) -> Result<Option<Request>, StoreError>;

    /// The request as its sealed trail proves it; for everything that leads to a write.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when a seal is broken or the row says something else than the trail.
    async fn proven_request(&self, id: &RequestId) -> Result<Option<Request>, StoreError>;

    /// The arrows of a request, in order, for showing.
    ///
    /// # Errors
    /// The database failed.
    async fn trail(&self, id: &RequestId) -> Result<Vec<(Timestamp, Actor, Event)>, StoreError>;

    /// The first `limit` requests of a list, and how many there are.
    ///
    /// # Errors
    /// The database failed.
    async fn list(&self, listing: &Listing, limit: u32) -> Result<Listed, StoreError>;

    /// The words, unless erased.
    ///
    /// # Errors
    /// The database failed.
    async fn text(&self, reference: TextRef) -> Result<Option<String>, StoreError>;

    /// Keeps the texts of policy and routes under their hash; once is enough.
    ///
    /// # Errors
    /// The database failed.
    async fn keep_policy(&self, hash: Digest, texts: &str) -> Result<(), StoreError>;

    /// The language that each person last used, of at most `limit` people.
    ///
    /// # Errors
    /// The database failed.
    async fn languages(&self, limit: u32) -> Result<Vec<(PersonId, Locale)>, StoreError>;

    /// Keeps the language that each of these people, each named once, last used.
    ///
    /// # Errors
    /// The database failed: none is kept.
    async fn keep_languages(&self, used: &[(PersonId, Locale)]) -> Result<(), StoreError>;

    /// Every card of a request.
    ///
    /// # Errors
    /// The database failed.
    async fn cards(&self, request: &RequestId) -> Result<Vec<PostedCard>, StoreError>;

    /// How far the cards got. Never takes a rendered version back.
    ///
    /// # Errors
    /// The database failed.
    async fn save_cards(&self, cards: &[PostedCard]) -> Result<(), StoreError>;

    /// Work that is due, at most `limit`: approved changes first, then the rest, each oldest first.
    ///
    /// # Errors
    /// The database failed.
    async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Task>, StoreError>;

    /// When the next work is due.
    ///
    /// # Errors
    /// The database failed.
    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError>;

    /// The task is done. A task that was put in anew meanwhile, with another due time or count, stays.
    ///
    /// # Errors
    /// The database failed.
    async fn finish(&self, task: &Task) -> Result<(), StoreError>;

    /// The task again, later: `task` holds the old due time and count.
    ///
    /// # Errors
    /// The database failed.
    async fn postpone(&self, task: &Task, due: Timestamp) -> Result<(), StoreError>;
}
