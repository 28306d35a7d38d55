//! Which rule decides about a request, or would decide about a change. Judges as a preflight does and shows no more than it;
//! nothing is asked for and nothing is voted.

use std::collections::{BTreeMap, BTreeSet};

use super::show_request::Seen;
use super::{App, AppError, Caller, Outcome};
use crate::domain::change::Wish;
use crate::domain::command::{Command, ProductText, Who, WhyTarget};
use crate::domain::ids::{PersonId, RequestId, SkuId};
use crate::domain::judge::{Forbidden, Permitted, Standing, judge, judge_again};
use crate::domain::person::Facts;
use crate::domain::request::{Approval, StartOver, State};
use crate::domain::text::Phrase;
use crate::domain::view::reading::{self, ChangeExplained, Now, RequestExplained, Verdict, Way};
use crate::domain::view::{Names, Viewer};

impl App {
    pub(super) async fn why_request(&self, caller: &Caller, id: &RequestId) -> Result<Outcome, AppError> {
        let Some(seen) = self.see_request(caller, id).await? else {
            return Ok(self.refuse(Phrase::new("request-unknown")));
        };
        let viewer = self.viewer(caller.person, seen.request.wish.subject, &seen.facts);
        let permitted = self.draft_judged(&seen);
        let now = match &permitted {
            Some(Ok(permitted)) => Now::WouldGo(way(permitted)),
            Some(Err(forbidden)) => Now::Closed(reasons(forbidden, viewer, &seen.names)),
            None => self.stands_now(&seen, viewer),
        };
        let approval = seen.approval.as_ref();
        let explained = RequestExplained { scene: seen.scene(None), approval, now, viewer };
        Ok(self.answer(reading::why_request(&explained)))
    }

    /// A draft, judged as its confirmation would be.
    fn draft_judged(&self, seen: &Seen) -> Option<Result<Permitted, Forbidden>> {
        let request = &seen.request;
        let may_set = self.settings.may_set_usage_location;
        matches!(request.state, State::Draft { .. })
            .then(|| judge(&self.policy, request.requester, &request.wish, &seen.facts, may_set))
    }

    /// A request under way, judged as the next vote would be.
    fn stands_now(&self, seen: &Seen, viewer: Viewer) -> Now<'static> {
        let State::AwaitingApproval { approval, .. } = &seen.request.state else { return Now::Decided };
        let may_set = self.settings.may_set_usage_location;
        match judge_again(&self.policy, &seen.request, approval, &seen.facts, may_set) {
            Ok(Standing::GoesOn { voters, .. }) => Now::Waits(open_stage(approval, voters)),
            Ok(Standing::StartsOver(_)) => Now::StartsOver(StartOver::RouteChanged),
            Ok(Standing::VoterGone(_)) => Now::StartsOver(StartOver::VoterGone),
            Err(forbidden) => Now::Closed(reasons_now(&forbidden, viewer, &seen.names)),
        }
    }

    pub(super) async fn why_change(
        &self,
        caller: &Caller,
        who: &Who,
        product: &ProductText,
    ) -> Result<Outcome, AppError> {
        let with_who = |who: &str| why(Who::Named(who.to_owned()), product.clone());
        let subject = match self.resolve_person(caller.person, who, &with_who).await? {
            Ok(subject) => subject,
            Err(answer) => return Ok(*answer),
        };
        let with_product =
            |chosen: &str| why(who.clone(), ProductText::try_new(chosen).unwrap_or_else(|_| product.clone()));
        let catalog = self.catalog().await?;
        let sku = match self.resolve_product(&catalog, product, &with_product) {
            Ok(sku) => sku,
            Err(answer) => return Ok(*answer),
        };
        let facts = self.facts_about([caller.person, subject]).await?;
        self.explain(caller, &assigning(subject, sku), &facts).await
    }

    async fn explain(&self, caller: &Caller, wish: &Wish, facts: &Facts) -> Result<Outcome, AppError> {
        let viewer = self.viewer(caller.person, wish.subject, facts);
        let names = self.names(Some(facts)).await?;
        let judged = judge(&self.policy, caller.person, wish, facts, self.settings.may_set_usage_location);
        let verdict = match &judged {
            Ok(permitted) => Verdict::Open(way(permitted)),
            Err(forbidden) => Verdict::Closed(reasons(forbidden, viewer, &names)),
        };
        let change = ChangeExplained { requester: caller.person, wish, verdict, viewer, names: &names };
        Ok(self.answer(reading::why_change(&change)))
    }
}

fn why(who: Who, product: ProductText) -> String {
    Command::Why(WhyTarget::Change { who, product }).to_text()
}

fn assigning(subject: PersonId, sku: SkuId) -> Wish {
    Wish {
        subject,
        assign: BTreeMap::from([(sku, BTreeSet::new())]),
        unassign: BTreeSet::new(),
        switch: BTreeMap::new(),
        usage_location: None,
    }
}

fn way(permitted: &Permitted) -> Way<'_> {
    Way { rules: &permitted.rules, route: &permitted.route, insight: &permitted.insight }
}

fn open_stage(approval: &Approval, mut voters: Vec<BTreeSet<PersonId>>) -> BTreeSet<PersonId> {
    if approval.stage < voters.len() { voters.swap_remove(approval.stage) } else { BTreeSet::new() }
}

/// Why it cannot be asked for. What the policy says about somebody is for those who may see them.
fn reasons(forbidden: &Forbidden, viewer: Viewer, names: &Names) -> Vec<Phrase> {
    let first = Phrase::new(match forbidden {
        Forbidden::Policy(_) => "forbidden-by-policy",
        Forbidden::NobodyMayVote(_) => "nobody-may-vote",
        Forbidden::PersonGone(_) => "person-gone",
        Forbidden::NotRead => "try-again",
    });
    std::iter::once(first).chain(policy_reasons(forbidden, viewer, names)).collect()
}

/// Why it cannot go on.
fn reasons_now(forbidden: &Forbidden, viewer: Viewer, names: &Names) -> Vec<Phrase> {
    let first = Phrase::new(match forbidden {
        Forbidden::Policy(_) => "why-denied-now",
        Forbidden::NobodyMayVote(_) => "why-nobody-now",
        Forbidden::PersonGone(_) => "why-person-gone",
        Forbidden::NotRead => "try-again",
    });
    std::iter::once(first).chain(policy_reasons(forbidden, viewer, names)).collect()
}

fn policy_reasons(forbidden: &Forbidden, viewer: Viewer, names: &Names) -> Vec<Phrase> {
    match forbidden {
        Forbidden::Policy(denial) if viewer.sees_person => reading::denied(denial, names),
        _ => Vec::new(),
    }
}
