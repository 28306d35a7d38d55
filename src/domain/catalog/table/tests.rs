use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn part_names(class: PlanClass) -> Vec<&'static str> {
    products().plans().iter().filter(|plan| plan.class == class).map(|plan| plan.part_name).collect()
}

fn class_of(part_name: &str) -> PlanClass {
    products().plans().iter().find(|plan| plan.part_name == part_name).unwrap().class
}

/// Counts of the keys that occur more than once.
fn repeated<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_insert(0) += 1);
    counts.retain(|_, count| *count > 1);
    counts
}

#[test]
fn the_whole_table_of_microsoft_is_here() {
    assert_eq!(products().products().len(), 619);
    assert_eq!(products().plans().len(), 791);
    assert_eq!(products().products().iter().map(|product| product.plans.len()).sum::<usize>(), 5959);
}

#[test]
fn every_id_is_there_once_and_finds_its_row() {
    for product in products().products() {
        assert_eq!(products().product(product.sku), Some(product));
        let plans: BTreeSet<_> = product.plans.iter().collect();
        assert_eq!(plans.len(), product.plans.len(), "{} lists a plan twice", product.part_number);
        assert!(!product.plans.is_empty(), "{} holds no plan", product.part_number);
        assert!(product.plans.iter().all(|plan| products().plan(*plan).is_some()), "{}", product.part_number);
    }
    for plan in products().plans() {
        assert_eq!(products().plan(plan.id), Some(plan));
    }
}

#[test]
fn only_the_one_part_number_and_the_one_part_name_of_microsoft_stand_twice() {
    let numbers = repeated(products().products().iter().map(|product| product.part_number.to_ascii_lowercase()));
    assert_eq!(numbers, BTreeMap::from([("mcopstn5".to_owned(), 2)]));
    let names = repeated(products().plans().iter().map(|plan| plan.part_name.to_ascii_lowercase()));
    assert_eq!(names, BTreeMap::from([("project_essentials".to_owned(), 2)]));
}

#[test]
fn texts_are_clean() {
    let texts = products()
        .products()
        .iter()
        .flat_map(|product| [product.part_number, product.name])
        .chain(products().plans().iter().flat_map(|plan| [plan.part_name, plan.name]));
    for text in texts {
        assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), text);
        assert!(!text.is_empty() && text.is_ascii() && !text.contains('<'), "{text}");
        assert!(!text.contains("&amp;"), "{text}");
    }
}

