//! How it ended, as a new message to requester and subject. Never changed afterwards: an end is an end.

use super::{Scene, asked, parts};
use crate::domain::card::Card;
use crate::domain::ids::PersonId;
use crate::domain::request::State;
use crate::domain::text::Phrase;

/// The card for one of those whom it concerns.
pub fn outcome(scene: Scene<'_>, reader: PersonId, sees_person: bool) -> Card {
    let ended = scene.request.state.name().is_end();
    let title = Phrase::new(if ended { "outcome-title" } else { "status-title" });
    let mut card = parts::blank(scene, title.with("request", scene.request.id.as_str()));
    card.text.push(asked::headline(scene));
    card.text.push(parts::progress(scene));
    match &scene.request.state {
        State::Failed { failure, .. } if sees_person => card.text.push(parts::failure(failure, scene)),
        State::Failed { .. } => card.text.push(Phrase::new("failure-hidden")),
        State::Expired if reader == scene.request.requester => card.text.push(Phrase::new("ask-again")),
        State::Denied { .. } => {
            let reason = scene.denial.filter(|_| reader == scene.request.requester);
            card.text.extend(reason.map(|reason| Phrase::new("denial-reason").with("reason", reason)));
        }
        State::Applied { after: Some(after), .. } if sees_person => {
            card = card.fact(Phrase::new("fact-holds-now"), parts::holds(after, scene.names));
        }
        _ => {}
    }
    card
}
