//! The parts that several views share: how far a request is, what it would do, its buttons.

use std::collections::BTreeSet;

use super::asked::asked_for;
use super::names::some_of;
use super::{Extent, Insight, Names, Scene, Viewer};
use crate::domain::card::{Action, ActionVerb, Card, Fact, Input, InputId};
use crate::domain::change::{Difference, LocationNeed};
use crate::domain::country;
use crate::domain::ids::{PersonId, PlanId};
use crate::domain::person::Holdings;
use crate::domain::policy::explain::Who;
use crate::domain::policy::outlook::Reader;
use crate::domain::refusal;
use crate::domain::request::{Approval, Failure, Request, State};
use crate::domain::text::{Arg, Phrase};

/// A card of the request, with nothing on it yet.
pub(super) fn blank(scene: Scene<'_>, title: Phrase) -> Card {
    Card {
        request: Some(scene.request.id.clone()),
        state: Some(scene.request.state.name()),
        rehearsal: scene.rehearsal,
        ..Card::saying(title, Vec::new())
    }
}

/// The facts that every private view begins with.
pub(super) fn common_facts(scene: Scene<'_>, card: Card) -> Card {
    let request = scene.request;
    let card = card
        .fact(Phrase::new("fact-request"), request.id.as_str())
        .fact(Phrase::new("fact-requester"), scene.names.person(request.requester))
        .fact(Phrase::new("fact-subject"), subject_with_upn(scene))
        .fact(Phrase::new("fact-change"), Arg::List(asked_for(&request.wish, scene.names)));
    match scene.reason {
        Some(reason) => card.fact(Phrase::new("fact-reason"), reason),
        None => card,
    }
}

fn subject_with_upn(scene: Scene<'_>) -> Arg {
    match scene.names.people.get(&scene.request.wish.subject) {
        Some(person) => Arg::from(format!("{} ({})", person.display_name, person.user_principal_name)),
        None => scene.names.person(scene.request.wish.subject),
    }
}

/// The usage location that an approver chose, for those who may see the person, once the choice is made.
pub(super) fn chosen_location(scene: Scene<'_>, card: &mut Card) {
    if let Some(location) = scene.request.wish.usage_location {
        card.facts.push(Fact { name: Phrase::new("fact-location"), value: country::name(location) });
    }
}

/// Seats, which everybody may know.
pub(super) fn seats(scene: Scene<'_>, insight: &Insight, card: &mut Card) {
    for sku in scene.request.wish.assign.keys() {
        let Some(owned) = insight.stock.sku(*sku) else { continue };
        let value = Phrase::new("seats-left")
            .with("product", scene.names.product_name(*sku))
            .with("free", owned.free())
            .with("enabled", owned.enabled);
        card.facts.push(Fact { name: Phrase::new("fact-seats"), value: value.into() });
    }
}

/// What the person holds, gains and loses, for those who may see it.
pub(super) fn holdings_facts(scene: Scene<'_>, insight: &Insight, extent: Extent, card: &mut Card) {
    card.facts.push(Fact { name: Phrase::new("fact-holds"), value: holds(&insight.subject.holdings, scene.names) });
    let Ok(plan) = &insight.plan else { return };
    card.facts.extend(difference(&Difference::of(plan, &insight.stock), scene.names, extent));
    for (sku, off) in plan.change.add.iter().filter(|(_, off)| !off.is_empty()) {
        let value = Phrase::new("stays-off")
            .with("product", scene.names.product_name(*sku))
            .with("apps", scene.names.best_known(off, extent));
        card.facts.push(Fact { name: Phrase::new("fact-off"), value: value.into() });
    }
    card.facts.push(Fact { name: Phrase::new("fact-location"), value: location(plan.location, insight) });
}

fn difference(difference: &Difference, names: &Names, extent: Extent) -> Vec<Fact> {
    let apps = |name, apps: &BTreeSet<PlanId>| {
        (!apps.is_empty()).then(|| Fact { name: Phrase::new(name), value: names.best_known(apps, extent) })
    };
    let mut instead: Vec<_> = difference.instead.iter().collect();
    instead.sort_by_cached_key(|(larger, _)| (names.catalog.app_rank(**larger), names.catalog.app_name(**larger)));
    let instead = instead.into_iter().map(|(larger, smaller)| {
        Phrase::new("app-instead").with("larger", names.app(*larger)).with("smaller", names.apps(smaller)).into()
    });
    let instead: Vec<Arg> = instead.collect();
    let instead =
        (!instead.is_empty()).then(|| Fact { name: Phrase::new("fact-instead"), value: some_of(instead, extent) });
    let facts = [apps("fact-gains", &difference.gained), instead, apps("fact-loses", &difference.lost)];
    facts.into_iter().flatten().collect()
}

fn location(need: LocationNeed, insight: &Insight) -> Arg {
    match (need, insight.subject.person.usage_location) {
        (LocationNeed::Set(chosen), _) => {
            Phrase::new("location-will-be-set").with("location", country::name(chosen)).into()
        }
        (_, Some(location)) => country::name(location),
        (LocationNeed::None | LocationNeed::Choose, None) => Phrase::new("location-missing").into(),
    }
}

