//! What a swap would change, app by app.

use super::*;
use crate::domain::catalog::testing::{owned, plan as app};

/// Ana's card for Microsoft 365 E5 in place of the E3 that she holds.
fn swap(locale: Locale, off: &[&str]) -> Vec<String> {
    swap_to(locale, off, Extent::Some)
}

/// The gained apps, as an answer to whoever asks about the request tells them.
fn gained_of_all() -> String {
    fact(&swap_to(Locale::En, &[], Extent::All), "Apps gained").unwrap().to_owned()
}

fn swap_to(locale: Locale, off: &[&str], extent: Extent) -> Vec<String> {
    let stock = Stock { skus: ["SPE_E3", "SPE_E5"].map(owned).into() };
    let names = Names { catalog: Arc::new(Catalog::new(Nicknames::default(), stock.clone())), ..names() };
    let assign = BTreeMap::from([(sku("SPE_E5"), off.iter().map(|name| app(name)).collect())]);
    let wish = Wish { assign, unassign: BTreeSet::from([sku("SPE_E3")]), ..Wish::nothing_for(id(ANA)) };
    let held = Assignment {
        sku: sku("SPE_E3"),
        path: Path::Direct,
        disabled: BTreeSet::new(),
        state: AssignmentState::Active,
    };
    let holdings = Holdings { assignments: vec![held] };
    let request = draft(ANA, wish);
    let insight = insight_in(&request.wish, holdings, stock);
    aloud(locale, &preflight::preflight_to(scene(&request, &names, Some(&insight)), SEES, extent))
}

fn fact<'a>(lines: &'a [String], name: &str) -> Option<&'a str> {
    lines.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// Each larger app with the smaller one that goes for it, the best known first.
const REPLACED: [(&str, &str); 8] = [
    ("Microsoft Defender for Endpoint", "Microsoft Defender for Endpoint Plan 1"),
    ("Microsoft Defender for Cloud Apps", "Microsoft Defender for Cloud Apps Discovery"),
    ("Microsoft Forms (Plan E5)", "Microsoft Forms (Plan E3)"),
    ("Microsoft Stream for Office 365 E5", "Microsoft Stream for Office 365 E3"),
    ("Power Apps for Office 365 (Plan 3)", "Power Apps for Office 365"),
    ("Project for Office (Plan E5)", "Project for Office (Plan E3)"),
    ("To-Do (Plan 3)", "To-Do (Plan 2)"),
    ("Whiteboard (Plan 3)", "Whiteboard (Plan 2)"),
];

fn replaced(instead_of: &str, and: &str, more: &str) -> String {
    let pairs = REPLACED.map(|(larger, smaller)| format!("{larger} {instead_of} {smaller}"));
    format!("{} {and} 3 {more}", pairs[..5].join(", "))
}

#[test]
fn what_comes_larger_is_told_in_place_of_what_goes() {
    let english = swap(Locale::En, &[]);
    assert_eq!(
        english[1..5],
        [
            "Ana asks for: replace Microsoft 365 E3 (SPE_E3) with Microsoft 365 E5 (SPE_E5).",
            "Not sent yet. Confirm before 2026-11-24 10:15 UTC, or it is forgotten.",
            "Both happen in one step: there is no moment without a license.",
            "Request: R-00000007",
        ],
        "no warning stands between"
    );
    assert_eq!(fact(&english, "Apps replaced"), Some(replaced("instead of", "and", "more").as_str()));
    assert_eq!(fact(&english, "Apps lost"), Some("Microsoft 365 Lighthouse (Plan 2)"));
    let swedish = swap(Locale::Sv, &[]);
    assert_eq!(
        swedish[1..4],
        [
            "Ana begär: byta Microsoft 365 E3 (SPE_E3) mot Microsoft 365 E5 (SPE_E5).",
            "Inte skickad än. Bekräfta före 2026-11-24 10:15 UTC, annars tas den bort.",
            "Allt sker i ett steg: det finns ingen stund utan licens.",
        ]
    );
    assert_eq!(fact(&swedish, "Appar som byts ut"), Some(replaced("i stället för", "och", "till").as_str()));
    assert_eq!(fact(&swedish, "Appar som försvinner"), Some("Microsoft 365 Lighthouse (Plan 2)"));
}

#[test]
fn no_app_is_told_both_as_gained_and_as_lost() {
    let lines = swap(Locale::En, &[]);
    let gained = fact(&lines, "Apps gained").unwrap();
    assert_eq!(
        gained,
        "Power BI Pro, Microsoft 365 Phone System, Microsoft 365 Audio Conferencing, \
         Microsoft Defender for Office 365 (Plan 2), Microsoft Entra ID P2 and 29 more"
    );
    let gained = gained_of_all();
    for app in ["Common Data Service", "Power Automate for Office 365", "Microsoft Kaizala Pro", "Whiteboard (Plan 3)"]
    {
        assert!(!gained.split("; ").any(|name| name == app), "{gained}");
    }
    assert!(gained.split("; ").any(|name| name == "Microsoft Entra ID P2"), "{gained}");
}

