//! Autocomplete of products and apps. Only offers; what is taken is resolved like any other text.

use super::fold;
use super::resolve::Catalog;
use super::table::FoldedNames;
use crate::domain::ids::{PlanId, SkuId};

/// How well a text that is being typed fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Nickname,
    Begins,
    BeginsPartNumber,
    Word,
}

impl Catalog {
    /// Owned products for people whose name, nickname or part number goes on from `typed`: first those that begin with
    /// it, then those with a word that does; of both those first that have a free seat. Nothing typed yet: all of them.
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<SkuId> {
        let typed = fold::name(typed);
        let owned = self.stock.skus.iter().filter(|owned| owned.for_people());
        let fitting = owned.filter_map(|owned| {
            let fit = self.fit(&typed, owned.sku, &self.folded_names(owned))?;
            Some((fit, owned.assignable().is_err(), self.name(owned.sku), owned.sku))
        });
        let mut fitting: Vec<_> = fitting.collect();
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
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::testing::{newer, owned, sku, tenant};
    use crate::domain::catalog::{AppliesTo, Nicknames, OwnedSku, Stock};

    fn told(catalog: &Catalog, typed: &str, limit: usize) -> Vec<String> {
        let skus = catalog.complete(typed, limit);
        skus.iter().map(|sku| catalog.part_number(*sku).unwrap().to_owned()).collect()
    }

    #[test]
    fn owned_products_are_offered_beginnings_before_other_words() {
        let tenant = tenant(&["SPE_E5", "ENTERPRISEPREMIUM", "POWER_BI_PRO", "VISIOCLIENT", "PROJECTPROFESSIONAL"]);
        let check = |typed, limit, expected: &[&str]| assert_eq!(told(&tenant, typed, limit), expected, "{typed:?}");
        check("", 25, &["SPE_E5", "ENTERPRISEPREMIUM", "PROJECTPROFESSIONAL", "POWER_BI_PRO", "VISIOCLIENT"]);
        check("e5", 3, &["SPE_E5", "ENTERPRISEPREMIUM"]);
        check("Vis", 3, &["VISIOCLIENT"]);
        check("pro", 2, &["PROJECTPROFESSIONAL", "POWER_BI_PRO"]);
        check("spe_e", 2, &["SPE_E5"]);
        check("EMS", 3, &[]);
        check("ower", 3, &[]);
        check("qwertz", 3, &[]);
        check("e5", 0, &[]);
    }

    #[test]
    fn what_has_a_free_seat_comes_before_what_has_none() {
        let full = OwnedSku { consumed: 10, ..owned("SPE_E5") };
        let stock = Stock { skus: vec![full, owned("Microsoft_365_E5_(no_Teams)")] };
        let catalog = Catalog::new(Nicknames::default(), stock);
        assert_eq!(told(&catalog, "microsoft", 9), ["Microsoft_365_E5_(no_Teams)", "SPE_E5"]);
    }

    #[test]
    fn what_belongs_to_the_whole_company_is_never_offered() {
        let wide = OwnedSku { applies_to: AppliesTo::Company, ..owned("VISIOCLIENT") };
        let catalog = Catalog::new(Nicknames::default(), Stock { skus: vec![wide, owned("SPE_E5")] });
        assert_eq!(told(&catalog, "", 9), ["SPE_E5"]);
        assert_eq!(told(&catalog, "visio", 9), [""; 0]);
        assert_eq!(told(&catalog, "VISIOCLIENT", 9), [""; 0]);
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
