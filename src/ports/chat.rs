//! Where cards are posted. Never knows what a card says, and never a sentence: those are made behind the trait.

use std::fmt::Debug;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PortError;
use crate::domain::card::Card;
use crate::domain::ids::PersonId;
use crate::domain::request::{Place, Platform};
use crate::domain::text::Locale;

/// A place where a card can stand, and who can see it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// Which platform.
    pub platform: Platform,
    /// Where on it.
    pub place: Place,
    /// The only one who sees it; nobody: everyone in the place.
    pub only: Option<PersonId>,
}

/// The id of a posted card; also its nonce, so that a second try to send posts nothing twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardId(pub Uuid);

/// The platform's own name of a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageRef(pub String);

/// A chat platform.
#[async_trait]
pub trait Chat: Send + Sync + Debug {
    /// Posts a card. The same nonce again gives the same message, and the card given last stands in it: whoever posts again may
    /// know a newer state than the post that was not noted.
    ///
    /// # Errors
    /// [`PortError::Absent`]: the place is gone, or closed to us.
    async fn post(&self, nonce: CardId, to: &Addressee, locale: Locale, card: &Card) -> Result<MessageRef, PortError>;

    /// Changes a posted card.
    ///
    /// # Errors
    /// [`PortError::Absent`]: the message is gone.
    async fn update(&self, message: &MessageRef, locale: Locale, card: &Card) -> Result<(), PortError>;
}
