//! Which rule decides about a request, or would decide about a change. Judges as a preflight does and shows no more than it;
//! nothing is asked for and nothing is voted.

use std::collections::{BTreeMap, BTreeSet};

use super::show_request::Seen;
use super::{App, AppError, Caller, Outcome};
use crate::domain::change::Wish;
use crate::domain::command::{Command, ProductText, Who, WhyTarget};
use crate::domain::ids::{PersonId, RequestId, SkuId};
use crate::domain::judge::{Forbidden, Standing, decision, judge, judge_again};
use crate::domain::person::Facts;
use crate::domain::policy::Decision;
use crate::domain::policy::eligibility::{Parties, WhyNot, may_vote, voters};
use crate::domain::policy::explain;
use crate::domain::policy::outlook::Outlook;
use crate::domain::policy::route::Route;
use crate::domain::preflight::Finding;
use crate::domain::request::{Approval, State};
use crate::domain::text::Phrase;
use crate::domain::view::Viewer;
use crate::domain::view::reading::{self, ChangeExplained, Now, RequestExplained, StageVoters};

/// What a change comes to, judged now.
struct Judged {
    decision: Decision,
    voters: StageVoters,
    outlook: Option<Outlook>,
    findings: Vec<Finding>,
    viewer: Viewer,
}

impl App {
    pub(super) async fn why_request(&self, caller: &Caller, id: &RequestId) -> Result<Outcome, AppError> {
        let Some(seen) = self.see_request(caller, id).await? else {
            return Ok(self.refuse(Phrase::new("request-unknown")));
        };
        let request = &seen.request;
        let viewer = self.viewer(caller.person, request.wish.subject, &seen.facts);
        let (voters, judged);
        let now = match &request.state {
            State::Draft { .. } => match self.judged(request.requester, &request.wish, viewer, &seen.facts) {
                Ok(found) => {
                    judged = found;
                    Now::Draft(judged.explained(request.requester, &request.wish))
                }
                Err(forbidden) => return Ok(self.refuse(unjudged(&forbidden))),
            },
            State::AwaitingApproval { approval, .. } => {
                voters = stage_voters(&approval.route, request.requester, request.wish.subject, &seen.facts);
                let instead = self.instead_of_counting(&seen, approval, viewer);
                Now::Waits { voters: &voters, instead, reader: no_vote(caller.person, &seen, approval) }
            }
            _ => Now::Decided,
        };
        let explained = RequestExplained { scene: seen.scene(None), approval: seen.approval.as_ref(), now, viewer };
        Ok(self.answer(reading::why_request(&explained)))
    }

    /// What the next vote will do instead of counting.
    fn instead_of_counting(&self, seen: &Seen, approval: &Approval, viewer: Viewer) -> Vec<Phrase> {
        let may_set = self.settings.may_set_usage_location;
        let (requester, subject) = (seen.request.requester, seen.request.wish.subject);
        match judge_again(&self.policy, &seen.request, approval, &seen.facts, may_set) {
            Ok(Standing::GoesOn { .. }) => Vec::new(),
            Ok(Standing::StartsOver(_)) => vec![Phrase::new("why-starts-over-route")],
            Ok(Standing::VoterGone(_)) => vec![Phrase::new("why-starts-over-voter")],
            Ok(Standing::AskedGone(_)) => vec![Phrase::new("why-starts-over-asked")],
            Err(Forbidden::Policy(denial)) => {
                let who = explain::Who { requester, subject };
                let reasons = if viewer.sees_person { denial.phrases(who, &seen.names) } else { Vec::new() };
                std::iter::once(Phrase::new("why-denied-now")).chain(reasons).collect()
            }
            Err(Forbidden::NobodyMayVote(nobody)) => vec![nobody.phrase(subject, &seen.names)],
            Err(Forbidden::PersonGone(_)) => vec![Phrase::new("why-person-gone")],
            Err(Forbidden::NotRead) => vec![Phrase::new("try-again")],
        }
    }

    pub(super) async fn why_change(
        &self,
        caller: &Caller,
        who: &Who,
        product: &ProductText,
    ) -> Result<Outcome, AppError> {
        let asked = Command::Why(WhyTarget::Change { who: who.clone(), product: product.clone() });
        let about = |person: &str| asked.about(person).to_text();
        let subject = match self.resolve_person(caller.person, who, &about).await? {
            Ok(subject) => subject,
            Err(answer) => return Ok(*answer),
        };
        let catalog = self.catalog().await?;
        let sku = match self.resolve_product(&catalog, product, &|chosen| asked.meaning(product, chosen).to_text()) {
            Ok(sku) => sku,
            Err(answer) => return Ok(*answer),
        };
        let facts = self.facts_about([caller.person, subject]).await?;
        self.explain(caller, subject, sku, &facts).await
    }

