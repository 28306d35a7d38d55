//! Cards read aloud, in both languages: exactly what people see.

mod findings;
mod standing;
mod swap;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::domain::card::Card;
use crate::domain::catalog::{AppliesTo, CapabilityStatus, Catalog, Nicknames, OwnedPlan, OwnedSku, products};
use crate::domain::change::{self, Wish};
use crate::domain::ids::{PersonId, PlanId, RequestId, SkuId};
use crate::domain::person::testing::member;
use crate::domain::person::{Assignment, AssignmentState, Holdings, Path, Person};
use crate::domain::policy::outlook::{ManagerPart, Outlook, StageOutlook};
use crate::domain::policy::route::{Approvers, Route, Stage};
use crate::domain::preflight::findings;
use crate::domain::request::{Confirmation, Digest, Failure, Origin, Place, Platform};
use crate::domain::text::{Locale, Texts};

pub(super) fn at() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

pub(super) fn id(last: u8) -> PersonId {
    PersonId(uuid::Uuid::from_u128(u128::from(last)))
}

pub(super) const ANA: u8 = 1;
pub(super) const MEGAN: u8 = 2;
pub(super) const BO: u8 = 3;

pub(super) fn person(last: u8, name: &str) -> Person {
    Person { nickname: Some(name.to_lowercase()), usage_location: "SE".parse().ok(), ..member(id(last), name) }
}

pub(super) fn sku(part_number: &str) -> SkuId {
    products().by_part_number(part_number).unwrap().sku
}

pub(super) fn stock() -> Stock {
    let owned = |part_number: &str, enabled, consumed| {
        let product = products().by_part_number(part_number).unwrap();
        let plan = |id: &PlanId| OwnedPlan { id: *id, name: String::new(), applies_to: AppliesTo::User };
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
            plans: product.plans.iter().map(plan).collect(),
        }
    };
    Stock { skus: vec![owned("POWER_BI_PRO", 10, 9), owned("MCOMEETADV", 5, 0)] }
}

pub(super) fn names() -> Names {
    let people = [person(ANA, "Ana"), person(MEGAN, "Megan"), person(BO, "Bo")];
    Names {
        people: people.into_iter().map(|person| (person.id, person)).collect(),
        groups: BTreeMap::new(),
        catalog: Arc::new(Catalog::new(Nicknames::default(), stock())),
    }
}

pub(super) fn wish(subject: u8) -> Wish {
    Wish {
        subject: id(subject),
        assign: BTreeMap::from([(sku("POWER_BI_PRO"), BTreeSet::new())]),
        unassign: BTreeSet::new(),
        switch: BTreeMap::new(),
        usage_location: None,
    }
}

pub(super) fn draft(requester: u8, wish: Wish) -> Request {
    let origin = Origin { platform: Platform::Console, place: Place::Channel("licenses".to_owned()) };
    let expires = "2026-11-24T10:15:00Z".parse().unwrap();
    let step =
        Request::open(RequestId::from_random([0, 0, 0, 0, 7]), at(), (id(requester), wish, None), origin, expires);
    step.unwrap().request
}

pub(super) fn waiting(requester: u8, wish: Wish) -> Request {
    let stage = Stage { approvers: Approvers::Manager, quorum: 1.try_into().unwrap(), fallback: None };
    let confirmation = Confirmation {
        route: Route { name: "manager".to_owned(), rank: 10, stages: vec![stage] },
        rules: vec!["anything-else".to_owned()],
        policy: Digest([0; 32]),
        asked: BTreeSet::from([id(MEGAN)]),
        expires_at: at(),
    };
    draft(requester, wish).confirm(at(), confirmation, None).unwrap().request
}

pub(super) fn insight(wish: &Wish, holdings: Holdings) -> Insight {
    insight_in(wish, holdings, stock())
}

