//! A no, with its reason. One no ends the request. Needs the same right as a yes, and nothing else: a change that would not
//! work any more can still be denied.

use super::ballot::Ballot;
use super::late::Attempt;
use super::{App, AppError, Caller, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::command::Reason;
use crate::domain::request::{Actor, Request};
use crate::domain::text::Phrase;

impl App {
    pub(super) async fn deny(&self, caller: &Caller, request: Request, reason: &Reason) -> Result<Outcome, AppError> {
        let attempt = Attempt { by: caller.person, verb: ActionVerb::Deny };
        let ballot = match self.open_ballot(attempt, request).await? {
            Ok(ballot) => ballot,
            Err(answer) => return Ok(*answer),
        };
        if !ballot.has_vote(caller.person) {
            return self.no_without_vote(attempt, ballot).await;
        }
        if ballot.approval.has_voted(caller.person) {
            return Ok(self.refuse(Phrase::new("vote-twice")));
        }
        self.denied(caller, ballot, reason).await
    }

    async fn denied(&self, caller: &Caller, ballot: Ballot, reason: &Reason) -> Result<Outcome, AppError> {
        let Ballot { request, facts, .. } = ballot;
        let at = self.now();
        let text = self.private_text(reason);
        let step = request.deny(at, Some(caller.person), Some(text.reference))?;
        let cards = self.outcome_cards(&step.request, &facts);
        let mut unit = self.unit(at, Actor::Person(caller.person), step, cards, &facts);
        unit.texts.push(text);
        self.commit_and_show(unit, Some(&facts)).await
    }
}