    /// Explains what could be asked for: unassigning what is held, assigning what is not; both to whoever may not see which.
    async fn explain(
        &self,
        caller: &Caller,
        subject: PersonId,
        sku: SkuId,
        facts: &Facts,
    ) -> Result<Outcome, AppError> {
        let viewer = self.viewer(caller.person, subject, facts);
        let held = facts.people.get(&subject).map(|person| person.holdings.holds(sku));
        let held = held.filter(|_| viewer.sees_person);
        let assign = (held != Some(true)).then(|| assigning(subject, sku));
        let unassign = (held != Some(false)).then(|| unassigning(subject, sku));
        let wishes: Vec<Wish> = assign.into_iter().chain(unassign).collect();
        let judged = wishes.iter().map(|wish| self.judged(caller.person, wish, viewer, facts));
        let judged: Vec<Judged> = match judged.collect() {
            Ok(judged) => judged,
            Err(forbidden) => return Ok(self.refuse(unjudged(&forbidden))),
        };
        let names = self.names(Some(facts)).await?;
        let changes = judged.iter().zip(&wishes).map(|(judged, wish)| judged.explained(caller.person, wish));
        Ok(self.answer(reading::why_change(changes, held.and_then(|held| held.then_some(sku)), &names)))
    }

    /// What the policy says, who would vote, and what the viewer may know besides.
    fn judged(&self, requester: PersonId, wish: &Wish, viewer: Viewer, facts: &Facts) -> Result<Judged, Forbidden> {
        let decision = decision(&self.policy, requester, wish, facts)?;
        let voters = match &decision {
            Decision::Allowed(allowed) => stage_voters(&allowed.route, requester, wish.subject, facts),
            Decision::Denied(_) => StageVoters::new(),
        };
        let permitted = judge(&self.policy, requester, wish, facts, self.settings.may_set_usage_location);
        let insight = permitted.ok().map(|permitted| permitted.insight);
        let findings = insight.as_ref().map(|insight| insight.findings_for(viewer, wish).into_owned());
        let outlook = insight.map(|insight| insight.outlook);
        Ok(Judged { decision, voters, outlook, findings: findings.unwrap_or_default(), viewer })
    }
}

impl Judged {
    fn explained<'a>(&'a self, requester: PersonId, wish: &'a Wish) -> ChangeExplained<'a> {
        let Self { decision, voters, outlook, findings, viewer } = self;
        ChangeExplained { requester, wish, decision, voters, outlook: outlook.as_ref(), findings, viewer: *viewer }
    }
}

/// Why there is nothing to explain.
fn unjudged(forbidden: &Forbidden) -> Phrase {
    Phrase::new(match forbidden {
        Forbidden::PersonGone(_) => "person-gone",
        Forbidden::Policy(_) | Forbidden::NobodyMayVote(_) | Forbidden::NotRead => "try-again",
    })
}

fn stage_voters(route: &Route, requester: PersonId, subject: PersonId, facts: &Facts) -> StageVoters {
    let Some(subject) = facts.people.get(&subject) else { return StageVoters::new() };
    route.stages.iter().map(|stage| voters(stage, Parties { requester, subject }, facts)).collect()
}

/// Why the reader has no vote in the open stage; nothing when there is one to cast.
fn no_vote(reader: PersonId, seen: &Seen, approval: &Approval) -> Option<WhyNot> {
    let subject = seen.facts.people.get(&seen.request.wish.subject)?;
    let voted = approval.votes_in_stage().map(|vote| vote.by).collect();
    let parties = Parties { requester: seen.request.requester, subject };
    match may_vote(reader, approval.open_stage()?, parties, &seen.facts, &voted) {
        // The stage says it already.
        Ok(()) | Err(WhyNot::NoVoters(_)) => None,
        Err(why) => Some(why),
    }
}

fn assigning(subject: PersonId, sku: SkuId) -> Wish {
    Wish { assign: BTreeMap::from([(sku, BTreeSet::new())]), ..Wish::nothing_for(subject) }
}

fn unassigning(subject: PersonId, sku: SkuId) -> Wish {
    Wish { unassign: BTreeSet::from([sku]), ..Wish::nothing_for(subject) }
}
