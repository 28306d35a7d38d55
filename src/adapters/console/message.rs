//! One message of the demo's chat, before its language is known. Never a sentence of the bot's: what the bot says is a card.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::card::{ActionVerb, Card};
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::request::Place;

/// The demo's only channel.
pub const CHANNEL: &str = "licenses";

/// A message as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Stays for ever.
    pub id: String,
    /// Order of creation, from 1.
    pub seq: i64,
    /// How often it changed, plus one.
    pub revision: i64,
    /// When it last changed, in the order of all creations and changes of the chat, from 1.
    pub change: i64,
    /// Where it stands.
    pub room: Room,
    /// The only person who sees it; nobody: everyone in the room.
    pub viewer: Option<PersonId>,
    /// Who said it.
    pub author: Author,
    /// What it says.
    pub content: Content,
    /// When it was said first.
    pub at: Timestamp,
}

/// Where messages stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Room {
    /// The channel that everyone is in.
    Channel,
    /// Each person's own conversation with the bot.
    Direct,
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The bot.
    Bot,
    /// A person.
    Person(PersonId),
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A line as somebody typed it: shown, never interpreted.
    Line(String),
    /// What the bot says.
    Card(Card),
}

/// A message that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// Stays for ever.
    pub id: String,
    /// Where it stands.
    pub room: Room,
    /// The only person who sees it.
    pub viewer: Option<PersonId>,
    /// Who says it.
    pub author: Author,
    /// What it says.
    pub content: Content,
    /// When.
    pub at: Timestamp,
}

impl Message {
    /// May this person see it?
    pub fn is_visible_to(&self, person: PersonId) -> bool {
        self.viewer.is_none_or(|viewer| viewer == person)
    }

    /// The card, when the bot said it.
    pub fn card(&self) -> Option<&Card> {
        self.content.card()
    }

    /// The request that it shows.
    pub fn request(&self) -> Option<&RequestId> {
        self.content.card()?.request.as_ref()
    }
}

impl Content {
    /// The card, if it is one.
    pub fn card(&self) -> Option<&Card> {
        match self {
            Self::Card(card) => Some(card),
            Self::Line(_) => None,
        }
    }

    /// Does it ask its viewer for a vote?
    pub(super) fn asks_for_vote(&self) -> bool {
        self.card().is_some_and(|card| card.actions.iter().any(|action| action.verb == ActionVerb::Approve))
    }
}

impl Room {
    /// The room's word in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Direct => "direct",
        }
    }

    /// The room of a word.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        [Self::Channel, Self::Direct].into_iter().find(|room| room.as_str() == word)
    }

    /// The room as the application calls it.
    pub(super) fn place(self) -> Place {
        match self {
            Self::Channel => Place::Channel(CHANNEL.to_owned()),
            Self::Direct => Place::Direct,
        }
    }

    /// The room of a place, if this chat has it.
    pub(super) fn of(place: &Place) -> Option<Self> {
        match place {
            Place::Channel(id) => (id == CHANNEL).then_some(Self::Channel),
            Place::Direct => Some(Self::Direct),
        }
    }
}

/// Messages in the order of their creation, each once.
pub(super) fn in_order(mut messages: Vec<Arc<Message>>) -> Vec<Arc<Message>> {
    messages.sort_by_key(|message| (message.seq, std::cmp::Reverse(message.change)));
    messages.dedup_by_key(|message| message.seq);
    messages
}
