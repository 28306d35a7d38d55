//! The transitions as callers know them: each consumes the request, takes time and actor as arguments, and gives back the
//! request together with the event to record. Never lets a transition through that `apply` would refuse on replay.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{Answer, CallId, Digest, Event, Failure, Origin, Request, StartOver, State, StateName, TextRef};
use crate::domain::change::{Effect, Wish};
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::person::{Holdings, UsageLocation};
use crate::domain::policy::route::Route;

/// A request after an arrow, with the event that the audit trail records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The request as it is now.
    pub request: Request,
    /// What happened.
    pub event: Event,
}

/// There is no such arrow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// The state knows no such event.
    #[error("no `{event}` from `{}`", from.as_str())]
    Forbidden {
        /// Where the request is.
        from: StateName,
        /// What was tried.
        event: &'static str,
    },
    /// A trail begins with something else than an opened request.
    #[error("a request begins with `opened`")]
    NotOpened,
    /// The same person voted in this stage already.
    #[error("this person voted in this stage already")]
    VotedAlready,
}

/// What the policy said to a draft, or to a request whose stages begin again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The route to take.
    pub route: Route,
    /// The rules that led to it.
    pub rules: Vec<String>,
    /// The policy asked.
    pub policy: Digest,
    /// Who may vote in its first stage; empty only when there is none.
    pub asked: BTreeSet<PersonId>,
    /// When the request dies undecided.
    pub expires_at: Timestamp,
}

/// What approvers approve.
pub fn digest(requester: PersonId, wish: &Wish) -> Digest {
    // The field order of a struct and the order of B-trees are fixed, so this text is canonical.
    let text = serde_json::to_vec(&("licensebot request v1", requester, wish)).unwrap_or_default();
    Digest(Sha256::digest(&text).into())
}

impl Request {
    /// A new draft.
    ///
    /// # Errors
    /// Never for the event made here; the type is that of every transition.
    pub fn open(
        id: RequestId,
        at: Timestamp,
        (requester, wish, reason): (PersonId, Wish, Option<TextRef>),
        origin: Origin,
        expires_at: Timestamp,
    ) -> Result<Step, TransitionError> {
        let digest = digest(requester, &wish);
        let event = Event::Opened { requester, wish, digest, reason, origin, expires_at };
        Ok(Step { request: Self::begin(id, at, &event)?, event })
    }

    /// The requester means it.
    ///
    /// # Errors
    /// Not a draft any more.
    pub fn confirm(
        self,
        at: Timestamp,
        confirmation: Confirmation,
        usage_location: Option<UsageLocation>,
    ) -> Result<Step, TransitionError> {
        let digest = self.digest_with(usage_location);
        let Confirmation { route, rules, policy, asked, expires_at } = confirmation;
        self.step(at, Event::Confirmed { route, rules, policy, asked, expires_at, usage_location, digest })
    }

    /// One yes. `asked_next` are the voters of the stage after this one, should this vote close it.
    ///
    /// # Errors
    /// Not waiting for approval, or the person voted in this stage already.
    pub fn vote(
        self,
        at: Timestamp,
        by: PersonId,
        asked_next: BTreeSet<PersonId>,
        usage_location: Option<UsageLocation>,
    ) -> Result<Step, TransitionError> {
        if self.state.approval().is_some_and(|approval| approval.has_voted(by)) {
            return Err(TransitionError::VotedAlready);
        }
        let digest = self.digest_with(usage_location);
        self.step(at, Event::Voted { by, asked: asked_next, usage_location, digest })
    }

    /// The stages begin again.
    ///
    /// # Errors
    /// Nothing is being approved, or a write may be on its way.
    pub fn start_over(
        self,
        at: Timestamp,
        confirmation: Confirmation,
        why: StartOver,
    ) -> Result<Step, TransitionError> {
        let Confirmation { route, rules, policy, asked, expires_at } = confirmation;
        self.step(at, Event::StartedOver { route, rules, policy, asked, why, expires_at })
    }

    /// An approver, or the policy (`by` is nobody), says no.
    ///
    /// # Errors
    /// Nothing is being approved, or a write may be on its way.
    pub fn deny(self, at: Timestamp, by: Option<PersonId>, reason: Option<TextRef>) -> Result<Step, TransitionError> {
        self.step(at, Event::Denied { by, reason })
    }

    /// Taken back.
    ///
    /// # Errors
    /// It executes already, or has ended.
    pub fn cancel(self, at: Timestamp, by: PersonId) -> Result<Step, TransitionError> {
        self.step(at, Event::Cancelled { by })
    }

