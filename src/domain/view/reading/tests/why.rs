use std::collections::BTreeSet;

use super::*;
use crate::domain::change::Element;
use crate::domain::person::Holdings;
use crate::domain::policy::route::{Approvers, Route, Stage};
use crate::domain::policy::{Denial, DenialReason, RuleId};
use crate::domain::request::{Approval, StartOver, Vote};
use crate::domain::text::Phrase;
use crate::domain::view::{Insight, Outlook};

fn operators() -> crate::domain::ids::GroupId {
    crate::domain::ids::GroupId(uuid::Uuid::from_u128(0x0b5))
}

fn names_with_operators() -> Names {
    let mut names = names();
    names.groups.insert(operators(), "License operators".to_owned());
    names
}

fn stage(approvers: Approvers, quorum: u32, fallback: Option<Approvers>) -> Stage {
    Stage { approvers, quorum: quorum.try_into().unwrap(), fallback }
}

fn manager_then_two() -> Route {
    let people = Approvers::People([MEGAN, BO].map(id).into());
    let stages = vec![
        stage(Approvers::Manager, 1, Some(Approvers::Group(operators()))),
        stage(people, 2, None),
        stage(Approvers::People([BO].map(id).into()), 1, None),
    ];
    Route { name: "careful".to_owned(), rank: 30, stages }
}

fn manager() -> Route {
    Route { name: "manager".to_owned(), rank: 10, stages: vec![stage(Approvers::Manager, 1, None)] }
}

fn explain(
    route: &Route,
    rules: &[&str],
    outlook: Outlook,
    viewer: crate::domain::view::Viewer,
    locale: Locale,
) -> Vec<String> {
    let (wish, names) = (wish(ANA), names_with_operators());
    let insight = Insight { outlook, ..insight(&wish, Holdings::default()) };
    let rules: Vec<String> = rules.iter().map(|rule| (*rule).to_owned()).collect();
    let verdict = Verdict::Open(Way { rules: &rules, route, insight: &insight });
    let change = ChangeExplained { requester: id(BO), wish: &wish, verdict, viewer, names: &names };
    aloud(locale, &why_change(&change))
}

#[test]
fn a_change_in_mind_is_told_its_rule_its_route_and_its_voters() {
    let outlook = || Outlook::Stages(vec![(vec![id(MEGAN)], 1)]);
    assert_eq!(
        explain(&manager(), &["ask-the-manager"], outlook(), SEES, Locale::En),
        [
            "What would happen",
            "If you asked for Ana: assign Power BI Pro (POWER_BI_PRO).",
            "The rule “ask-the-manager” decides.",
            "The route is “manager”: the manager of Ana.",
            "Megan must approve.",
            "Whoever asked for it, and whoever it is for, never decides about it.",
            "This is the last free seat of Power BI Pro (POWER_BI_PRO).",
            "This only explains; nothing was asked for.",
        ]
    );
    assert_eq!(
        explain(&manager(), &["ask-the-manager"], outlook(), SEES, Locale::Sv),
        [
            "Vad som skulle hända",
            "Om du bad om det här för Ana: tilldela Power BI Pro (POWER_BI_PRO).",
            "Regeln ”ask-the-manager” avgör.",
            "Vägen är ”manager”: chefen för Ana.",
            "Megan måste godkänna.",
            "Den som begärde det, och den som det gäller, bestämmer aldrig om det.",
            "Det här är den sista lediga platsen för Power BI Pro (POWER_BI_PRO).",
            "Det här förklarar bara; inget har begärts.",
        ]
    );
}

