//! A yes. Judged again on facts read for this vote: may this person vote now, and does the policy still want this route?
//! Never counts a vote of whoever asked, or of whom it is for.

use std::collections::BTreeSet;

use super::ballot::Ballot;
use super::confirm::needed;
use super::late::Attempt;
use super::{App, AppError, Caller, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::change::LocationNeed;
use crate::domain::ids::PersonId;
use crate::domain::judge::{Forbidden, Permitted, Standing, blockers, judge_again};
use crate::domain::person::{Facts, UsageLocation};
use crate::domain::policy::eligibility::asked_anew;
use crate::domain::request::{Actor, Approval, Request, StartOver};
use crate::domain::text::Phrase;
use crate::domain::view::{self, Insight};
use crate::ports::{CardView, PostedCard, Unit};

/// What judging the request again found for a yes.
struct Judged {
    /// The country chosen with it.
    location: Option<UsageLocation>,
    /// For each stage, who may vote now.
    voters: Vec<BTreeSet<PersonId>>,
    insight: Insight,
}

impl App {
    pub(super) async fn approve(
        &self,
        caller: &Caller,
        request: Request,
        location: Option<UsageLocation>,
    ) -> Result<Outcome, AppError> {
        let attempt = Attempt { by: caller.person, verb: ActionVerb::Approve };
        let ballot = match self.open_ballot(attempt, request).await? {
            Ok(ballot) => ballot,
            Err(answer) => return Ok(*answer),
        };
        let Ballot { request, approval, facts } = &ballot;
        let mut wished = request.clone();
        wished.wish.usage_location = location.or(request.wish.usage_location);
        match judge_again(&self.policy, &wished, approval, facts, self.settings.may_set_usage_location) {
            Ok(Standing::GoesOn { voters, insight }) => {
                self.count(attempt, ballot, &Judged { location, voters, insight }).await
            }
            again_or_never => self.not_counted(attempt, ballot, again_or_never).await,
        }
    }

    /// No vote counts as the request stands: the stages begin again, or the policy forbids it now. To somebody who may not know
    /// of the request, it is unknown.
    async fn not_counted(
        &self,
        attempt: Attempt,
        ballot: Ballot,
        judged: Result<Standing, Forbidden>,
    ) -> Result<Outcome, AppError> {
        if !self.knows_of(attempt.by, &ballot).await? {
            return Ok(self.refuse(Phrase::new("request-unknown")));
        }
        let Ballot { request, facts, .. } = ballot;
        match judged {
            Ok(Standing::StartsOver(permitted)) => {
                self.start_over(request, permitted, StartOver::RouteChanged, &facts).await
            }
            Ok(Standing::VoterGone(permitted)) => {
                self.start_over(request, permitted, StartOver::VoterGone, &facts).await
            }
            Ok(Standing::AskedGone(permitted)) => {
                self.start_over(request, permitted, StartOver::AskedGone, &facts).await
            }
            Ok(Standing::GoesOn { .. }) => Ok(self.refuse(Phrase::new("try-again"))),
            Err(forbidden) => self.fall(request, &forbidden, &facts).await,
        }
    }

    /// A no by somebody without a vote. Where nobody of those who were asked can decide, others are asked.
    pub(super) async fn no_without_vote(&self, attempt: Attempt, ballot: Ballot) -> Result<Outcome, AppError> {
        let may_set = self.settings.may_set_usage_location;
        match judge_again(&self.policy, &ballot.request, &ballot.approval, &ballot.facts, may_set) {
            Ok(gone @ Standing::AskedGone(_)) => self.not_counted(attempt, ballot, Ok(gone)).await,
            _ => self.not_asked(attempt, &ballot).await,
        }
    }

    async fn count(&self, attempt: Attempt, ballot: Ballot, judged: &Judged) -> Result<Outcome, AppError> {
        if let Some(answer) = self.without_vote(attempt, &ballot, judged).await? {
            return Ok(answer);
        }
        if let Some(answer) = self.unready(&ballot, &judged.insight).await? {
            return Ok(answer);
        }
        self.counted(attempt.by, ballot, judged).await
    }

    /// What to answer to somebody whose yes would not count.
    async fn without_vote(
        &self,
        attempt: Attempt,
        ballot: &Ballot,
        judged: &Judged,
    ) -> Result<Option<Outcome>, AppError> {
        let approval = &ballot.approval;
        if approval.has_voted(attempt.by) {
            return Ok(Some(self.already(Phrase::new("vote-twice"))));
        }
        let earlier = said_yes(approval);
        if asked_in(approval, approval.stage, &judged.voters, &earlier).contains(&attempt.by) {
            return Ok(None);
        }
        if earlier.contains(&attempt.by) {
            return Ok(Some(self.refuse(Phrase::new("vote-earlier-stage"))));
        }
        self.not_asked(attempt, ballot).await.map(Some)
    }

    /// Why nobody's yes could count as the request stands.
    async fn unready(&self, ballot: &Ballot, insight: &Insight) -> Result<Option<Outcome>, AppError> {
        if let Some(found) = blockers(insight).first() {
            let names = self.names(Some(&ballot.facts)).await?;
            return Ok(Some(self.refuse(view::finding_phrase(found, &ballot.request.wish, &names))));
        }
        let to_choose = insight.plan.as_ref().is_ok_and(|plan| plan.location == LocationNeed::Choose);
        Ok(to_choose.then(|| self.refuse(Phrase::new("location-needed"))))
    }

    async fn counted(&self, by: PersonId, ballot: Ballot, judged: &Judged) -> Result<Outcome, AppError> {
        let Ballot { request, approval, facts } = ballot;
        let at = self.now();
        let mut yes = said_yes(&approval);
        yes.insert(by);
        let next = asked_in(&approval, approval.stage + 1, &judged.voters, &yes);
        let step = request.vote(at, by, next, needed(judged.location, &judged.insight))?;
        let opened = step.request.state.approval().is_some_and(|now| now.stage > approval.stage);
        let cards = if opened { self.new_ballots(&step.request, &facts).await? } else { Vec::new() };
        let unit = self.unit(at, Actor::Person(by), step, cards, &facts);
        self.commit_and_show(unit, Some(&facts)).await
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
        let unit = self.unit(at, Actor::Bot, step, cards, facts);
        let why = match why {
            StartOver::RouteChanged => "started-over-route",
            StartOver::VoterGone => "started-over-voter",
            StartOver::AskedGone => "started-over-asked",
        };
        self.commit_and_explain(unit, facts, why).await
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
        let unit = self.unit(at, Actor::Bot, step, cards, facts);
        self.commit_and_explain(unit, facts, "policy-denies-now").await
    }

    /// Says why something else happened than was wanted; where even that was lost to somebody faster, the answer to the loser.
    async fn commit_and_explain(&self, unit: Unit, facts: &Facts, why: &'static str) -> Result<Outcome, AppError> {
        match self.commit_and_show(unit, Some(facts)).await? {
            Outcome::Changed(_) => Ok(self.refuse(Phrase::new(why))),
            lost => Ok(lost),
        }
    }
}

/// Everybody who said yes, in any stage.
fn said_yes(approval: &Approval) -> BTreeSet<PersonId> {
    approval.votes.iter().map(|vote| vote.by).collect()
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
