//! The requester means it. Judged again on fresh facts; then the request waits for its approvers, or is approved at once.
//! Never for anybody but the requester.

use super::late::Attempt;
use super::{App, AppError, Caller, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::change::LocationNeed;
use crate::domain::ids::PersonId;
use crate::domain::judge::{Permitted, judge};
use crate::domain::person::{Facts, UsageLocation};
use crate::domain::request::{Actor, Confirmation, Place, Request, State, Step};
use crate::domain::text::Phrase;
use crate::domain::view::{self, Insight};
use crate::ports::{Addressee, CardView, Delivery, PostedCard, Task, Unit, Work};

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
        let unit = self.unit(at, Actor::Person(caller.person), step, cards);
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

    /// One direct card for each person asked by the open stage.
    pub(super) fn ballots(&self, request: &Request, facts: &Facts) -> Vec<PostedCard> {
        let State::AwaitingApproval { approval, .. } = &request.state else { return Vec::new() };
        approval.asked.iter().map(|voter| self.direct_card(request, CardView::Ballot, *voter, facts)).collect()
    }

    /// A card in the conversation between the bot and one person, in that person's language.
    pub(super) fn direct_card(&self, request: &Request, view: CardView, person: PersonId, facts: &Facts) -> PostedCard {
        let known = facts
            .people
            .get(&person)
            .map(|facts| &facts.person)
            .or_else(|| facts.groups.values().flat_map(|group| &group.members).find(|member| member.id == person));
        PostedCard {
            id: self.new_card_id(),
            request: request.id.clone(),
            view,
            to: Addressee { platform: request.origin.platform, place: Place::Direct, only: Some(person) },
            locale: self.languages.of(person, known),
            delivery: Delivery::Sending,
            rendered: 0,
        }
    }

    /// The public line, where the request was typed in public.
    fn status_card(&self, request: &Request, caller: &Caller) -> Option<PostedCard> {
        match &request.origin.place {
            Place::Direct => None,
            place @ Place::Channel(_) => Some(PostedCard {
                id: self.new_card_id(),
                request: request.id.clone(),
                view: CardView::Status,
                to: Addressee { platform: request.origin.platform, place: place.clone(), only: None },
                locale: caller.locale,
                delivery: Delivery::Sending,
                rendered: 0,
            }),
        }
    }

    /// A unit with the work that its new state causes.
    pub(super) fn unit(&self, at: jiff::Timestamp, actor: Actor, step: Step, mut cards: Vec<PostedCard>) -> Unit {
        let request = step.request;
        cards.extend(self.notice(&request));
        let mut tasks = vec![self.safety_delivery(&request.id, at)];
        tasks.extend(request.expires_at().map(|due| Task { work: Work::Expire(request.id.clone()), due, attempts: 0 }));
        if matches!(request.state, State::Approved { .. }) {
            tasks.push(Task { work: Work::Execute(request.id.clone()), due: at, attempts: 0 });
        }
        Unit { at, actor, event: step.event, tasks, cards, texts: Vec::new(), delivery: None, request }
    }

    /// The subject hears of a removal before it executes.
    fn notice(&self, request: &Request) -> Option<PostedCard> {
        let first = matches!(request.state, State::Approved { attempts: 0, .. });
        let takes_away =
            !request.wish.unassign.is_empty() || request.wish.switch.values().any(|switches| !switches.off.is_empty());
        let for_other = request.requester != request.wish.subject;
        (first && takes_away && for_other)
            .then(|| self.direct_card(request, CardView::Notice, request.wish.subject, &Facts::default()))
    }
}

/// A country that nobody asked for is left out, so that it can never be written by the way.
pub(super) fn needed(location: Option<UsageLocation>, insight: &Insight) -> Option<UsageLocation> {
    let set = insight.plan.as_ref().is_ok_and(|plan| matches!(plan.location, LocationNeed::Set(_)));
    location.filter(|_| set)
}
