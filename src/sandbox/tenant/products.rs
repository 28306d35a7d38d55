//! What Microsoft sells, out of the catalog and into the sandbox's own words.

use super::Plan;
use crate::domain::catalog;
use crate::domain::ids::SkuId;

/// The product with this part number: its id and the plans inside.
pub(super) fn product(part_number: &str) -> Option<(SkuId, Vec<Plan>)> {
    let table = catalog::products();
    let product = table.by_part_number(part_number)?;
    let plans = product.plans.iter().filter_map(|id| table.plan(*id));
    Some((product.sku, plans.map(|plan| Plan { id: plan.id, name: plan.part_name.to_owned() }).collect()))
}
