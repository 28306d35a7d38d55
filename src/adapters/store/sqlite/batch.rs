//! Statements whose results nobody waits for, sent to SQLite's thread as one: each hop there and back costs as much as the
//! statement itself, and all of them stand between a person and the answer. Order is kept; the first that fails ends the batch.

use sqlx::query_builder::Separated;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::code::sql;
use crate::ports::StoreError;

/// Statements to run.
pub(super) struct Batch {
    statements: QueryBuilder<Sqlite>,
    any: bool,
}

impl Batch {
    pub(super) fn new() -> Self {
        Self { statements: QueryBuilder::new(""), any: false }
    }

    /// Begins another statement; the caller pushes its arguments.
    pub(super) fn statement(&mut self, text: &'static str) -> &mut QueryBuilder<Sqlite> {
        if self.any {
            self.statements.push("; ");
        }
        self.any = true;
        self.statements.push(text)
    }

    /// `INSERT INTO … ` with a row for each item, then `after`. No items: no statement.
    pub(super) fn insert<T>(
        &mut self,
        into: &'static str,
        items: Vec<T>,
        row: impl FnMut(Separated<'_, Sqlite, &'static str>, T),
        after: &'static str,
    ) {
        if !items.is_empty() {
            self.statement(into).push_values(items, row).push(after);
        }
    }

    pub(super) async fn run(mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        if self.any {
            self.statements.build().execute(connection).await.map_err(sql)?;
        }
        Ok(())
    }
}
