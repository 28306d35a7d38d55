//! An approver's card: everything needed to decide, with the buttons while the vote is open to this person.

use super::{Extent, Scene, Viewer, asked, finding, parts};
use crate::domain::card::{ActionVerb, Card};
use crate::domain::ids::PersonId;
use crate::domain::preflight::Finding;
use crate::domain::request::State;
use crate::domain::text::Phrase;

/// The card for somebody who is, or was, asked. Whoever is asked to decide sees the person.
pub fn ballot(scene: Scene<'_>, voter: PersonId, may_set_location: bool) -> Card {
    ballot_to(scene, voter, may_set_location, Extent::Some)
}

/// The same card, with so many of the apps.
pub(super) fn ballot_to(scene: Scene<'_>, voter: PersonId, may_set_location: bool, extent: Extent) -> Card {
    let viewer = Viewer { sees_person: true, may_set_location };
    let open = open_to(scene, voter);
    let mut card = parts::blank(scene, title(scene, open));
    card.text.push(asked::headline(scene));
    card.text.push(parts::progress(scene));
    if let Some(denial) = scene.denial {
        card.text.push(Phrase::new("denial-reason").with("reason", denial));
    }
    card = parts::common_facts(scene, card);
    match scene.insight.filter(|_| open) {
        None => parts::chosen_location(scene, &mut card),
        Some(insight) => {
            parts::holdings_facts(scene, insight, extent, &mut card);
            parts::seats(scene, insight, &mut card);
            let wish = &scene.request.wish;
            let found = insight.findings.iter();
            card.text.extend(found.map(|found| finding::phrase_to(found, wish, scene.names, extent)));
        }
    }
    if open {
        card.actions = actions(scene, viewer);
    }
    card
}

/// Nobody is told that something waits which does not wait any more.
fn title(scene: Scene<'_>, open: bool) -> Phrase {
    if open {
        Phrase::new("ballot-title")
    } else {
        Phrase::new("status-title").with("request", scene.request.id.as_str())
    }
}

fn open_to(scene: Scene<'_>, voter: PersonId) -> bool {
    match &scene.request.state {
        State::AwaitingApproval { approval, .. } => approval.asked.contains(&voter) && !approval.has_voted(voter),
        _ => false,
    }
}

fn actions(scene: Scene<'_>, viewer: Viewer) -> Vec<crate::domain::card::Action> {
    let blocked = scene.insight.is_some_and(|insight| insight.findings.iter().any(Finding::blocks));
    let approve = (!blocked).then(|| {
        parts::action(scene, ActionVerb::Approve, parts::location_input(scene.insight, viewer.may_set_location))
    });
    let deny = parts::action(scene, ActionVerb::Deny, vec![parts::reason_input(true)]);
    approve.into_iter().chain([deny]).collect()
}
