//! The requester's own card: what would change before it is confirmed, where it stands afterwards. Never what the requester
//! may not see of the person.

use super::{Extent, Insight, Scene, Viewer, asked, finding, parts};
use crate::domain::card::{ActionVerb, Card, Fact};
use crate::domain::preflight::Finding;
use crate::domain::request::State;
use crate::domain::text::Phrase;

/// The card for the requester.
pub fn preflight(scene: Scene<'_>, viewer: Viewer) -> Card {
    preflight_to(scene, viewer, Extent::Some)
}

/// The same card, with so many of the apps.
pub(super) fn preflight_to(scene: Scene<'_>, viewer: Viewer, extent: Extent) -> Card {
    let mut card = parts::blank(scene, Phrase::new("preflight-title"));
    card.text.push(asked::headline(scene));
    card.text.push(parts::progress(scene));
    if scene.request.state == State::Expired {
        card.text.push(Phrase::new("ask-again"));
    }
    if let State::Failed { failure, .. } = &scene.request.state
        && viewer.sees_person
    {
        card.text.push(parts::failure(failure, scene));
    }
    if let Some(denial) = scene.denial {
        card.text.push(Phrase::new("denial-reason").with("reason", denial));
    }
    card = parts::common_facts(scene, card);
    match scene.insight {
        Some(insight) => foresight(scene, insight, viewer, extent, &mut card),
        None if viewer.sees_person => parts::chosen_location(scene, &mut card),
        None => {}
    }
    card.actions = match &scene.request.state {
        State::Draft { .. } => vec![
            parts::action(
                scene,
                ActionVerb::Confirm,
                parts::location_input(scene.insight, viewer.sees_person && viewer.may_set_location),
            ),
            parts::action(scene, ActionVerb::Cancel, Vec::new()),
        ],
        State::AwaitingApproval { .. } | State::Approved { .. } => {
            vec![parts::action(scene, ActionVerb::Cancel, Vec::new())]
        }
        _ => Vec::new(),
    };
    card
}

fn foresight(scene: Scene<'_>, insight: &Insight, viewer: Viewer, extent: Extent, card: &mut Card) {
    if viewer.sees_person {
        parts::holdings_facts(scene, insight, extent, card);
    }
    parts::seats(scene, insight, card);
    if matches!(scene.request.state, State::Draft { .. }) {
        let value = parts::outlook(scene, insight, viewer);
        card.facts.push(Fact { name: Phrase::new("fact-approval"), value: value.into() });
    }
    let found = insight.findings_for(viewer, &scene.request.wish);
    card.text.extend(without_a_gap(scene, &found));
    card.text.extend(found.iter().map(|found| finding::phrase_to(found, &scene.request.wish, scene.names, extent)));
}

/// A swap leaves nobody without a license in between, where both parts of it are to be done.
fn without_a_gap(scene: Scene<'_>, found: &[Finding]) -> Option<Phrase> {
    let in_part = found.iter().any(|found| found.blocks() || matches!(found, Finding::AlreadyHeld(_)));
    asked::replaced(&scene.request.wish).filter(|_| !in_part).map(|_| Phrase::new("swap-without-gap"))
}
