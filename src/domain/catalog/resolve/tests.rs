use super::*;
use crate::domain::catalog::AppliesTo;
use crate::domain::catalog::testing::{newer, owned, sku, tenant};

/// A resolution in one line: part numbers, and how they were found.
fn told(catalog: &Catalog, text: &str) -> String {
    let names = |skus: &[SkuId]| {
        let part_numbers = skus.iter().map(|sku| catalog.part_number(*sku).unwrap());
        part_numbers.collect::<Vec<_>>().join(", ")
    };
    match catalog.resolve(text) {
        Resolution::One(sku, step) => format!("{} by {step:?}", names(&[sku])),
        Resolution::Several(skus) => format!("one of {}", names(&skus)),
        Resolution::NotOwned { skus, suggestions } => format!("not owned {} / {}", names(&skus), names(&suggestions)),
        Resolution::Unknown { suggestions } => format!("? {}", names(&suggestions)),
    }
}

/// Much like the company of the demo.
fn company() -> Catalog {
    tenant(&[
        "SPE_E3",
        "SPE_E5",
        "ENTERPRISEPREMIUM",
        "POWER_BI_PRO",
        "POWER_BI_STANDARD",
        "Microsoft_365_Copilot",
        "VISIOCLIENT",
        "PROJECTPROFESSIONAL",
        "FLOW_FREE",
    ])
}

#[test]
fn what_is_to_be_typed_for_a_product_means_that_product_alone() {
    let company = company();
    assert_eq!(company.typed_name(sku("SPE_E5")), "E5");
    assert_eq!(company.typed_name(sku("VISIOCLIENT")), "VISIOCLIENT");
    for owned in &company.stock.skus {
        let typed = company.typed_name(owned.sku);
        assert!(matches!(company.resolve(&typed), Resolution::One(sku, _) if sku == owned.sku), "{typed}");
    }
}

#[test]
fn what_people_type_finds_the_product_they_mean() {
    let company = company();
    let check = |text: &str, expected: &str| assert_eq!(told(&company, text), expected, "{text:?}");
    check("SPE_E5", "SPE_E5 by Id");
    check("spe_e5", "SPE_E5 by Id");
    check("06ebc4ee-1bb5-47dd-8120-11324bc54e06", "SPE_E5 by Id");
    check("06EBC4EE-1BB5-47DD-8120-11324BC54E06", "SPE_E5 by Id");
    check("E5", "SPE_E5 by Nickname");
    check("e3", "SPE_E3 by Nickname");
    check("Microsoft 365 E5", "SPE_E5 by Name");
    check("microsoft  365 e5", "SPE_E5 by Name");
    check("“Microsoft\u{a0}365 E5”", "SPE_E5 by Name");
    check("M365 E5", "SPE_E5 by Name");
    check("Office 365 E5", "ENTERPRISEPREMIUM by Name");
    check("o365 e5", "ENTERPRISEPREMIUM by Name");
    check("Power BI Pro", "POWER_BI_PRO by Name");
    check("power-bi-pro", "POWER_BI_PRO by Name");
    check("spe e5", "SPE_E5 by SpokenPartNumber");
    check("Microsoft 365 Copilot", "Microsoft_365_Copilot by SpokenPartNumber");
    check("copilot", "Microsoft_365_Copilot by PartOfName");
    check("visio", "VISIOCLIENT by PartOfName");
    check("project plan", "PROJECTPROFESSIONAL by PartOfName");
    check("power bi", "POWER_BI_PRO by PartOfName");
    check("fabric", "POWER_BI_STANDARD by PartOfName");
}

#[test]
fn several_owned_matches_are_a_choice_in_the_order_of_names() {
    let company = company();
    let check = |text: &str, expected: &str| assert_eq!(told(&company, text), expected, "{text:?}");
    check("365 e5", "one of SPE_E5, ENTERPRISEPREMIUM");
    check("plan", "one of PROJECTPROFESSIONAL, VISIOCLIENT");
    check("power", "one of FLOW_FREE, POWER_BI_PRO");
}

