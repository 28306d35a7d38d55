//! What people type: kept first, then handed to the application, and what it answers kept too. Nothing that somebody was
//! answered is lost afterwards.

use std::sync::Arc;

use uuid::Uuid;

use super::addressed::is_for_bot;
use super::message::{Author, Content, Message, NewMessage, Room, in_order};
use super::{ChatError, Console};
use crate::app::{Caller, Completion, Inbound, Outcome};
use crate::domain::card::Card;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::request::Platform;
use crate::domain::text::{Locale, Phrase};
use crate::ports::DeliveryId;

/// Who types or clicks, and in which language they read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    pub(super) person: PersonId,
    pub(super) locale: Locale,
}

/// What somebody sent, as far as the answer depends on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent<'a> {
    pub(super) person: PersonId,
    pub(super) room: Room,
    /// The chat's last change before it was handled.
    pub(super) since: i64,
    /// The message whose button was clicked; nothing for a typed line.
    pub(super) clicked: Option<&'a Message>,
}

/// Why somebody gets no messages for what they sent.
#[derive(Debug)]
pub(super) enum Unanswered {
    /// The chat broke; what was sent did nothing, as far as the chat knows.
    Broken(ChatError),
    /// What was sent was recorded, and stands; only the chat cannot show it.
    Recorded {
        /// Of which request.
        request: RequestId,
        /// Why it cannot.
        error: ChatError,
    },
}

impl From<ChatError> for Unanswered {
    fn from(error: ChatError) -> Self {
        Self::Broken(error)
    }
}

impl Console {
    /// A typed line. Answers what its author sees because of it, the line first.
    pub(super) async fn type_line(
        &self,
        speaker: Speaker,
        room: Room,
        text: String,
    ) -> Result<Vec<Arc<Message>>, Unanswered> {
        if text.trim().is_empty() {
            let delivery = self.delivery();
            return self.command(speaker, room, text, delivery).await;
        }
        let line = self.line(speaker.person, room, text.clone());
        if room == Room::Channel && !is_for_bot(&text) {
            return Ok(vec![self.store.say(line).await?]);
        }
        let line = self.store.say_first(line).await?;
        let delivery = DeliveryId(format!("console/{}", line.id));
        let mut messages = self.command(speaker, room, text, delivery).await?;
        self.store.sync(&line).await?;
        messages.push(line);
        Ok(in_order(messages))
    }

    /// Hands a command to the application. Answers what its author sees because of it.
    pub(super) async fn command(
        &self,
        speaker: Speaker,
        room: Room,
        text: String,
        delivery: DeliveryId,
    ) -> Result<Vec<Arc<Message>>, Unanswered> {
        let since = self.store.latest_change();
        let outcome = self.door.handle(Inbound::Command { caller: caller(speaker, room, delivery), text }).await;
        self.settle(Sent { person: speaker.person, room, since, clicked: None }, outcome).await
    }

    /// What could follow half a line.
    pub(super) async fn complete(&self, speaker: Speaker, text: String) -> Completion {
        let caller = caller(speaker, Room::Channel, self.delivery());
        match self.door.handle(Inbound::Complete { caller, text }).await {
            Outcome::Completion(completion) => completion,
            Outcome::Answer(_) | Outcome::Changed(_) | Outcome::Recorded { .. } => Completion::default(),
        }
    }

    /// The messages that an outcome is for whoever sent something: the answer, what changed of the request since then, or both.
    pub(super) async fn settle(&self, sent: Sent<'_>, outcome: Outcome) -> Result<Vec<Arc<Message>>, Unanswered> {
        let (request, said) = match outcome {
            Outcome::Answer(card) => {
                let answer = self.answer(sent.person, sent.room, card).await?;
                let clicked = self.newest(sent.clicked, sent.person).await?;
                return Ok(in_order(clicked.into_iter().chain([answer]).collect()));
            }
            Outcome::Changed(request) => (request, None),
            // The card that was clicked says it itself.
            Outcome::Recorded { request, said } => (request, sent.clicked.is_none().then_some(said)),
            Outcome::Completion(_) => return Ok(Vec::new()),
        };
        let shown = self.recorded(sent, &request, said).await;
        shown.map_err(|error| Unanswered::Recorded { request, error })
    }

    /// What was recorded stands, even where its card could not be changed; then the person is told so.
    async fn recorded(
        &self,
        sent: Sent<'_>,
        request: &RequestId,
        said: Option<Card>,
    ) -> Result<Vec<Arc<Message>>, ChatError> {
        let mut messages = self.store.changed(sent.person, sent.since).await?;
        messages.retain(|message| message.request() == Some(request));
        let shown = match sent.clicked {
            Some(clicked) => messages.iter().any(|message| message.id == clicked.id),
            None => !messages.is_empty(),
        };
        if let Some(said) = said {
            messages.push(self.answer(sent.person, sent.room, said).await?);
        } else if !shown {
            messages.extend(self.newest(sent.clicked, sent.person).await?);
            messages.push(self.tell_recorded(sent.person, sent.room, request).await?);
        }
        Ok(in_order(messages))
    }

    async fn tell_recorded(
        &self,
        person: PersonId,
        room: Room,
        request: &RequestId,
    ) -> Result<Arc<Message>, ChatError> {
        let text = Phrase::new("console-recorded").with("request", request.as_str());
        let card = Card::saying(Phrase::new("console-recorded-title"), vec![text]);
        self.answer(person, room, Card { rehearsal: self.rehearsal, ..card }).await
    }

    /// The message as it is now, as far as the person sees it.
    pub(super) async fn newest(
        &self,
        message: Option<&Message>,
        person: PersonId,
    ) -> Result<Option<Arc<Message>>, ChatError> {
        let Some(message) = message else { return Ok(None) };
        Ok(self.store.find(&message.id).await?.filter(|message| message.is_visible_to(person)))
    }

    /// Says something to one person.
    pub(super) async fn answer(&self, person: PersonId, room: Room, card: Card) -> Result<Arc<Message>, ChatError> {
        self.store.say(self.new_message(room, Some(person), Author::Bot, Content::Card(card))).await
    }

    /// Says why something was not done.
    pub(super) async fn refuse(&self, person: PersonId, room: Room, why: Phrase) -> Result<Arc<Message>, ChatError> {
        let card = Card::saying(Phrase::new("console-refused"), vec![why]);
        self.answer(person, room, Card { rehearsal: self.rehearsal, ..card }).await
    }

    fn line(&self, author: PersonId, room: Room, text: String) -> NewMessage {
        let viewer = match room {
            Room::Channel => None,
            Room::Direct => Some(author),
        };
        self.new_message(room, viewer, Author::Person(author), Content::Line(text))
    }

    fn new_message(&self, room: Room, viewer: Option<PersonId>, author: Author, content: Content) -> NewMessage {
        NewMessage { id: self.random_name(), room, viewer, author, content, at: self.time.now() }
    }

    /// A name for a delivery that nobody can send twice.
    pub(super) fn delivery(&self) -> DeliveryId {
        DeliveryId(format!("console/{}", self.random_name()))
    }

    fn random_name(&self) -> String {
        let mut bytes = uuid::Bytes::default();
        self.random.fill(&mut bytes);
        let name: Uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
        name.as_hyphenated().to_string()
    }
}

/// The speaker as the application knows them.
pub(super) fn caller(speaker: Speaker, room: Room, delivery: DeliveryId) -> Caller {
    Caller {
        person: speaker.person,
        platform: Platform::Console,
        place: room.place(),
        locale: speaker.locale,
        delivery,
    }
}
