//! One atomic unit in SQL: compare-and-set, record, and what it causes. Runs inside a transaction that somebody else commits;
//! never leaves half of itself there without saying that it is to be rolled back.

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::code::{column, damaged, delivery_columns, json, micros, salt_column, sql, word};
use super::rows::{self, RequestRow};
use super::trail::Head;
use super::writer::Change;
use crate::domain::audit::{AuditKey, Happening, Record};
use crate::domain::ids::RequestId;
use crate::domain::request::{Actor, Digest, Request};
use crate::ports::{Commit, DeliveryId, PostedCard, PrivateText, StoreError, Task, Unit};

/// Where a change is written: a transaction, whose data, and the end of the trail as it is by now.
pub(super) struct Desk<'a> {
    pub(super) connection: &'a mut SqliteConnection,
    pub(super) tenant: &'a str,
    pub(super) key: &'a AuditKey,
    pub(super) head: Head,
}

impl Desk<'_> {
    /// Anything but [`Commit::Done`] is to be rolled back.
    pub(super) async fn write(&mut self, change: &Change) -> Result<Commit, StoreError> {
        match change {
            Change::Unit(unit) => return self.unit(unit).await,
            Change::Reading(at, actor, reading) => self.record(*at, *actor, Happening::Read(reading.clone())).await?,
            Change::Policy(hash, texts) => self.policy(*hash, texts).await?,
            Change::Cards(cards) => self.save_cards(cards).await?,
            Change::Finish(task) => self.finish(task).await?,
            Change::Postpone(task, due) => self.postpone(task, *due).await?,
        }
        Ok(Commit::Done)
    }

    async fn unit(&mut self, unit: &Unit) -> Result<Commit, StoreError> {
        if let Some(delivery) = &unit.delivery
            && !self.first_time(delivery, unit.at).await?
        {
            return Ok(Commit::Repeated);
        }
        let commit = self.compare_and_set(&unit.request).await?;
        if commit != Commit::Done {
            return Ok(commit);
        }
        let (id, event) = (unit.request.id.clone(), Box::new(unit.event.clone()));
        self.record(unit.at, unit.actor, Happening::Request { id, event }).await?;
        for task in &unit.tasks {
            self.put_in(task).await?;
        }
        for (place, card) in (0i64..).zip(&unit.cards) {
            self.insert_card(card, unit.request.version, place).await?;
        }
        for text in &unit.texts {
            self.keep_text(text).await?;
        }
        Ok(Commit::Done)
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

    async fn record(&mut self, at: Timestamp, actor: Actor, happening: Happening) -> Result<(), StoreError> {
        let record = Record { seq: self.head.0.seq + 1, at, actor, happening };
        self.head = self.head.append(self.connection, self.tenant, self.key, &record).await?;
        Ok(())
    }

    async fn put_in(&mut self, task: &Task) -> Result<(), StoreError> {
        let upsert = sqlx::query(
            "INSERT INTO task (tenant, work, due, attempts) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (tenant, work) DO UPDATE SET due = excluded.due, attempts = excluded.attempts",
        );
        let upsert = upsert.bind(self.tenant).bind(json(&task.work)?);
        let upsert = upsert.bind(micros(task.due)).bind(i64::from(task.attempts));
        upsert.execute(&mut *self.connection).await.map_err(sql)?;
        Ok(())
    }

    async fn finish(&mut self, task: &Task) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM task WHERE tenant = $1 AND work = $2 AND due = $3 AND attempts = $4");
        let delete = delete.bind(self.tenant).bind(json(&task.work)?);
        let delete = delete.bind(micros(task.due)).bind(i64::from(task.attempts));
        delete.execute(&mut *self.connection).await.map_err(sql)?;
        Ok(())
    }

    async fn postpone(&mut self, task: &Task, due: Timestamp) -> Result<(), StoreError> {
        let update = sqlx::query(
            "UPDATE task SET due = $5, attempts = attempts + 1 \
             WHERE tenant = $1 AND work = $2 AND due = $3 AND attempts = $4",
        );
        let update = update.bind(self.tenant).bind(json(&task.work)?);
        let update = update.bind(micros(task.due)).bind(i64::from(task.attempts)).bind(micros(due));
        update.execute(&mut *self.connection).await.map_err(sql)?;
        Ok(())
    }

    async fn insert_card(&mut self, card: &PostedCard, caused_by: u64, place: i64) -> Result<(), StoreError> {
        let (delivery, message) = delivery_columns(&card.delivery);
        sqlx::query(
            "INSERT INTO posted_card (tenant, id, request, caused_by, place_in_unit, view, addressee, locale, \
             delivery, message, rendered) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(self.tenant)
        .bind(word(&card.id)?)
        .bind(card.request.as_str())
        .bind(column(caused_by)?)
        .bind(place)
        .bind(word(&card.view)?)
        .bind(json(&card.to)?)
        .bind(card.locale.tag())
        .bind(delivery)
        .bind(message)
        .bind(column(card.rendered)?)
        .execute(&mut *self.connection)
        .await
        .map_err(sql)?;
        Ok(())
    }

    /// A rendering that was overtaken by a newer one has nothing more to say.
    async fn save_cards(&mut self, cards: &[PostedCard]) -> Result<(), StoreError> {
        for card in cards {
            let (delivery, message) = delivery_columns(&card.delivery);
            let update = sqlx::query(
                "UPDATE posted_card SET delivery = $3, message = $4, rendered = $5 \
                 WHERE tenant = $1 AND id = $2 AND rendered <= $5",
            );
            let update = update.bind(self.tenant).bind(word(&card.id)?).bind(delivery).bind(message);
            let update = update.bind(column(card.rendered)?);
            update.execute(&mut *self.connection).await.map_err(sql)?;
        }
        Ok(())
    }

    async fn keep_text(&mut self, text: &PrivateText) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO private_text (tenant, reference, salt, text) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        );
        let insert = insert.bind(self.tenant).bind(text.reference.0.to_string());
        let insert = insert.bind(salt_column(text.salt)).bind(&text.text);
        insert.execute(&mut *self.connection).await.map_err(sql)?;
        Ok(())
    }

    async fn policy(&mut self, hash: Digest, texts: &str) -> Result<(), StoreError> {
        let insert =
            sqlx::query("INSERT INTO policy_text (tenant, hash, texts) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        let insert = insert.bind(self.tenant).bind(hash.to_string()).bind(texts);
        insert.execute(&mut *self.connection).await.map_err(sql)?;
        Ok(())
    }
}
