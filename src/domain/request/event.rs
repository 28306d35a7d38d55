//! What happened to a request, as the audit trail keeps it: object ids only, and texts by reference, so that the trail
//! can outlive what people wrote. Never changes meaning once written: a new meaning is a new event.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Answer, CallId, Digest, Origin};
use crate::domain::change::{Effect, Wish};
use crate::domain::ids::{PersonId, SkuId};
use crate::domain::person::{Holdings, UsageLocation};
use crate::domain::policy::route::Route;
use crate::domain::refusal::Refusal;

/// A text that people wrote, by the salted hash it is bound with. The words stand in a row that can be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TextRef(pub Digest);

/// Who made something happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person, through a chat platform.
    Person(PersonId),
    /// The bot itself: time, execution, the policy.
    Bot,
    /// Whoever can run the program on its machine.
    CommandLine,
}

/// One arrow of the state machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields carry the names of what they become in the state")]
pub enum Event {
    /// Nothing -> draft.
    Opened {
        requester: PersonId,
        wish: Wish,
        digest: Digest,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextRef>,
        origin: Origin,
        expires_at: Timestamp,
    },
    /// Draft -> awaiting_approval, or approved when the route has no stages.
    Confirmed {
        route: Route,
        rules: Vec<String>,
        policy: Digest,
        asked: BTreeSet<PersonId>,
        expires_at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        usage_location: Option<UsageLocation>,
        digest: Digest,
    },
    /// One yes. Awaiting_approval stays, opens the next stage (`asked` says whom), or becomes approved.
    Voted {
        by: PersonId,
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        asked: BTreeSet<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        usage_location: Option<UsageLocation>,
        digest: Digest,
    },
    /// Awaiting_approval, approved, or executing with nothing sent -> awaiting_approval from the first stage, or approved
    /// when the new route has no stages.
    StartedOver {
        route: Route,
        rules: Vec<String>,
        policy: Digest,
        asked: BTreeSet<PersonId>,
        why: StartOver,
        expires_at: Timestamp,
    },
    /// Awaiting_approval, approved, or executing with nothing sent -> denied.
    Denied {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextRef>,
    },
    /// Draft, awaiting_approval or approved -> cancelled.
    Cancelled { by: PersonId },
    /// Draft or awaiting_approval -> expired.
    Expired,
    /// Approved -> executing: the lane is taken.
    Began,
    /// Executing: a write is committed to.
    Intended { effect: Effect, call: CallId, before: Holdings },
    /// Executing -> verifying.
    Answered { answer: Answer },
    /// Verifying -> executing: the effect shows, another follows.
    Shown { after: Holdings },
    /// Verifying -> approved: the directory shows that nothing was written, and another try makes sense.
    PutBack,
    /// Verifying, or executing with nothing sent -> applied.
    Applied { after: Holdings },
    /// Approved, executing with nothing sent, or verifying -> failed.
    Failed { failure: Failure },
    /// Verifying -> needs_human.
    NeedsHuman,
    /// Needs_human -> applied or failed, by an operator's word.
    Resolved {
        applied: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Holdings>,
        reason: TextRef,
    },
}

/// Why the stages began again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartOver {
    /// The policy wants another route now.
    RouteChanged,
    /// Somebody who said yes may not vote any more.
    VoterGone,
    /// Too few of those who were asked may still vote.
    AskedGone,
}

/// Why a request ended without its change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The directory said no.
    Refused(Refusal),
    /// The product comes only from groups by now.
    Inherited(SkuId),
    /// The product is not held any more.
    NotHeld(SkuId),
    /// Nobody is left who may vote.
    NobodyMayVote,
    /// The directory kept failing before anything was written.
    Unreachable,
    /// An operator settled it: it did not happen.
    SettledByOperator,
}
