//! A change that somebody asked for, from draft to its end. The machine is a fold over [`Event`]s: a transition makes the
//! event, `apply` is the only place that changes state, and the audit trail replays through the same place. Never decides
//! who may do what: transitions take the decision as an argument.

mod apply;
pub mod event;
mod transitions;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::change::{Effect, Wish};
use super::ids::{PersonId, RequestId};
use super::person::Holdings;
use super::policy::route::{Route, Stage};
use super::refusal::Refusal;

pub use event::{Actor, Event, Failure, StartOver, TextRef};
pub use transitions::{Confirmation, Step, TransitionError};

/// One request: exactly one person, exactly one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// As people type it.
    pub id: RequestId,
    /// How many events made it; every arrow raises it by one.
    pub version: u64,
    /// When it was asked for.
    pub opened_at: Timestamp,
    /// Who asked.
    pub requester: PersonId,
    /// What was asked.
    pub wish: Wish,
    /// What approvers approve: a digest over requester and wish. A button made for another digest is stale.
    pub digest: Digest,
    /// Why, if the requester said; the words stand where they can be erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<TextRef>,
    /// Where it was typed, and so where its public line stands.
    pub origin: Origin,
    /// Where it is.
    pub state: State,
}

/// The place a request was typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Which platform.
    pub platform: Platform,
    /// Where on it.
    pub place: Place,
}

/// A chat platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// The demo's own web chat.
    Console,
    /// Discord.
    Discord,
    /// Microsoft Teams.
    Teams,
}

/// A place on a platform.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A channel, by the platform's own id.
    Channel(String),
    /// A conversation between one person and the bot.
    Direct,
}

/// SHA-256 over what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// Where a request is. Each state carries what is true in it, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum State {
    /// Shown to the requester alone; dies unless confirmed.
    Draft {
        /// When it dies.
        expires_at: Timestamp,
    },
    /// Confirmed; approvers are asked.
    AwaitingApproval {
        /// Who is asked, and what they said.
        approval: Approval,
        /// When it dies.
        expires_at: Timestamp,
    },
    /// Everything said yes; waits for its turn to execute.
    Approved {
        /// By whom.
        approval: Approval,
        /// How many executions were tried before.
        attempts: u32,
    },
    /// The lane of the subject is taken; nothing, or an unanswered write, is on its way.
    Executing(Execution),
    /// A write was answered, somehow; the directory is read back.
    Verifying(Execution),
    /// The directory shows the change.
    Applied {
        /// By whom it was approved.
        approval: Approval,
        /// Holdings before the first write.
        before: Holdings,
        /// Holdings read back; none when an operator settled it while the directory could not be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Holdings>,
    },
    /// Nothing was changed, or not all of it, and nothing more is tried.
    Failed {
        /// By whom it was approved.
        approval: Approval,
        /// Why.
        failure: Failure,
    },
    /// An approver, or the policy, said no.
    Denied {
        /// Who; nobody when it was the policy.
        by: Option<PersonId>,
        /// Why, if said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextRef>,
    },
    /// Taken back by the requester or an operator.
    Cancelled {
        /// Who.
        by: PersonId,
    },
    /// Nobody decided in time.
    Expired,
    /// Whether the write happened is unknown and stays so; an operator settles it. The lane stays taken.
    NeedsHuman {
        /// What was going on.
        execution: Execution,
    },
}

/// A route under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The route as it was when the stages began; a later policy can only make it stricter.
    pub route: Route,
    /// The rules that led to it.
    pub rules: Vec<String>,
    /// The policy it comes from.
    pub policy: Digest,
    /// The stage that is asked now; equal to the number of stages when all said yes.
    pub stage: usize,
    /// Who was asked when the stage opened: for showing, never for judging a vote.
    pub asked: BTreeSet<PersonId>,
    /// The votes that count, in order.
    pub votes: Vec<Vote>,
}

/// One yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Whose.
    pub by: PersonId,
    /// In which stage.
    pub stage: usize,
    /// When.
    pub at: Timestamp,
}

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

/// The word for a state, the same everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are the states of `State`, described there")]
pub enum StateName {
    Draft,
    AwaitingApproval,
    Approved,
    Executing,
    Verifying,
    Applied,
    Failed,
    Denied,
    Cancelled,
    Expired,
    NeedsHuman,
}

