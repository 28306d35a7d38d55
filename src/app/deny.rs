//! A no, with its reason. One no ends the request. Needs the same right as a yes.

use super::{App, AppError, Caller, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::command::Reason;
use crate::domain::policy::eligibility::{Parties, voters};
use crate::domain::request::{Actor, Request, State};
use crate::domain::text::Phrase;

impl App {
    pub(super) async fn deny(&self, caller: &Caller, request: Request, reason: &Reason) -> Result<Outcome, AppError> {
        if let Some(answer) = self.four_eyes(caller.person, &request) {
            return Ok(answer);
        }
        let State::AwaitingApproval { approval, .. } = &request.state else {
            return self.too_late_for(caller.person, ActionVerb::Deny, &request).await;
        };
        if self.is_past(&request) {
            return self.expired_now(caller.person, ActionVerb::Deny, request).await;
        }
        let facts = self.facts_for(&request, &[caller.person]).await?;
        let stage = approval.open_stage();
        let asked = match (stage, facts.people.get(&request.wish.subject)) {
            (Some(stage), Some(subject)) => {
                let parties = Parties { requester: request.requester, subject };
                voters(stage, parties, &facts).is_ok_and(|found| found.people.contains(&caller.person))
            }
            _ => false,
        };
        if !asked {
            return self.not_asked(caller.person, &request, &facts).await;
        }
        if approval.has_voted(caller.person) {
            return Ok(self.refuse(Phrase::new("vote-twice")));
        }
        let at = self.now();
        let text = self.private_text(reason);
        let step = request.deny(at, Some(caller.person), Some(text.reference))?;
        let cards = self.outcome_cards(&step.request, &facts);
        let mut unit = self.unit(at, Actor::Person(caller.person), step, cards);
        unit.texts.push(text);
        self.commit_and_show(unit, Some(&facts)).await
    }
}
