//! The SQL of the chat, and how a row becomes a message. Never fills a gap with a guess: a row that makes no sense is an error.

use std::str::FromStr;
use std::sync::Arc;

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool};

use super::super::message::{Author, Content, Message, NewMessage, Room};
use super::ChatError;
use crate::domain::ids::PersonId;

/// The message of this id.
pub(super) async fn find<'e, E>(executor: E, id: &str) -> Result<Option<Arc<Message>>, ChatError>
where
    E: sqlx::Executor<'e, Database = sqlx::Sqlite>,
{
    let row = sqlx::query("SELECT * FROM message WHERE id = ?").bind(id).fetch_optional(executor).await?;
    row.as_ref().map(message).transpose()
}

/// What the person sees between two messages, the second included.
pub(super) async fn between(
    reader: &SqlitePool,
    person: PersonId,
    after: i64,
    until: i64,
) -> Result<Vec<Arc<Message>>, ChatError> {
    let query =
        sqlx::query("SELECT * FROM message WHERE seq > ? AND seq <= ? AND (viewer IS NULL OR viewer = ?) ORDER BY seq");
    let rows = query.bind(after).bind(until).bind(person.to_string()).fetch_all(reader).await?;
    rows.iter().map(message).collect()
}

/// What the person sees of everything that changed after `change`, in the order of the changes.
pub(super) async fn changed(
    reader: &SqlitePool,
    person: PersonId,
    change: i64,
) -> Result<Vec<Arc<Message>>, ChatError> {
    let query =
        sqlx::query("SELECT * FROM message WHERE change > ? AND (viewer IS NULL OR viewer = ?) ORDER BY change");
    let rows = query.bind(change).bind(person.to_string()).fetch_all(reader).await?;
    rows.iter().map(message).collect()
}

/// Everything that changed after `change`, whoever sees it, in the order of the changes.
pub(super) async fn since(connection: &mut SqliteConnection, change: i64) -> Result<Vec<Arc<Message>>, ChatError> {
    let query = sqlx::query("SELECT * FROM message WHERE change > ? ORDER BY change");
    let rows = query.bind(change).fetch_all(connection).await?;
    rows.iter().map(message).collect()
}

/// How many votes are asked of whom.
pub(super) async fn asked(reader: &SqlitePool) -> Result<Vec<(PersonId, i64)>, ChatError> {
    let query = sqlx::query(
        "SELECT viewer, COUNT(*) AS votes FROM message WHERE asks = 1 AND viewer IS NOT NULL GROUP BY viewer",
    );
    let rows = query.fetch_all(reader).await?;
    rows.iter().map(|row| Ok((person(row.try_get("viewer")?)?, row.try_get("votes")?))).collect()
}

/// The newest messages, oldest first, and the latest change of all others.
pub(super) async fn newest(
    connection: &mut SqliteConnection,
    count: usize,
) -> Result<(Vec<Arc<Message>>, i64), ChatError> {
    let limit = i64::try_from(count).unwrap_or(i64::MAX);
    let query = sqlx::query("SELECT * FROM (SELECT * FROM message ORDER BY seq DESC LIMIT ?) ORDER BY seq");
    let rows = query.bind(limit).fetch_all(&mut *connection).await?;
    let messages: Vec<Arc<Message>> = rows.iter().map(message).collect::<Result<_, _>>()?;
    let oldest = messages.first().map_or(0, |oldest| oldest.seq);
    let query = sqlx::query("SELECT COALESCE(MAX(change), 0) AS change FROM message WHERE seq < ?");
    let blind = query.bind(oldest).fetch_one(&mut *connection).await?.try_get("change")?;
    Ok((messages, blind))
}

/// The latest change of all.
pub(super) async fn latest_change(connection: &mut SqliteConnection) -> Result<i64, ChatError> {
    let query = sqlx::query("SELECT COALESCE(MAX(change), 0) AS change FROM message");
    Ok(query.fetch_one(connection).await?.try_get("change")?)
}

