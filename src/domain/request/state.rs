//! The states of a request, and what is true in each. Never a way from one to another: those are in `transitions` and `apply`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Approval, Execution, Failure, TextRef};
use crate::domain::ids::PersonId;
use crate::domain::person::Holdings;

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
