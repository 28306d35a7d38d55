use std::collections::BTreeSet;

use super::*;
use crate::domain::catalog::products;
use crate::domain::ids::GroupId;
use crate::domain::person::{Assignment, AssignmentState, Holdings, Path, PersonFacts, UserType};

fn sales() -> GroupId {
    GroupId(uuid::Uuid::from_u128(0x5a1e5))
}

fn names_with_sales() -> Names {
    let mut names = names();
    names.groups.insert(sales(), "Sales".to_owned());
    names
}

fn held(part_number: &str, path: Path, off: &[&str], state: AssignmentState) -> Assignment {
    let app = |name: &&str| products().plans().iter().find(|plan| plan.part_name == *name).unwrap().id;
    Assignment { sku: sku(part_number), path, disabled: off.iter().map(app).collect(), state }
}

fn facts(last: u8, name: &str, assignments: Vec<Assignment>) -> PersonFacts {
    PersonFacts {
        person: person(last, name),
        holdings: Holdings { assignments },
        manager: None,
        groups: BTreeSet::new(),
    }
}

fn read(locale: Locale, facts: &PersonFacts, own: bool, requests: &[Request]) -> Vec<String> {
    aloud(
        locale,
        &crate::domain::view::reading::person(PersonReading { facts, own, requests, names: &names_with_sales() }),
    )
}

#[test]
fn somebody_sees_every_product_with_its_path_and_what_is_off() {
    let both = [
        held("SPE_E3", Path::Direct, &["TEAMS1", "SWAY"], AssignmentState::Active),
        held("POWER_BI_PRO", Path::Group(sales()), &[], AssignmentState::Active),
        held("FLOW_FREE", Path::Direct, &[], AssignmentState::Active),
        held("FLOW_FREE", Path::Group(sales()), &[], AssignmentState::Active),
    ];
    let ana = facts(ANA, "Ana", both.into());
    assert_eq!(
        read(Locale::En, &ana, true, &[]),
        [
            "What you hold",
            "You hold 3 licenses.",
            "Account: Ana (ana@northwind.example)",
            "Usage location: Sweden (SE)",
            "Microsoft 365 E3 (SPE_E3): assigned directly, without Microsoft Teams and Sway",
            "Microsoft Power Automate Free (FLOW_FREE): assigned directly and inherited from Sales",
            "Power BI Pro (POWER_BI_PRO): inherited from Sales",
        ]
    );
    assert_eq!(
        read(Locale::Sv, &ana, true, &[]),
        [
            "Det här har du",
            "Du har 3 licenser.",
            "Konto: Ana (ana@northwind.example)",
            "Användningsplats: Sverige (SE)",
            "Microsoft 365 E3 (SPE_E3): tilldelad direkt, utan Microsoft Teams och Sway",
            "Microsoft Power Automate Free (FLOW_FREE): tilldelad direkt och ärvd från Sales",
            "Power BI Pro (POWER_BI_PRO): ärvd från Sales",
        ]
    );
}

#[test]
fn what_is_wrong_with_an_account_or_a_license_is_said_in_words() {
    let broken = [
        held("SPE_E3", Path::Group(sales()), &[], AssignmentState::Error("CountViolation".to_owned())),
        held("POWER_BI_PRO", Path::Direct, &[], AssignmentState::Active),
        held("POWER_BI_PRO", Path::Group(sales()), &[], AssignmentState::Error("Others".to_owned())),
        held("VISIOCLIENT", Path::Direct, &[], AssignmentState::Unknown("Paused".to_owned())),
    ];
    let mut dana = facts(BO, "Dana", broken.into());
    dana.person.enabled = false;
    dana.person.user_type = UserType::Guest;
    dana.person.usage_location = None;
    assert_eq!(
        read(Locale::En, &dana, false, &[]),
        [
            "What Dana holds",
            "Dana holds 2 licenses.",
            "Signing in is blocked for this account; its licenses are used up all the same.",
            "This account is a guest.",
            "There is no usage location, so no license can be assigned until somebody sets one.",
            "Account: Dana (dana@northwind.example)",
            "Usage location: none",
            "Microsoft 365 E3 (SPE_E3): not in force through Sales: no seat was free",
            "Power BI Pro (POWER_BI_PRO): assigned directly; not in force through Sales: \
             Microsoft 365 reports an error (Others)",
            "Visio Plan 2 (VISIOCLIENT): assigned directly; in a state that this bot does not know (Paused)",
        ]
    );
    assert_eq!(
        read(Locale::Sv, &dana, false, &[]),
        [
            "Det här har Dana",
            "Dana har 2 licenser.",
            "Inloggningen är spärrad för det här kontot; dess licenser förbrukas ändå.",
            "Det här kontot är en gäst.",
            "Det finns ingen användningsplats, så ingen licens kan tilldelas förrän någon sätter en.",
            "Konto: Dana (dana@northwind.example)",
            "Användningsplats: saknas",
            "Microsoft 365 E3 (SPE_E3): gäller inte genom Sales: ingen licens var ledig",
            "Power BI Pro (POWER_BI_PRO): tilldelad direkt; gäller inte genom Sales: Microsoft 365 rapporterar ett fel (Others)",
            "Visio Plan 2 (VISIOCLIENT): tilldelad direkt; i ett läge som den här boten inte känner till (Paused)",
        ]
    );
}

