use std::collections::BTreeSet;

use super::*;
use crate::domain::change::{Element, Wish};
use crate::domain::ids::GroupId;
use crate::domain::policy::eligibility::{Asked, NoVoters, NobodyMayVote, Voters, WhyNot};
use crate::domain::policy::outlook::{ManagerPart, Outlook, StageOutlook};
use crate::domain::policy::route::{Approvers, Route, Stage};
use crate::domain::policy::{Allowed, Decision, Denial, DenialReason, ElementAnswer, RuleId};
use crate::domain::preflight::Finding;
use crate::domain::request::{Approval, Digest, Vote};
use crate::domain::text::Phrase;
use crate::domain::view::Viewer;

fn operators() -> GroupId {
    GroupId(uuid::Uuid::from_u128(0x0b5))
}

fn names_with_operators() -> Names {
    let mut names = names();
    names.groups.insert(operators(), "License operators".to_owned());
    names
}

fn stage(approvers: Approvers, quorum: u32) -> Stage {
    Stage { approvers, quorum: quorum.try_into().unwrap(), fallback: Some(Approvers::Group(operators())) }
}

fn manager_then_operators() -> Route {
    let stages = vec![stage(Approvers::Manager, 1), stage(Approvers::Group(operators()), 2)];
    Route { name: "careful".to_owned(), rank: 30, stages }
}

fn may_vote(people: &[u8], source: Asked) -> Result<Voters, NoVoters> {
    Ok(Voters { people: people.iter().map(|person| id(*person)).collect(), source })
}

fn answer(element: Element, rule: &str, route: &Route) -> ElementAnswer {
    ElementAnswer { element, rules: vec![RuleId(rule.to_owned())], route: route.name.clone() }
}

fn assigning() -> Element {
    Element::Assign(sku("POWER_BI_PRO"))
}

/// A yes that also sets a missing country on the way.
fn allowed(route: Route) -> Decision {
    let country = answer(Element::SetUsageLocation, "countries", &route);
    Decision::Allowed(Allowed { answers: vec![answer(assigning(), "copilot", &route), country], route })
}

fn explain(decision: &Decision, voters: &StageVoters, viewer: Viewer, locale: Locale) -> Vec<String> {
    let wish = wish(ANA);
    let findings = [Finding::LastSeat(sku("POWER_BI_PRO"))];
    let stages = [(MEGAN, ManagerPart::Decides(id(MEGAN))), (BO, ManagerPart::NotWanted)];
    let stages = stages.map(|(voter, manager)| StageOutlook { voters: [id(voter)].into(), quorum: 1, manager });
    let outlook = Outlook::Stages(stages.to_vec());
    let outlook = matches!(decision, Decision::Allowed(_)).then_some(&outlook);
    let change =
        ChangeExplained { requester: id(BO), wish: &wish, decision, voters, outlook, findings: &findings, viewer };
    aloud(locale, &why_change([change], None, &names_with_operators()))
}

#[test]
fn a_change_in_mind_is_told_its_rules_its_route_and_its_voters() {
    let voters = vec![may_vote(&[MEGAN], Asked::Approvers), may_vote(&[MEGAN, BO], Asked::Approvers)];
    let decision = allowed(manager_then_operators());
    assert_eq!(
        explain(&decision, &voters, SEES, Locale::En),
        [
            "What would happen",
            "If you asked for Ana: assign Power BI Pro (POWER_BI_PRO).",
            "Megan, the manager of Ana, must approve, then Bo.",
            "For assigning Power BI Pro (POWER_BI_PRO) to Ana, the rule “copilot” takes the route “careful”.",
            "For setting the usage location of Ana, the rule “countries” takes the route “careful”.",
            "The strictest route counts: “careful”, 2 steps.",
            "Step 1 of 2: Megan may vote, and one vote is wanted.",
            "Step 2 of 2: Bo and Megan may vote, and 2 votes are wanted.",
            "This is the last free seat of Power BI Pro (POWER_BI_PRO).",
            "This only explains; nothing was asked for.",
        ]
    );
    let swedish = explain(&decision, &voters, SEES, Locale::Sv);
    assert_eq!(
        swedish[0..2],
        ["Vad som skulle hända", "Om du begärde det här för Ana: tilldela Power BI Pro (POWER_BI_PRO).",]
    );
    assert_eq!(swedish.last().map(String::as_str), Some("Det här förklarar bara; inget har begärts."));
}