fn insight_in(wish: &Wish, holdings: Holdings, stock: Stock) -> Insight {
    let subject = PersonFacts {
        person: person(ANA, "Ana"),
        holdings,
        manager: Some(person(MEGAN, "Megan")),
        groups: BTreeSet::new(),
    };
    let plan = change::plan(wish, &subject.holdings, subject.person.usage_location, &stock).unwrap();
    let findings = findings(wish, &plan, &subject, &stock, true);
    let manager = ManagerPart::Decides(id(MEGAN));
    let outlook = Outlook::Stages(vec![StageOutlook { voters: [id(MEGAN)].into(), quorum: 1, manager }]);
    Insight { plan: Ok(plan), findings, subject, stock, outlook }
}

pub(super) fn aloud(locale: Locale, card: &Card) -> Vec<String> {
    let texts = Texts::new(locale, TimeZone::UTC);
    let title = texts.say(&card.title);
    let sentences = card.text.iter().map(|phrase| texts.say(phrase));
    let facts = card.facts.iter().map(|fact| {
        let value = crate::domain::text::Phrase::new("said-as-is").with("value", fact.value.clone());
        format!("{}: {}", texts.say(&fact.name), texts.say(&value))
    });
    let actions = card.actions.iter().map(|action| {
        let inputs: Vec<&str> = action.inputs.iter().map(|input| input.id.as_str()).collect();
        format!("[{}]{}", texts.say(&action.label), inputs.join(","))
    });
    std::iter::once(title).chain(sentences).chain(facts).chain(actions).collect()
}

pub(super) fn scene<'a>(request: &'a Request, names: &'a Names, insight: Option<&'a Insight>) -> Scene<'a> {
    Scene { request, names, reason: None, denial: None, insight, rehearsal: false }
}

pub(super) const SEES: Viewer = Viewer { sees_person: true, may_set_location: false };
pub(super) const SEES_NOT: Viewer = Viewer { sees_person: false, may_set_location: false };

#[test]
fn the_requester_sees_what_would_change_before_it_is_sent() {
    let request = draft(ANA, wish(ANA));
    let (names, insight) = (names(), insight(&request.wish, Holdings::default()));
    let card = preflight(scene(&request, &names, Some(&insight)), SEES);
    assert_eq!(
        aloud(Locale::En, &card),
        [
            "Your license request",
            "Ana asks for: assign Power BI Pro (POWER_BI_PRO).",
            "Not sent yet. Confirm before 2026-11-24 10:15 UTC, or it is forgotten.",
            "This is the last free seat of Power BI Pro (POWER_BI_PRO).",
            "Request: R-00000007",
            "Asked by: Ana",
            "For: Ana (ana@northwind.example)",
            "Change: assign Power BI Pro (POWER_BI_PRO)",
            "Holds now: nothing",
            "Apps gained: Power BI Pro and Exchange Foundation",
            "Usage location: Sweden (SE)",
            "Seats: Power BI Pro: 1 seat free of 10",
            "Approval: Megan must approve.",
            "[Confirm]",
            "[Cancel]",
        ]
    );
    assert_eq!(
        aloud(Locale::Sv, &card),
        [
            "Din licensbegäran",
            "Ana begär: tilldela Power BI Pro (POWER_BI_PRO).",
            "Inte skickad än. Bekräfta före 2026-11-24 10:15 UTC, annars tas den bort.",
            "Det här är den sista lediga licensen för Power BI Pro (POWER_BI_PRO).",
            "Begäran: R-00000007",
            "Begärd av: Ana",
            "För: Ana (ana@northwind.example)",
            "Ändring: tilldela Power BI Pro (POWER_BI_PRO)",
            "Har nu: ingenting",
            "Appar som tillkommer: Power BI Pro och Exchange Foundation",
            "Användningsplats: Sverige (SE)",
            "Licenser: Power BI Pro: 1 ledig licens av 10",
            "Godkännande: Megan måste godkänna.",
            "[Bekräfta]",
            "[Avbryt]",
        ]
    );
}

