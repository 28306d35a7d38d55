use std::sync::Arc;

use super::*;
use crate::domain::catalog::{AppliesTo, CapabilityStatus, Catalog, Nicknames, OwnedPlan, OwnedSku, Stock, products};

fn owned(part_number: &str, enabled: u32, consumed: u32) -> OwnedSku {
    let product = products().by_part_number(part_number).unwrap();
    OwnedSku {
        sku: product.sku,
        part_number: part_number.to_owned(),
        applies_to: AppliesTo::User,
        capability: CapabilityStatus::Enabled,
        enabled,
        warning: 0,
        suspended: 0,
        locked_out: 0,
        consumed,
        plans: Vec::new(),
    }
}

fn names_of(skus: Vec<OwnedSku>) -> Names {
    Names { catalog: Arc::new(Catalog::new(Nicknames::default(), Stock { skus })), ..names() }
}

fn all(locale: Locale, skus: Vec<OwnedSku>) -> Vec<String> {
    let names = names_of(skus);
    aloud(locale, &stock(&names.catalog.stock, &names))
}

fn company() -> Vec<OwnedSku> {
    vec![
        owned("FLOW_FREE", 10_000, 14),
        OwnedSku { applies_to: AppliesTo::Company, ..owned("SHAREPOINTSTORAGE", 1, 0) },
        OwnedSku { capability: CapabilityStatus::Suspended, suspended: 4, ..owned("PROJECTPROFESSIONAL", 0, 2) },
        owned("VISIOCLIENT", 3, 3),
        OwnedSku { warning: 5, ..owned("SPE_E3", 60, 63) },
        owned("SPE_E5", 14, 11),
    ]
}

#[test]
fn products_for_people_stand_by_name_and_what_costs_nothing_last() {
    assert_eq!(
        all(Locale::En, company()),
        [
            "What the company owns",
            "The company owns 6 products.",
            "For the apps of one of them, type /license stock and its name.",
            "Microsoft 365 E3 (SPE_E3): 0 free of 60, 63 in use; 5 in the grace period, not given out",
            "Microsoft 365 E5 (SPE_E5): 3 free of 14, 11 in use",
            "Planner and Project Plan 3 (PROJECTPROFESSIONAL): 0 free of 0, 2 in use; \
             suspended, nothing new can be assigned until the subscription is renewed",
            "Visio Plan 2 (VISIOCLIENT): 0 free of 3, 3 in use",
            "Office 365 Extra File Storage (SHAREPOINTSTORAGE): \
             belongs to the whole company and is never assigned to people",
            "Microsoft Power Automate Free (FLOW_FREE): 9986 free of 10000, 14 in use",
        ]
    );
    assert_eq!(
        all(Locale::Sv, company()),
        [
            "Det här äger företaget",
            "Företaget äger 6 produkter.",
            "För att se apparna i en av dem, skriv /license stock och dess namn.",
            "Microsoft 365 E3 (SPE_E3): 0 lediga av 60, 63 används; 5 i respittid, delas inte ut",
            "Microsoft 365 E5 (SPE_E5): 3 lediga av 14, 11 används",
            "Planner and Project Plan 3 (PROJECTPROFESSIONAL): 0 lediga av 0, 2 används; \
             pausad, inget nytt kan tilldelas förrän abonnemanget förnyas",
            "Visio Plan 2 (VISIOCLIENT): 0 lediga av 3, 3 används",
            "Office 365 Extra File Storage (SHAREPOINTSTORAGE): hör till hela företaget och tilldelas aldrig en enda person",
            "Microsoft Power Automate Free (FLOW_FREE): 9986 lediga av 10000, 14 används",
        ]
    );
}

#[test]
fn no_seat_is_ever_less_than_none_and_every_odd_state_is_said() {
    let said = |owned: OwnedSku| all(Locale::En, vec![owned]).pop().unwrap();
    let check = |owned: OwnedSku, expected: &str| {
        assert_eq!(said(owned), format!("Microsoft 365 E5 (SPE_E5): {expected}"));
    };
    let e5 = || owned("SPE_E5", 10, 13);
    check(e5(), "0 free of 10, 13 in use; 3 more in use than paid for");
    check(OwnedSku { locked_out: 2, ..owned("SPE_E5", 10, 9) }, "1 free of 10, 9 in use; 2 given up");
    check(OwnedSku { suspended: 4, ..owned("SPE_E5", 10, 9) }, "1 free of 10, 9 in use; 4 suspended");
    let state = |word: &str| OwnedSku { capability: word.to_owned().into(), ..owned("SPE_E5", 0, 1) };
    check(
        OwnedSku { warning: 3, ..state("Warning") },
        "0 free of 0, 1 in use; 3 in the grace period, not given out; \
         the subscription has expired, and who holds it keeps it for now",
    );
    check(state("Deleted"), "0 free of 0, 1 in use; deleted, cannot be assigned any more");
    check(state("LockedOut"), "0 free of 0, 1 in use; cancelled, cannot be assigned any more");
    check(
        state("Hibernating"),
        "0 free of 0, 1 in use; in a state that this bot does not know (Hibernating), not assigned",
    );
    assert_eq!(all(Locale::En, Vec::new()), ["What the company owns", "The company owns no product."]);
}

#[test]
fn one_product_shows_its_apps_and_which_of_them_are_everybodys() {
    let plan = |name: &str, applies_to| OwnedPlan {
        id: products().plans().iter().find(|plan| plan.part_name == name).unwrap().id,
        name: name.to_owned(),
        applies_to,
    };
    let plans = vec![
        plan("TEAMS1", AppliesTo::User),
        plan("SWAY", AppliesTo::User),
        plan("EXCHANGE_S_FOUNDATION", AppliesTo::Company),
    ];
    let names = names_of(vec![OwnedSku { plans, ..owned("SPE_E5", 14, 13) }]);
    let owned = &names.catalog.stock.skus[0];
    assert_eq!(
        aloud(Locale::En, &stock_of(owned, &names)),
        [
            "Seats of Microsoft 365 E5 (SPE_E5)",
            "Seats: 1 free of 14, 13 in use",
            "Apps: Microsoft Teams and Sway",
            "Apps for the whole company: Exchange Foundation",
        ]
    );
    assert_eq!(
        aloud(Locale::Sv, &stock_of(owned, &names)),
        [
            "Licenser för Microsoft 365 E5 (SPE_E5)",
            "Licenser: 1 ledig av 14, 13 används",
            "Appar: Microsoft Teams och Sway",
            "Appar för hela företaget: Exchange Foundation",
        ]
    );
    let bare = OwnedSku { plans: Vec::new(), ..owned.clone() };
    let lines = aloud(Locale::En, &stock_of(&bare, &names_of(vec![bare.clone()])));
    assert_eq!(lines.last().map(String::as_str), Some("Apps: none"));
}
