//! What holds for every text and every tenant. Texts come from Microsoft's own names, cut, joined and misspelt, and from
//! nowhere; the seed is fixed, so that a failure is the same on every machine.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::domain::catalog::apps::AppResolution;
use crate::domain::catalog::testing::tenant;

fn listed() -> impl Strategy<Value = usize> {
    0..products().products().len()
}

/// A tenant that owns up to twelve products of Microsoft's list.
fn any_tenant() -> impl Strategy<Value = Catalog> {
    proptest::collection::vec(listed(), 0..12).prop_map(|mut places| {
        places.sort_unstable();
        places.dedup();
        // By part number: of the two that share one, only the first is ever owned here.
        let mut part_numbers: Vec<_> = places.iter().map(|place| products().products()[*place].part_number).collect();
        part_numbers.dedup();
        tenant(&part_numbers)
    })
}

/// What a person might type: a name, part number or id of some product, whole or a piece of it, in any case; or anything.
fn any_text() -> impl Strategy<Value = String> {
    let known = (listed(), 0..5u8, 0..40usize, 0..40usize).prop_map(|(place, kind, skip, take)| {
        let product = &products().products()[place];
        let piece = |text: &str| text.chars().skip(skip / 4).take(take).collect::<String>();
        match kind {
            0 => product.name.to_owned(),
            1 => product.part_number.to_ascii_lowercase(),
            2 => product.sku.to_string(),
            3 => piece(product.name),
            _ => piece(product.part_number),
        }
    });
    prop_oneof![4 => known, 1 => ".{0,40}", 1 => "[ _(–“”e\u{301}\u{200b}5-]{0,12}", 1 => Just("E5".to_owned())]
}

fn all_products(catalog: &Catalog) -> Vec<(SkuId, String)> {
    products().products().iter().map(|product| (product.sku, catalog.name(product.sku))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        rng_seed: RngSeed::Fixed(365),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn only_owned_products_are_taken_or_offered_as_a_choice(catalog in any_tenant(), text in any_text()) {
        let owns = |sku: &SkuId| catalog.stock.owns(*sku);
        match catalog.resolve(&text) {
            Resolution::One(sku, _) => prop_assert!(owns(&sku)),
            Resolution::Several(skus) => {
                prop_assert!(skus.len() > 1 && skus.iter().all(owns));
                prop_assert!(skus.iter().enumerate().all(|(place, sku)| !skus[..place].contains(sku)));
            }
            Resolution::NotOwned { skus, suggestions } => {
                prop_assert!(!skus.is_empty() && !skus.iter().any(owns));
                prop_assert!(suggestions.iter().all(owns) && suggestions.len() <= closeness::MOST);
            }
            Resolution::Unknown { suggestions } => {
                prop_assert!(suggestions.len() <= closeness::MOST);
                prop_assert!(suggestions.is_sorted_by_key(|sku| !owns(sku)), "owned ones come first");
            }
        }
    }

    #[test]
    fn the_first_step_with_a_match_decides(catalog in any_tenant(), text in any_text()) {
        let typed = text.trim();
        let same_number = products().products().iter().any(|product| product.part_number.eq_ignore_ascii_case(typed));
        let same_id = products().products().iter().any(|product| product.sku.to_string().eq_ignore_ascii_case(typed));
        let nickname = ["e3", "e5"].iter().any(|nickname| nickname.eq_ignore_ascii_case(typed));
        let same_name = all_products(&catalog).iter().any(|(_, name)| name.eq_ignore_ascii_case(typed));
        let latest = match () {
            () if same_number || same_id => Step::Id,
            () if nickname => Step::Nickname,
            () if same_name => Step::Name,
            () => Step::PartOfName,
        };
        if let Resolution::One(_, step) = catalog.resolve(&text) {
            prop_assert!(step <= latest, "{step:?} although {latest:?} matches");
        }
        if latest < Step::PartOfName {
            let unknown = matches!(catalog.resolve(&text), Resolution::Unknown { .. });
            prop_assert!(!unknown, "{latest:?} matches");
        }
    }

    #[test]
    fn an_owned_product_answers_to_its_id_its_part_number_and_its_name(
        catalog in any_tenant(), pick in any::<prop::sample::Index>()
    ) {
        prop_assume!(!catalog.stock.skus.is_empty());
        let owned = pick.get(&catalog.stock.skus);
        prop_assert_eq!(catalog.resolve(&owned.sku.to_string()), Resolution::One(owned.sku, Step::Id));
        prop_assert_eq!(catalog.resolve(&owned.part_number.to_uppercase()), Resolution::One(owned.sku, Step::Id));
        let by_name = match catalog.resolve(&catalog.name(owned.sku)) {
            Resolution::One(sku, _) => vec![sku],
            Resolution::Several(skus) => skus,
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        };
        prop_assert!(by_name.contains(&owned.sku) || by_name.iter().all(|sku| catalog.name(*sku) != catalog.name(owned.sku)));
        prop_assert!(catalog.complete(&catalog.name(owned.sku), 25).contains(&owned.sku));
    }

    #[test]
    fn an_app_that_is_taken_is_a_switchable_app_of_the_product(
        catalog in any_tenant(), place in listed(), text in any_text(), app in any::<prop::sample::Index>()
    ) {
        let sku = products().products()[place].sku;
        let apps = catalog.apps(sku);
        let switchable = |plan: &PlanId| apps.iter().any(|app| app.id == *plan && app.switchable);
        for text in [text, app.get(&apps).name.clone(), app.get(&apps).part_name.clone(), app.get(&apps).id.to_string()] {
            match catalog.resolve_app(sku, &text) {
                AppResolution::One(plan) => prop_assert!(switchable(&plan)),
                AppResolution::Several(plans) => prop_assert!(plans.len() > 1 && plans.iter().all(switchable)),
                AppResolution::NotSwitchable(plans) => prop_assert!(!plans.is_empty() && !plans.iter().any(switchable)),
                AppResolution::Unknown { suggestions } => prop_assert!(suggestions.iter().all(switchable)),
            }
        }
        let app = app.get(&apps);
        let found = catalog.resolve_app(sku, &app.id.to_string());
        prop_assert_eq!(found == AppResolution::One(app.id), app.switchable);
    }
}
