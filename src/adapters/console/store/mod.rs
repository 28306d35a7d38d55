//! The chat's own storage, as a chat platform has its own servers: one SQLite file beside the bot's, behind the [`Chat`] port.
//! Keeps cards, not sentences. Never knows who may do what.

mod live;
mod private;
mod recent;
mod rows;
mod writer;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlitePool};
use tokio::sync::{mpsc, oneshot};

use self::live::Live;
pub(super) use self::live::Subscription;
use self::recent::Recent;
use self::writer::{Durability, Job, Write, Writer};
use super::message::{Author, Content, Message, NewMessage, Room};
use crate::domain::card::Card;
use crate::domain::ids::PersonId;
use crate::domain::request::Platform;
use crate::domain::text::Locale;
use crate::ports::{Addressee, CardId, Chat, Clock, MessageRef, PortError};

/// How many messages are held in memory.
const RECENT: usize = 1_000;
/// How many writes may wait.
const QUEUE: usize = 1_024;
/// Nobody else writes; a checkpoint of a reader can be in the way for a moment.
const BUSY: Duration = Duration::from_secs(5);

/// The chat's storage broke.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ChatError {
    /// The file cannot be read or written: disk full, gone, from a newer version.
    #[error("the chat's file failed")]
    Failed(#[source] Arc<dyn std::error::Error + Send + Sync>),
    /// What was read makes no sense: changed by hand, or from a newer version.
    #[error("the chat's file is damaged: {0}")]
    Damaged(String),
    /// The chat was closed.
    #[error("the chat is closed")]
    Closed,
}

impl From<sqlx::Error> for ChatError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(Arc::new(error))
    }
}

impl From<std::io::Error> for ChatError {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(Arc::new(error))
    }
}

impl From<sqlx::migrate::MigrateError> for ChatError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Failed(Arc::new(error))
    }
}

impl From<ChatError> for PortError {
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::Failed(_) | ChatError::Closed => Self::Passing { what: error.to_string(), retry_after: None },
            ChatError::Damaged(_) => Self::Lasting { what: error.to_string() },
        }
    }
}

/// Every message of the chat.
#[derive(Debug)]
pub struct ChatStore {
    clock: Arc<dyn Clock>,
    jobs: mpsc::Sender<Job>,
    reader: SqlitePool,
    live: Arc<Live>,
}

impl ChatStore {
    /// Opens the file, makes it when it is missing, and starts its writer. One process at a time: whoever opens it holds the
    /// lock of the data directory.
    ///
    /// # Errors
    /// The file cannot be read or written, or a newer version made it.
    pub async fn open(file: &Path, clock: Arc<dyn Clock>) -> Result<Self, ChatError> {
        Self::open_holding(file, clock, RECENT).await
    }

    async fn open_holding(file: &Path, clock: Arc<dyn Clock>, held: usize) -> Result<Self, ChatError> {
        private::make(file)?;
        Self::open_with(SqliteConnectOptions::new().filename(file).busy_timeout(BUSY), clock, held).await
    }

    async fn open_with(options: SqliteConnectOptions, clock: Arc<dyn Clock>, held: usize) -> Result<Self, ChatError> {
        let writing = options.clone().journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        let mut connection = writing.connect().await?;
        sqlx::migrate!("src/adapters/console/store/migrations").run(&mut connection).await?;
        let (newest, blind) = rows::newest(&mut connection, held).await?;
        let latest_change = rows::latest_change(&mut connection).await?;
        let live = Arc::new(Live::new(Recent::new(newest, blind, held)));
        let reader = SqlitePoolOptions::new().max_connections(2).connect_lazy_with(options.read_only(true));
        let (jobs, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(Writer::new((connection, writing), Arc::clone(&live), latest_change).run(waiting));
        Ok(Self { clock, jobs, reader, live })
    }

    /// Ends every stream of events, so that a server with open ones can stop.
    pub fn close_streams(&self) {
        self.live.close();
    }

    /// The message of this id, whoever may see it.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn find(&self, id: &str) -> Result<Option<Arc<Message>>, ChatError> {
        let held = self.live.recent().find(id);
        match held {
            Some(message) => Ok(Some(message)),
            None => rows::find(&self.reader, id).await,
        }
    }