#[test]
fn what_is_held_already_is_said_to_be_explained_as_going_away() {
    let (unassign, decision) =
        (Wish { unassign: [sku("SPE_E5")].into(), ..Wish::nothing_for(id(ANA)) }, nothing_permits());
    let told = |requester, locale| {
        let (wish, voters) = (&unassign, &Vec::new());
        let change = ChangeExplained {
            requester: id(requester),
            wish,
            decision: &decision,
            voters,
            outlook: None,
            findings: &[],
            viewer: SEES,
        };
        aloud(locale, &why_change([change], Some(sku("SPE_E5")), &names_with_operators()))[1..3].to_vec()
    };
    assert_eq!(
        [told(ANA, Locale::En), told(BO, Locale::En)].concat(),
        [
            "You hold Microsoft 365 E5 (SPE_E5) already, so this explains giving it back.",
            "If you asked for yourself: unassign Microsoft 365 E5 (SPE_E5).",
            "Ana holds Microsoft 365 E5 (SPE_E5) already, so this explains unassigning it.",
            "If you asked for Ana: unassign Microsoft 365 E5 (SPE_E5).",
        ]
    );
    assert_eq!(
        [told(ANA, Locale::Sv)[0].as_str(), told(BO, Locale::Sv)[0].as_str()],
        [
            "Du har redan Microsoft 365 E5 (SPE_E5), så det här förklarar hur du lämnar tillbaka den.",
            "Ana har redan Microsoft 365 E5 (SPE_E5), så det här förklarar hur den tas bort.",
        ]
    );
}

fn nothing_permits() -> Decision {
    let reasons = vec![DenialReason::NothingPermits { element: Element::Unassign(sku("SPE_E5")) }];
    Decision::Denied(Denial { reasons })
}

#[test]
fn whoever_may_not_see_the_person_is_told_only_what_follows_from_what_was_asked() {
    let voters = vec![may_vote(&[MEGAN], Asked::Approvers), may_vote(&[MEGAN, BO], Asked::Approvers)];
    let lines = explain(&allowed(manager_then_operators()), &voters, SEES_NOT, Locale::En);
    assert_eq!(lines[2], "Megan must approve, then Bo.");
    assert_eq!(
        lines[3],
        "For assigning Power BI Pro (POWER_BI_PRO) to Ana, the rule “copilot” takes the route “careful”."
    );
    assert!(lines.iter().all(|line| !line.contains("usage location")), "{lines:#?}");
}

#[test]
fn a_no_names_its_rule_to_whoever_may_see_the_person_and_nothing_to_others() {
    let forbidden = DenialReason::ForbiddenBy {
        rule: RuleId("no-guests".to_owned()),
        reason: Some("Guests bring their own license.".to_owned()),
    };
    let denied = Decision::Denied(Denial { reasons: vec![forbidden] });
    assert_eq!(
        explain(&denied, &Vec::new(), SEES, Locale::En)[2..4],
        [
            "This is not allowed: the rule “no-guests” forbids it. Guests bring their own license.",
            "Nobody can make an exception while the policy forbids it. If it is needed all the same, the administrator of \
             licensebot has to change the policy.",
        ]
    );
    assert_eq!(
        explain(&denied, &Vec::new(), SEES_NOT, Locale::En)[2],
        "The policy does not allow you to ask for this. A license operator can tell you more."
    );
}

fn approval(votes: &[(u8, usize)], stage: usize) -> Approval {
    Approval {
        route: manager_then_operators(),
        rules: vec!["copilot".to_owned()],
        policy: Digest([0; 32]),
        stage,
        asked: BTreeSet::from([id(MEGAN), id(BO)]),
        votes: votes.iter().map(|(by, stage)| Vote { by: id(*by), stage: *stage, at: at() }).collect(),
    }
}

fn explained(approval: &Approval, now: Now<'_>, locale: Locale) -> Vec<String> {
    let (request, names) = (waiting(ANA, wish(ANA)), names_with_operators());
    let scene = scene(&request, &names, None);
    aloud(locale, &why_request(&RequestExplained { scene, approval: Some(approval), now, viewer: SEES }))
}