#[test]
fn part_numbers_are_taken_for_what_they_mean_not_for_what_they_say() {
    let all = [
        "O365_BUSINESS_PREMIUM",
        "SPB",
        "SPE_F1",
        "M365_F1",
        "DESKLESSPACK",
        "SPE_E5",
        "Microsoft_365_E5",
        "STANDARDPACK",
    ];
    let tenant = tenant(&all);
    let check = |text: &str, expected: &str| assert_eq!(told(&tenant, text), expected, "{text:?}");
    check("O365_BUSINESS_PREMIUM", "O365_BUSINESS_PREMIUM by Id");
    check("Business Premium", "SPB by PartOfName");
    check("Microsoft 365 Business Premium", "SPB by Name");
    check("Microsoft 365 Business Standard", "O365_BUSINESS_PREMIUM by Name");
    check("SPE_F1", "SPE_F1 by Id");
    check("Microsoft 365 F3", "SPE_F1 by Name");
    check("Microsoft 365 F1", "M365_F1 by Name");
    check("F1", "M365_F1 by PartOfName");
    check("F3", "one of SPE_F1, DESKLESSPACK");
    check("E1", "STANDARDPACK by PartOfName");
    check("Microsoft_365_E5", "Microsoft_365_E5 by Id");
    check("Microsoft 365 E5", "SPE_E5 by Name");
    check("E5", "SPE_E5 by Nickname");
    assert_eq!(tenant.name(sku("O365_BUSINESS_PREMIUM")), "Microsoft 365 Business Standard");
    assert_eq!(tenant.name(sku("SPE_F1")), "Microsoft 365 F3");
}

#[test]
fn a_name_or_number_that_two_products_bear_means_the_owned_one() {
    let both = |part_number: &str, sku: &str| OwnedSku { sku: sku.parse().unwrap(), ..newer(part_number) };
    let [small, minutes] = ["d43177b5-475b-4880-92d4-d54c27b5efbd", "54a152dc-90de-4996-93d2-bc47e670fc06"];
    let stock = Stock { skus: vec![both("MCOPSTN5", minutes), owned("VISIO_PLAN2_DEPT")] };
    let one_each = Catalog::new(Nicknames::default(), stock);
    assert_eq!(one_each.resolve("mcopstn5"), Resolution::One(minutes.parse().unwrap(), Step::Id));
    assert_eq!(told(&one_each, "Visio Plan 2"), "VISIO_PLAN2_DEPT by Name");
    let stock = Stock { skus: vec![both("MCOPSTN5", minutes), both("MCOPSTN5", small)] };
    let both = Catalog::new(Nicknames::default(), stock);
    assert_eq!(both.resolve("mcopstn5"), Resolution::Several(vec![small.parse().unwrap(), minutes.parse().unwrap()]));
}

#[test]
fn a_product_that_is_not_owned_is_named_and_never_replaced_by_a_later_step() {
    let company = tenant(&["Microsoft_365_E5_(no_Teams)", "POWER_BI_PRO"]);
    let check = |text: &str, expected: &str| assert_eq!(told(&company, text), expected, "{text:?}");
    check("E5", "not owned SPE_E5 / Microsoft_365_E5_(no_Teams)");
    check("Microsoft 365 E5", "not owned SPE_E5 / Microsoft_365_E5_(no_Teams)");
    check("spe_e3", "not owned SPE_E3 / ");
    check("MCOPSTN1", "not owned MCOPSTN1 / ");
    check("Power BI Premium Per User", "not owned PBI_PREMIUM_PER_USER / POWER_BI_PRO");
    check("visio", "not owned VISIOONLINE_PLAN1, VISIO_PLAN1_DEPT, VISIO_PLAN2_DEPT, VISIOCLIENT, VISIOCLIENT_GOV / ");
    check("365 e5", "Microsoft_365_E5_(no_Teams) by PartOfName");
}

