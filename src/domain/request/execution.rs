//! An execution under way: what was read, what is intended, and what the directory said to it. Never what that means.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Approval;
use crate::domain::change::Effect;
use crate::domain::person::Holdings;
use crate::domain::refusal::Refusal;

/// An execution under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Execution {
    /// By whom it was approved.
    pub approval: Approval,
    /// Which try this is, from 1.
    pub attempt: u32,
    /// Holdings before the first write, once read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Holdings>,
    /// Effects that the directory showed already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<Effect>,
    /// The write that is intended, perhaps sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<Intent>,
}

/// A write that was committed to before it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Exactly what is written.
    pub effect: Effect,
    /// The `client-request-id` of the call.
    pub call: CallId,
    /// When it was intended.
    pub at: Timestamp,
    /// What came back; nothing yet while executing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// What the directory said to a write. Only reading back turns any of these into knowledge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A clean yes.
    Accepted,
    /// A clean no.
    Refused(Refusal),
    /// It never left: no connection, no token.
    NotSent,
    /// Anything else: a time-out, a cut connection, an outage, a restart of ours.
    Unknown,
}

/// Names one call to the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(pub Uuid);
