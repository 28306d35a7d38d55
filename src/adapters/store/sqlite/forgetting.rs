//! Deliveries that no platform repeats any more are forgotten, a bounded step at a time. Never on the way to an answer: the
//! writer does it after its answers, when nobody waits. Never sooner than a day after the delivery, by the clock of the units.

use jiff::{SignedDuration, Timestamp};
use sqlx::SqliteConnection;

use super::code::{micros, sql};
use super::writer::Change;
use crate::ports::StoreError;

/// How long a delivery is remembered. Platforms repeat for minutes.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// Units with a delivery between two steps, so that old ones go faster than new ones come.
const BETWEEN: usize = 256;
/// Deliveries that one step forgets at most: some milliseconds.
const STEP: u32 = 512;

/// When the next step is due.
#[derive(Debug)]
pub(super) struct Forgetting {
    since: usize,
    newest: Timestamp,
}

impl Forgetting {
    /// The first unit of a process is followed by a step, for what earlier ones left.
    pub(super) fn new() -> Self {
        Self { since: BETWEEN, newest: Timestamp::MIN }
    }

    /// A change was written; its time is the time.
    pub(super) fn saw(&mut self, change: &Change) {
        if let Change::Unit(unit) = change
            && unit.delivery.is_some()
        {
            self.since = self.since.saturating_add(1);
            self.newest = self.newest.max(unit.at);
        }
    }

    pub(super) fn is_due(&self) -> bool {
        self.since > BETWEEN
    }

    /// Not now: as if a step had been made.
    pub(super) fn rest(&mut self) {
        self.since = 0;
    }

    /// One step. Where it found as many as it may take, another one is due at once.
    pub(super) async fn step(&mut self, connection: &mut SqliteConnection, tenant: &str) -> Result<(), StoreError> {
        self.since = 0;
        let Ok(before) = self.newest.checked_sub(REMEMBERED) else { return Ok(()) };
        let forgotten = sqlx::query(
            "DELETE FROM delivery WHERE tenant = $1 AND id IN \
             (SELECT id FROM delivery WHERE tenant = $1 AND at < $2 ORDER BY at, id LIMIT $3)",
        )
        .bind(tenant)
        .bind(micros(before))
        .bind(i64::from(STEP))
        .execute(connection)
        .await
        .map_err(sql)?;
        if forgotten.rows_affected() >= u64::from(STEP) {
            self.since = BETWEEN + 1;
        }
        Ok(())
    }
}
