//! What happened to a request, in words: one line for each step. Never what anybody holds: who may read a request may not
//! always see the person.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::fact;
use crate::domain::card::Fact;
use crate::domain::change::Effect;
use crate::domain::country;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::request::{Actor, Answer, Approval, Event, Request, StartOver, TextRef};
use crate::domain::text::{Arg, Phrase};
use crate::domain::view::Names;

/// How many steps are shown, the newest; those before are counted.
const SHOWN: usize = 20;

/// One step: when, who, what.
pub type Entry = (Timestamp, Actor, Event);

/// The words that people wrote, as far as the reader may read them.
pub type Words = BTreeMap<TextRef, String>;

/// The approval that the trail last knew, with its votes: of a request that has ended too.
pub fn last_approval(id: &RequestId, trail: &[Entry]) -> Option<Approval> {
    let (at, _, opened) = trail.first()?;
    let mut request = Request::begin(id.clone(), *at, opened).ok()?;
    let mut last = None;
    for (at, _, event) in trail.iter().skip(1) {
        request = request.apply(*at, event).ok()?;
        last = request.state.approval().cloned().or(last);
    }
    last
}

/// Everybody whom the trail names.
pub fn people_in_trail(trail: &[Entry]) -> BTreeSet<PersonId> {
    let actors = trail.iter().filter_map(|(_, actor, _)| match actor {
        Actor::Person(person) => Some(*person),
        Actor::Bot | Actor::CommandLine => None,
    });
    actors.chain(trail.iter().flat_map(|(_, _, event)| asked(event)).copied()).collect()
}

/// The texts that the lines quote. Why somebody asked, or said no, stands on the card itself.
pub fn texts_in_trail(trail: &[Entry]) -> BTreeSet<TextRef> {
    let references = trail.iter().filter_map(|(_, _, event)| match event {
        Event::Resolved { reason, .. } => Some(*reason),
        _ => None,
    });
    references.collect()
}

fn asked(event: &Event) -> impl Iterator<Item = &PersonId> {
    let asked = match event {
        Event::Confirmed { asked, .. } | Event::Voted { asked, .. } | Event::StartedOver { asked, .. } => Some(asked),
        _ => None,
    };
    asked.into_iter().flatten()
}

/// The lines, oldest first.
pub(super) fn lines(trail: &[Entry], names: &Names, words: &Words) -> Vec<Fact> {
    let mut lines: Vec<Fact> = trail.iter().flat_map(|entry| step(entry, names, words)).collect();
    // What was said a line ago is not said again; the first time is when it began to be so.
    lines.dedup_by(|again, before| again.value == before.value);
    let earlier = lines.len().saturating_sub(SHOWN);
    if earlier == 0 {
        return lines;
    }
    let shown = lines.split_off(earlier);
    let count = Phrase::new("trail-earlier-count").with("count", earlier);
    std::iter::once(fact(Phrase::new("trail-earlier"), count)).chain(shown).collect()
}

fn step((at, actor, event): &Entry, names: &Names, words: &Words) -> Vec<Fact> {
    let line = |what: Phrase| fact(Phrase::new("trail-at").with("at", *at), what);
    let who = who(*actor, names);
    let location = location(event).map(|location| {
        Phrase::new("trail-location").with("who", who.clone()).with("location", country::name(location))
    });
    let what = decided(event, &who, names).or_else(|| executed(event, &who, words));
    what.into_iter().chain(location).map(line).collect()
}

fn who(actor: Actor, names: &Names) -> Arg {
    match actor {
        Actor::Person(person) => names.person(person),
        Actor::Bot => Phrase::new("trail-bot").into(),
        Actor::CommandLine => Phrase::new("trail-command-line").into(),
    }
}

/// The trail for somebody who may not see the person: where somebody lives is left out, and that it had to be set.
pub fn without_location(trail: Vec<Entry>) -> Vec<Entry> {
    let mut of_location = false;
    let hidden = |(at, actor, mut event): Entry| {
        match &mut event {
            Event::Confirmed { usage_location, .. } | Event::Voted { usage_location, .. } => *usage_location = None,
            Event::Intended { effect, .. } => of_location = matches!(effect, Effect::SetUsageLocation(_)),
            _ => {}
        }
        let step = matches!(event, Event::Intended { .. } | Event::Answered { .. } | Event::Shown { .. });
        (!(of_location && step)).then_some((at, actor, event))
    };
    trail.into_iter().filter_map(hidden).collect()
}

fn location(event: &Event) -> Option<crate::domain::person::UsageLocation> {
    match event {
        Event::Confirmed { usage_location, .. } | Event::Voted { usage_location, .. } => *usage_location,
        _ => None,
    }
}

/// What people and the policy decided.
fn decided(event: &Event, who: &Arg, names: &Names) -> Option<Phrase> {
    let by = |key| Phrase::new(key).with("who", who.clone());
    Some(match event {
        Event::Opened { .. } => by("trail-opened"),
        Event::Confirmed { route, .. } if route.stages.is_empty() => by("trail-confirmed-at-once"),
        Event::Confirmed { asked, .. } => by("trail-confirmed").with("people", names.some_people(asked)),
        Event::Voted { asked, .. } if asked.is_empty() => by("trail-voted"),
        Event::Voted { asked, .. } => by("trail-voted-next").with("people", names.some_people(asked)),
        Event::StartedOver { why, asked, .. } => {
            let key = match why {
                StartOver::RouteChanged => "trail-started-over-route",
                StartOver::VoterGone => "trail-started-over-voter",
                StartOver::AskedGone => "trail-started-over-asked",
            };
            Phrase::new(key).with("people", names.some_people(asked))
        }
        Event::Denied { by: None, .. } => Phrase::new("trail-denied-by-policy"),
        Event::Denied { .. } => by("trail-denied"),
        Event::Cancelled { .. } => by("trail-cancelled"),
        Event::Expired => Phrase::new("trail-expired"),
        _ => return None,
    })
}

/// What the bot did about it.
fn executed(event: &Event, who: &Arg, words: &Words) -> Option<Phrase> {
    let key = match event {
        Event::Began => "trail-began",
        Event::Intended { effect: Effect::SetLicenses(_), .. } => "trail-intended-licenses",
        Event::Intended { effect: Effect::SetUsageLocation(location), .. } => {
            return Some(Phrase::new("trail-intended-location").with("location", country::name(*location)));
        }
        Event::Answered { answer } => answered(answer),
        Event::Shown { .. } => "trail-shown",
        Event::PutBack => "trail-put-back",
        Event::Applied { .. } => "trail-applied",
        Event::Failed { .. } => "trail-failed",
        Event::NeedsHuman => "trail-needs-human",
        Event::Resolved { applied, reason, .. } => return Some(resolved(*applied, *reason, who, words)),
        _ => return None,
    };
    Some(Phrase::new(key))
}

fn answered(answer: &Answer) -> &'static str {
    match answer {
        Answer::Accepted => "trail-accepted",
        Answer::Refused(_) => "trail-refused",
        Answer::NotSent => "trail-not-sent",
        Answer::Unknown => "trail-unknown",
    }
}

fn resolved(applied: bool, reason: TextRef, who: &Arg, words: &Words) -> Phrase {
    let key = if applied { "trail-resolved-applied" } else { "trail-resolved-not-applied" };
    let what = Phrase::new(key).with("who", who.clone());
    match words.get(&reason) {
        Some(reason) => Phrase::new("trail-reason").with("what", what).with("reason", reason),
        None => what,
    }
}
