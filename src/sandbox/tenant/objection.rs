//! Why somebody cannot have the licenses that he is to have. Looks at the end of a change, never at its steps, and never
//! says what becomes of it: a call is refused, a group's licenses are put in error.

use std::collections::BTreeSet;

use super::person::merged;
use super::{LicensePath, Person, Tenant};
use crate::domain::catalog::{self, PlanClass, rules};
use crate::domain::ids::{PlanId, SkuId};

/// One reason. The order is the order in which they are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum Objection {
    ProhibitedThere(SkuId),
    NoSeat(SkuId),
    Exclusive(PlanId, PlanId),
    Needs(rules::Missing),
    /// Somebody else has the address that a mailbox would get.
    AddressTaken,
}

impl Tenant {
    /// A product among these that nobody may hold in this place.
    pub(in crate::sandbox) fn prohibited(&self, skus: &[SkuId], location: &str) -> Option<Objection> {
        let mut owned = skus.iter().filter_map(|sku| self.subscription(*sku));
        owned.find(|one| one.is_prohibited_in(location)).map(|one| Objection::ProhibitedThere(one.sku))
    }

    /// A product among these without a seat for this person. Seats count people: whoever holds the product already, by
    /// whatever path, needs no second one.
    pub(in crate::sandbox) fn no_seat(&self, person: &Person, skus: &[SkuId]) -> Option<Objection> {
        let mut new = skus.iter().filter(|sku| !person.holds(**sku)).filter_map(|sku| self.subscription(*sku));
        new.find(|one| one.free(self.settings) == 0).map(|one| Objection::NoSeat(one.sku))
    }

    /// Two plans on these paths that nobody can have together.
    pub(in crate::sandbox) fn exclusive(&self, paths: &[LicensePath]) -> Option<Objection> {
        exclusive(&self.enabled(paths))
    }

    /// A plan on these paths that lacks another.
    pub(in crate::sandbox) fn needs(&self, paths: &[LicensePath]) -> Option<Objection> {
        needs(&self.enabled(paths))
    }

    /// These paths would give the person a mailbox, and somebody else has its address.
    pub(in crate::sandbox) fn address_taken(&self, person: &Person, paths: &[LicensePath]) -> Option<Objection> {
        let shared = self.shared_addresses.contains(&person.mail.to_lowercase());
        let gains = || has_mailbox(&self.enabled(paths)) && !has_mailbox(&self.enabled(&person.licenses));
        (shared && gains()).then_some(Objection::AddressTaken)
    }

    /// The first objection to these paths, of which these products are the new ones; what was wrong before is none.
    pub(super) fn objection(
        &self,
        person: &Person,
        location: Option<&str>,
        skus: &[SkuId],
        paths: &[LicensePath],
    ) -> Option<Objection> {
        let is_new = |objection: &Objection| match objection {
            Objection::Exclusive(..) => self.exclusive(&person.licenses).as_ref() != Some(objection),
            Objection::Needs(_) => self.needs(&person.licenses).as_ref() != Some(objection),
            _ => true,
        };
        let enabled = self.enabled(paths);
        location
            .and_then(|location| self.prohibited(skus, location))
            .or_else(|| self.no_seat(person, skus))
            .or_else(|| exclusive(&enabled).filter(is_new))
            .or_else(|| needs(&enabled).filter(is_new))
            .or_else(|| self.address_taken(person, paths))
    }

    /// Every plan that is on, on whatever path.
    pub(super) fn enabled(&self, paths: &[LicensePath]) -> BTreeSet<PlanId> {
        let mut enabled = BTreeSet::new();
        for (sku, disabled) in merged(paths) {
            let plans = self.subscription(sku).into_iter().flat_map(|subscription| &subscription.plans);
            enabled.extend(plans.map(|plan| plan.id).filter(|plan| !disabled.contains(plan)));
        }
        enabled
    }
}

fn exclusive(enabled: &BTreeSet<PlanId>) -> Option<Objection> {
    let pair = rules::conflicts(enabled).into_iter().next();
    pair.map(|(one, other)| Objection::Exclusive(one, other))
}

fn needs(enabled: &BTreeSet<PlanId>) -> Option<Objection> {
    rules::missing_dependencies(enabled).into_iter().next().map(Objection::Needs)
}

fn has_mailbox(enabled: &BTreeSet<PlanId>) -> bool {
    enabled.iter().any(|plan| is_mailbox(*plan))
}

/// Whether a plan brings a mailbox.
pub(super) fn is_mailbox(plan: PlanId) -> bool {
    let known = catalog::products().plan(plan);
    known.is_some_and(|known| known.class == PlanClass::Mail && !rules::is_company_only(plan))
}
