//! What the tenant owns: its subscribed products with their seats and state, as Microsoft Graph reports them. Never says
//! whether a person may have one, only whether the product can be assigned to anyone at all.

mod words;

use serde::{Deserialize, Serialize};

pub use words::{AppliesTo, CapabilityStatus};

use super::table::{PlanClass, products};
use crate::domain::ids::{PlanId, SkuId};

/// Everything the tenant subscribes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    /// One entry per product.
    pub skus: Vec<OwnedSku>,
}

impl Stock {
    /// The entry of this product, when the tenant owns it.
    pub fn sku(&self, sku: SkuId) -> Option<&OwnedSku> {
        self.skus.iter().find(|owned| owned.sku == sku)
    }

    /// The part name of an app, as the tenant reports it.
    pub fn part_name(&self, plan: PlanId) -> Option<&str> {
        let plans = self.skus.iter().flat_map(|owned| &owned.plans);
        plans.into_iter().find(|owned| owned.id == plan).map(|owned| owned.name.as_str())
    }

    /// The name of an app that people read: Microsoft's, else the part name as the tenant reports it, else the id.
    pub fn app_name(&self, plan: PlanId) -> String {
        match products().plan(plan) {
            Some(known) => known.name.to_owned(),
            None => self.part_name(plan).map_or_else(|| plan.to_string(), str::to_owned),
        }
    }

    /// What losing this app means. For an app newer than the table it is told from its part name.
    pub fn app_class(&self, plan: PlanId) -> PlanClass {
        match products().plan(plan) {
            Some(known) => known.class,
            None => self.part_name(plan).map_or(PlanClass::Other, PlanClass::of_unknown),
        }
    }

    /// Does the tenant own this product, in whatever state?
    pub fn owns(&self, sku: SkuId) -> bool {
        self.sku(sku).is_some()
    }
}

/// One subscribed product. Field by field Graph's `subscribedSku`; seats are `prepaidUnits`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedSku {
    /// `skuId`.
    pub sku: SkuId,
    /// `skuPartNumber`.
    pub part_number: String,
    /// Whom it is for. Only products for users can be assigned.
    pub applies_to: AppliesTo,
    /// `capabilityStatus`.
    pub capability: CapabilityStatus,
    /// Seats that are paid and active.
    pub enabled: u32,
    /// Seats that have expired and are in their grace period. Whether they can still be assigned is not documented.
    pub warning: u32,
    /// Seats of a cancelled subscription. They can not be assigned.
    pub suspended: u32,
    /// Seats that the customer gave up.
    pub locked_out: u32,
    /// Seats in use. May exceed `enabled`: expiry takes no license away from anyone.
    pub consumed: u32,
    /// The apps inside, as this tenant has them.
    pub plans: Vec<OwnedPlan>,
}

/// One app inside a subscribed product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedPlan {
    /// `servicePlanId`.
    pub id: PlanId,
    /// `servicePlanName`.
    pub name: String,
    /// Whom it is for. Only plans for users can be switched on and off for one of them.
    pub applies_to: AppliesTo,
}

impl OwnedSku {
    /// Seats that can be given to someone: active and not in use. Grace seats do not count, and over-use is no debt.
    pub fn free(&self) -> u32 {
        self.enabled.saturating_sub(self.consumed)
    }

    /// Is it for people, one by one? Others belong to the organisation as a whole.
    pub fn for_people(&self) -> bool {
        self.applies_to == AppliesTo::User
    }

    /// Can this product be assigned to anyone, seats aside? A person who already uses a seat needs no second one.
    ///
    /// # Errors
    ///
    /// The reason why not, for people to read.
    pub fn open(&self) -> Result<(), NotAssignable> {
        if !self.for_people() {
            return Err(NotAssignable::NotForUsers);
        }
        match &self.capability {
            CapabilityStatus::Enabled | CapabilityStatus::Warning => Ok(()),
            CapabilityStatus::Suspended => Err(NotAssignable::Suspended),
            CapabilityStatus::Deleted => Err(NotAssignable::Deleted),
            CapabilityStatus::LockedOut => Err(NotAssignable::LockedOut),
            CapabilityStatus::Other(_) => Err(NotAssignable::UnknownState),
        }
    }

