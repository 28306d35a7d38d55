//! Microsoft's product table: every license product and service plan with its names, and the class of each plan. Embedded
//! and read once. Never knows what a tenant owns: see [`super::stock`].
//!
//! The facts come from Microsoft's "Product names and service plan identifiers for licensing"; `data/make_products.py`
//! makes the two files, and holds the rules for names and classes.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::fold;
use crate::domain::ids::{PlanId, SkuId};

/// What a person loses with a plan. Policy treats the loss of the first three as a fact of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlanClass {
    /// A mailbox.
    Mail,
    /// The person's own storage in OneDrive or SharePoint.
    Files,
    /// Protection of sign-in, device or data, and the compliance tools around them.
    Security,
    /// Everything else.
    Other,
}

impl PlanClass {
    /// The class of a plan that the table does not know yet, from its part name. Rather too strict than too lax: a new
    /// mailbox plan must not pass as harmless until the next release.
    pub fn of_unknown(part_name: &str) -> Self {
        let name = part_name.to_ascii_uppercase();
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
        let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if begins(&["EXCHANGE_"]) && !holds(&["FOUNDATION", "ARCHIVE", "ANALYTICS"]) {
            Self::Mail
        } else if begins(&["ONEDRIVE", "SHAREPOINT"]) && !holds(&["WAC", "PROJECT", "MULTIGEO", "STORAGE"]) {
            Self::Files
        } else if begins(SECURITY_PREFIXES) || holds(SECURITY_WORDS) {
            Self::Security
        } else {
            Self::Other
        }
    }
}

const SECURITY_PREFIXES: &[&str] =
    &["AAD_PREMIUM", "ADALLOM", "ATP_", "ENTRA_", "EOP_", "INTUNE", "MDE_", "MFA_", "MIP_", "RMS_S_"];
const SECURITY_WORDS: &[&str] =
    &["AUDIT", "COMPLIANCE", "DEFENDER", "DLP", "ENCRYPTION", "INSIDER_RISK", "LOCKBOX", "PURVIEW", "THREAT"];

impl FromStr for PlanClass {
    type Err = BadLine;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "mail" => Ok(Self::Mail),
            "files" => Ok(Self::Files),
            "security" => Ok(Self::Security),
            "other" => Ok(Self::Other),
            _ => Err(BadLine),
        }
    }
}

/// One app inside a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePlan {
    /// Microsoft's `servicePlanId`.
    pub id: PlanId,
    /// Microsoft's `servicePlanName`, such as `TEAMS1`. Not unique: one name belongs to two plans.
    pub part_name: &'static str,
    /// What people read, such as "Microsoft Teams".
    pub name: &'static str,
    /// What losing it means.
    pub class: PlanClass,
}

/// One license product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Microsoft's `skuId`.
    pub sku: SkuId,
    /// Microsoft's `skuPartNumber`, such as `SPE_E5`. Not unique: one number belongs to two products.
    pub part_number: &'static str,
    /// What people read, such as "Microsoft 365 E5". Not unique: a name may stand for several offers of one product.
    pub name: &'static str,
    /// The plans inside, in the order of their ids.
    pub plans: Vec<PlanId>,
    pub(super) folded: FoldedNames,
}

/// A product's names as they are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoldedNames {
    pub(super) name: String,
    /// The part number as a person says it, with spaces for underscores.
    pub(super) spoken: String,
}

impl FoldedNames {
    pub(super) fn of(name: &str, part_number: &str) -> Self {
        Self { name: fold::name(name), spoken: fold::name(part_number) }
    }
}

/// A line of the embedded files that cannot be read. Only a broken build can meet one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a line of the product table cannot be read")]
pub struct BadLine;

/// All products and plans, with the ways to find one.
#[derive(Debug)]
pub struct ProductTable {
    products: Vec<Product>,
    plans: Vec<ServicePlan>,
    product_by_id: HashMap<SkuId, usize>,
    plan_by_id: HashMap<PlanId, usize>,
}

/// The table that ships with the program.
pub fn products() -> &'static ProductTable {
    static TABLE: LazyLock<ProductTable> = LazyLock::new(|| {
        let plans = include_str!("../../../data/service-plans.tsv");
        let products = include_str!("../../../data/products.tsv");
        #[expect(clippy::expect_used, reason = "embedded text; a test reads it before it can ship")]
        ProductTable::read(plans, products).expect("the embedded product table is well formed")
    });
    &TABLE
}

impl ProductTable {
    /// Reads the two files of `data/`.
    ///
    /// # Errors
    ///
    /// [`BadLine`] when a line has not the columns of the heading, an id is no GUID, a class has no name here, or a
    /// product holds a plan that is not listed.
    pub fn read(plans: &'static str, products: &'static str) -> Result<Self, BadLine> {
        let plans = plans.lines().skip(1).map(read_plan).collect::<Result<Vec<_>, _>>()?;
        let by_prefix: HashMap<u32, PlanId> = plans.iter().map(|plan| (prefix(plan.id), plan.id)).collect();
        let products =
            products.lines().skip(1).map(|line| read_product(line, &by_prefix)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            product_by_id: products.iter().enumerate().map(|(place, product)| (product.sku, place)).collect(),
            plan_by_id: plans.iter().enumerate().map(|(place, plan)| (plan.id, place)).collect(),
            products,
            plans,
        })
    }

    /// The product with this id.
    pub fn product(&self, sku: SkuId) -> Option<&Product> {
        self.products.get(*self.product_by_id.get(&sku)?)
    }

    /// The plan with this id.
    pub fn plan(&self, plan: PlanId) -> Option<&ServicePlan> {
        self.plans.get(*self.plan_by_id.get(&plan)?)
    }

    /// The products with this part number, whatever its case. More than one only for `MCOPSTN5`.
    pub fn with_part_number(&self, part_number: &str) -> impl Iterator<Item = &Product> {
        self.products.iter().filter(move |product| product.part_number.eq_ignore_ascii_case(part_number))
    }

    /// The first product with this part number: the only one for all but `MCOPSTN5`.
    pub fn by_part_number(&self, part_number: &str) -> Option<&Product> {
        self.with_part_number(part_number).next()
    }

    /// Every product, in the order of part numbers.
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// Every plan, in the order of part names.
    pub fn plans(&self) -> &[ServicePlan] {
        &self.plans
    }
}

fn columns<const N: usize>(line: &'static str) -> Result<[&'static str; N], BadLine> {
    line.split('\t').collect::<Vec<_>>().try_into().map_err(|_| BadLine)
}

fn read_plan(line: &'static str) -> Result<ServicePlan, BadLine> {
    let [part_name, id, class, name] = columns(line)?;
    Ok(ServicePlan { id: id.parse().map_err(|_| BadLine)?, part_name, name, class: class.parse()? })
}

fn read_product(line: &'static str, by_prefix: &HashMap<u32, PlanId>) -> Result<Product, BadLine> {
    let [part_number, sku, name, plans] = columns(line)?;
    let plan = |digits: &str| by_prefix.get(&u32::from_str_radix(digits, 16).ok()?).copied();
    let plans = plans.split(' ').map(plan).collect::<Option<Vec<_>>>().ok_or(BadLine)?;
    let folded = FoldedNames::of(name, part_number);
    Ok(Product { sku: sku.parse().map_err(|_| BadLine)?, part_number, name, plans, folded })
}

/// How products name their plans in the file: by the first eight digits, which are unique (the tool sees to it).
fn prefix(plan: PlanId) -> u32 {
    plan.0.as_fields().0
}

#[cfg(test)]
mod tests;
