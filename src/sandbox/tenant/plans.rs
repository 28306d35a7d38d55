//! The service plans that a person's licenses bring: which are on and since when, and which were on once. Only reckons
//! with paths; never decides who holds what.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{LicensePath, Person, Subscription, Tenant};
use crate::domain::ids::PlanId;

/// What the paths of a person no longer tell: when plans began that have been on for longer than their path is old, and
/// when plans began that are not on any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::sandbox) struct PlanHistory(BTreeMap<PlanId, Timestamp>);

impl PlanHistory {
    /// Remembers what a change of paths makes unknowable. A plan that comes back begins anew.
    fn remember(&mut self, before: BTreeMap<PlanId, Timestamp>, after: &BTreeMap<PlanId, Timestamp>) {
        for plan in after.keys().filter(|plan| !before.contains_key(plan)) {
            self.0.remove(plan);
        }
        let lost = before.into_iter().filter(|(plan, since)| after.get(plan).is_none_or(|now| now > since));
        self.0.extend(lost);
    }
}

impl Tenant {
    /// Every plan that is on for a person, and since when without a gap.
    pub(in crate::sandbox) fn plans_on(&self, person: &Person) -> BTreeMap<PlanId, Timestamp> {
        let mut on = on(&self.subscriptions, &person.licenses);
        for (plan, since) in &mut on {
            if let Some(earlier) = person.plan_history.0.get(plan) {
                *since = (*since).min(*earlier);
            }
        }
        on
    }

    /// Plans that were on for a person and are not, and when they had begun.
    pub(in crate::sandbox) fn plans_gone(&self, person: &Person) -> BTreeMap<PlanId, Timestamp> {
        let mut gone = person.plan_history.0.clone();
        if !gone.is_empty() {
            let on = on(&self.subscriptions, &person.licenses);
            gone.retain(|plan, _| !on.contains_key(plan));
        }
        gone
    }

    /// The history of a person's plans, once the paths are these.
    pub(super) fn plan_history_with(&self, person: &Person, paths: &[LicensePath]) -> PlanHistory {
        let mut history = person.plan_history.clone();
        if !person.licenses.is_empty() || !history.0.is_empty() {
            history.remember(self.plans_on(person), &on(&self.subscriptions, paths));
        }
        history
    }
}

/// A plan is on as soon as one path leaves it on, and since the oldest that does.
fn on(subscriptions: &[Subscription], paths: &[LicensePath]) -> BTreeMap<PlanId, Timestamp> {
    let mut on = BTreeMap::new();
    for path in paths.iter().filter(|path| path.is_active()) {
        let plans = subscriptions.iter().filter(|one| one.sku == path.sku).flat_map(|one| &one.plans);
        for plan in plans.filter(|plan| !path.disabled.contains(&plan.id)) {
            let since = on.entry(plan.id).or_insert(path.updated);
            *since = path.updated.min(*since);
        }
    }
    on
}
