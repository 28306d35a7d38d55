//! Taken back: by the requester, or by somebody who may see every request and change others' licenses at once (an operator).
//! Never once a write is on its way.

use super::late::Attempt;
use super::{App, AppError, Caller, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::request::{Actor, Request, State};
use crate::domain::text::Phrase;

impl App {
    pub(super) async fn cancel(&self, caller: &Caller, request: Request) -> Result<Outcome, AppError> {
        let attempt = Attempt { by: caller.person, verb: ActionVerb::Cancel };
        if caller.person != request.requester {
            let facts = self.facts_for(&request, &[caller.person]).await?;
            if !self.may_see_request(caller.person, &request, &facts) {
                return Ok(self.refuse(Phrase::new("request-unknown")));
            }
            if !self.is_operator_for(caller.person, &request, &facts) {
                return Ok(self.refuse(Phrase::new("cancel-not-yours")));
            }
        }
        let open =
            matches!(request.state, State::Draft { .. } | State::AwaitingApproval { .. } | State::Approved { .. });
        if !open {
            return self.too_late(attempt, &request).await;
        }
        let at = self.now();
        let was_draft = matches!(request.state, State::Draft { .. });
        let step = request.cancel(at, caller.person)?;
        let cards = if was_draft || caller.person == step.request.requester {
            Vec::new()
        } else {
            self.outcome_cards(&step.request, &crate::domain::person::Facts::default())
        };
        let unit = self.unit(at, Actor::Person(caller.person), step, cards);
        self.commit_and_show(unit, None).await
    }
}
