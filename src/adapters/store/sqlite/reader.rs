//! Everything that is read, on a few read-only connections. Never writes, never waits for the writer: WAL gives each statement
//! the newest committed state.

use std::path::Path;

use jiff::Timestamp;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{ConnectOptions, SqlitePool};

use super::code::{damaged, instant, micros, salt_of, sql};
use super::open::{self, OpenError};
use super::rows::{self, CardRow, RequestRow, TaskRow};
use super::trail::TrailRow;
use crate::domain::audit::{AuditKey, Happening, bind_text};
use crate::domain::ids::{PersonId, RequestId, TenantId};
use crate::domain::request::{Actor, Event, Request, TextRef};
use crate::domain::text::Locale;
use crate::ports::{PostedCard, StoreError, Task};

/// The conditions on the work are word for word those of the partial indexes, which are not used otherwise.
const EXECUTIONS: &str = "SELECT work, due, attempts FROM task \
     WHERE tenant = $1 AND due <= $2 AND substr(work, 1, 11) = '{\"execute\":' ORDER BY due, work LIMIT $3";
const OTHER_WORK: &str = "SELECT work, due, attempts FROM task \
     WHERE tenant = $1 AND due <= $2 AND substr(work, 1, 11) <> '{\"execute\":' ORDER BY due, work LIMIT $3";

/// Readers at once; more than the worker's tasks would only wait for the two or four cores of a small machine.
const CONNECTIONS: u32 = 4;

/// The database of one tenant, open for reading; also while another process writes.
#[derive(Clone, Debug)]
pub struct SqliteReader {
    pub(super) pool: SqlitePool,
    pub(super) tenant: TenantId,
    pub(super) tenant_column: String,
    pub(super) key: AuditKey,
}