/// Creates a message.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    new: NewMessage,
    change: i64,
) -> Result<Arc<Message>, ChatError> {
    let stored = Stored::of(&new.content)?;
    let author = match new.author {
        Author::Bot => None,
        Author::Person(person) => Some(person.to_string()),
    };
    let query = sqlx::query(
        "INSERT INTO message (id, revision, change, room, viewer, author, line, card, request, asks, at)
         VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    let query = query.bind(&new.id).bind(change).bind(new.room.as_str()).bind(new.viewer.map(|only| only.to_string()));
    let query = query.bind(author).bind(stored.line).bind(stored.card).bind(stored.request).bind(stored.asks);
    let done = query.bind(new.at.to_string()).execute(connection).await?;
    Ok(Arc::new(Message {
        id: new.id,
        seq: done.last_insert_rowid(),
        revision: 1,
        change,
        room: new.room,
        viewer: new.viewer,
        author: new.author,
        content: new.content,
        at: new.at,
    }))
}

/// Changes what a message says.
pub(super) async fn edit(
    connection: &mut SqliteConnection,
    old: &Message,
    content: Content,
    change: i64,
) -> Result<Arc<Message>, ChatError> {
    let stored = Stored::of(&content)?;
    let revision = old.revision + 1;
    let query = sqlx::query(
        "UPDATE message SET revision = ?, change = ?, line = ?, card = ?, request = ?, asks = ? WHERE seq = ?",
    );
    let query = query.bind(revision).bind(change).bind(stored.line).bind(stored.card).bind(stored.request);
    query.bind(stored.asks).bind(old.seq).execute(connection).await?;
    Ok(Arc::new(Message { revision, change, content, ..old.clone() }))
}

/// Writes the newest row anew, so that the next sync to disk has something to sync.
pub(super) async fn touch(connection: &mut SqliteConnection) -> Result<(), ChatError> {
    let query = sqlx::query("UPDATE message SET at = at WHERE seq = (SELECT MAX(seq) FROM message)");
    query.execute(connection).await?;
    Ok(())
}

/// The content as columns.
struct Stored {
    line: Option<String>,
    card: Option<String>,
    request: Option<String>,
    asks: bool,
}

impl Stored {
    fn of(content: &Content) -> Result<Self, ChatError> {
        let asks = content.asks_for_vote();
        match content {
            Content::Line(line) => Ok(Self { line: Some(line.clone()), card: None, request: None, asks }),
            Content::Card(card) => {
                let text = serde_json::to_string(card).map_err(|error| ChatError::Damaged(error.to_string()))?;
                Ok(Self { line: None, card: Some(text), request: card.request.as_ref().map(ToString::to_string), asks })
            }
        }
    }
}

fn message(row: &SqliteRow) -> Result<Arc<Message>, ChatError> {
    let room: &str = row.try_get("room")?;
    let viewer: Option<&str> = row.try_get("viewer")?;
    let author: Option<&str> = row.try_get("author")?;
    Ok(Arc::new(Message {
        id: row.try_get("id")?,
        seq: row.try_get("seq")?,
        revision: row.try_get("revision")?,
        change: row.try_get("change")?,
        room: Room::from_word(room).ok_or_else(|| ChatError::Damaged(format!("no room is called {room}")))?,
        viewer: viewer.map(person).transpose()?,
        author: author.map(person).transpose()?.map_or(Author::Bot, Author::Person),
        content: content(row.try_get("line")?, row.try_get("card")?)?,
        at: parsed(row.try_get("at")?)?,
    }))
}

fn content(line: Option<String>, card: Option<&str>) -> Result<Content, ChatError> {
    match (line, card) {
        (Some(line), None) => Ok(Content::Line(line)),
        (None, Some(card)) => {
            serde_json::from_str(card).map(Content::Card).map_err(|error| ChatError::Damaged(error.to_string()))
        }
        _ => Err(ChatError::Damaged("a message must be a line or a card".to_owned())),
    }
}

fn person(id: &str) -> Result<PersonId, ChatError> {
    parsed(id)
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, ChatError> {
    text.parse().map_err(|error: T::Err| ChatError::Damaged(error.to_string()))
}
