//! Taken back: by the requester, or by somebody who may see every request and change others' licenses at once (an operator).
//! Never once a write is on its way.

use super::late::Attempt;
use super::{App, AppError, Caller, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::ids::PersonId;
use crate::domain::person::Facts;
use crate::domain::request::{Actor, Request};
use crate::domain::text::Phrase;

impl App {
    pub(super) async fn cancel(&self, caller: &Caller, request: Request) -> Result<Outcome, AppError> {
        if caller.person == request.requester {
            return self.cancelled(caller.person, request, None).await;
        }
        let facts = self.facts_for(&request, &[caller.person]).await?;
        if !self.may_see_request(caller.person, &request, &facts) {
            return Ok(self.refuse(Phrase::new("request-unknown")));
        }
        if !self.is_operator_for(caller.person, &request, &facts) {
            return Ok(self.refuse(Phrase::new("cancel-not-yours")));
        }
        self.cancelled(caller.person, request, Some(&facts)).await
    }

    /// With facts it is somebody else than the requester, who then hears of it.
    async fn cancelled(&self, by: PersonId, request: Request, facts: Option<&Facts>) -> Result<Outcome, AppError> {
        let attempt = Attempt { by, verb: ActionVerb::Cancel };
        if !attempt.is_possible(&request) {
            return self.too_late(attempt, &request).await;
        }
        let at = self.now();
        let step = request.cancel(at, by)?;
        let cards = facts.map(|facts| self.outcome_cards(&step.request, facts)).unwrap_or_default();
        let unit = self.unit(at, Actor::Person(by), step, cards, facts.unwrap_or(&Facts::default()));
        self.commit_and_show(unit, facts).await
    }
}