impl StateName {
    /// The fixed word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Approved => "approved",
            Self::Executing => "executing",
            Self::Verifying => "verifying",
            Self::Applied => "applied",
            Self::Failed => "failed",
            Self::Denied => "denied",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::NeedsHuman => "needs_human",
        }
    }

    /// Nothing more will happen.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Applied | Self::Failed | Self::Denied | Self::Cancelled | Self::Expired)
    }

    /// A write may be unresolved: the subject's lane is taken.
    pub fn holds_lane(self) -> bool {
        matches!(self, Self::Executing | Self::Verifying | Self::NeedsHuman)
    }
}

impl Request {
    /// What a button is made for: what is asked, and which stage is asked about it. A button of one stage means nothing in
    /// the next, so that a double click can never cast two votes.
    pub fn occasion(&self) -> Digest {
        match &self.state {
            State::AwaitingApproval { approval, .. } if approval.stage > 0 => {
                let mut hash = Sha256::new();
                hash.update(b"licensebot stage v1\0");
                hash.update(self.digest.0);
                hash.update(u64::try_from(approval.stage).unwrap_or(u64::MAX).to_be_bytes());
                Digest(hash.finalize().into())
            }
            _ => self.digest,
        }
    }

    /// Everybody who is asked now and has not answered. Four eyes here too: never the requester or the subject.
    pub fn awaited_voters(&self) -> impl Iterator<Item = PersonId> {
        let approval = match &self.state {
            State::AwaitingApproval { approval, .. } => Some(approval),
            _ => None,
        };
        let awaited = approval
            .into_iter()
            .flat_map(|approval| approval.asked.iter().copied().filter(|person| !approval.has_voted(*person)));
        awaited.filter(|person| *person != self.requester && *person != self.wish.subject)
    }
}

impl State {
    /// The word for it.
    pub fn name(&self) -> StateName {
        match self {
            Self::Draft { .. } => StateName::Draft,
            Self::AwaitingApproval { .. } => StateName::AwaitingApproval,
            Self::Approved { .. } => StateName::Approved,
            Self::Executing(_) => StateName::Executing,
            Self::Verifying(_) => StateName::Verifying,
            Self::Applied { .. } => StateName::Applied,
            Self::Failed { .. } => StateName::Failed,
            Self::Denied { .. } => StateName::Denied,
            Self::Cancelled { .. } => StateName::Cancelled,
            Self::Expired => StateName::Expired,
            Self::NeedsHuman { .. } => StateName::NeedsHuman,
        }
    }

    /// The approval under way or behind it, where there is one.
    pub fn approval(&self) -> Option<&Approval> {
        match self {
            Self::AwaitingApproval { approval, .. }
            | Self::Approved { approval, .. }
            | Self::Applied { approval, .. }
            | Self::Failed { approval, .. } => Some(approval),
            Self::Executing(execution) | Self::Verifying(execution) | Self::NeedsHuman { execution } => {
                Some(&execution.approval)
            }
            Self::Draft { .. } | Self::Denied { .. } | Self::Cancelled { .. } | Self::Expired => None,
        }
    }
}

impl Approval {
    /// The stage that is asked now; none when all said yes.
    pub fn open_stage(&self) -> Option<&Stage> {
        self.route.stages.get(self.stage)
    }

    /// The votes of the stage that is asked now.
    pub fn votes_in_stage(&self) -> impl Iterator<Item = &Vote> {
        self.votes.iter().filter(|vote| vote.stage == self.stage)
    }

    /// Has this person voted in the stage that is asked now?
    pub fn has_voted(&self, person: PersonId) -> bool {
        self.votes_in_stage().any(|vote| vote.by == person)
    }

    /// How many more votes the open stage wants.
    pub fn votes_missing(&self) -> u32 {
        let have = u32::try_from(self.votes_in_stage().count()).unwrap_or(u32::MAX);
        self.open_stage().map_or(0, |stage| stage.quorum.get().saturating_sub(have))
    }
}

impl Digest {
    /// The first 12 hexadecimal digits: enough to tell a stale button, too little to be mistaken for proof.
    pub fn short(&self) -> String {
        self.to_string().chars().take(12).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a digest of 64 hexadecimal digits")]
pub struct NotADigest;

impl std::str::FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: Option<Vec<u8>> =
            text.chars().map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok())).collect();
        let digits = digits.filter(|digits| digits.len() == 64).ok_or(NotADigest)?;
        let bytes: Vec<u8> =
            digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit)).collect();
        bytes.try_into().map(Self).map_err(|_| NotADigest)
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