#[test]
fn the_operators_nickname_wins_over_names_but_not_over_ids() {
    let nicknames = [("E5", "ENTERPRISEPREMIUM"), ("Power BI Pro", "POWER_BI_STANDARD"), ("försäljning", "SPE_E3")];
    let company = Catalog::new(Nicknames::with(nicknames).unwrap(), company().stock);
    let check = |text: &str, expected: &str| assert_eq!(told(&company, text), expected, "{text:?}");
    check("E5", "ENTERPRISEPREMIUM by Nickname");
    check("E3", "SPE_E3 by Nickname");
    check("power bi pro", "POWER_BI_STANDARD by Nickname");
    check("POWER_BI_PRO", "POWER_BI_PRO by Id");
    check("Fo\u{308}rsa\u{308}ljning", "SPE_E3 by Nickname");
}

#[test]
fn products_newer_than_the_table_go_by_their_part_number() {
    let mut stock = Stock { skus: vec![owned("SPE_E5"), newer("Microsoft_365_E9")] };
    let newest = stock.skus[1].sku;
    let catalog = Catalog::new(Nicknames::with([("nine", newest.to_string())]).unwrap(), stock.clone());
    let check = |text: &str, step| assert_eq!(catalog.resolve(text), Resolution::One(newest, step), "{text:?}");
    check(&newest.to_string(), Step::Id);
    check("microsoft_365_e9", Step::Id);
    check("nine", Step::Nickname);
    check("Microsoft 365 E9", Step::Name);
    check("E9", Step::PartOfName);
    assert_eq!(catalog.name(newest), "Microsoft_365_E9");
    stock.skus[1].part_number = "SPE_E5".into();
    let renamed = Catalog::new(Nicknames::default(), stock);
    assert_eq!(
        renamed.resolve("SPE_E5"),
        Resolution::Several(vec![sku("SPE_E5"), newest]),
        "the tenant's word counts too"
    );
}

#[test]
fn what_belongs_to_the_whole_company_is_found_by_its_own_name_alone() {
    let wide = |part_number| OwnedSku { applies_to: AppliesTo::Company, ..owned(part_number) };
    let skus = vec![wide("POWER_BI_PRO"), owned("POWER_BI_STANDARD"), wide("VISIOCLIENT"), owned("FLOW_FREE")];
    let company = Catalog::new(Nicknames::default(), Stock { skus });
    let check = |text: &str, expected: &str| assert_eq!(told(&company, text), expected, "{text:?}");
    check("VISIOCLIENT", "VISIOCLIENT by Id");
    check("Visio Plan 2", "VISIOCLIENT by Name");
    check("power", "FLOW_FREE by PartOfName");
    check("power bi por", "? POWER_BI_STANDARD");
    check("visoi plan 2", "? ");
    check("SPE_E3", "not owned SPE_E3 / ");
}

#[test]
fn what_is_nothing_gets_suggestions_or_none() {
    let company = company();
    let check = |text: &str, expected: &str| assert_eq!(told(&company, text), expected, "{text:?}");
    check("power bi por", "? POWER_BI_PRO, POWER_BI_STANDARD");
    check("prjoect", "? PROJECTPROFESSIONAL");
    check("SPE_E6", "? SPE_E3, SPE_E5");
    check("e 5", "? ");
    check("qwertz", "? ");
    check("11111111-2222-3333-4444-555555555555", "? ");
    check("", "? ");
    check("  ", "? ");
    check("!!!", "? ");
    check("e", "? ");
    check("\u{202e}", "? ");
    check(&"E5 ".repeat(5000), "? ");
}

#[test]
fn names_are_what_people_read() {
    let company = company();
    assert_eq!(company.name(sku("SPE_E5")), "Microsoft 365 E5");
    assert_eq!(company.part_number(sku("SPB")), Some("SPB"));
    let nobodys: SkuId = "11111111-2222-3333-4444-555555555555".parse().unwrap();
    assert_eq!(company.name(nobodys), "11111111-2222-3333-4444-555555555555");
    assert_eq!(company.part_number(nobodys), None);
}
