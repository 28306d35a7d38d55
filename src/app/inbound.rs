//! What comes in through the door and what goes back out of it. Never a platform's own type: adapters decode before, and
//! render after.

use std::collections::BTreeMap;

use crate::domain::card::{ActionVerb, Card, InputId};
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::request::{Place, Platform};
use crate::domain::text::Locale;
use crate::ports::DeliveryId;

/// Whoever typed or clicked, as the adapter has established beyond doubt.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person behind the chat account.
    pub person: PersonId,
    /// On which platform.
    pub platform: Platform,
    /// Where.
    pub place: Place,
    /// The language they read.
    pub locale: Locale,
    /// The platform's id of this delivery.
    pub delivery: DeliveryId,
}

/// Everything that can come in.
#[derive(Clone, Debug)]
pub enum Inbound {
    /// A typed line.
    Command {
        /// Who.
        caller: Caller,
        /// What they typed.
        text: String,
    },
    /// A button on a card of a request.
    Click {
        /// Who.
        caller: Caller,
        /// What was clicked.
        click: Click,
    },
    /// Half a line; what could follow?
    Complete {
        /// Who.
        caller: Caller,
        /// What they typed so far.
        text: String,
    },
}

impl Inbound {
    /// Who sends it.
    pub fn caller(&self) -> &Caller {
        match self {
            Self::Command { caller, .. } | Self::Click { caller, .. } | Self::Complete { caller, .. } => caller,
        }
    }

    /// Its kind in a word, for logs.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Command { .. } => "command",
            Self::Click { .. } => "click",
            Self::Complete { .. } => "complete",
        }
    }
}

/// A click, as the card it stood on says.
#[derive(Clone, Debug)]
pub struct Click {
    /// The request that the card shows.
    pub request: RequestId,
    /// The button.
    pub verb: ActionVerb,
    /// The start of the digest that the button was made for.
    pub digest: Option<String>,
    /// What was filled in.
    pub inputs: BTreeMap<InputId, String>,
}

/// What goes back.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Something said to the caller alone, once.
    Answer(Card),
    /// Cards of this request were posted or changed.
    Changed(RequestId),
    /// Somebody's decision is recorded, and its cards changed. Whoever typed it is told so; to whoever clicked, the card says it.
    Recorded {
        /// Of which request.
        request: RequestId,
        /// What to tell whoever typed.
        said: Card,
    },
    /// What could follow.
    Completion(Completion),
}

/// What could follow half a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where the part to replace begins, in characters.
    pub replace_from: usize,
    /// The best first.
    pub candidates: Vec<Candidate>,
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What to put in.
    pub insert: String,
    /// What to show.
    pub label: String,
    /// What to show beside it.
    pub detail: String,
}