    /// What the person sees of the messages created after this one (0: of all), oldest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn visible_to(&self, person: PersonId, after: i64) -> Result<Vec<Arc<Message>>, ChatError> {
        let (recent, floor) = self.live.recent().after(after, person);
        if after >= floor {
            return Ok(recent);
        }
        let mut messages = rows::between(&self.reader, person, after, floor).await?;
        messages.extend(recent);
        Ok(messages)
    }

    /// The latest change of all.
    pub(super) fn latest_change(&self) -> i64 {
        self.live.recent().latest()
    }

    /// What the person sees of everything that appeared or changed after this change; of each message its newest state.
    pub(super) async fn changed(&self, person: PersonId, change: i64) -> Result<Vec<Arc<Message>>, ChatError> {
        let recent = self.live.recent().changed(change, person);
        match recent {
            Some(messages) => Ok(messages),
            None => rows::changed(&self.reader, person, change).await,
        }
    }

    /// How many votes are asked of whom.
    pub(super) async fn asked(&self) -> Result<BTreeMap<PersonId, i64>, ChatError> {
        Ok(rows::asked(&self.reader).await?.into_iter().collect())
    }

    /// Everything that appears or changes from now on.
    pub(super) fn subscribe(&self) -> Subscription {
        self.live.subscribe()
    }

    /// A new message. On disk when this answers.
    pub(super) async fn say(&self, message: NewMessage) -> Result<Arc<Message>, ChatError> {
        self.put(message, Durability::Synced).await
    }

    /// A new message that something else follows: it is on disk before that is. [`Self::sync`] makes sure when nothing followed.
    pub(super) async fn say_first(&self, message: NewMessage) -> Result<Arc<Message>, ChatError> {
        self.put(message, Durability::Ordered).await
    }

    /// The message, as it is given, is on disk when this answers. Waits for nothing when it is already.
    pub(super) async fn sync(&self, message: &Message) -> Result<(), ChatError> {
        if self.live.is_synced(message.change) {
            return Ok(());
        }
        self.write(Write::Sync, Durability::Synced).await.map(drop)
    }

    async fn put(&self, message: NewMessage, durability: Durability) -> Result<Arc<Message>, ChatError> {
        let written = self.write(Write::Put(Box::new(message)), durability).await?;
        written.ok_or_else(|| ChatError::Damaged("a message went missing while it was written".to_owned()))
    }

    async fn write(&self, write: Write, durability: Durability) -> Result<Option<Arc<Message>>, ChatError> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job { write, durability, answer }).await.map_err(|_| ChatError::Closed)?;
        answered.await.map_err(|_| ChatError::Closed)?
    }
}

#[async_trait]
impl Chat for ChatStore {
    async fn post(&self, nonce: CardId, to: &Addressee, _: Locale, card: &Card) -> Result<MessageRef, PortError> {
        let room = room_of(to)?;
        let message = NewMessage {
            id: nonce.0.as_hyphenated().to_string(),
            room,
            viewer: to.only,
            author: Author::Bot,
            content: Content::Card(card.clone()),
            at: self.clock.now(),
        };
        Ok(MessageRef(self.say(message).await?.id.clone()))
    }

    async fn update(&self, message: &MessageRef, _: Locale, card: &Card) -> Result<(), PortError> {
        let edit = Write::Edit { id: message.0.clone(), card: Box::new(card.clone()) };
        match self.write(edit, Durability::Synced).await? {
            Some(_) => Ok(()),
            None => Err(PortError::Absent { what: format!("message {}", message.0) }),
        }
    }
}

fn room_of(to: &Addressee) -> Result<Room, PortError> {
    let here = to.platform == Platform::Console;
    let room = Room::of(&to.place).filter(|room| here && (*room == Room::Channel || to.only.is_some()));
    room.ok_or_else(|| PortError::Absent { what: format!("the place {:?} of {:?}", to.place, to.platform) })
}

#[cfg(test)]
mod failing;
#[cfg(test)]
mod tests;