#[test]
fn who_may_not_see_the_person_sees_the_same_card_whatever_the_person_holds() {
    let request = draft(BO, wish(ANA));
    let names = names();
    let held = Assignment {
        sku: sku("POWER_BI_PRO"),
        path: Path::Direct,
        disabled: BTreeSet::new(),
        state: AssignmentState::Active,
    };
    let nothing = insight(&request.wish, Holdings::default());
    let mut everything = insight(&request.wish, Holdings { assignments: vec![held] });
    everything.subject.person.enabled = false;
    let card = |insight| aloud(Locale::En, &preflight(scene(&request, &names, Some(insight)), SEES_NOT));
    let shown = card(&everything);
    assert!(
        shown.iter().all(|line| !line.contains("Holds") && !line.contains("location") && !line.contains("already"))
    );
    let without_seats =
        |lines: Vec<String>| lines.into_iter().filter(|line| !line.contains("seat")).collect::<Vec<_>>();
    assert_eq!(without_seats(shown), without_seats(card(&nothing)));
}

#[test]
fn the_channel_learns_who_asked_for_what_and_nothing_else() {
    let request = waiting(BO, wish(ANA));
    let names = names();
    let card = status(Scene { reason: Some("secret reason"), ..scene(&request, &names, None) });
    assert_eq!(
        aloud(Locale::En, &card),
        [
            "License request R-00000007",
            "Bo asks, for Ana: assign Power BI Pro (POWER_BI_PRO).",
            "Waiting for approval by Megan (1 needed).",
        ]
    );
}

#[test]
fn an_approver_gets_buttons_until_the_vote_is_cast() {
    let request = waiting(BO, wish(ANA));
    let (names, insight) = (names(), insight(&request.wish, Holdings::default()));
    let card = ballot(scene(&request, &names, Some(&insight)), id(MEGAN), true);
    let lines = aloud(Locale::En, &card);
    assert_eq!(lines.iter().filter(|line| line.starts_with('[')).collect::<Vec<_>>(), ["[Approve]", "[Deny]reason"]);
    let stranger = ballot(scene(&request, &names, Some(&insight)), id(BO), true);
    assert!(stranger.actions.is_empty());
    let voted = request.vote(at(), id(MEGAN), BTreeSet::new(), None).unwrap().request;
    assert!(ballot(scene(&voted, &names, None), id(MEGAN), true).actions.is_empty());
}

#[test]
fn an_approver_must_choose_a_missing_country_and_cannot_approve_the_impossible() {
    let request = waiting(BO, wish(ANA));
    let names = names();
    let mut insight = insight(&request.wish, Holdings::default());
    let lee = PersonFacts { person: Person { usage_location: None, ..person(ANA, "Ana") }, ..insight.subject.clone() };
    insight.plan = change::plan(&request.wish, &lee.holdings, None, &insight.stock);
    let card = ballot(scene(&request, &names, Some(&insight)), id(MEGAN), true);
    let approve = &card.actions[0];
    assert_eq!((approve.inputs[0].id.as_str(), approve.inputs[0].required), ("usage_location", true));
    insight.findings = vec![Finding::AlreadySo];
    let card = ballot(scene(&request, &names, Some(&insight)), id(MEGAN), true);
    assert_eq!(aloud(Locale::En, &card).last().map(String::as_str), Some("[Deny]reason"));
    assert_eq!(card.actions.len(), 1);
}

#[test]
fn an_end_is_told_with_its_reason_to_those_who_may_know() {
    let names = names();
    let denied = waiting(ANA, wish(ANA)).deny(at(), Some(id(MEGAN)), None).unwrap().request;
    let told = Scene { denial: Some("not this year"), ..scene(&denied, &names, None) };
    assert_eq!(
        aloud(Locale::En, &outcome(told, id(ANA), true)),
        [
            "License request R-00000007 has ended",
            "Ana asks for: assign Power BI Pro (POWER_BI_PRO).",
            "Denied by Megan.",
            "Reason: not this year",
        ]
    );
    let voted = waiting(BO, wish(ANA)).vote(at(), id(MEGAN), BTreeSet::new(), None).unwrap().request;
    let failed = voted.fail(at(), Failure::Unreachable).unwrap().request;
    let stranger = aloud(Locale::En, &outcome(scene(&failed, &names, None), id(BO), false));
    assert_eq!(
        stranger.last().map(String::as_str),
        Some("The approvers can see why. Ask them, or a license operator.")
    );
}
