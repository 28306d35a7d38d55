//! The one place where an event changes a request. Replaying the audit trail and taking a transition both come through
//! here, so they cannot disagree. Never fails halfway: it consumes the request and gives back a whole one, or an error.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::transitions::TransitionError;
use super::{Answer, Approval, Event, Execution, Failure, Intent, Request, State, Vote};
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::person::{Holdings, UsageLocation};

impl Request {
    /// The first event makes the request.
    ///
    /// # Errors
    /// Any event but `Opened`.
    pub fn begin(id: RequestId, at: Timestamp, event: &Event) -> Result<Self, TransitionError> {
        let Event::Opened { requester, wish, digest, reason, origin, expires_at } = event else {
            return Err(TransitionError::NotOpened);
        };
        Ok(Self {
            id,
            version: 1,
            opened_at: at,
            requester: *requester,
            wish: wish.clone(),
            digest: *digest,
            reason: *reason,
            origin: origin.clone(),
            state: State::Draft { expires_at: *expires_at },
        })
    }

    /// One arrow.
    ///
    /// # Errors
    /// [`TransitionError::Forbidden`] names the state and the event when there is no such arrow.
    pub fn apply(mut self, at: Timestamp, event: &Event) -> Result<Self, TransitionError> {
        let from = self.state.name();
        let forbidden = || TransitionError::Forbidden { from, event: event.name() };
        if let Event::Confirmed { usage_location, digest, .. } | Event::Voted { usage_location, digest, .. } = event {
            self.choose_location(*usage_location, *digest);
        }
        self.state = next(self.state, at, event).ok_or_else(forbidden)?;
        self.version += 1;
        Ok(self)
    }

    fn choose_location(&mut self, chosen: Option<UsageLocation>, digest: super::Digest) {
        if chosen.is_some() {
            self.wish.usage_location = chosen;
        }
        self.digest = digest;
    }
}

/// The table of arrows. `None`: there is no such arrow.
fn next(state: State, at: Timestamp, event: &Event) -> Option<State> {
    match (state, event) {
        (State::Draft { .. }, Event::Confirmed { .. }) => stages_begin(event),
        (State::AwaitingApproval { approval, expires_at }, Event::Voted { by, asked, .. }) => {
            let vote = Vote { by: *by, stage: approval.stage, at };
            Some(voted(approval, expires_at, vote, asked.clone()))
        }
        (
            State::AwaitingApproval { .. } | State::Approved { .. } | State::Executing(Execution { intent: None, .. }),
            Event::StartedOver { .. },
        ) => stages_begin(event),
        (
            State::AwaitingApproval { .. } | State::Approved { .. } | State::Executing(Execution { intent: None, .. }),
            Event::Denied { by, reason },
        ) => Some(State::Denied { by: *by, reason: *reason }),
        (State::Draft { .. } | State::AwaitingApproval { .. } | State::Approved { .. }, Event::Cancelled { by }) => {
            Some(State::Cancelled { by: *by })
        }
        (State::Draft { .. } | State::AwaitingApproval { .. }, Event::Expired) => Some(State::Expired),
        (state, event) => next_of_execution(state, at, event),
    }
}

fn next_of_execution(state: State, at: Timestamp, event: &Event) -> Option<State> {
    match (state, event) {
        (State::Approved { approval, attempts }, Event::Began) => Some(State::Executing(Execution {
            approval,
            attempt: attempts + 1,
            before: None,
            shown: Vec::new(),
            intent: None,
        })),
        (State::Executing(execution), Event::Intended { effect, call, before }) if execution.intent.is_none() => {
            let intent = Intent { effect: effect.clone(), call: *call, at, answer: None };
            let before = execution.before.clone().or_else(|| Some(before.clone()));
            Some(State::Executing(Execution { before, intent: Some(intent), ..execution }))
        }
        (State::Executing(execution), Event::Answered { answer }) => answered(execution, answer.clone()),
        (State::Verifying(execution), Event::Shown { .. }) => shown(execution).map(State::Executing),
        (State::Verifying(execution), Event::PutBack) => {
            Some(State::Approved { approval: execution.approval, attempts: execution.attempt })
        }
        (State::Executing(execution), Event::Applied { after }) if execution.intent.is_none() => {
            Some(applied(execution, Some(after)))
        }
        (State::Verifying(execution), Event::Applied { after }) => Some(applied(execution, Some(after))),
        (State::Approved { approval, .. }, Event::Failed { failure }) => Some(failed(approval, failure)),
        (State::Executing(execution), Event::Failed { failure }) if execution.intent.is_none() => {
            Some(failed(execution.approval, failure))
        }
        (State::Verifying(execution), Event::Failed { failure }) => Some(failed(execution.approval, failure)),
        (State::Verifying(execution), Event::NeedsHuman) => Some(State::NeedsHuman { execution }),
        (State::NeedsHuman { execution }, Event::Resolved { applied: true, after, .. }) => {
            Some(applied(execution, after.as_ref()))
        }
        (State::NeedsHuman { execution }, Event::Resolved { applied: false, .. }) => {
            Some(failed(execution.approval, &Failure::SettledByOperator))
        }
        _ => None,
    }
}

/// The stages begin, for the first time or again.
fn stages_begin(event: &Event) -> Option<State> {
    let (Event::Confirmed { route, rules, policy, asked, expires_at, .. }
    | Event::StartedOver { route, rules, policy, asked, expires_at, .. }) = event
    else {
        return None;
    };
    let approval = Approval {
        route: route.clone(),
        rules: rules.clone(),
        policy: *policy,
        stage: 0,
        asked: asked.clone(),
        votes: Vec::new(),
    };
    Some(waiting_or_approved(approval, *expires_at))
}

fn voted(mut approval: Approval, expires_at: Timestamp, vote: Vote, asked: BTreeSet<PersonId>) -> State {
    approval.votes.push(vote);
    if approval.votes_missing() == 0 {
        approval.stage += 1;
        approval.asked = asked;
    }
    waiting_or_approved(approval, expires_at)
}

fn waiting_or_approved(approval: Approval, expires_at: Timestamp) -> State {
    if approval.open_stage().is_some() {
        State::AwaitingApproval { approval, expires_at }
    } else {
        State::Approved { approval, attempts: 0 }
    }
}

fn answered(execution: Execution, answer: Answer) -> Option<State> {
    let intent = Intent { answer: Some(answer), ..execution.intent? };
    Some(State::Verifying(Execution { intent: Some(intent), ..execution }))
}

fn shown(mut execution: Execution) -> Option<Execution> {
    execution.shown.push(execution.intent.take()?.effect);
    Some(execution)
}

fn applied(execution: Execution, after: Option<&Holdings>) -> State {
    // Nothing was written when nothing had been read to write against: everything was as wished already.
    let before = execution.before.or_else(|| after.cloned()).unwrap_or_default();
    State::Applied { approval: execution.approval, before, after: after.cloned() }
}

fn failed(approval: Approval, failure: &Failure) -> State {
    State::Failed { approval, failure: failure.clone() }
}