#[test]
fn a_route_of_several_stages_names_quorums_groups_and_fallbacks() {
    let outlook = Outlook::Stages(vec![(vec![id(MEGAN)], 1), (vec![id(MEGAN), id(BO)], 2), (vec![id(BO)], 1)]);
    let lines = explain(&manager_then_two(), &["copilot", "swap"], outlook, SEES, Locale::En);
    assert_eq!(
        lines[2..4],
        [
            "The rules “copilot” and “swap” decide together, and the strictest of their routes counts.",
            "The route is “careful”, one after the other: (1) the manager of Ana, or in their place one of \
             the group License operators, (2) 2 of Megan and Bo and (3) Bo.",
        ]
    );
}

#[test]
fn at_once_means_that_nobody_is_asked() {
    let lines = explain(&Route::at_once(), &["power-bi"], Outlook::AtOnce, SEES, Locale::En);
    assert_eq!(lines[3], "The route is “at-once”: nobody has to approve.");
    assert!(lines.iter().all(|line| !line.contains("never decides")));
}

#[test]
fn whoever_may_not_see_the_person_learns_nothing_of_the_person() {
    let wish = wish(ANA);
    let names = names();
    let mut insight = insight(&wish, Holdings::default());
    insight.findings = vec![crate::domain::preflight::Finding::Blocked];
    let route = manager();
    let lines = |viewer| {
        let verdict = Verdict::Open(Way { rules: &[], route: &route, insight: &insight });
        let change = ChangeExplained { requester: id(BO), wish: &wish, verdict, viewer, names: &names };
        aloud(Locale::En, &why_change(&change))
    };
    let blocked = "Signing in is blocked for this account; the license would be used up all the same.".to_owned();
    assert!(lines(SEES).contains(&blocked));
    assert!(!lines(SEES_NOT).contains(&blocked));
}

#[test]
fn a_no_names_the_rule_behind_it() {
    let names = names();
    let rule = || RuleId("no-guests".to_owned());
    let reasons = vec![
        DenialReason::ForbiddenBy { rule: rule(), reason: Some("Guests bring their own license.".to_owned()) },
        DenialReason::ForbiddenBy { rule: rule(), reason: None },
        DenialReason::NothingPermits { element: Element::Assign(sku("POWER_BI_PRO")) },
        DenialReason::NothingPermits { element: Element::SetUsageLocation },
        DenialReason::PolicyFailed { rule: rule() },
        DenialReason::Unaskable,
    ];
    let wish = wish(ANA);
    let verdict = Verdict::Closed(denied(&Denial { reasons }, &names));
    let change = ChangeExplained { requester: id(ANA), wish: &wish, verdict, viewer: SEES, names: &names };
    assert_eq!(
        aloud(Locale::En, &why_change(&change)),
        [
            "What would happen",
            "If you asked for yourself: assign Power BI Pro (POWER_BI_PRO).",
            "The rule “no-guests” forbids it: Guests bring their own license.",
            "The rule “no-guests” forbids it.",
            "No rule permits this: assign Power BI Pro (POWER_BI_PRO).",
            "No rule permits this: set the usage location.",
            "The rule “no-guests” could not be evaluated, so nothing is allowed. Tell a license operator.",
            "The policy could not be asked about this, so nothing is allowed. Tell a license operator.",
            "This only explains; nothing was asked for.",
        ]
    );
    assert_eq!(
        aloud(Locale::Sv, &why_change(&change))[1..6],
        [
            "Om du bad om det här för dig själv: tilldela Power BI Pro (POWER_BI_PRO).",
            "Regeln ”no-guests” förbjuder det: Guests bring their own license.",
            "Regeln ”no-guests” förbjuder det.",
            "Ingen regel tillåter det här: tilldela Power BI Pro (POWER_BI_PRO).",
            "Ingen regel tillåter det här: sätt användningsplatsen.",
        ]
    );
}

fn approval(votes: &[u8]) -> Approval {
    let route = Route { stages: vec![stage(Approvers::Group(operators()), 2, None)], ..manager() };
    Approval {
        route,
        rules: vec!["unassign".to_owned()],
        policy: crate::domain::request::Digest([0; 32]),
        stage: 0,
        asked: BTreeSet::from([id(MEGAN), id(BO)]),
        votes: votes.iter().map(|by| Vote { by: id(*by), stage: 0, at: at() }).collect(),
    }
}

