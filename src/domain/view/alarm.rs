//! To operators: a write whose outcome nobody knows, and how to settle it.

use super::{Scene, asked, parts};
use crate::domain::card::Card;
use crate::domain::request::State;
use crate::domain::text::Phrase;

/// The card for an operator.
pub fn alarm(scene: Scene<'_>) -> Card {
    let mut card = parts::blank(scene, Phrase::new("alarm-title").with("request", scene.request.id.as_str()));
    card.text = vec![asked::headline(scene), parts::progress(scene)];
    if matches!(scene.request.state, State::NeedsHuman { .. }) {
        card.text.push(Phrase::new("alarm-how").with("request", scene.request.id.as_str()));
    }
    parts::common_facts(scene, card)
}