impl SqliteReader {
    /// Opens a database that is there. No tenant: the one that the database names; its trail begins with a seal over it.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(file: &Path, tenant: Option<TenantId>, key: AuditKey) -> Result<Self, OpenError> {
        if !file.exists() {
            return Err(OpenError::Missing(file.to_owned()));
        }
        let mut connection = open::reading(file).connect().await.map_err(sql)?;
        open::check_version(&mut connection, file).await?;
        let identity = open::identity(&mut connection).await?;
        let identity = identity.ok_or_else(|| damaged("it does not say whose it is"))?;
        let named = identity.tenant.parse().map_err(|_| damaged("it names a tenant that is none"))?;
        let tenant = tenant.unwrap_or(named);
        identity.check(tenant, &key)?;
        Ok(Self::over(file, tenant, key))
    }

    /// Readers beside a writer that has checked everything.
    pub(super) fn over(file: &Path, tenant: TenantId, key: AuditKey) -> Self {
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with(open::reading(file));
        Self { pool, tenant, tenant_column: tenant.to_string(), key }
    }

    /// Whose database it is.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Closes the connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// The request as its row says; for showing.
    ///
    /// # Errors
    /// The database failed, or the row makes no sense.
    pub async fn request(&self, id: &RequestId) -> Result<Option<Request>, StoreError> {
        let body: Option<(String,)> = sqlx::query_as("SELECT body FROM request WHERE tenant = $1 AND id = $2")
            .bind(&self.tenant_column)
            .bind(id.as_str())
            .fetch_optional(&self.pool)
            .await
            .map_err(sql)?;
        body.map(|(body,)| rows::request(&body, id.as_str())).transpose()
    }

    /// The request as its sealed trail proves it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] names the first record whose seal is broken, or the request whose row says something else.
    pub async fn proven_request(&self, id: &RequestId) -> Result<Option<Request>, StoreError> {
        // Both statements see one state: a unit committed between them would look like a forgery.
        let mut snapshot = self.pool.begin().await.map_err(sql)?;
        let records: Vec<TrailRow> = sqlx::query_as(
            "SELECT seq, at, request, record, previous, seal FROM audit WHERE tenant = $1 AND request = $2 ORDER BY seq",
        )
        .bind(&self.tenant_column)
        .bind(id.as_str())
        .fetch_all(&mut *snapshot)
        .await
        .map_err(sql)?;
        let row: Option<RequestRow> = sqlx::query_as(
            "SELECT id, version, state, subject, requester, opened_at, body FROM request WHERE tenant = $1 AND id = $2",
        )
        .bind(&self.tenant_column)
        .bind(id.as_str())
        .fetch_optional(&mut *snapshot)
        .await
        .map_err(sql)?;
        snapshot.commit().await.map_err(sql)?;
        if records.is_empty() && row.is_none() {
            return Ok(None);
        }
        let request = self.replay(id, records)?;
        match row {
            Some(row) if row.says(&request)? => Ok(Some(request)),
            _ => Err(damaged(format!("the row of {id} says something else than its audit trail"))),
        }
    }

    pub(super) fn replay(&self, id: &RequestId, records: Vec<TrailRow>) -> Result<Request, StoreError> {
        let mut arrows = Vec::with_capacity(records.len());
        for row in records {
            let record = row.open(&self.key)?.record;
            if let Happening::Request { event, .. } = record.happening {
                arrows.push((record.at, event));
            }
        }
        Request::replay(id, arrows.iter().map(|(at, event)| (*at, event.as_ref())))
            .map_err(|error| damaged(format!("the audit trail of {id} makes no sense: {error}")))
    }

    /// The arrows of a request, in order, for showing.
    ///
    /// # Errors
    /// The database failed.
    pub async fn trail(&self, id: &RequestId) -> Result<Vec<(Timestamp, Actor, Event)>, StoreError> {
        let rows: Vec<TrailRow> = sqlx::query_as(
            "SELECT seq, at, request, record, previous, seal FROM audit WHERE tenant = $1 AND request = $2 ORDER BY seq",
        )
        .bind(&self.tenant_column)
        .bind(id.as_str())
        .fetch_all(&self.pool)
        .await
        .map_err(sql)?;
        let mut arrows = Vec::with_capacity(rows.len());
        for row in rows {
            let record = row.record()?;
            if let Happening::Request { event, .. } = record.happening {
                arrows.push((record.at, record.actor, *event));
            }
        }
        Ok(arrows)
    }

    /// The words that people wrote, unless erased.
    ///
    /// # Errors
    /// The database failed, or the words are not those that the trail refers to.
    pub async fn text(&self, reference: TextRef) -> Result<Option<String>, StoreError> {
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT salt, text FROM private_text WHERE tenant = $1 AND reference = $2")
                .bind(&self.tenant_column)
                .bind(reference.0.to_string())
                .fetch_optional(&self.pool)
                .await
                .map_err(sql)?;
        match row {
            None => Ok(None),
            Some((salt, text)) if binds(reference, &salt, &text) => Ok(Some(text)),
            Some(_) => Err(damaged("a text is not the one that was written")),
        }
    }

    /// The language that each person last used.
    ///
    /// # Errors
    /// The database failed.
    pub async fn languages(&self, limit: u32) -> Result<Vec<(PersonId, Locale)>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT person, locale FROM language_last_used WHERE tenant = $1 ORDER BY person LIMIT $2")
                .bind(&self.tenant_column)
                .bind(i64::from(limit))
                .fetch_all(&self.pool)
                .await
                .map_err(sql)?;
        // One that cannot be read is one that nobody knows: no reason to keep the bot from starting.
        let known = |(person, locale): (String, String)| Some((person.parse().ok()?, Locale::from_tag(&locale)?));
        Ok(rows.into_iter().filter_map(known).collect())
    }

    /// Every card of a request, in the order in which they were caused.
    ///
    /// # Errors
    /// The database failed.
    pub async fn cards(&self, request: &RequestId) -> Result<Vec<PostedCard>, StoreError> {
        let rows: Vec<CardRow> = sqlx::query_as(
            "SELECT id, view, addressee, locale, delivery, message, rendered FROM posted_card \
             WHERE tenant = $1 AND request = $2 ORDER BY caused_by, place_in_unit",
        )
        .bind(&self.tenant_column)
        .bind(request.as_str())
        .fetch_all(&self.pool)
        .await
        .map_err(sql)?;
        rows.into_iter().map(|row| row.card(request)).collect()
    }

    /// Work that is due: approved changes first, then the rest, each oldest first. However much dies at one moment, nobody's
    /// change waits behind it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Task>, StoreError> {
        let mut rows = self.due_of(EXECUTIONS, now, limit).await?;
        let left = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(limit));
        rows.extend(self.due_of(OTHER_WORK, now, left).await?);
        rows.into_iter().map(rows::task).collect()
    }

    async fn due_of(&self, statement: &'static str, now: Timestamp, limit: u32) -> Result<Vec<TaskRow>, StoreError> {
        let rows = sqlx::query_as(statement).bind(&self.tenant_column).bind(micros(now)).bind(i64::from(limit));
        rows.fetch_all(&self.pool).await.map_err(sql)
    }

    /// When the next work is due.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let (due,): (Option<i64>,) = sqlx::query_as("SELECT min(due) FROM task WHERE tenant = $1")
            .bind(&self.tenant_column)
            .fetch_one(&self.pool)
            .await
            .map_err(sql)?;
        due.map(|due| instant(due, "a task")).transpose()
    }
}

/// Do salt and words give the reference?
pub(super) fn binds(reference: TextRef, salt: &str, text: &str) -> bool {
    salt_of(salt).is_some_and(|salt| bind_text(&salt, text) == reference)
}