#[test]
fn every_word_of_the_directory_for_an_error_has_its_own_sentence() {
    let said = |word: &str| {
        let broken = held("SPE_E3", Path::Group(sales()), &[], AssignmentState::Error(word.to_owned()));
        read(Locale::En, &facts(ANA, "Ana", vec![broken]), true, &[]).pop().unwrap()
    };
    let check = |word: &str, why: &str| {
        assert_eq!(said(word), format!("Microsoft 365 E3 (SPE_E3): not in force through Sales: {why}"));
    };
    check("MutuallyExclusiveViolation", "it conflicts with another license");
    check("DependencyViolation", "it needs an app that is not there");
    check("ProhibitedInUsageLocationViolation", "it is not allowed in the usage location");
    check("UniquenessViolation", "another account has one of the mail addresses");
    check("Other", "Microsoft 365 reports an error (Other)");
}

#[test]
fn one_path_in_force_is_enough_for_an_app_to_be_on() {
    let two = [
        held("SPE_E3", Path::Direct, &["TEAMS1", "SWAY"], AssignmentState::Active),
        held("SPE_E3", Path::Group(sales()), &["SWAY"], AssignmentState::Active),
    ];
    let lines = read(Locale::En, &facts(ANA, "Ana", two.into()), true, &[]);
    assert_eq!(
        lines.last().map(String::as_str),
        Some("Microsoft 365 E3 (SPE_E3): assigned directly and inherited from Sales, without Sway")
    );
    assert_eq!(lines[1], "You hold one license.");
}

#[test]
fn what_is_under_way_stands_below_what_is_held() {
    let request = waiting(BO, wish(ANA));
    let lines = read(Locale::En, &facts(ANA, "Ana", Vec::new()), false, std::slice::from_ref(&request));
    assert_eq!(
        lines,
        [
            "What Ana holds",
            "Ana holds no license.",
            "Account: Ana (ana@northwind.example)",
            "Usage location: Sweden (SE)",
            "Under way: R-00000007: Bo asks, for Ana: assign Power BI Pro (POWER_BI_PRO). \
             Waiting for approval by Megan (1 needed).",
        ]
    );
}

#[test]
fn what_is_too_much_to_show_is_counted() {
    let many: Vec<_> = (0..516).map(|_| waiting(BO, wish(ANA))).collect();
    let lines = read(Locale::En, &facts(ANA, "Ana", Vec::new()), false, &many);
    assert_eq!(lines[2], "501 more requests are under way than are shown.");
    assert_eq!(lines.iter().filter(|line| line.starts_with("Under way: ")).count(), 15);
    let lines = read(Locale::Sv, &facts(ANA, "Ana", Vec::new()), false, &many[..16]);
    assert_eq!(lines[2], "En begäran till är på gång, utöver dem som visas.");
}

#[test]
fn holders_are_counted_then_named_in_order_with_what_is_odd_about_them() {
    let mut zoe = person(9, "Zoe");
    zoe.enabled = false;
    let mut gus = person(8, "gus");
    gus.user_type = UserType::Guest;
    let mut ida = person(7, "Ida");
    (ida.enabled, ida.user_type) = (false, UserType::Guest);
    let names = names();
    let owned = names.catalog.stock.sku(sku("POWER_BI_PRO"));
    let people = [zoe, gus, person(ANA, "Ana"), ida];
    let shown = holders(Holders { sku: sku("POWER_BI_PRO"), people: &people, owned, names: &names });
    assert_eq!(
        aloud(Locale::En, &shown),
        [
            "Who holds Power BI Pro (POWER_BI_PRO)",
            "4 people hold Power BI Pro (POWER_BI_PRO).",
            "Seats: 1 free of 10, 9 in use",
            "Ana: ana@northwind.example",
            "gus: gus@northwind.example, guest",
            "Ida: ida@northwind.example, guest, sign-in blocked",
            "Zoe: zoe@northwind.example, sign-in blocked",
        ]
    );
    assert_eq!(
        aloud(Locale::Sv, &shown),
        [
            "Vilka som har Power BI Pro (POWER_BI_PRO)",
            "4 personer har Power BI Pro (POWER_BI_PRO).",
            "Licenser: 1 ledig av 10, 9 används",
            "Ana: ana@northwind.example",
            "gus: gus@northwind.example, gäst",
            "Ida: ida@northwind.example, gäst, inloggningen spärrad",
            "Zoe: zoe@northwind.example, inloggningen spärrad",
        ]
    );
}

#[test]
fn more_holders_than_fit_are_counted() {
    let people: Vec<_> = (100..127).map(|last| person(last, &format!("P{last}"))).collect();
    let names = names();
    let lines =
        aloud(Locale::En, &holders(Holders { sku: sku("MCOMEETADV"), people: &people, owned: None, names: &names }));
    assert_eq!(lines[1..3], ["27 people hold Microsoft 365 Audio Conferencing (MCOMEETADV).", "2 more are not shown."]);
    assert_eq!(lines.len(), 3 + 25);
    assert_eq!(lines.last().map(String::as_str), Some("P124: p124@northwind.example"));
    let nobody = holders(Holders { sku: sku("MCOMEETADV"), people: &[], owned: None, names: &names });
    assert_eq!(aloud(Locale::Sv, &nobody)[1], "Ingen har Microsoft 365 Audio Conferencing (MCOMEETADV).");
}
