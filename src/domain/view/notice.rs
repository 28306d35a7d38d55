//! To the subject, before something is taken away.

use super::{Scene, asked, parts};
use crate::domain::card::Card;
use crate::domain::text::Phrase;

/// The card for the subject of a removal.
pub fn notice(scene: Scene<'_>) -> Card {
    let mut card = parts::blank(scene, Phrase::new("notice-title").with("request", scene.request.id.as_str()));
    card.text = vec![asked::headline(scene), parts::progress(scene)];
    card
}
