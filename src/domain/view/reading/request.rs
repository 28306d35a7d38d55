//! One request, with everything that its reader may know of it and do about it: the card of their own role, and what
//! happened so far.

use super::trail::{Entry, Words, lines};
use super::{fact, parts_of};
use crate::domain::card::{Action, ActionVerb, Card};
use crate::domain::ids::PersonId;
use crate::domain::request::{Approval, State};
use crate::domain::text::Phrase;
use crate::domain::view::ballot::ballot_to;
use crate::domain::view::preflight::preflight_to;
use crate::domain::view::{Extent, Scene, Viewer, finding, parts};

/// What the reader is to the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Asked for it.
    Requester(Viewer),
    /// Is, or was, asked to decide.
    Voter {
        /// Who.
        person: PersonId,
        /// May choose the usage location with a yes.
        may_set_location: bool,
    },
    /// Anybody else who may read it: whom it is for, a manager, an operator, an auditor.
    Onlooker {
        /// May see what the person holds.
        sees_person: bool,
        /// May take it back.
        may_cancel: bool,
    },
}

/// One request, for somebody who may read it.
#[derive(Clone, Copy, Debug)]
pub struct RequestReading<'a> {
    /// The request; its reason and denial only where the reader may read them.
    pub scene: Scene<'a>,
    /// What the reader is to it.
    pub role: Role,
    /// The approval under way, or the last one.
    pub approval: Option<&'a Approval>,
    /// Its steps, oldest first.
    pub trail: &'a [Entry],
    /// The words in the trail that the reader may read.
    pub words: &'a Words,
}

/// The card of a request.
pub fn request(reading: RequestReading<'_>) -> Card {
    let RequestReading { scene, role, .. } = reading;
    let mut card = match role {
        Role::Requester(viewer) => preflight_to(scene, viewer, Extent::All),
        Role::Voter { person, may_set_location } => {
            with_failure(scene, ballot_to(scene, person, may_set_location, Extent::All))
        }
        Role::Onlooker { sees_person, may_cancel } => onlooker(scene, sees_person, may_cancel),
    };
    card.title = Phrase::new("request-title").with("request", scene.request.id.as_str());
    let actions = std::mem::take(&mut card.actions);
    card.text.extend(instead_of(&actions, scene.request.id.as_str()));
    let votes = reading.approval.map(|approval| approval.votes.as_slice()).unwrap_or_default();
    if !votes.is_empty() {
        let people = scene.names.some_people(votes.iter().map(|vote| &vote.by));
        let so_far = matches!(scene.request.state, State::AwaitingApproval { .. });
        let key = if so_far { "request-approved-so-far" } else { "request-approved-by" };
        card.facts.push(fact(Phrase::new(key), people));
    }
    card.facts.extend(lines(reading.trail, scene.names, reading.words));
    // An answer follows nothing: it must not be taken for a card that shows where the request is now.
    Card { request: None, state: None, ..card }
}

/// What the reader may do, in words. An answer is of its moment and never rendered again, so it has no buttons: those stand on
/// the cards that follow the request.
fn instead_of(actions: &[Action], request: &str) -> Option<Phrase> {
    let offers = |verb| actions.iter().any(|action| action.verb == verb);
    let key = match (offers(ActionVerb::Confirm), offers(ActionVerb::Approve), offers(ActionVerb::Deny)) {
        (true, _, _) => "request-can-confirm",
        (false, true, _) => "request-can-vote",
        (false, false, true) => "request-can-deny",
        (false, false, false) if offers(ActionVerb::Cancel) => "request-can-cancel",
        (false, false, false) => return None,
    };
    Some(Phrase::new(key).with("request", request))
}

/// Why it failed, for those who see the person.
fn with_failure(scene: Scene<'_>, mut card: Card) -> Card {
    if let State::Failed { failure, .. } = &scene.request.state {
        card.text.push(parts::failure(failure, scene));
    }
    card
}

fn onlooker(scene: Scene<'_>, sees_person: bool, may_cancel: bool) -> Card {
    let mut card = parts_of(scene);
    if sees_person {
        card = with_failure(scene, card);
    }
    card.text.extend(scene.denial.map(|denial| Phrase::new("denial-reason").with("reason", denial)));
    card = parts::common_facts(scene, card);
    if let Some(insight) = scene.insight.filter(|_| sees_person) {
        parts::holdings_facts(scene, insight, Extent::All, &mut card);
        parts::seats(scene, insight, &mut card);
        let (wish, found) = (&scene.request.wish, insight.findings.iter());
        card.text.extend(found.map(|found| finding::phrase_to(found, wish, scene.names, Extent::All)));
    }
    if may_cancel {
        card.actions = vec![parts::action(scene, ActionVerb::Cancel, Vec::new())];
    }
    card
}
