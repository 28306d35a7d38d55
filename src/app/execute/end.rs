//! How an execution ends: the change is there, it is given up, or a human has to look. Each end is one arrow, with the cards that
//! tell of it. Never decides which end it is.

use super::Progress;
use crate::app::{App, AppError};
use crate::domain::change::Impossible;
use crate::domain::person::{Facts, Holdings};
use crate::domain::request::{Failure, Request};

impl App {
    pub(super) async fn ask_a_human(&self, request: Request) -> Result<Option<Progress>, AppError> {
        let facts = self.facts_for(&request, &[]).await?;
        let at = self.now();
        let step = request.needs_human(at)?;
        let mut cards = self.alarm_cards(&step.request, &facts);
        cards.extend(self.outcome_cards(&step.request, &facts));
        self.advance(at, step, cards).await?;
        Ok(Some(Progress::Done))
    }

    pub(super) async fn applied(
        &self,
        request: Request,
        after: Holdings,
        facts: &Facts,
    ) -> Result<Option<Progress>, AppError> {
        let at = self.now();
        let step = request.applied(at, after)?;
        let cards = self.outcome_cards(&step.request, facts);
        self.advance(at, step, cards).await?;
        Ok(Some(Progress::Done))
    }

    pub(super) async fn end(
        &self,
        request: Request,
        failure: Failure,
        facts: &Facts,
    ) -> Result<Option<Progress>, AppError> {
        let at = self.now();
        let step = request.fail(at, failure)?;
        let cards = self.outcome_cards(&step.request, facts);
        self.advance(at, step, cards).await?;
        Ok(Some(Progress::Done))
    }
}

/// What the plan found impossible, as an end.
pub(super) fn failure_of(why: Impossible) -> Failure {
    match why {
        Impossible::NotHeld(sku) => Failure::NotHeld(sku),
        Impossible::Inherited(sku) => Failure::Inherited(sku),
    }
}
