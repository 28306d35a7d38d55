//! Autocomplete of products and apps. Only offers; what is taken is resolved like any other text.

use super::fold;
use super::resolve::Catalog;
use super::table::{FoldedNames, products};
use crate::domain::ids::{PlanId, SkuId};

/// How well a text that is being typed fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Nickname,
    Begins,
    BeginsPartNumber,
    Word,
    Inside,
}

impl Catalog {
    /// Products whose name, nickname or part number goes on from `typed`: owned ones first, then those that begin with
    /// it, then those that contain it. Nothing typed yet: what the tenant owns.
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<SkuId> {
        let typed = fold::name(typed);
        let listed = products().products().iter().filter_map(|product| {
            let owned = self.stock.owns(product.sku);
            let fit = self.fit(&typed, product.sku, &product.folded)?;
            (owned || !typed.is_empty()).then_some((!owned, fit, product.name, product.sku))
        });
        let own = self.unlisted().filter_map(|owned| {
            let names = FoldedNames::of(&owned.part_number, &owned.part_number);
            Some((false, self.fit(&typed, owned.sku, &names)?, owned.part_number.as_str(), owned.sku))
        });
        let mut fitting: Vec<_> = listed.chain(own).collect();
        fitting.sort_unstable();
        fitting.into_iter().map(|(_, _, _, sku)| sku).take(limit).collect()
    }

    fn fit(&self, typed: &str, sku: SkuId, names: &FoldedNames) -> Option<Fit> {
        if self.nicknames.find(typed).contains(&sku) {
            return Some(Fit::Nickname);
        }
        name_fit(typed, names)
    }

    /// Apps of a product that can be switched for one person and whose name or part name goes on from `typed`.
    pub fn complete_app(&self, sku: SkuId, typed: &str, limit: usize) -> Vec<PlanId> {
        let typed = fold::name(typed);
        let mut fitting: Vec<_> = self
            .apps(sku)
            .into_iter()
            .filter(|app| app.switchable)
            .filter_map(|app| Some((name_fit(&typed, &FoldedNames::of(&app.name, &app.part_name))?, app.name, app.id)))
            .collect();
        fitting.sort_unstable();
        fitting.into_iter().map(|(_, _, plan)| plan).take(limit).collect()
    }
}

fn name_fit(typed: &str, names: &FoldedNames) -> Option<Fit> {
    if names.name.starts_with(typed) {
        Some(Fit::Begins)
    } else if names.spoken.starts_with(typed) {
        Some(Fit::BeginsPartNumber)
    } else if fold::holds(&names.name, typed) || fold::holds(&names.spoken, typed) {
        Some(Fit::Word)
    } else if names.name.contains(typed) || names.spoken.contains(typed) {
        Some(Fit::Inside)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::testing::{newer, owned, sku, tenant};
    use crate::domain::catalog::{Nicknames, Stock};

    fn told(catalog: &Catalog, typed: &str, limit: usize) -> Vec<String> {
        let skus = catalog.complete(typed, limit);
        skus.iter().map(|sku| catalog.part_number(*sku).unwrap().to_owned()).collect()
    }

    #[test]
    fn owned_products_come_first_and_beginnings_before_the_inside() {
        let tenant = tenant(&["SPE_E5", "ENTERPRISEPREMIUM", "POWER_BI_PRO", "VISIOCLIENT", "PROJECTPROFESSIONAL"]);
        let check = |typed, limit, expected: &[&str]| assert_eq!(told(&tenant, typed, limit), expected, "{typed:?}");
        check("", 25, &["SPE_E5", "ENTERPRISEPREMIUM", "PROJECTPROFESSIONAL", "POWER_BI_PRO", "VISIOCLIENT"]);
        check("e5", 3, &["SPE_E5", "ENTERPRISEPREMIUM", "EMSPREMIUM"]);
        check("Vis", 3, &["VISIOCLIENT", "VISIOONLINE_PLAN1", "VISIO_PLAN1_DEPT"]);
        check("pro", 2, &["PROJECTPROFESSIONAL", "POWER_BI_PRO"]);
        check("spe_e", 2, &["SPE_E5", "SPE_E3"]);
        check("owerb", 3, &["POWERBI_PRO_GOV"]);
        check("qwertz", 3, &[]);
        check("e5", 0, &[]);
    }

    #[test]
    fn products_newer_than_the_table_are_offered_too() {
        let catalog = Catalog::new(Nicknames::default(), Stock { skus: vec![newer("SPE_E9"), owned("SPE_E5")] });
        assert_eq!(told(&catalog, "", 9), ["SPE_E5", "SPE_E9"]);
        assert_eq!(told(&catalog, "e9", 9), ["SPE_E9"]);
    }

    #[test]
    fn apps_are_offered_when_they_can_be_switched() {
        let tenant = tenant(&["SPE_E5"]);
        let names = |typed, limit| {
            let plans = tenant.complete_app(sku("SPE_E5"), typed, limit);
            plans.iter().map(|plan| tenant.app_name(*plan)).collect::<Vec<_>>()
        };
        assert_eq!(names("microsoft te", 5), ["Microsoft Teams"]);
        assert_eq!(names("teams", 2), ["Microsoft Teams", "Avatars for Teams"]);
        assert_eq!(names("lighthouse", 5), [""; 0], "for the organisation as a whole");
        assert_eq!(names("", 100).len(), tenant.apps(sku("SPE_E5")).iter().filter(|app| app.switchable).count());
    }
}
