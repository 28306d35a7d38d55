//! What comes before every decision of a voter, yes or no: it is not about the voter, it still waits, its time is not up, and
//! the facts are fresh. Never says whether this person has a vote: a no asks for that alone, a yes judges the whole request again.

use super::late::Attempt;
use super::resolve::Resolved;
use super::{App, AppError, Outcome};
use crate::domain::ids::PersonId;
use crate::domain::person::Facts;
use crate::domain::policy::eligibility::{Parties, voters};
use crate::domain::request::{Approval, Request, State};
use crate::domain::text::Phrase;

/// A request that waits for votes, with everything read for judging one.
pub(super) struct Ballot {
    pub(super) request: Request,
    pub(super) approval: Approval,
    pub(super) facts: Facts,
}

impl App {
    /// Opens the request for a decision, or says why there is none to take.
    pub(super) async fn open_ballot(&self, attempt: Attempt, request: Request) -> Result<Resolved<Ballot>, AppError> {
        if let Some(answer) = self.four_eyes(attempt.by, &request) {
            return Ok(Err(Box::new(answer)));
        }
        let State::AwaitingApproval { approval, .. } = &request.state else {
            return self.too_late_for(attempt, &request).await.map(|answer| Err(Box::new(answer)));
        };
        let approval = approval.clone();
        if self.is_past(&request) {
            return self.expired_now(attempt, request).await.map(|answer| Err(Box::new(answer)));
        }
        let facts = self.facts_for(&request, &[attempt.by]).await?;
        Ok(Ok(Ballot { request, approval, facts }))
    }

    /// Nobody decides about what they asked for, or what is for them. Of somebody's draft not even its subject knows; where it
    /// is decided, that is the answer.
    fn four_eyes(&self, person: PersonId, request: &Request) -> Option<Outcome> {
        let (own, about_self) = (person == request.requester, person == request.wish.subject);
        match request.state {
            State::Draft { .. } | State::AwaitingApproval { .. } if own => Some("vote-own-request"),
            State::AwaitingApproval { .. } if about_self => Some("vote-about-self"),
            _ => None,
        }
        .map(|why| self.refuse(Phrase::new(why)))
    }

    /// May this person know that there is such a request? Whoever votes now and was not asked may.
    pub(super) async fn knows_of(&self, person: PersonId, ballot: &Ballot) -> Result<bool, AppError> {
        let Ballot { request, facts, .. } = ballot;
        Ok(ballot.has_vote(person)
            || self.may_see_request(person, request, facts)
            || self.was_told(person, request).await?)
    }

    /// Somebody without a vote. The same answer whether the request exists or not, for whoever may not see it; whoever was asked
    /// before others decided is told what became of it.
    pub(super) async fn not_asked(&self, attempt: Attempt, ballot: &Ballot) -> Result<Outcome, AppError> {
        let Ballot { request, approval, facts } = ballot;
        if attempt.is_overtaken(request) && self.was_told(attempt.by, request).await? {
            return self.too_late(attempt, request).await;
        }
        if !self.may_see_request(attempt.by, request, facts) {
            return Ok(self.refuse(Phrase::new("request-unknown")));
        }
        let names = self.names_for(request, Some(facts)).await?;
        Ok(self.refuse(Phrase::new("vote-not-asked").with("people", names.some_people(&approval.asked))))
    }
}

impl Ballot {
    /// May this person vote in the open stage?
    pub(super) fn has_vote(&self, person: PersonId) -> bool {
        let Self { request, approval, facts } = self;
        let (Some(stage), Some(subject)) = (approval.open_stage(), facts.people.get(&request.wish.subject)) else {
            return false;
        };
        let parties = Parties { requester: request.requester, subject };
        voters(stage, parties, facts).is_ok_and(|found| found.people.contains(&person))
    }
}