    /// Can this product be assigned to one more person?
    ///
    /// # Errors
    ///
    /// The reason why not, for people to read.
    pub fn assignable(&self) -> Result<(), NotAssignable> {
        self.open()?;
        if self.free() > 0 {
            return Ok(());
        }
        Err(NotAssignable::NoSeatFree { enabled: self.enabled, consumed: self.consumed, warning: self.warning })
    }
}

/// Why a product that the tenant owns can not be assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotAssignable {
    /// It belongs to the organisation as a whole.
    NotForUsers,
    /// The subscription is suspended. It can be brought back, then it is assignable again.
    Suspended,
    /// The subscription is deleted.
    Deleted,
    /// The customer cancelled the subscription.
    LockedOut,
    /// Microsoft reports a state that this program does not know. Not guessed at.
    UnknownState,
    /// Every seat is in use.
    NoSeatFree {
        /// Active seats.
        enabled: u32,
        /// Seats in use.
        consumed: u32,
        /// Seats in their grace period, which are not given out.
        warning: u32,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visio() -> OwnedSku {
        OwnedSku {
            sku: "c5928f49-12ba-48f7-ada3-0d743a3601d5".parse().unwrap(),
            part_number: "VISIOCLIENT".into(),
            applies_to: AppliesTo::User,
            capability: CapabilityStatus::Enabled,
            enabled: 5,
            warning: 0,
            suspended: 0,
            locked_out: 0,
            consumed: 3,
            plans: Vec::new(),
        }
    }

    #[test]
    fn seats_that_are_active_and_unused_are_free() {
        assert_eq!(visio().free(), 2);
        assert_eq!(visio().assignable(), Ok(()));
    }

    #[test]
    fn an_over_used_product_has_no_free_seat_and_no_debt() {
        let sku = OwnedSku { consumed: 7, warning: 4, ..visio() };
        assert_eq!(sku.free(), 0);
        assert_eq!(sku.assignable(), Err(NotAssignable::NoSeatFree { enabled: 5, consumed: 7, warning: 4 }));
        assert_eq!(sku.open(), Ok(()), "who holds it already needs no seat");
    }

    #[test]
    fn the_state_decides_before_the_seats_do() {
        let check = |capability: &str, expected| {
            let sku = OwnedSku { capability: String::from(capability).into(), enabled: 9, consumed: 0, ..visio() };
            assert_eq!(sku.assignable(), expected, "{capability}");
        };
        check("Enabled", Ok(()));
        check("Warning", Ok(()));
        check("Suspended", Err(NotAssignable::Suspended));
        check("Deleted", Err(NotAssignable::Deleted));
        check("LockedOut", Err(NotAssignable::LockedOut));
        check("Hibernating", Err(NotAssignable::UnknownState));
    }

    #[test]
    fn what_is_not_for_users_is_not_assignable() {
        for applies_to in [AppliesTo::Company, AppliesTo::Other("Device".into())] {
            let sku = OwnedSku { applies_to, ..visio() };
            assert_eq!(sku.assignable(), Err(NotAssignable::NotForUsers));
        }
    }

    #[test]
    fn words_of_graph_survive_storing_even_the_unknown_ones() {
        let sku = OwnedSku { capability: CapabilityStatus::Other("Hibernating".into()), ..visio() };
        let stored = serde_json::to_value(&sku).unwrap();
        assert_eq!(stored["capability"], "Hibernating");
        assert_eq!(stored["applies_to"], "User");
        assert_eq!(serde_json::from_value::<OwnedSku>(stored).unwrap(), sku);
    }
}
