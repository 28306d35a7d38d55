//! A yes. Judged again on facts read for this vote: may this person vote now, and does the policy still want this route?
//! Never counts a vote of whoever asked, or of whom it is for.

use std::collections::BTreeSet;

use super::confirm::needed;
use super::{App, AppError, Caller, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::change::LocationNeed;
use crate::domain::ids::PersonId;
use crate::domain::judge::{Forbidden, Permitted, Standing, blockers, judge_again};
use crate::domain::person::{Facts, UsageLocation};
use crate::domain::policy::eligibility::asked_anew;
use crate::domain::request::{Actor, Approval, Request, StartOver, State};
use crate::domain::text::Phrase;
use crate::domain::view::{self, Insight};
use crate::ports::{CardView, PostedCard};

impl App {
    pub(super) async fn approve(
        &self,
        caller: &Caller,
        request: Request,
        location: Option<UsageLocation>,
    ) -> Result<Outcome, AppError> {
        if let Some(answer) = self.four_eyes(caller.person, &request) {
            return Ok(answer);
        }
        let State::AwaitingApproval { approval, .. } = &request.state else {
            return self.too_late_for(caller.person, ActionVerb::Approve, &request).await;
        };
        if self.is_past(&request) {
            return self.expired_now(caller.person, ActionVerb::Approve, request).await;
        }
        let approval = approval.clone();
        let mut wished = request.clone();
        wished.wish.usage_location = location.or(request.wish.usage_location);
        let facts = self.facts_for(&wished, &[caller.person]).await?;
        let may_set = self.settings.may_set_usage_location;
        match judge_again(&self.policy, &wished, &approval, &facts, may_set) {
            Ok(Standing::GoesOn { voters, insight }) => {
                self.count(caller, request, &approval, location, &facts, &voters, &insight).await
            }
            Ok(Standing::StartsOver(permitted)) => {
                self.start_over(request, permitted, StartOver::RouteChanged, &facts).await
            }
            Ok(Standing::VoterGone(permitted)) => {
                self.start_over(request, permitted, StartOver::VoterGone, &facts).await
            }
            Err(forbidden) => self.fall(request, &forbidden, &facts).await,
        }
    }

    /// Nobody decides about what they asked for, or what is for them.
    pub(super) fn four_eyes(&self, person: PersonId, request: &Request) -> Option<Outcome> {
        if person == request.requester {
            return Some(self.refuse(Phrase::new("vote-own-request")));
        }
        (person == request.wish.subject).then(|| self.refuse(Phrase::new("vote-about-self")))
    }

    #[expect(clippy::too_many_arguments, reason = "one judgement, taken apart where it was made")]
    async fn count(
        &self,
        caller: &Caller,
        request: Request,
        approval: &Approval,
        location: Option<UsageLocation>,
        facts: &Facts,
        voters: &[BTreeSet<PersonId>],
        insight: &Insight,
    ) -> Result<Outcome, AppError> {
        let earlier: BTreeSet<PersonId> = approval.votes.iter().map(|vote| vote.by).collect();
        if approval.has_voted(caller.person) {
            return Ok(self.already(Phrase::new("vote-twice")));
        }
        if !asked_in(approval, approval.stage, voters, &earlier).contains(&caller.person) {
            if earlier.contains(&caller.person) {
                return Ok(self.refuse(Phrase::new("vote-earlier-stage")));
            }
            return self.not_asked(caller.person, &request, facts).await;
        }
        if let Some(found) = blockers(insight).first() {
            let names = self.names(Some(facts)).await?;
            return Ok(self.refuse(view::finding_phrase(found, &request.wish, &names)));
        }
        if insight.plan.as_ref().is_ok_and(|plan| plan.location == LocationNeed::Choose) {
            return Ok(self.refuse(Phrase::new("location-needed")));
        }
        let at = self.now();
        let said_yes = earlier.into_iter().chain([caller.person]).collect();
        let next = asked_in(approval, approval.stage + 1, voters, &said_yes);
        let before = approval.stage;
        let step = request.vote(at, caller.person, next, needed(location, insight))?;
        let opened = step.request.state.approval().is_some_and(|approval| approval.stage > before);
        let cards = if opened { self.new_ballots(&step.request, facts).await? } else { Vec::new() };
        let unit = self.unit(at, Actor::Person(caller.person), step, cards);
        self.commit_and_show(unit, Some(facts)).await
    }

    /// The same answer whether the request exists or not, for whoever may not see it.
    pub(super) async fn not_asked(
        &self,
        person: PersonId,
        request: &Request,
        facts: &Facts,
    ) -> Result<Outcome, AppError> {
        if !self.may_see_request(person, request, facts) {
            return Ok(self.refuse(Phrase::new("request-unknown")));
        }
        let names = self.names_for(request, Some(facts)).await?;
        let asked = request.state.approval().map(|approval| approval.asked.clone()).unwrap_or_default();
        Ok(self.refuse(Phrase::new("vote-not-asked").with("people", names.some_people(&asked))))
    }

    pub(super) async fn start_over(
        &self,
        request: Request,
        permitted: Permitted,
        why: StartOver,
        facts: &Facts,
    ) -> Result<Outcome, AppError> {
        let at = self.now();
        let confirmation = self.confirmation(&permitted, at);
        let step = request.start_over(at, confirmation, why)?;
        let cards = self.new_ballots(&step.request, facts).await?;
        let unit = self.unit(at, Actor::Bot, step, cards);
        self.commit_and_show(unit, Some(facts)).await?;
        Ok(self.refuse(Phrase::new(match why {
            StartOver::RouteChanged => "started-over-route",
            StartOver::VoterGone => "started-over-voter",
        })))
    }

    /// Ballots for those who have none yet; the others' cards open again where they stand.
    async fn new_ballots(&self, request: &Request, facts: &Facts) -> Result<Vec<PostedCard>, AppError> {
        let standing = self.world.store.cards(&request.id).await?;
        let has_one = |person: Option<PersonId>| {
            standing.iter().any(|card| card.view == CardView::Ballot && card.to.only == person)
        };
        Ok(self.ballots(request, facts).into_iter().filter(|card| !has_one(card.to.only)).collect())
    }

    /// The policy, or the people, do not allow it any more.
    pub(super) async fn fall(
        &self,
        request: Request,
        forbidden: &Forbidden,
        facts: &Facts,
    ) -> Result<Outcome, AppError> {
        let at = self.now();
        let step = match forbidden {
            Forbidden::Policy(_) | Forbidden::PersonGone(_) => request.deny(at, None, None)?,
            Forbidden::NobodyMayVote(_) => return Ok(self.refuse(Phrase::new("nobody-may-vote"))),
            Forbidden::NotRead => return Ok(self.refuse(Phrase::new("try-again"))),
        };
        let cards = self.outcome_cards(&step.request, facts);
        let unit = self.unit(at, Actor::Bot, step, cards);
        self.commit_and_show(unit, Some(facts)).await?;
        Ok(self.refuse(Phrase::new("policy-denies-now")))
    }
}

/// Who is asked in a stage, given those who said yes before.
fn asked_in(
    approval: &Approval,
    stage: usize,
    voters: &[BTreeSet<PersonId>],
    earlier: &BTreeSet<PersonId>,
) -> BTreeSet<PersonId> {
    match (approval.route.stages.get(stage), voters.get(stage)) {
        (Some(wanted), Some(voters)) => asked_anew(voters, earlier, wanted.quorum.get()),
        _ => BTreeSet::new(),
    }
}
