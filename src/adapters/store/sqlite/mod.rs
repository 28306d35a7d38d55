//! SQLite behind the `Store` port: one writer with group commit, a few readers, a sealed trail. WAL with synchronous FULL:
//! what was answered is on the disk. Never a network filesystem, never two writers on one database.

mod batch;
mod code;
mod consequences;
mod export;
mod forgetting;
mod listing;
mod open;
mod reader;
mod rows;
mod trail;
mod unit;
mod verify;
mod writer;

use std::path::Path;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::domain::audit::{AuditKey, Reading};
use crate::domain::ids::{PersonId, RequestId, TenantId};
use crate::domain::request::{Actor, Digest, Event, Request, TextRef};
use crate::domain::text::Locale;
use crate::ports::{Commit, Listed, Listing, PostedCard, Store, StoreError, Task, Unit};

pub use export::{ExportError, ExportFormat};
pub use open::{OpenError, file_of, tenant_of};
pub use reader::SqliteReader;
pub use verify::{Fault, Report};

use writer::{Change, Writer};

/// The database of one tenant, open for writing. There is at most one in a data directory; the instance lock sees to it.
#[derive(Debug)]
pub struct SqliteStore {
    reader: SqliteReader,
    writer: Writer,
}

impl SqliteStore {
    /// Opens the database, makes it when there is none, and brings it to this version.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(file: &Path, tenant: TenantId, key: AuditKey) -> Result<Self, OpenError> {
        let connection = open::for_writing(file, tenant, &key).await?;
        let writer = Writer::start(file.to_owned(), connection, tenant, key.clone());
        Ok(Self { reader: SqliteReader::over(file, tenant, key), writer })
    }

    /// Reading alone.
    pub fn reader(&self) -> &SqliteReader {
        &self.reader
    }

    /// Finishes what was begun and closes the database. Later calls fail.
    pub async fn close(&self) {
        // The writer goes last: only it can fold the write-ahead log into the database.
        self.reader.close().await;
        self.writer.close().await;
    }

    async fn change(&self, change: Change) -> Result<(), StoreError> {
        self.writer.write(change).await.map(|_| ())
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn commit(&self, unit: Unit) -> Result<Commit, StoreError> {
        self.writer.write(Change::Unit(Box::new(unit))).await
    }

    async fn record_reading(&self, at: Timestamp, actor: Actor, reading: Reading) -> Result<(), StoreError> {
        self.change(Change::Reading(at, actor, reading)).await
    }

    async fn request(&self, id: &RequestId) -> Result<Option<Request>, StoreError> {
        self.reader.request(id).await
    }

    async fn proven_request(&self, id: &RequestId) -> Result<Option<Request>, StoreError> {
        self.reader.proven_request(id).await
    }

    async fn trail(&self, id: &RequestId) -> Result<Vec<(Timestamp, Actor, Event)>, StoreError> {
        self.reader.trail(id).await
    }

    async fn list(&self, listing: &Listing, limit: u32) -> Result<Listed, StoreError> {
        self.reader.list(listing, limit).await
    }

    async fn text(&self, reference: TextRef) -> Result<Option<String>, StoreError> {
        self.reader.text(reference).await
    }

    async fn keep_policy(&self, hash: Digest, texts: &str) -> Result<(), StoreError> {
        self.change(Change::Policy(hash, texts.to_owned())).await
    }

    async fn languages(&self, limit: u32) -> Result<Vec<(PersonId, Locale)>, StoreError> {
        self.reader.languages(limit).await
    }

    async fn keep_languages(&self, used: &[(PersonId, Locale)]) -> Result<(), StoreError> {
        if used.is_empty() { Ok(()) } else { self.change(Change::Languages(used.to_vec())).await }
    }

    async fn cards(&self, request: &RequestId) -> Result<Vec<PostedCard>, StoreError> {
        self.reader.cards(request).await
    }

    async fn save_cards(&self, cards: &[PostedCard]) -> Result<(), StoreError> {
        if cards.is_empty() { Ok(()) } else { self.change(Change::Cards(cards.to_vec())).await }
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Task>, StoreError> {
        self.reader.due(now, limit).await
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.reader.next_due().await
    }

    async fn finish(&self, task: &Task) -> Result<(), StoreError> {
        self.change(Change::Finish(task.clone())).await
    }

    async fn postpone(&self, task: &Task, due: Timestamp) -> Result<(), StoreError> {
        self.change(Change::Postpone(task.clone(), due)).await
    }
}