#[test]
fn a_request_under_way_is_told_what_passed_who_may_still_vote_and_why_the_reader_may_not() {
    let voters = vec![may_vote(&[MEGAN], Asked::Approvers), may_vote(&[BO], Asked::Fallback)];
    let now = || Now::Waits { voters: &voters, instead: Vec::new(), reader: Some(WhyNot::OwnRequest) };
    assert_eq!(
        explained(&approval(&[(MEGAN, 0)], 1), now(), Locale::En),
        [
            "Why R-00000007 goes the way it goes",
            "Ana asks for: assign Power BI Pro (POWER_BI_PRO).",
            "Waiting for approval by Megan (1 needed).",
            "The rule “copilot” sent this request on the route “careful”.",
            "Step 1 of 2: passed with the votes of Megan.",
            "Step 2 of 2: Bo may vote instead of the members of License operators, and 2 votes are wanted.",
            "You asked for this yourself, so somebody else has to decide on it.",
        ]
    );
    assert_eq!(
        explained(&approval(&[], 0), now(), Locale::Sv)[0..3],
        [
            "Varför R-00000007 går den väg den går",
            "Ana begär: tilldela Power BI Pro (POWER_BI_PRO).",
            "Väntar på godkännande av Megan (1 behövs).",
        ]
    );
}

#[test]
fn a_stage_that_nobody_can_vote_in_says_so() {
    let nobody = NoVoters::NobodyMayVote(NobodyMayVote { stage: stage(Approvers::Manager, 1), eligible: 0 });
    let voters = vec![Err(nobody), may_vote(&[MEGAN, BO], Asked::Approvers)];
    let now = Now::Waits { voters: &voters, instead: Vec::new(), reader: None };
    let lines = explained(&approval(&[], 0), now, Locale::En);
    assert!(lines[4].starts_with("Step 1 of 2: Nobody can approve this: one vote of the manager of Ana"), "{lines:#?}");
}

#[test]
fn what_the_next_vote_does_instead_of_counting_is_said() {
    let last = |instead: &'static str, locale| {
        let voters = vec![may_vote(&[MEGAN], Asked::Approvers), may_vote(&[MEGAN, BO], Asked::Approvers)];
        let now = Now::Waits { voters: &voters, instead: vec![Phrase::new(instead)], reader: None };
        explained(&approval(&[], 0), now, locale).pop().unwrap()
    };
    let check = |key, english: &str, swedish: &str| {
        assert_eq!((last(key, Locale::En).as_str(), last(key, Locale::Sv).as_str()), (english, swedish));
    };
    check(
        "why-starts-over-route",
        "The policy wants other approvers by now: the approval begins again with the next vote.",
        "Policyn kräver andra godkännare nu: godkännandet börjar om vid nästa röst.",
    );
    check(
        "why-starts-over-voter",
        "Somebody who approved may not approve any more: the approval begins again with the next vote.",
        "Någon som godkänt får inte godkänna längre: godkännandet börjar om vid nästa röst.",
    );
    check(
        "why-denied-now",
        "The policy does not allow it any more: it will be denied with the next vote.",
        "Policyn tillåter den inte längre: den avslås vid nästa röst.",
    );
    check(
        "why-person-gone",
        "Somebody in it is not in the directory any more, so it cannot go on.",
        "Någon i begäran finns inte längre i katalogen, så den kan inte gå vidare.",
    );
}

#[test]
fn a_request_that_was_decided_says_by_whom_and_why_not() {
    let names = names_with_operators();
    let denied = waiting(ANA, wish(ANA)).deny(at(), Some(id(BO)), None).unwrap().request;
    let told = Scene { denial: Some("not this year"), ..scene(&denied, &names, None) };
    let approval = approval(&[(MEGAN, 0)], 1);
    let explained = RequestExplained { scene: told, approval: Some(&approval), now: Now::Decided, viewer: SEES };
    assert_eq!(
        aloud(Locale::En, &why_request(&explained))[2..],
        [
            "Denied by Bo.",
            "The rule “copilot” sent this request on the route “careful”.",
            "Approved by Megan.",
            "Reason: not this year",
        ]
    );
    assert_eq!(aloud(Locale::Sv, &why_request(&explained))[4..], ["Godkänd av Megan.", "Skäl: not this year"]);
}

#[test]
fn a_draft_is_told_what_the_policy_will_ask_for() {
    let (request, names) = (draft(ANA, wish(ANA)), names_with_operators());
    let (decision, voters) = (allowed(Route::at_once()), Vec::new());
    let change = ChangeExplained {
        requester: id(ANA),
        wish: &request.wish,
        decision: &decision,
        voters: &voters,
        outlook: Some(&Outlook::AtOnce),
        findings: &[],
        viewer: SEES_NOT,
    };
    let scene = scene(&request, &names, None);
    let card = why_request(&RequestExplained { scene, approval: None, now: Now::Draft(change), viewer: SEES_NOT });
    assert_eq!(
        aloud(Locale::En, &card)[3..],
        [
            "Nobody has to approve it.",
            "For assigning Power BI Pro (POWER_BI_PRO) to Ana, the rule “copilot” wants nobody’s approval (“at-once”).",
        ]
    );
}
