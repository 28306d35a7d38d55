//! A chat for the tests of this room: a clock that stands, names in order, and a door that has nothing to say.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::message::{Author, Content, NewMessage, Room};
use super::{ChatStore, Console, DemoTime, Door, Roster};
use crate::app::{Completion, Inbound, Outcome};
use crate::domain::card::{Action, ActionVerb, Card};
use crate::domain::ids::PersonId;
use crate::domain::request::{Digest, Platform};
use crate::domain::text::Phrase;
use crate::ports::{Addressee, Clock, PortError, Random};

pub(super) const ANA: PersonId = PersonId(Uuid::from_u128(0xa));
pub(super) const MEGAN: PersonId = PersonId(Uuid::from_u128(0xe));

#[derive(Debug)]
pub(super) struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}

#[async_trait]
impl DemoTime for StoppedClock {
    async fn advance(&self, _: SignedDuration) -> Result<(), PortError> {
        Err(PortError::Lasting { what: "this clock stands".to_owned() })
    }
}

/// Counts.
#[derive(Debug, Default)]
pub(super) struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        for (place, byte) in bytes.iter_mut().rev().zip(count.iter().rev()) {
            *place = *byte;
        }
    }
}

#[derive(Debug)]
struct SilentDoor;

#[async_trait]
impl Door for SilentDoor {
    async fn handle(&self, _: Inbound) -> Outcome {
        Outcome::Completion(Completion::default())
    }
}

pub(super) async fn store(folder: &Path) -> ChatStore {
    ChatStore::open(&folder.join("chat.db"), Arc::new(StoppedClock)).await.unwrap()
}

pub(super) fn console(store: ChatStore) -> Console {
    Console {
        store: Arc::new(store),
        door: Arc::new(SilentDoor),
        people: Arc::new(Roster::default()),
        time: Arc::new(StoppedClock),
        random: Arc::new(Counting::default()),
        zone: TimeZone::UTC,
        rehearsal: true,
    }
}

pub(super) fn line(id: &str, text: &str, viewer: Option<PersonId>) -> NewMessage {
    NewMessage {
        id: id.to_owned(),
        room: Room::Channel,
        viewer,
        author: Author::Person(ANA),
        content: Content::Line(text.to_owned()),
        at: Timestamp::UNIX_EPOCH,
    }
}

pub(super) fn card(key: &'static str) -> Card {
    Card::saying(Phrase::new(key), vec![Phrase::new("no")])
}

pub(super) fn ballot() -> Card {
    let approve = Action {
        verb: ActionVerb::Approve,
        digest: Some(Digest([7; 32])),
        label: Phrase::new("yes"),
        inputs: Vec::new(),
    };
    Card { actions: vec![approve], ..card("yes") }
}

pub(super) fn to(room: Room, only: Option<PersonId>) -> Addressee {
    Addressee { platform: Platform::Console, place: room.place(), only }
}
