use super::*;
use crate::domain::catalog::stock::{OwnedPlan, OwnedSku, Stock};
use crate::domain::catalog::testing::{newer, owned, plan, sku, tenant};
use crate::domain::catalog::{Catalog, Nicknames};

/// A resolution in one line of part names.
fn told(catalog: &Catalog, product: &str, text: &str) -> String {
    let apps = catalog.apps(sku(product));
    let names = |plans: &[PlanId]| {
        let part_name = |plan: &PlanId| apps.iter().find(|app| app.id == *plan).unwrap().part_name.clone();
        plans.iter().map(part_name).collect::<Vec<_>>().join(", ")
    };
    match catalog.resolve_app(sku(product), text) {
        AppResolution::One(plan) => names(&[plan]),
        AppResolution::Several(plans) => format!("one of {}", names(&plans)),
        AppResolution::NotSwitchable(plans) => format!("fixed {}", names(&plans)),
        AppResolution::Unknown { suggestions } => format!("? {}", names(&suggestions)),
    }
}

const SUITES: [&str; 8] = [
    "SPE_E3",
    "SPE_E5",
    "SPE_F1",
    "SPB",
    "O365_BUSINESS_PREMIUM",
    "STANDARDPACK",
    "ENTERPRISEPACK",
    "ENTERPRISEPREMIUM",
];

#[test]
fn what_people_type_finds_the_app_they_mean() {
    let tenant = tenant(&SUITES);
    let check =
        |product, text, expected: &str| assert_eq!(told(&tenant, product, text), expected, "{product} {text:?}");
    check("SPE_E5", "teams", "TEAMS1");
    check("SPE_E5", "Microsoft Teams", "TEAMS1");
    check("SPE_E5", "TEAMS1", "TEAMS1");
    check("SPE_E5", "teams1", "TEAMS1");
    check("SPE_E5", "57FF2DA0-773E-42DF-B2AF-FFB7A2317929", "TEAMS1");
    check("SPE_E5", "Outlook", "EXCHANGE_S_ENTERPRISE");
    check("SPE_F1", "mail", "EXCHANGE_S_DESKLESS");
    check("SPB", "e-post", "EXCHANGE_S_STANDARD");
    check("SPE_E3", "SharePoint", "SHAREPOINTENTERPRISE");
    check("SPE_E3", "onedrive", "SHAREPOINTENTERPRISE");
    check("SPE_E3", "Office for the web", "SHAREPOINTWAC");
    check("SPE_E3", "office", "OFFICESUBSCRIPTION");
    check("SPB", "office apps", "OFFICE_BUSINESS");
    check("SPE_E3", "yammer", "YAMMER_ENTERPRISE");
    check("SPE_E3", "Viva Engage", "VIVAENGAGE_CORE");
    check("SPE_E3", "To-Do", "BPOS_S_TODO_2");
    check("SPE_E3", "todo", "BPOS_S_TODO_2");
    check("SPE_E3", "planner", "PROJECTWORKMANAGEMENT");
    check("SPE_E5", "skype", "MCOSTANDARD");
    check("SPE_E5", "phone", "MCOEV");
    check("SPE_E5", "Audio Conferencing", "MCOMEETADV");
    check("SPE_E5", "power bi", "BI_AZURE_P2");
    check("SPE_E5", "mfa", "MFA_PREMIUM");
    check("SPE_E5", "entra id p2", "AAD_PREMIUM_P2");
    check("SPE_E5", "whiteboard", "WHITEBOARD_PLAN3");
    check("SPE_E5", "safedocs", "SAFEDOCS");
}

#[test]
fn everyday_names_mean_one_app_in_every_suite() {
    let tenant = tenant(&SUITES);
    for product in SUITES {
        for word in [
            "teams",
            "exchange",
            "sharepoint",
            "onedrive",
            "yammer",
            "planner",
            "forms",
            "todo",
            "stream",
            "power automate",
        ] {
            let found = tenant.resolve_app(sku(product), word);
            assert!(matches!(found, AppResolution::One(_)), "{product} {word}: {found:?}");
        }
    }
}

