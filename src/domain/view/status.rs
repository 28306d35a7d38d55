//! The line in the channel. Says no more than everyone may know: who asked for what for whom, as was typed there, and how far
//! it is. Never a reason, a holding, or why something failed.

use super::{Scene, asked, parts};
use crate::domain::card::Card;
use crate::domain::text::Phrase;

/// The card for everyone.
pub fn status(scene: Scene<'_>) -> Card {
    let mut card = parts::blank(scene, Phrase::new("status-title").with("request", scene.request.id.as_str()));
    card.text = vec![asked::headline(scene), parts::progress(scene)];
    card
}
