//! The requester means it. Judged again on fresh facts; then the request waits for its approvers, or is approved at once.
//! Never for anybody but the requester.

use super::asked::Asked;
use super::late::Attempt;
use super::{App, AppError, Caller, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::change::LocationNeed;
use crate::domain::judge::{Permitted, judge};
use crate::domain::person::{Facts, UsageLocation};
use crate::domain::request::{Actor, Confirmation, Request, State};
use crate::domain::text::Phrase;
use crate::domain::view::{self, Insight};

impl App {
    pub(super) async fn confirm(
        &self,
        caller: &Caller,
        request: Request,
        location: Option<UsageLocation>,
    ) -> Result<Outcome, AppError> {
        let attempt = Attempt { by: caller.person, verb: ActionVerb::Confirm };
        if caller.person != request.requester {
            return Ok(self.refuse(Phrase::new("not-yours")));
        }
        if !matches!(request.state, State::Draft { .. }) {
            return self.too_late(attempt, &request).await;
        }
        if self.is_past(&request) {
            return self.expired_now(attempt, request).await;
        }
        let facts = self.facts_for(&request, &[]).await?;
        let mut wish = request.wish.clone();
        wish.usage_location = location;
        match judge(&self.policy, request.requester, &wish, &facts, self.settings.may_set_usage_location) {
            Ok(permitted) => match self.unfit(&request, &permitted, location, &facts).await? {
                Some(answer) => Ok(answer),
                None => self.confirmed(caller, request, location, &facts, permitted).await,
            },
            Err(forbidden) => Ok(self.forbidden(request.requester, wish.subject, &forbidden, &facts)),
        }
    }

    /// Why it cannot be confirmed although the policy allows it.
    async fn unfit(
        &self,
        request: &Request,
        permitted: &Permitted,
        location: Option<UsageLocation>,
        facts: &Facts,
    ) -> Result<Option<Outcome>, AppError> {
        let viewer = self.viewer(request.requester, request.wish.subject, facts);
        if location.is_some() && !viewer.may_set_location {
            return Ok(Some(self.refuse(Phrase::new("location-not-yours"))));
        }
        let found = permitted.insight.findings_for(viewer, &request.wish);
        if let Some(found) = found.iter().find(|found| found.blocks()) {
            let names = self.names(Some(facts)).await?;
            return Ok(Some(self.refuse(view::finding_phrase(found, &request.wish, &names))));
        }
        let asked = self.asked_already(request.requester, (Some(&request.id), &request.wish), facts).await?;
        if let Some(Asked::ByOneself(answer)) = asked {
            return Ok(Some(answer));
        }
        let to_choose = permitted.insight.plan.as_ref().is_ok_and(|plan| plan.location == LocationNeed::Choose);
        let nobody_else = permitted.route.stages.is_empty() || (viewer.may_set_location && viewer.sees_person);
        Ok((to_choose && nobody_else).then(|| self.refuse(Phrase::new("location-needed"))))
    }

    async fn confirmed(
        &self,
        caller: &Caller,
        request: Request,
        location: Option<UsageLocation>,
        facts: &Facts,
        permitted: Permitted,
    ) -> Result<Outcome, AppError> {
        let at = self.now();
        let confirmation = self.confirmation(&permitted, at);
        let location = needed(location, &permitted.insight);
        let step = request.confirm(at, confirmation, location)?;
        let mut cards = self.ballots(&step.request, facts);
        cards.extend(self.status_card(&step.request, caller));
        let unit = self.unit(at, Actor::Person(caller.person), step, cards, facts);
        self.commit_and_show(unit, Some(facts)).await
    }

    pub(super) fn confirmation(&self, permitted: &Permitted, at: jiff::Timestamp) -> Confirmation {
        Confirmation {
            route: permitted.route.clone(),
            rules: permitted.rules.clone(),
            policy: permitted.policy,
            asked: permitted.voters.first().cloned().unwrap_or_default(),
            expires_at: at + self.settings.pending,
        }
    }
}

/// A country that nobody asked for is left out, so that it can never be written by the way.
pub(super) fn needed(location: Option<UsageLocation>, insight: &Insight) -> Option<UsageLocation> {
    let set = insight.plan.as_ref().is_ok_and(|plan| matches!(plan.location, LocationNeed::Set(_)));
    location.filter(|_| set)
}
