//! Cards of answers: what somebody asked to read and was found to be allowed to read. Pure: everything shown comes in. Never
//! checks a right and never looks anything up; whoever calls has done both.

mod help;
mod holders;
mod person;
mod request;
mod requests;
mod stock;
mod trail;
mod why;

#[cfg(test)]
mod tests;

pub use help::help;
pub use holders::{Holders, holders};
pub use person::{PersonReading, person};
pub use request::{RequestReading, Role, request};
pub use requests::{Beginning, OwnRequests, requests};
pub use stock::{stock, stock_of};
pub use trail::{Entry, Words, last_approval, people_in_trail, texts_in_trail, without_location};
pub use why::{ChangeExplained, Now, RequestExplained, StageVoters, why_change, why_request};

use super::{Names, Scene};
use crate::domain::card::Fact;
use crate::domain::person::Person;
use crate::domain::request::Request;
use crate::domain::text::{Arg, Phrase};

/// Words that need no translation, where a phrase is wanted.
fn words(text: impl Into<Arg>) -> Phrase {
    Phrase::new("said-as-is").with("value", text)
}

fn fact(name: Phrase, value: impl Into<Arg>) -> Fact {
    Fact { name, value: value.into() }
}

/// A person so that two of the same name can be told apart.
fn name_and_address(person: &Person) -> String {
    format!("{} ({})", person.display_name, person.user_principal_name)
}

/// A request as everybody in it may read it.
fn bare<'a>(request: &'a Request, names: &'a Names) -> Scene<'a> {
    Scene { request, names, reason: None, denial: None, insight: None, rehearsal: false }
}

/// Who asks for what, in one sentence.
pub fn one_line(request: &Request, names: &Names) -> Phrase {
    super::asked::headline(bare(request, names))
}

/// Who asks for what, and how far it is.
fn headline(request: &Request, names: &Names) -> Phrase {
    Phrase::new("reading-headline")
        .with("headline", one_line(request, names))
        .with("progress", super::parts::progress(bare(request, names)))
}

/// A card of the request that says who asks for what and how far it is.
fn parts_of(scene: Scene<'_>) -> crate::domain::card::Card {
    let mut card = super::parts::blank(scene, words(scene.request.id.as_str()));
    card.text = vec![super::asked::headline(scene), super::parts::progress(scene)];
    card
}
