//! What one arrow leaves in the store: the event, the request after it, and the work, cards and texts that it causes. Never a
//! query.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Addressee, CardId, MessageRef};
use crate::domain::ids::RequestId;
use crate::domain::request::{Actor, Event, Request, TextRef};
use crate::domain::text::Locale;

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
