//! What the application needs from the world, as traits. Never an implementation. Port errors say whether another try makes
//! sense; refusals are values.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::audit::Reading;
use crate::domain::card::Card;
use crate::domain::catalog::Stock;
use crate::domain::change::ChangeSet;
use crate::domain::ids::{GroupId, PersonId, RequestId, SkuId};
use crate::domain::person::{Facts, Person, UsageLocation};
use crate::domain::refusal::Refusal;
use crate::domain::request::{Actor, CallId, Digest, Event, Place, Platform, Request, TextRef};
use crate::domain::text::Locale;

/// The time.
pub trait Clock: Send + Sync + Debug {
    /// The instant it is now.
    fn now(&self) -> Timestamp;
}

/// Randomness that nobody can guess.
pub trait Random: Send + Sync + Debug {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);

    /// A GUID of version 4.
    fn guid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

/// Something outside did not work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// Worth another try, not before the time given.
    #[error("{what}; worth another try")]
    Passing {
        /// For the log: what did not work. No secrets, no bodies.
        what: String,
        /// Seconds to wait at least, when the other side said so.
        retry_after: Option<u32>,
    },
    /// Not worth another try until somebody changes something.
    #[error("{what}")]
    Lasting {
        /// For the log: what did not work.
        what: String,
    },
    /// What was asked for does not exist.
    #[error("{what} does not exist")]
    Absent {
        /// For the log: what.
        what: String,
    },
}

/// What to read about people and groups, in one go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactsQuestion {
    /// Account, holdings, manager and groups of each.
    pub people: BTreeSet<PersonId>,
    /// Name and members of each.
    pub groups: BTreeSet<GroupId>,
    /// The company's products and seats too.
    pub stock: bool,
}

/// People, groups and holdings.
#[async_trait]
pub trait Directory: Send + Sync + Debug {
    /// Everything asked for, read now and whole, in one round trip where it fits; never from a cache. A person or group that
    /// does not exist is absent from the answer.
    ///
    /// # Errors
    /// Anything that could not be read whole: never a part of it.
    async fn read(&self, question: &FactsQuestion) -> Result<Facts, PortError>;

    /// The accounts that a typed name may mean: an object id, UPN, mail nickname or display name, exact in this order; the
    /// first kind with matches wins. For choosing only: rights are judged on facts read by id. May be minutes old.
    ///
    /// # Errors
    /// The directory could not be read.
    async fn find(&self, typed: &str) -> Result<Vec<Person>, PortError>;

    /// Accounts whose names begin like this, for completing; and those nearest to it, for suggesting. May be minutes old.
    ///
    /// # Errors
    /// The directory could not be read.
    async fn similar(&self, typed: &str, limit: usize) -> Result<Vec<Person>, PortError>;

    /// Names of groups, as far as earlier reads told them. For showing alone; asks nobody.
    fn group_names(&self, groups: &BTreeSet<GroupId>) -> BTreeMap<GroupId, String>;

    /// Everybody who holds a product on any path, read now and whole.
    ///
    /// # Errors
    /// Anything that could not be read whole.
    async fn holders(&self, sku: SkuId) -> Result<Vec<Person>, PortError>;
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteAnswer {
    /// A clean yes. Not knowledge yet: read back.
    Accepted,
    /// A clean no.
    Refused(Refusal),
    /// Certainly not sent: no connection, no token.
    NotSent(PortError),
    /// Anything else. Perhaps written, perhaps later.
    Unknown(PortError),
}

/// Licenses and seats.
#[async_trait]
pub trait Licensing: Send + Sync + Debug {
    /// The company's products and seats. May be a minute old; for showing and for resolving names.
    ///
    /// # Errors
    /// They could not be read.
    async fn stock(&self) -> Result<Stock, PortError>;

    /// The one `assignLicense` call. Tries exactly once.
    async fn set_licenses(&self, person: PersonId, change: &ChangeSet, call: CallId) -> WriteAnswer;

    /// Sets the country of a person. Tries exactly once.
    async fn set_usage_location(&self, person: PersonId, location: UsageLocation, call: CallId) -> WriteAnswer;
}

/// A place where a card can stand, and who can see it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// Which platform.
    pub platform: Platform,
    /// Where on it.
    pub place: Place,
    /// The only one who sees it; nobody: everyone in the place.
    pub only: Option<PersonId>,
}

/// The id of a posted card; also its nonce, so that a second try to send posts nothing twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardId(pub Uuid);

/// The platform's own name of a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageRef(pub String);

/// A chat platform.
#[async_trait]
pub trait Chat: Send + Sync + Debug {
    /// Posts a card. The same nonce again gives the same message.
    ///
    /// # Errors
    /// [`PortError::Absent`]: the place is gone, or closed to us.
    async fn post(&self, nonce: CardId, to: &Addressee, locale: Locale, card: &Card) -> Result<MessageRef, PortError>;

    /// Changes a posted card.
    ///
    /// # Errors
    /// [`PortError::Absent`]: the message is gone.
    async fn update(&self, message: &MessageRef, locale: Locale, card: &Card) -> Result<(), PortError>;
}

/// A card that stands somewhere, or is about to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedCard {
    /// Also the nonce of its sending.
    pub id: CardId,
    /// The request it shows.
    pub request: RequestId,
    /// What of it.
    pub view: CardView,
    /// Where, and to whom.
    pub to: Addressee,
    /// The language of its only viewer, or of the place.
    pub locale: Locale,
    /// How far it got.
    pub delivery: Delivery,
    /// The version of the request it shows; 0 before the first sending.
    pub rendered: u64,
}

/// What of a request a card shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardView {
    /// To the requester alone: what would change; later where it stands.
    Preflight,
    /// In the channel: no more than everyone may know.
    Status,
    /// To an approver.
    Ballot,
    /// To the subject, before something is taken away.
    Notice,
    /// To requester and subject: how it ended. Posted once.
    Outcome,
    /// To operators: nobody knows whether the write happened.
    Alarm,
}

/// How far the sending of a card got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Not posted, or nobody knows.
    Sending,
    /// Posted as this message.
    Sent(MessageRef),
    /// The place or the message is gone.
    Lost,
}

/// A durable piece of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Post and refresh every card of the request.
    Deliver(RequestId),
    /// Let a draft or a waiting request die, if its time has come.
    Expire(RequestId),
    /// Take the next step of an execution, whatever state it was left in.
    Execute(RequestId),
}

/// Work with its time. The same work is in the store at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub work: Work,
    /// Not before.
    pub due: Timestamp,
    /// How often it was postponed.
    pub attempts: u32,
}

/// A text that people wrote, with the salt that binds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateText {
    /// How the trail refers to it.
    pub reference: TextRef,
    /// Random.
    pub salt: [u8; 16],
    /// The words.
    pub text: String,
}

/// One atomic unit: one arrow of one request, its audit record, and everything it causes. All of it is committed, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// When it happened.
    pub at: Timestamp,
    /// Who made it happen.
    pub actor: Actor,
    /// The arrow.
    pub event: Event,
    /// The request after it; its version is the expected one plus one.
    pub request: Request,
    /// Work it causes.
    pub tasks: Vec<Task>,
    /// Cards it causes.
    pub cards: Vec<PostedCard>,
    /// Texts it refers to.
    pub texts: Vec<PrivateText>,
    /// The delivery that brought it; a second unit for the same one is refused.
    pub delivery: Option<DeliveryId>,
}

/// The platform's id of a delivery, with the platform before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliveryId(pub String);

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

    /// Work that is due, oldest first, at most `limit`.
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
