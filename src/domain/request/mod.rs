//! A change that somebody asked for, from draft to its end. The machine is a fold over [`Event`]s: a transition makes the
//! event, `apply` is the only place that changes state, and the audit trail replays through the same place. Never decides
//! who may do what: transitions take the decision as an argument.

mod apply;
mod approval;
mod digest;
pub mod event;
mod execution;
mod state;
mod transitions;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::change::Wish;
use super::ids::{PersonId, RequestId};

pub use approval::{Approval, Vote};
pub use digest::{Digest, NotADigest};
pub use event::{Actor, Event, Failure, StartOver, TextRef};
pub use execution::{Answer, CallId, Execution, Intent};
pub use state::{State, StateName};
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
