//! A small tenant for the tests of what a company owns and people hold.

use super::nickname::Nicknames;
use super::resolve::Catalog;
use super::rules;
use super::stock::{AppliesTo, CapabilityStatus, OwnedPlan, OwnedSku, Stock};
use super::table::products;
use crate::domain::ids::{PlanId, SkuId};

/// The id of the product with this part number.
pub(crate) fn sku(part_number: &str) -> SkuId {
    products().by_part_number(part_number).unwrap().sku
}

/// The id of the plan with this part name.
pub(crate) fn plan(part_name: &str) -> PlanId {
    products().plans().iter().find(|plan| plan.part_name == part_name).unwrap().id
}

/// A tenant that owns these products, as Microsoft lists them.
pub(crate) fn tenant(part_numbers: &[&str]) -> Catalog {
    let skus = part_numbers.iter().map(|part_number| owned(part_number)).collect();
    Catalog::new(Nicknames::default(), Stock { skus })
}

/// A product of Microsoft's list, with ten seats.
pub(crate) fn owned(part_number: &str) -> OwnedSku {
    let product = products().by_part_number(part_number).unwrap();
    let plans = product.plans.iter().map(|plan| {
        let applies_to = if rules::is_company_only(*plan) { AppliesTo::Company } else { AppliesTo::User };
        OwnedPlan { id: *plan, name: products().plan(*plan).unwrap().part_name.into(), applies_to }
    });
    OwnedSku { sku: product.sku, part_number: part_number.into(), plans: plans.collect(), ..newer("") }
}

/// A product that Microsoft's list does not know yet.
pub(crate) fn newer(part_number: &str) -> OwnedSku {
    OwnedSku {
        sku: "00000000-0000-4000-8000-00000000feed".parse().unwrap(),
        part_number: part_number.into(),
        applies_to: AppliesTo::User,
        capability: CapabilityStatus::Enabled,
        enabled: 10,
        warning: 0,
        suspended: 0,
        locked_out: 0,
        consumed: 0,
        plans: Vec::new(),
    }
}
