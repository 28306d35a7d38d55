//! A product the company bought: seats, state and the plans inside.

use uuid::Uuid;

use super::Settings;
use crate::domain::catalog::rules;
use crate::domain::ids::{PlanId, SkuId};

/// One product of the tenant.
#[derive(Clone, Debug)]
pub(in crate::sandbox) struct Subscription {
    pub(in crate::sandbox) sku: SkuId,
    pub(in crate::sandbox) part_number: String,
    pub(in crate::sandbox) id: Uuid,
    pub(in crate::sandbox) plans: Vec<Plan>,
    pub(in crate::sandbox) enabled: u32,
    pub(in crate::sandbox) warning: u32,
    pub(in crate::sandbox) suspended: u32,
    pub(in crate::sandbox) locked_out: u32,
    /// `capabilityStatus`, where it does not follow from the units.
    pub(in crate::sandbox) state: Option<&'static str>,
    pub(in crate::sandbox) company_wide: bool,
    pub(in crate::sandbox) self_service: bool,
    /// Countries where nobody may hold it.
    pub(in crate::sandbox) prohibited_in: Vec<String>,
    /// Seats in use: people, never paths.
    pub(in crate::sandbox) consumed: u32,
}

/// One service plan inside a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sandbox) struct Plan {
    pub(in crate::sandbox) id: PlanId,
    pub(in crate::sandbox) name: String,
}

impl Subscription {
    /// Seats that can be given to one more person. Whether units in grace (`warning`) can is unsettled, so it is a setting
    /// of the tenant. Suspended units never can, nor any unit of a subscription that is said to be over.
    pub(in crate::sandbox) fn free(&self, settings: Settings) -> u32 {
        let in_grace = if settings.warning_seats_assignable { self.warning } else { 0 };
        let over = matches!(self.state, Some("Suspended" | "Deleted" | "LockedOut"));
        if over { 0 } else { self.enabled.saturating_add(in_grace).saturating_sub(self.consumed) }
    }

    /// Every unit that was bought, in whatever state it is.
    pub(in crate::sandbox) fn total(&self) -> u32 {
        let others = [self.warning, self.suspended, self.locked_out];
        others.into_iter().fold(self.enabled, u32::saturating_add)
    }

    /// `capabilityStatus`. Enabled means at least one enabled unit; the others follow the life of a subscription.
    pub(in crate::sandbox) fn status(&self) -> &'static str {
        if let Some(said) = self.state {
            return said;
        }
        match (self.enabled, self.warning, self.suspended, self.locked_out) {
            (1.., ..) => "Enabled",
            (_, 1.., ..) => "Warning",
            (_, _, 1.., _) => "Suspended",
            (.., 1..) => "LockedOut",
            _ => "Deleted",
        }
    }

    /// Whether nobody may hold it there.
    pub(in crate::sandbox) fn is_prohibited_in(&self, location: &str) -> bool {
        self.prohibited_in.iter().any(|country| country == location)
    }

    pub(in crate::sandbox) fn contains(&self, plan: PlanId) -> bool {
        self.plans.iter().any(|inside| inside.id == plan)
    }
}

impl Plan {
    /// `User` or `Company`.
    pub(in crate::sandbox) fn applies_to(&self) -> &'static str {
        if rules::is_company_only(self.id) { "Company" } else { "User" }
    }

    /// How far the tenant's own provisioning of the plan is. Two plans are never done in real tenants.
    pub(in crate::sandbox) fn provisioning(&self) -> &'static str {
        match self.name.as_str() {
            "INTUNE_O365" => "PendingActivation",
            "MICROSOFT_SEARCH" => "PendingProvisioning",
            _ => "Success",
        }
    }
}