#[test]
fn a_protection_that_comes_switched_off_is_lost_all_the_same() {
    let english = swap(Locale::En, &["WINDEFATP"]);
    assert_eq!(english[4], "This security app goes: Microsoft Defender for Endpoint Plan 1.");
    let lost = "Microsoft Defender for Endpoint Plan 1 and Microsoft 365 Lighthouse (Plan 2)";
    assert_eq!(fact(&english, "Apps lost"), Some(lost));
    let swedish = swap(Locale::Sv, &["WINDEFATP"]);
    assert_eq!(swedish[4], "Den här säkerhetsappen försvinner: Microsoft Defender for Endpoint Plan 1.");
}

/// What the wish of this assignment for that one reads like.
fn told(assign: &[(&str, &[&str])], unassign: &[&str], locale: Locale) -> String {
    let assign = assign.iter().map(|(part, off)| (sku(part), off.iter().map(|name| app(name)).collect()));
    let unassign = unassign.iter().map(|part| sku(part)).collect();
    let wish = Wish { assign: assign.collect(), unassign, ..Wish::nothing_for(id(ANA)) };
    let texts = Texts::new(locale, TimeZone::UTC);
    texts.say(&crate::domain::text::Phrase::new("said-as-is").with("value", asked_for(&wish, &names())))
}

#[test]
fn only_one_for_one_is_called_a_swap() {
    assert_eq!(
        told(&[("SPE_E5", &["SWAY"])], &["SPE_E3"], Locale::En),
        "replace Microsoft 365 E3 (SPE_E3) with Microsoft 365 E5 (SPE_E5) without Sway"
    );
    assert_eq!(
        told(&[("SPE_E5", &["SWAY"])], &["SPE_E3"], Locale::Sv),
        "byta Microsoft 365 E3 (SPE_E3) mot Microsoft 365 E5 (SPE_E5) utan Sway"
    );
    assert_eq!(
        told(&[("SPE_E5", &[])], &["SPE_E3", "MCOEV"], Locale::En),
        "assign Microsoft 365 E5 (SPE_E5), unassign Microsoft 365 E3 (SPE_E3) and unassign Microsoft Teams Phone \
         Standard (MCOEV)"
    );
}

#[test]
fn a_swap_of_which_half_is_so_already_is_not_called_one_step() {
    let scene_wish = Wish {
        assign: BTreeMap::from([(sku("SPE_E5"), BTreeSet::new())]),
        unassign: BTreeSet::from([sku("SPE_E3")]),
        ..Wish::nothing_for(id(ANA))
    };
    let (request, names) = (draft(ANA, scene_wish), names());
    let held = ["SPE_E3", "SPE_E5"].map(|part| Assignment {
        sku: sku(part),
        path: Path::Direct,
        disabled: BTreeSet::new(),
        state: AssignmentState::Active,
    });
    let stock = Stock { skus: ["SPE_E3", "SPE_E5"].map(owned).into() };
    let insight = insight_in(&request.wish, Holdings { assignments: held.into() }, stock);
    let lines = aloud(Locale::En, &preflight(scene(&request, &names, Some(&insight)), SEES));
    assert!(lines.iter().any(|line| line.contains("that part changes nothing")), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("one step")), "{lines:?}");
}

#[test]
fn long_lists_begin_with_what_people_know_and_leave_out_what_is_no_more() {
    let all: Vec<PlanId> = products().by_part_number("SPE_E5").unwrap().plans.to_vec();
    let said = |extent, locale| Texts::new(locale, TimeZone::UTC).words(&names().best_known(&all, extent));
    let english = said(Extent::Some, Locale::En);
    assert!(
        english.starts_with(
            "Exchange Online (Plan 2), Microsoft 365 Apps for enterprise, Microsoft Teams, SharePoint (Plan 2), \
             Power BI Pro and "
        ),
        "{english}"
    );
    assert!(said(Extent::Some, Locale::Sv).ends_with(" till"));
    let whole = said(Extent::All, Locale::En);
    assert!(whole.split("; ").count() > 60 && whole.contains("RETIRED - "), "{whole}");
    let retired = [app("COMMUNICATIONS_COMPLIANCE"), app("INSIDER_RISK_MANAGEMENT")];
    let told = |plans: &[PlanId]| Texts::new(Locale::En, TimeZone::UTC).words(&names().best_known(plans, Extent::Some));
    assert_eq!(
        told(&retired),
        "RETIRED - Microsoft Communications Compliance and RETIRED - Microsoft Insider Risk Management"
    );
    assert_eq!(told(&[retired[0], app("SWAY"), retired[1]]), "Sway");
    let six = ["SWAY", "TEAMS1", "WINDEFATP", "AAD_PREMIUM", "EXCHANGE_S_ENTERPRISE", "BI_AZURE_P2"].map(app);
    assert_eq!(
        told(&six),
        "Exchange Online (Plan 2), Microsoft Teams, Power BI Pro, Microsoft Defender for Endpoint, Microsoft Entra ID P1 \
         and Sway",
        "a number spares nothing in place of one name"
    );
}