    /// Nobody decided in time.
    ///
    /// # Errors
    /// It was decided.
    pub fn expire(self, at: Timestamp) -> Result<Step, TransitionError> {
        self.step(at, Event::Expired)
    }

    /// Takes the subject's lane.
    ///
    /// # Errors
    /// Not approved.
    pub fn begin_execution(self, at: Timestamp) -> Result<Step, TransitionError> {
        self.step(at, Event::Began)
    }

    /// Commits to a write, before it is sent.
    ///
    /// # Errors
    /// Not executing, or a write is committed to already.
    pub fn intend(
        self,
        at: Timestamp,
        effect: Effect,
        call: CallId,
        before: Holdings,
    ) -> Result<Step, TransitionError> {
        self.step(at, Event::Intended { effect, call, before })
    }

    /// The write was answered, or will never be.
    ///
    /// # Errors
    /// No write was committed to.
    pub fn answered(self, at: Timestamp, answer: Answer) -> Result<Step, TransitionError> {
        self.step(at, Event::Answered { answer })
    }

    /// The effect shows, and another follows.
    ///
    /// # Errors
    /// Nothing is being read back.
    pub fn shown(self, at: Timestamp, after: Holdings) -> Result<Step, TransitionError> {
        self.step(at, Event::Shown { after })
    }

    /// Nothing was written; the request waits for another try.
    ///
    /// # Errors
    /// Nothing is being read back.
    pub fn put_back(self, at: Timestamp) -> Result<Step, TransitionError> {
        self.step(at, Event::PutBack)
    }

    /// The directory shows the change.
    ///
    /// # Errors
    /// Nothing is being executed.
    pub fn applied(self, at: Timestamp, after: Holdings) -> Result<Step, TransitionError> {
        self.step(at, Event::Applied { after })
    }

    /// Nothing more is tried.
    ///
    /// # Errors
    /// Nothing is being executed, or a write may be on its way.
    pub fn fail(self, at: Timestamp, failure: Failure) -> Result<Step, TransitionError> {
        self.step(at, Event::Failed { failure })
    }

    /// Nobody knows, and nobody will.
    ///
    /// # Errors
    /// Nothing is being read back.
    pub fn needs_human(self, at: Timestamp) -> Result<Step, TransitionError> {
        self.step(at, Event::NeedsHuman)
    }

    /// An operator says what happened.
    ///
    /// # Errors
    /// Nobody asked.
    pub fn resolve(
        self,
        at: Timestamp,
        applied: bool,
        after: Option<Holdings>,
        reason: TextRef,
    ) -> Result<Step, TransitionError> {
        self.step(at, Event::Resolved { applied, after, reason })
    }

    /// Rebuilds a request from its trail.
    ///
    /// # Errors
    /// The trail has an arrow that the machine does not know.
    pub fn replay<'a>(
        id: &RequestId,
        trail: impl IntoIterator<Item = (Timestamp, &'a Event)>,
    ) -> Result<Self, TransitionError> {
        let mut trail = trail.into_iter();
        let (at, opened) = trail.next().ok_or(TransitionError::NotOpened)?;
        trail.try_fold(Self::begin(id.clone(), at, opened)?, |request, (at, event)| request.apply(at, event))
    }

    fn step(self, at: Timestamp, event: Event) -> Result<Step, TransitionError> {
        Ok(Step { request: self.apply(at, &event)?, event })
    }

    fn digest_with(&self, usage_location: Option<UsageLocation>) -> Digest {
        let usage_location = usage_location.or(self.wish.usage_location);
        digest(self.requester, &Wish { usage_location, ..self.wish.clone() })
    }

    /// When it dies on its own, if it does.
    pub fn expires_at(&self) -> Option<Timestamp> {
        match &self.state {
            State::Draft { expires_at } | State::AwaitingApproval { expires_at, .. } => Some(*expires_at),
            _ => None,
        }
    }
}

impl Event {
    /// The fixed word for it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Confirmed { .. } => "confirmed",
            Self::Voted { .. } => "voted",
            Self::StartedOver { .. } => "started_over",
            Self::Denied { .. } => "denied",
            Self::Cancelled { .. } => "cancelled",
            Self::Expired => "expired",
            Self::Began => "began",
            Self::Intended { .. } => "intended",
            Self::Answered { .. } => "answered",
            Self::Shown { .. } => "shown",
            Self::PutBack => "put_back",
            Self::Applied { .. } => "applied",
            Self::Failed { .. } => "failed",
            Self::NeedsHuman => "needs_human",
            Self::Resolved { .. } => "resolved",
        }
    }
}