#[test]
fn onedrive_is_an_app_of_its_own_where_it_is_sold_so() {
    let tenant = tenant(&["VISIOCLIENT", "Microsoft_Teams_Enterprise_New"]);
    assert_eq!(told(&tenant, "VISIOCLIENT", "onedrive"), "ONEDRIVE_BASIC");
    assert_eq!(told(&tenant, "Microsoft_Teams_Enterprise_New", "onedrive"), "ONEDRIVE_BASIC_P2");
    assert_eq!(told(&tenant, "VISIOCLIENT", "sharepoint"), "? ");
}

#[test]
fn several_apps_are_a_choice_and_none_gets_suggestions() {
    let tenant = tenant(&["SPE_E5"]);
    let check = |text: &str, expected: &str| assert_eq!(told(&tenant, "SPE_E5", text), expected, "{text:?}");
    check("Defender for Office", "one of ATP_ENTERPRISE, THREAT_INTELLIGENCE");
    check("avatars", "one of MESH_AVATARS_FOR_TEAMS, MESH_AVATARS_ADDITIONAL_FOR_TEAMS");
    check("microsoft taems", "? TEAMS1, Deskless, PROJECTWORKMANAGEMENT, CUSTOMER_KEY, STREAM_O365_E5");
    check("qwertz", "? ");
    check("visio", "? ");
    check("", "? ");
    check("…", "? ");
    check("t", "? ");
}

#[test]
fn what_belongs_to_the_organisation_is_not_switchable() {
    let tenant = tenant(&["SPE_E5", "VISIOCLIENT"]);
    assert_eq!(told(&tenant, "SPE_E5", "Microsoft Search"), "fixed MICROSOFT_SEARCH");
    assert_eq!(told(&tenant, "VISIOCLIENT", "EXCHANGE_S_FOUNDATION"), "fixed EXCHANGE_S_FOUNDATION");
    assert_eq!(told(&tenant, "VISIOCLIENT", "exchange"), "fixed EXCHANGE_S_FOUNDATION");
    assert_eq!(told(&tenant, "SPE_E5", "lighthouse"), "fixed M365_LIGHTHOUSE_CUSTOMER_PLAN1");
}

#[test]
fn the_tenant_says_which_apps_there_are_and_which_can_be_switched() {
    let mut e3 = owned("SPE_E3");
    e3.plans.retain(|owned| owned.id != plan("SWAY"));
    for owned in e3.plans.iter_mut().filter(|owned| owned.name == "MICROSOFT_SEARCH") {
        owned.applies_to = AppliesTo::User;
    }
    let catalog = Catalog::new(Nicknames::default(), Stock { skus: vec![e3] });
    assert_eq!(told(&catalog, "SPE_E3", "sway"), "? ");
    assert_eq!(told(&catalog, "SPE_E3", "search"), "one of GRAPH_CONNECTORS_SEARCH_INDEX, MICROSOFT_SEARCH");
    assert_eq!(told(&catalog, "SPE_E5", "sway"), "SWAY", "a product that is not owned is as Microsoft lists it");
}

#[test]
fn apps_newer_than_the_table_go_by_their_part_name_and_are_classed_by_it() {
    let id: PlanId = "00000000-0000-4000-8000-0000000000aa".parse().unwrap();
    let plans = vec![OwnedPlan { id, name: "EXCHANGE_S_TURBO".into(), applies_to: AppliesTo::User }];
    let turbo = OwnedSku { plans, ..newer("TURBO") };
    let sku = turbo.sku;
    let catalog = Catalog::new(Nicknames::default(), Stock { skus: vec![turbo] });
    let app = App {
        id,
        part_name: "EXCHANGE_S_TURBO".into(),
        name: "EXCHANGE_S_TURBO".into(),
        class: PlanClass::Mail,
        switchable: true,
    };
    assert_eq!(catalog.apps(sku), [app]);
    for text in ["EXCHANGE_S_TURBO", "exchange s turbo", "mail", "turbo"] {
        assert_eq!(catalog.resolve_app(sku, text), AppResolution::One(id), "{text}");
    }
    let nobodys: PlanId = "00000000-0000-4000-8000-0000000000bb".parse().unwrap();
    assert_eq!(catalog.app_name(nobodys), nobodys.to_string());
    assert_eq!(catalog.app_class(nobodys), PlanClass::Other);
}

#[test]
fn a_product_that_nobody_knows_has_no_apps() {
    let nobodys = "11111111-2222-3333-4444-555555555555".parse().unwrap();
    assert_eq!(tenant(&[]).resolve_app(nobodys, "teams"), AppResolution::Unknown { suggestions: vec![] });
}