#[test]
fn part_numbers_mean_what_microsoft_sells_not_what_they_say() {
    let check = |part_number: &str, sku: &str, name: &str| {
        let product = products().by_part_number(part_number).unwrap();
        assert_eq!((product.sku.to_string().as_str(), product.name), (sku, name), "{part_number}");
    };
    check("SPE_E3", "05e9a617-0261-4cee-bb44-138d3ef5d965", "Microsoft 365 E3");
    check("SPE_E5", "06ebc4ee-1bb5-47dd-8120-11324bc54e06", "Microsoft 365 E5");
    check("SPE_F1", "66b55226-6b4f-492c-910c-a3b7a3c9d993", "Microsoft 365 F3");
    check("SPB", "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "Microsoft 365 Business Premium");
    check("O365_BUSINESS_PREMIUM", "f245ecc8-75af-4f8e-b61f-27d8114de5f3", "Microsoft 365 Business Standard");
    check("STANDARDPACK", "18181a46-0d4e-45cd-891e-60aabd171b4e", "Office 365 E1");
    check("ENTERPRISEPACK", "6fd2c87f-b296-42f0-b197-1e91e994b900", "Office 365 E3");
    check("ENTERPRISEPREMIUM", "c7df2760-2c81-4ef7-b578-5b5392b571df", "Office 365 E5");
    check("VISIOCLIENT", "c5928f49-12ba-48f7-ada3-0d743a3601d5", "Visio Plan 2");
    check("PROJECTPROFESSIONAL", "53818b1b-4a27-454b-8896-0dba576410e6", "Planner and Project Plan 3");
    check("POWER_BI_STANDARD", "a403ebcc-fae0-4ca2-8c8c-7a907fd6c235", "Microsoft Fabric (Free)");
    check("POWER_BI_PRO", "f8a1db68-be16-40ed-86d5-cb42ce701560", "Power BI Pro");
    check("Microsoft_365_Copilot", "639dec6b-bb19-468b-871c-c5c441c4b0cb", "Microsoft Copilot for Microsoft 365");
    check("microsoft_365_e5", "db684ac5-c0e7-4f92-8284-ef9ebde75d33", "Microsoft 365 E5 (500 seats min)_HUB");
}

#[test]
fn names_cut_short_or_shouted_in_the_source_are_mended() {
    let check = |id: &str, part_name: &str, name: &str| {
        let plan = products().plan(id.parse().unwrap()).unwrap();
        assert_eq!((plan.part_name, plan.name), (part_name, name));
    };
    check("57ff2da0-773e-42df-b2af-ffb7a2317929", "TEAMS1", "Microsoft Teams");
    check("4fa4026d-ce74-4962-a151-8e96d57ea8e4", "TEAMS_FREE", "Microsoft Teams (Free)");
    check("113feb6c-3fe4-4440-bddc-54d774bf0318", "EXCHANGE_S_FOUNDATION", "Exchange Foundation");
    check("a64b30ba-f310-4065-b444-2670ef146db0", "PBI_PREMIUM_EM1_ADDON", "Power BI Premium EM1");
    check("bea4c11e-220a-4e6d-8eb8-8ea15d019f90", "RMS_S_ENTERPRISE", "Azure Rights Management");
    check("5dbe027f-2339-4123-9542-606e4d348a72", "SHAREPOINTENTERPRISE", "SharePoint (Plan 2)");
    check("b737dad2-2f6c-4c65-90e3-ca563267e8b9", "PROJECTWORKMANAGEMENT", "Microsoft Planner");
}

#[test]
fn mailboxes_are_exactly_these() {
    let expected = [
        "EXCHANGE_B_STANDARD",
        "EXCHANGE_L_STANDARD",
        "EXCHANGE_S_DESKLESS",
        "EXCHANGE_S_DESKLESS_GOV",
        "EXCHANGE_S_ENTERPRISE",
        "EXCHANGE_S_ENTERPRISE_GOV",
        "EXCHANGE_S_ESSENTIALS",
        "EXCHANGE_S_STANDARD",
        "EXCHANGE_S_STANDARD_GOV",
        "EXCHANGE_S_STANDARD_MIDMARKET",
    ];
    assert_eq!(part_names(PlanClass::Mail), expected);
}

#[test]
fn places_for_files_are_exactly_these() {
    let expected = [
        "ONEDRIVE_BASIC",
        "ONEDRIVE_BASIC_GOV",
        "ONEDRIVE_BASIC_P2",
        "ONEDRIVECLIPCHAMP",
        "ONEDRIVEENTERPRISE",
        "ONEDRIVELITE_IW",
        "ONEDRIVESTANDARD",
        "SharePoint Plan 1G",
        "SHAREPOINT_S_DEVELOPER",
        "SHAREPOINTDESKLESS",
        "SHAREPOINTDESKLESS_GOV",
        "SHAREPOINTENTERPRISE",
        "SHAREPOINTENTERPRISE_EDU",
        "SHAREPOINTENTERPRISE_GOV",
        "SHAREPOINTENTERPRISE_MIDMARKET",
        "SHAREPOINTLITE",
        "SHAREPOINTSTANDARD",
        "SHAREPOINTSTANDARD_EDU",
    ];
    assert_eq!(part_names(PlanClass::Files), expected);
}

#[test]
fn protection_is_told_from_its_namesakes() {
    let security = ["AAD_PREMIUM", "AAD_PREMIUM_P2", "MFA_PREMIUM", "INTUNE_A", "WINDEFATP", "MTP", "RMS_S_PREMIUM2"];
    let compliance =
        ["LOCKBOX_ENTERPRISE", "INSIDER_RISK", "M365_ADVANCED_AUDITING", "EQUIVIO_ANALYTICS", "BPOS_S_DlpAddOn"];
    for part_name in security.into_iter().chain(compliance) {
        assert_eq!(class_of(part_name), PlanClass::Security, "{part_name}");
    }
    let other =
        ["EXCHANGE_S_FOUNDATION", "EXCHANGE_S_ARCHIVE_ADDON", "EXCHANGE_ANALYTICS", "AAD_BASIC", "SHAREPOINTWAC"];
    for part_name in other.into_iter().chain(["SHAREPOINT_PROJECT", "SHAREPOINTSTORAGE", "TEAMS1", "Windows_Autopatch"])
    {
        assert_eq!(class_of(part_name), PlanClass::Other, "{part_name}");
    }
}

#[test]
fn whatever_calls_itself_protection_is_classed_as_such() {
    let words =
        ["defender", "purview", "lockbox", "insider risk", "dlp", "ediscovery", "audit", "encryption", "compliance"];
    let passed: Vec<_> = products()
        .plans()
        .iter()
        .filter(|plan| plan.class != PlanClass::Security)
        .filter(|plan| words.iter().any(|word| plan.name.to_ascii_lowercase().contains(word)))
        .map(|plan| plan.name)
        .collect();
    // Advice from Microsoft's staff about Microsoft's own cloud: it protects nobody in the tenant.
    assert_eq!(passed, ["Compliance Program for Microsoft Cloud"]);
}

#[test]
fn a_plan_newer_than_the_table_is_not_taken_too_lightly() {
    let check = |part_name, class| assert_eq!(PlanClass::of_unknown(part_name), class, "{part_name}");
    check("EXCHANGE_S_STANDARD_2030", PlanClass::Mail);
    check("exchange_s_frontline", PlanClass::Mail);
    check("SHAREPOINTFRONTLINE", PlanClass::Files);
    check("DEFENDER_FOR_TOASTERS", PlanClass::Security);
    check("TEAMS2", PlanClass::Other);
    for plan in products().plans().iter().filter(|plan| matches!(plan.class, PlanClass::Mail | PlanClass::Files)) {
        assert_eq!(PlanClass::of_unknown(plan.part_name), plan.class, "{}", plan.part_name);
    }
}

#[test]
fn a_damaged_file_is_refused() {
    let plans = "heading\nTEAMS1\t57ff2da0-773e-42df-b2af-ffb7a2317929\tother\tMicrosoft Teams";
    let product = "heading\nTEAMS\t7e31c0d9-9551-471d-836f-32ee72be4a01\tTeams\t57ff2da0";
    assert!(ProductTable::read(plans, product).is_ok());
    let check = |plans, products| assert_eq!(ProductTable::read(plans, products).unwrap_err(), BadLine);
    check("heading\nTEAMS1\t57ff2da0-773e-42df-b2af-ffb7a2317929\tchat\tMicrosoft Teams", "heading");
    check("heading\nTEAMS1\t57ff2da0\tother\tMicrosoft Teams", "heading");
    check("heading\nTEAMS1\t57ff2da0-773e-42df-b2af-ffb7a2317929\tother", "heading");
    check(plans, "heading\nTEAMS\t7e31c0d9-9551-471d-836f-32ee72be4a01\tTeams\t57ff2da1");
    check(plans, "heading\nTEAMS\t7e31c0d9-9551-471d-836f-32ee72be4a01\tTeams\t");
}
