//! The only writer of the chat's file. Whatever waits is written in one transaction, so that many messages share one sync to
//! disk; nobody is answered before the commit that holds their message.

use std::sync::Arc;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::super::message::{Author, Content, Message, NewMessage};
use super::live::Live;
use super::{ChatError, rows};
use crate::domain::card::Card;

/// The most writes of one transaction.
const BATCH: usize = 256;

/// One thing to write.
#[derive(Debug)]
pub(super) enum Write {
    /// Creates the message. When it is there already, only its content becomes this one.
    Put(Box<NewMessage>),
    /// Changes what a card says.
    Edit {
        /// Which message.
        id: String,
        /// What it says now.
        card: Box<Card>,
    },
    /// Nothing; but all before it is on disk when it is answered.
    Sync,
}

/// How sure it must be before it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Durability {
    /// On disk.
    Synced,
    /// Outlives this process, and is on disk before anything written later is.
    Ordered,
}

/// A write, and who waits for it. The answer is the message as it is then; none when it does not exist.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) write: Write,
    pub(super) durability: Durability,
    pub(super) answer: oneshot::Sender<Result<Option<Arc<Message>>, ChatError>>,
}

/// The writer's connection, and what it knows about it.
#[derive(Debug)]
pub(super) struct Writer {
    connection: SqliteConnection,
    /// How the file was opened: after a commit that failed, the connection is given up and opened anew.
    options: SqliteConnectOptions,
    live: Arc<Live>,
    latest_change: i64,
    /// What SQLite was last told.
    durability: Durability,
    /// Is something committed that is not on disk?
    unsynced: bool,
}

/// What a batch did.
struct Written {
    answers: Vec<Option<Arc<Message>>>,
    changed: Vec<Arc<Message>>,
    latest_change: i64,
}

impl Writer {
    /// `connection` syncs every commit.
    pub(super) fn new(
        (connection, options): (SqliteConnection, SqliteConnectOptions),
        live: Arc<Live>,
        latest_change: i64,
    ) -> Self {
        Self { connection, options, live, latest_change, durability: Durability::Synced, unsynced: false }
    }

    /// Writes until nobody can send anything more.
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut batch = Vec::new();
        while jobs.recv_many(&mut batch, BATCH).await > 0 {
            self.write(std::mem::take(&mut batch)).await;
        }
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "the chat's file was not closed cleanly");
        }
    }

    async fn write(&mut self, jobs: Vec<Job>) {
        let (writes, answers): (Vec<_>, Vec<_>) =
            jobs.into_iter().map(|job| ((job.write, job.durability), job.answer)).unzip();
        match self.commit(writes).await {
            Ok(written) => {
                self.latest_change = written.latest_change;
                self.live.publish(&written.changed);
                if !self.unsynced {
                    self.live.mark_synced();
                }
                for (waiting, message) in answers.into_iter().zip(written.answers) {
                    // Whoever does not wait any more does not need to hear.
                    let _ = waiting.send(Ok(message));
                }
            }
            Err(error) => {
                tracing::error!(error = &error as &(dyn std::error::Error + 'static), "the chat cannot be written");
                self.begin_anew().await;
                for waiting in answers {
                    let _ = waiting.send(Err(error.clone()));
                }
            }
        }
    }

    /// A transaction that failed, on a full disk for one, may stay open on its connection and swallow everything after it; and one
    /// that was said to have failed may still be in the file.
    async fn begin_anew(&mut self) {
        if let Err(error) = self.reopen().await {
            tracing::error!(%error, "the chat's file cannot be opened anew; the next write tries again");
        }
    }

    async fn reopen(&mut self) -> Result<(), ChatError> {
        self.connection = self.options.connect().await?;
        self.durability = Durability::Synced;
        let unseen = rows::since(&mut self.connection, self.latest_change).await?;
        self.latest_change = unseen.last().map_or(self.latest_change, |newest| newest.change);
        self.live.publish(&unseen);
        Ok(())
    }

    async fn commit(&mut self, writes: Vec<(Write, Durability)>) -> Result<Written, ChatError> {
        let synced = writes.iter().any(|(_, durability)| *durability == Durability::Synced);
        self.set_durability(if synced { Durability::Synced } else { Durability::Ordered }).await?;
        let touched = self.unsynced && synced;
        let mut transaction = self.connection.begin().await?;
        let mut written = Written { answers: Vec::new(), changed: Vec::new(), latest_change: self.latest_change };
        for (write, _) in writes {
            apply(&mut transaction, write, &mut written).await?;
        }
        if touched && written.changed.is_empty() {
            rows::touch(&mut transaction).await?;
        }
        transaction.commit().await?;
        self.unsynced = if synced { false } else { self.unsynced || !written.changed.is_empty() };
        Ok(written)
    }

    async fn set_durability(&mut self, wanted: Durability) -> Result<(), ChatError> {
        if self.durability != wanted {
            let pragma = match wanted {
                Durability::Synced => "PRAGMA synchronous = FULL",
                Durability::Ordered => "PRAGMA synchronous = NORMAL",
            };
            sqlx::query(pragma).execute(&mut self.connection).await?;
            self.durability = wanted;
        }
        Ok(())
    }
}

async fn apply(connection: &mut SqliteConnection, write: Write, written: &mut Written) -> Result<(), ChatError> {
    let message = match write {
        Write::Sync => None,
        Write::Edit { id, card } => match rows::find(&mut *connection, &id).await? {
            Some(old) => Some(edit(connection, old, Content::Card(*card), written).await?),
            None => None,
        },
        Write::Put(new) => Some(match rows::find(&mut *connection, &new.id).await? {
            Some(old) => edit(connection, old, new.content, written).await?,
            None => created(written, rows::insert(connection, *new, written.latest_change + 1).await?),
        }),
    };
    written.answers.push(message);
    Ok(())
}

/// A change of nothing is none. What people typed is never changed.
async fn edit(
    connection: &mut SqliteConnection,
    old: Arc<Message>,
    content: Content,
    written: &mut Written,
) -> Result<Arc<Message>, ChatError> {
    if old.content == content || old.author != Author::Bot {
        return Ok(old);
    }
    let message = rows::edit(connection, &old, content, written.latest_change + 1).await?;
    Ok(created(written, message))
}

fn created(written: &mut Written, message: Arc<Message>) -> Arc<Message> {
    written.latest_change = message.change;
    written.changed.push(Arc::clone(&message));
    message
}