fn explained(approval: &Approval, now: Now<'_>, locale: Locale) -> Vec<String> {
    let (request, names) = (waiting(ANA, wish(ANA)), names_with_operators());
    let scene = scene(&request, &names, None);
    aloud(locale, &why_request(&RequestExplained { scene, approval: Some(approval), now, viewer: SEES }))
}

#[test]
fn a_request_under_way_is_told_who_may_still_vote() {
    let voters = || Now::Waits([MEGAN, BO].map(id).into());
    assert_eq!(
        explained(&approval(&[]), voters(), Locale::En),
        [
            "Why R-00000007 goes the way it goes",
            "Ana asks for: assign Power BI Pro (POWER_BI_PRO).",
            "Waiting for approval by Megan (1 needed).",
            "The rule “unassign” decides.",
            "The route is “manager”: 2 of the group License operators.",
            "May still vote: Megan and Bo (2 needed).",
            "Whoever asked for it, and whoever it is for, never decides about it.",
        ]
    );
    assert_eq!(
        explained(&approval(&[MEGAN]), voters(), Locale::Sv),
        [
            "Varför R-00000007 går den väg det går",
            "Ana ber om: tilldela Power BI Pro (POWER_BI_PRO).",
            "Väntar på godkännande av Megan (1 behövs).",
            "Regeln ”unassign” avgör.",
            "Vägen är ”manager”: 2 av gruppen License operators.",
            "Får ännu rösta: Bo (1 till behövs). Hittills godkänt av Megan.",
            "Den som begärde det, och den som det gäller, bestämmer aldrig om det.",
        ]
    );
}

#[test]
fn a_request_that_will_not_go_on_as_it_is_says_so() {
    let last = |now, locale| explained(&approval(&[]), now, locale).pop().unwrap();
    let check = |now: Now<'static>, english: &str, swedish: &str| {
        assert_eq!(last(now.clone(), Locale::En), english);
        assert_eq!(last(now, Locale::Sv), swedish);
    };
    check(
        Now::StartsOver(StartOver::RouteChanged),
        "The policy wants other approvers by now: the approval begins again with the next vote.",
        "Policyn kräver andra godkännare nu: godkännandet börjar om vid nästa röst.",
    );
    check(
        Now::StartsOver(StartOver::VoterGone),
        "Somebody who approved may not approve any more: the approval begins again with the next vote.",
        "Någon som godkänt får inte godkänna längre: godkännandet börjar om vid nästa röst.",
    );
    check(
        Now::Closed(vec![Phrase::new("why-denied-now")]),
        "The policy does not allow it any more: it will be denied with the next vote.",
        "Policyn tillåter det inte längre: det avslås vid nästa röst.",
    );
    check(
        Now::Closed(vec![Phrase::new("why-nobody-now")]),
        "Nobody may approve it at the moment; it waits until somebody may, or until its time is over.",
        "Ingen får godkänna det just nu; det väntar tills någon får, eller tills dess tid är ute.",
    );
}

#[test]
fn a_request_that_was_decided_says_by_whom_and_why_not() {
    let names = names_with_operators();
    let denied = waiting(ANA, wish(ANA)).deny(at(), Some(id(BO)), None).unwrap().request;
    let told = Scene { denial: Some("not this year"), ..scene(&denied, &names, None) };
    let approval = approval(&[MEGAN]);
    let explained = RequestExplained { scene: told, approval: Some(&approval), now: Now::Decided, viewer: SEES };
    assert_eq!(
        aloud(Locale::En, &why_request(&explained))[2..],
        [
            "Denied by Bo.",
            "The rule “unassign” decides.",
            "The route is “manager”: 2 of the group License operators.",
            "Approved by Megan.",
            "Reason: not this year",
        ]
    );
}
