//! What one person holds, on which path, and what is under way for them.

use std::collections::BTreeSet;

use super::{fact, headline, name_and_address, words};
use crate::domain::card::{Card, Fact};
use crate::domain::country;
use crate::domain::ids::SkuId;
use crate::domain::person::{Assignment, AssignmentState, Path, PersonFacts, UsageLocation, UserType};
use crate::domain::request::Request;
use crate::domain::text::{Arg, Phrase};
use crate::domain::view::Names;

/// How many requests under way are shown, the oldest; the rest are counted.
const SHOWN: usize = 15;

/// One person, for somebody who may see them.
#[derive(Clone, Copy, Debug)]
pub struct PersonReading<'a> {
    /// The account and what it holds.
    pub facts: &'a PersonFacts,
    /// Whoever asks is this person.
    pub own: bool,
    /// What is under way for this person, as far as the reader may see it.
    pub requests: &'a [Request],
    /// Names of everything in it.
    pub names: &'a Names,
}

/// The card of a person.
pub fn person(reading: PersonReading<'_>) -> Card {
    let PersonReading { facts, names, .. } = reading;
    let account = &facts.person;
    let title = if reading.own {
        Phrase::new("reading-own-title")
    } else {
        Phrase::new("reading-person-title").with("person", &account.display_name)
    };
    let mut card = Card::saying(title, sentences(reading));
    card.facts.push(fact(Phrase::new("reading-account"), name_and_address(account)));
    card.facts.push(fact(Phrase::new("fact-location"), location(account.usage_location)));
    card.facts.extend(products(facts, names));
    card.facts.extend(reading.requests.iter().take(SHOWN).map(|request| under_way(request, names)));
    card
}

fn sentences(reading: PersonReading<'_>) -> Vec<Phrase> {
    let account = &reading.facts.person;
    let count = reading.facts.holdings.effective().len();
    let key = if reading.own { "reading-own-count" } else { "reading-person-count" };
    let held = Phrase::new(key).with("count", count).with("person", &account.display_name);
    let blocked = (!account.enabled).then(|| Phrase::new("reading-blocked"));
    let guest = (account.user_type == UserType::Guest).then(|| Phrase::new("reading-guest"));
    let nowhere = account.usage_location.is_none().then(|| Phrase::new("reading-no-location"));
    let hidden = reading.requests.len().saturating_sub(SHOWN);
    let more = (hidden > 0).then(|| Phrase::new("reading-under-way-more").with("count", hidden));
    std::iter::once(held).chain(blocked).chain(guest).chain(nowhere).chain(more).collect()
}

fn location(location: Option<UsageLocation>) -> Arg {
    location.map_or_else(|| Phrase::new("location-missing").into(), country::name)
}

/// One line for each product, in the order of their names; those in error too.
fn products(facts: &PersonFacts, names: &Names) -> Vec<Fact> {
    let skus: BTreeSet<SkuId> = facts.holdings.assignments.iter().map(|assignment| assignment.sku).collect();
    let mut skus: Vec<SkuId> = skus.into_iter().collect();
    skus.sort_by_cached_key(|sku| names.catalog.name(*sku));
    skus.into_iter().map(|sku| fact(words(names.product(sku)), held(facts, sku, names))).collect()
}

/// How a product is held, with what is off and what is wrong.
fn held(facts: &PersonFacts, sku: SkuId, names: &Names) -> Phrase {
    let assignments: Vec<&Assignment> =
        facts.holdings.assignments.iter().filter(|assignment| assignment.sku == sku).collect();
    let off = facts.holdings.effective().remove(&sku).unwrap_or_default();
    let path = paths(&assignments, names).map(|path| {
        if off.is_empty() {
            path
        } else {
            Phrase::new("reading-without").with("held", path).with("apps", names.apps(&off))
        }
    });
    let notes = assignments.iter().filter_map(|assignment| note(assignment, names));
    path.into_iter()
        .chain(notes)
        .reduce(|held, note| Phrase::new("reading-note").with("held", held).with("note", note))
        .unwrap_or_else(|| Phrase::new("reading-direct"))
}

/// The paths in force.
fn paths(assignments: &[&Assignment], names: &Names) -> Option<Phrase> {
    let in_force = assignments.iter().filter(|assignment| assignment.in_force());
    let (mut direct, mut groups) = (false, Vec::new());
    for assignment in in_force {
        match assignment.path {
            Path::Direct => direct = true,
            Path::Group(group) => groups.push(group),
        }
    }
    let key = match (direct, groups.is_empty()) {
        (false, true) => return None,
        (true, true) => return Some(Phrase::new("reading-direct")),
        (false, false) => "reading-inherited",
        (true, false) => "reading-both",
    };
    Some(Phrase::new(key).with("groups", names.group_list(&groups)))
}

fn note(assignment: &Assignment, names: &Names) -> Option<Phrase> {
    match (&assignment.state, assignment.path) {
        (AssignmentState::Active, _) => None,
        (AssignmentState::Unknown(word), _) => Some(Phrase::new("reading-state-unknown").with("word", word)),
        (AssignmentState::Error(word), Path::Direct) => {
            Some(Phrase::new("reading-direct-not-in-force").with("why", error(word)))
        }
        (AssignmentState::Error(word), Path::Group(group)) => {
            let phrase = Phrase::new("reading-not-in-force").with("group", names.group(group));
            Some(phrase.with("why", error(word)))
        }
    }
}

/// Graph's word for why a group's license is not in force, in ours. Some of its pages write some words with an `s` more.
fn error(word: &str) -> Phrase {
    let known = match word.trim_end_matches('s').to_ascii_lowercase().as_str() {
        "countviolation" => "reading-error-seats",
        "mutuallyexclusiveviolation" => "reading-error-conflict",
        "dependencyviolation" => "reading-error-dependency",
        "prohibitedinusagelocationviolation" => "reading-error-location",
        "uniquenessviolation" => "reading-error-address",
        _ => return Phrase::new("reading-error-other").with("word", word),
    };
    Phrase::new(known)
}

fn under_way(request: &Request, names: &Names) -> Fact {
    fact(Phrase::new("reading-under-way").with("request", request.id.as_str()), headline(request, names))
}