/// What somebody holds, product by product, with what is inherited and what is off.
pub(super) fn holds(holdings: &Holdings, names: &Names) -> Arg {
    let effective = holdings.effective();
    if effective.is_empty() {
        return Phrase::new("holds-nothing").into();
    }
    let items = effective.iter().map(|(sku, off)| {
        let groups = holdings.inherited_from(*sku);
        let key = match (holdings.direct(*sku).is_some(), groups.is_empty()) {
            (true, true) | (false, true) => "holds-direct",
            (true, false) => "holds-both",
            (false, false) => "holds-inherited",
        };
        let base = Phrase::new(key).with("product", names.product(*sku));
        let base = if groups.is_empty() { base } else { base.with("groups", names.group_list(&groups)) };
        if off.is_empty() {
            Arg::from(base)
        } else {
            Phrase::new("holds-with-off").with("held", base).with("apps", names.apps(off)).into()
        }
    });
    Arg::List(items.collect())
}

/// What the policy will ask for, as the requester reads it.
pub(super) fn outlook(scene: Scene<'_>, insight: &Insight, viewer: Viewer) -> Phrase {
    let Request { requester, wish, .. } = scene.request;
    let who = Who { requester: *requester, subject: wish.subject };
    let reader = Reader { person: Some(*requester), sees_subject: viewer.sees_person, wants_ties: false };
    insight.outlook.phrase(who, reader, scene.names)
}

/// How far the request is, in one sentence that everybody may read.
pub fn progress(scene: Scene<'_>) -> Phrase {
    let names = scene.names;
    match &scene.request.state {
        State::Draft { expires_at } => Phrase::new("progress-draft").with("expires", *expires_at),
        State::AwaitingApproval { approval, .. } => waiting(approval, names),
        State::Approved { attempts: 0, approval } => {
            by_voters(approval, names, "progress-approved", "progress-approved-by")
        }
        State::Approved { approval, .. } => by_voters(approval, names, "progress-again", "progress-again-by"),
        State::Executing(execution) => {
            by_voters(&execution.approval, names, "progress-executing", "progress-executing-by")
        }
        State::Verifying(execution) => {
            by_voters(&execution.approval, names, "progress-verifying", "progress-verifying-by")
        }
        // Only an operator's word; the directory could not be read.
        State::Applied { after: None, .. } => Phrase::new("progress-applied-by-word"),
        State::Applied { approval, .. } => by_voters(approval, names, "progress-applied", "progress-applied-approved"),
        State::Failed { .. } => Phrase::new("progress-failed"),
        State::Denied { by: Some(by), .. } => Phrase::new("progress-denied").with("by", names.person(*by)),
        State::Denied { by: None, .. } => Phrase::new("progress-denied-by-policy"),
        State::Cancelled { by } => Phrase::new("progress-cancelled").with("by", names.person(*by)),
        State::Expired => Phrase::new("progress-expired"),
        State::NeedsHuman { .. } => Phrase::new("progress-needs-human"),
    }
}

/// With the names of those who said yes, where there were any.
fn by_voters(approval: &Approval, names: &Names, alone: &'static str, by: &'static str) -> Phrase {
    if approval.votes.is_empty() { Phrase::new(alone) } else { Phrase::new(by).with("people", voted(approval, names)) }
}

/// Everybody who said yes, in the order of their votes.
fn voted(approval: &Approval, names: &Names) -> Arg {
    let mut voters: Vec<&PersonId> = Vec::new();
    for vote in &approval.votes {
        if !voters.contains(&&vote.by) {
            voters.push(&vote.by);
        }
    }
    names.some_people(voters)
}

fn waiting(approval: &Approval, names: &Names) -> Phrase {
    let open = approval.asked.iter().filter(|person| !approval.has_voted(**person));
    let phrase = Phrase::new(if approval.votes.is_empty() { "progress-waiting" } else { "progress-waiting-more" })
        .with("people", names.some_people(open))
        .with("missing", approval.votes_missing());
    if approval.votes.is_empty() { phrase } else { phrase.with("approved", voted(approval, names)) }
}

/// Why it failed, for those who may know.
pub(super) fn failure(failure: &Failure, scene: Scene<'_>) -> Phrase {
    let names = scene.names;
    match failure {
        Failure::Refused(refusal) => refusal::phrase(refusal, &scene.request.wish, names),
        Failure::Inherited(sku) => Phrase::new("failure-inherited").with("product", names.product(*sku)),
        Failure::NotHeld(sku) => Phrase::new("failure-not-held").with("product", names.product(*sku)),
        Failure::NobodyMayVote => Phrase::new("failure-nobody-may-vote"),
        Failure::Unreachable => Phrase::new("failure-unreachable"),
        Failure::SettledByOperator => Phrase::new("failure-settled"),
    }
}

/// A button of this request.
pub(super) fn action(scene: Scene<'_>, verb: ActionVerb, inputs: Vec<Input>) -> Action {
    let label = Phrase::new(match verb {
        ActionVerb::Confirm => "action-confirm",
        ActionVerb::Cancel => "action-cancel",
        ActionVerb::Approve => "action-approve",
        ActionVerb::Deny => "action-deny",
        ActionVerb::Choose => "action-choose",
    });
    Action { verb, digest: Some(scene.request.occasion()), label, inputs }
}

/// The country to choose, when there is none and somebody has to.
pub(super) fn location_input(insight: Option<&Insight>, may_set: bool) -> Vec<Input> {
    let needed = insight.and_then(|insight| insight.plan.as_ref().ok()).map(|plan| plan.location);
    if needed != Some(LocationNeed::Choose) || !may_set {
        return Vec::new();
    }
    vec![Input {
        id: InputId::UsageLocation,
        label: Phrase::new("input-usage-location"),
        required: true,
        choices: country::choices(),
    }]
}

/// Why, in the viewer's own words.
pub(super) fn reason_input(required: bool) -> Input {
    Input { id: InputId::Reason, label: Phrase::new("input-reason"), required, choices: Vec::new() }
}
