//! One atomic unit in SQL: claim and compare-and-set, then the record and what it causes. Runs inside a transaction that somebody else commits;
//! never leaves half of itself there without saying that it is to be rolled back.

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::batch::Batch;
use super::code::{damaged, micros, sql};
use super::consequences;
use super::rows::{self, RequestRow};
use super::trail::Head;
use super::writer::Change;
use crate::domain::audit::{AuditKey, Happening, Record};
use crate::domain::ids::RequestId;
use crate::domain::request::{Actor, Request};
use crate::ports::{Commit, DeliveryId, StoreError, Unit};

/// Where a change is written: a transaction, whose data, and the end of the trail as it is by now.
pub(super) struct Desk<'a> {
    pub(super) connection: &'a mut SqliteConnection,
    pub(super) tenant: &'a str,
    pub(super) key: &'a AuditKey,
    pub(super) head: Head,
    /// Nobody else writes in this transaction, so the note of the trail's end goes with the change.
    pub(super) alone: bool,
}

impl Desk<'_> {
    /// Anything but [`Commit::Done`] is to be rolled back.
    pub(super) async fn write(&mut self, change: &Change) -> Result<Commit, StoreError> {
        let mut batch = Batch::new();
        let before = self.head;
        match change {
            Change::Unit(unit) => match self.claim(unit).await? {
                Commit::Done => self.unit(&mut batch, unit)?,
                lost => return Ok(lost),
            },
            Change::Reading(at, actor, reading) => {
                self.record(&mut batch, *at, *actor, Happening::Read(reading.clone()))?;
            }
            Change::Policy(hash, texts) => consequences::keep_policy(&mut batch, self.tenant, *hash, texts),
            Change::Cards(cards) => consequences::save_cards(&mut batch, self.tenant, cards)?,
            Change::Languages(used) => consequences::keep_languages(&mut batch, self.tenant, used),
            Change::Finish(task) => consequences::finish(&mut batch, self.tenant, task)?,
            Change::Postpone(task, due) => consequences::postpone(&mut batch, self.tenant, task, *due)?,
        }
        if self.alone && self.head != before {
            self.head.save(&mut batch, self.tenant, self.key)?;
        }
        batch.run(self.connection).await?;
        Ok(Commit::Done)
    }

    /// Is this delivery new, and was nobody faster?
    async fn claim(&mut self, unit: &Unit) -> Result<Commit, StoreError> {
        if let Some(delivery) = &unit.delivery
            && !self.first_time(delivery, unit.at).await?
        {
            return Ok(Commit::Repeated);
        }
        self.compare_and_set(&unit.request).await
    }

    fn unit(&mut self, batch: &mut Batch, unit: &Unit) -> Result<(), StoreError> {
        let (id, event) = (unit.request.id.clone(), Box::new(unit.event.clone()));
        self.record(batch, unit.at, unit.actor, Happening::Request { id, event })?;
        consequences::put_in(batch, self.tenant, &unit.tasks)?;
        consequences::insert_cards(batch, self.tenant, &unit.cards, unit.request.version)?;
        consequences::keep_texts(batch, self.tenant, &unit.texts);
        consequences::await_votes(batch, self.tenant, &unit.request);
        Ok(())
    }

    fn record(
        &mut self,
        batch: &mut Batch,
        at: Timestamp,
        actor: Actor,
        happening: Happening,
    ) -> Result<(), StoreError> {
        let record = Record { seq: self.head.0.seq + 1, at, actor, happening };
        self.head = self.head.append(batch, self.tenant, self.key, &record)?;
        Ok(())
    }

    async fn first_time(&mut self, delivery: &DeliveryId, at: Timestamp) -> Result<bool, StoreError> {
        let insert = sqlx::query("INSERT INTO delivery (tenant, id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        let insert = insert.bind(self.tenant).bind(&delivery.0).bind(micros(at));
        Ok(insert.execute(&mut *self.connection).await.map_err(sql)?.rows_affected() == 1)
    }

    async fn compare_and_set(&mut self, request: &Request) -> Result<Commit, StoreError> {
        let row = RequestRow::of(request)?;
        let written = if request.version == 1 { self.insert(row).await } else { self.update(row).await };
        match written {
            Ok(1) => Ok(Commit::Done),
            Ok(_) => self.lost(&request.id).await,
            // A request that is updated keeps its key, so the only index that can refuse it is the lane's.
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(Commit::LaneTaken),
            Err(error) => Err(sql(error)),
        }
    }

    async fn insert(&mut self, row: RequestRow) -> Result<u64, sqlx::Error> {
        sqlx::query(
            "INSERT INTO request (tenant, id, version, state, subject, requester, opened_at, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant, id) DO NOTHING",
        )
        .bind(self.tenant)
        .bind(row.id)
        .bind(row.version)
        .bind(row.state)
        .bind(row.subject)
        .bind(row.requester)
        .bind(row.opened_at)
        .bind(row.body)
        .execute(&mut *self.connection)
        .await
        .map(|done| done.rows_affected())
    }

    async fn update(&mut self, row: RequestRow) -> Result<u64, sqlx::Error> {
        sqlx::query(
            "UPDATE request SET version = $3, state = $4, body = $5 WHERE tenant = $1 AND id = $2 AND version = $3 - 1",
        )
        .bind(self.tenant)
        .bind(row.id)
        .bind(row.version)
        .bind(row.state)
        .bind(row.body)
        .execute(&mut *self.connection)
        .await
        .map(|done| done.rows_affected())
    }

    async fn lost(&mut self, id: &RequestId) -> Result<Commit, StoreError> {
        let newest: Option<(String,)> = sqlx::query_as("SELECT body FROM request WHERE tenant = $1 AND id = $2")
            .bind(self.tenant)
            .bind(id.as_str())
            .fetch_optional(&mut *self.connection)
            .await
            .map_err(sql)?;
        let (body,) = newest.ok_or_else(|| damaged(format!("{id} is gone")))?;
        Ok(Commit::Lost(Box::new(rows::request(&body, id.as_str())?)))
    }
}
