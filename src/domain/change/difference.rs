//! What a change makes of somebody's apps, for a reader: by name, and without those whose larger edition is there afterwards.
//! Never for the policy: it goes by [`Plan::loses`], plan by plan.

use std::collections::{BTreeMap, BTreeSet};

use super::Plan;
use crate::domain::catalog::{Stock, editions};
use crate::domain::ids::PlanId;

/// What would be different. Each app stands in one place at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Apps with a name that none had before, and without a larger edition that was there and stays.
    pub gained: BTreeSet<PlanId>,
    /// Apps with a name that none has afterwards, and without a larger edition.
    pub lost: BTreeSet<PlanId>,
    /// Larger editions that come, each with the smaller ones that go for it.
    pub instead: BTreeMap<PlanId, BTreeSet<PlanId>>,
}

impl Difference {
    /// Of this plan. An app that stays under its name in another plan is neither gained nor lost.
    pub fn of(plan: &Plan, stock: &Stock) -> Self {
        let before: BTreeSet<PlanId> = plan.apps_after.difference(&plan.gains).chain(&plan.loses).copied().collect();
        let mut difference = Self {
            gained: under_new_names(&plan.gains, &before, stock),
            lost: under_new_names(&plan.loses, &plan.apps_after, stock),
            instead: BTreeMap::new(),
        };
        let kept: BTreeSet<PlanId> = before.intersection(&plan.apps_after).copied().collect();
        difference.gained.retain(|app| !editions::larger(*app).iter().any(|larger| kept.contains(larger)));
        difference.replace(&plan.apps_after);
        difference
    }

    /// Does anything come?
    pub fn gains(&self) -> bool {
        !self.gained.is_empty() || !self.instead.is_empty()
    }

    /// Takes out what a larger edition replaces, and tells so where that edition is new.
    fn replace(&mut self, after: &BTreeSet<PlanId>) {
        let lost = std::mem::take(&mut self.lost);
        for smaller in lost {
            let larger: Vec<PlanId> =
                editions::larger(smaller).iter().filter(|app| after.contains(app)).copied().collect();
            match larger.first() {
                None => _ = self.lost.insert(smaller),
                Some(nearest) if larger.iter().all(|app| self.gained.contains(app)) => {
                    self.instead.entry(*nearest).or_default().insert(smaller);
                }
                Some(_) => {}
            }
        }
        self.gained.retain(|app| !self.instead.contains_key(app));
    }
}

/// Those of the apps whose name none of the others has.
fn under_new_names(apps: &BTreeSet<PlanId>, others: &BTreeSet<PlanId>, stock: &Stock) -> BTreeSet<PlanId> {
    let names: BTreeSet<String> = others.iter().map(|app| stock.app_name(*app)).collect();
    apps.iter().filter(|app| !names.contains(&stock.app_name(**app))).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::testing::{owned, plan as app, sku};
    use crate::domain::change::{Wish, plan};
    use crate::domain::ids::PersonId;
    use crate::domain::person::{Assignment, AssignmentState, Holdings, Path};

    fn apps(part_names: &[&str]) -> BTreeSet<PlanId> {
        part_names.iter().map(|name| app(name)).collect()
    }

    /// For somebody who holds `held`, each whole, and is to have `assign`, with some apps off, for `unassign`.
    fn difference(held: &[&str], assign: &[(&str, &[&str])], unassign: &[&str]) -> Difference {
        let held = held.iter().map(|part_number| Assignment {
            sku: sku(part_number),
            path: Path::Direct,
            disabled: BTreeSet::new(),
            state: AssignmentState::Active,
        });
        let wish = Wish {
            assign: assign.iter().map(|(part_number, off)| (sku(part_number), apps(off))).collect(),
            unassign: unassign.iter().map(|part_number| sku(part_number)).collect(),
            ..Wish::nothing_for(PersonId(uuid::Uuid::from_u128(1)))
        };
        let stock = Stock { skus: ["SPE_E3", "SPE_E5", "EMS", "EMSPREMIUM", "ATP_ENTERPRISE"].map(owned).into() };
        let holdings = Holdings { assignments: held.collect() };
        let plan = plan(&wish, &holdings, "SE".parse().ok(), &stock).unwrap();
        Difference::of(&plan, &stock)
    }

    #[test]
    fn a_larger_edition_that_comes_replaces_the_smaller_one() {
        let swap = difference(&["EMS"], &[("EMSPREMIUM", &[])], &["EMS"]);
        let replaced = BTreeMap::from([(app("ADALLOM_S_STANDALONE"), apps(&["ADALLOM_S_DISCOVERY"]))]);
        let gained = apps(&["AAD_PREMIUM_P2", "ATA", "RMS_S_PREMIUM2"]);
        assert_eq!(swap, Difference { gained, lost: BTreeSet::new(), instead: replaced });
        let back = difference(&["EMSPREMIUM"], &[("EMS", &[])], &["EMSPREMIUM"]);
        let lost = apps(&["AAD_PREMIUM_P2", "ADALLOM_S_STANDALONE", "ATA", "RMS_S_PREMIUM2"]);
        let gained = apps(&["ADALLOM_S_DISCOVERY"]);
        assert_eq!(back, Difference { gained, lost, instead: BTreeMap::new() }, "a smaller one replaces no larger one");
    }

    #[test]
    fn what_a_larger_edition_gives_that_stays_is_not_gained() {
        let added = difference(&["EMSPREMIUM"], &[("EMS", &[])], &[]);
        assert!(!added.gains(), "{added:?}");
        assert!(difference(&["EMS"], &[("EMSPREMIUM", &[])], &[]).gains());
    }

    #[test]
    fn a_larger_edition_that_is_off_replaces_nothing() {
        let swap = difference(&["EMS"], &[("EMSPREMIUM", &["ADALLOM_S_STANDALONE"])], &["EMS"]);
        assert_eq!(swap.lost, apps(&["ADALLOM_S_DISCOVERY"]));
        assert_eq!(swap.instead, BTreeMap::new());
    }

    #[test]
    fn what_a_larger_edition_gives_that_stays_is_not_lost() {
        let without = difference(&["SPE_E5", "EMS"], &[], &["EMS"]);
        assert_eq!(without.lost, apps(&["EXCHANGE_S_FOUNDATION"]));
        assert_eq!(without.instead, BTreeMap::new(), "it was there before");
    }

    #[test]
    fn an_app_that_stays_under_its_name_is_neither_gained_nor_lost() {
        let swap = difference(&["SPE_E3"], &[("SPE_E5", &[])], &["SPE_E3"]);
        assert_eq!(swap.lost, apps(&["M365_LIGHTHOUSE_PARTNER_PLAN1"]));
        let named_alike = ["CDS_O365_P3", "DYN365_CDS_O365_P3", "FLOW_O365_P3", "KAIZALA_STANDALONE"];
        assert!(apps(&named_alike).is_disjoint(&swap.gained));
        assert!(swap.gained.contains(&app("AAD_PREMIUM_P2")), "the first plan stays beside it, so it is gained");
    }
}
