//! What Microsoft sells, out of the catalog and into the sandbox's own words.

use super::Plan;
use crate::domain::catalog;
use crate::domain::ids::SkuId;

/// The product with this part number or id: its id, its part number, and the plans inside.
pub(super) fn product(named: &str) -> Option<(SkuId, String, Vec<Plan>)> {
    let table = catalog::products();
    let product = match named.parse() {
        Ok(sku) => table.product(sku)?,
        Err(_) => table.by_part_number(named)?,
    };
    let plans = product.plans.iter().filter_map(|id| table.plan(*id));
    let plans = plans.map(|plan| Plan { id: plan.id, name: plan.part_name.to_owned() }).collect();
    Some((product.sku, product.part_number.to_owned(), plans))
}
