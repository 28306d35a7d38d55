//! The chain from its beginning to its end: no gap, every seal, the end where its sealed note says, and the anchor on the way.

use futures_util::TryStreamExt;
use sqlx::SqliteConnection;

use super::super::code::column;
use super::super::reader::SqliteReader;
use super::super::trail::{Head, TrailRow, proven};
use super::{Fault, Halt, Report};
use crate::domain::audit::{Anchor, AuditKey};
use crate::ports::StoreError;

impl SqliteReader {
    pub(super) async fn check_chain(
        &self,
        snapshot: &mut SqliteConnection,
        anchor: Option<Anchor>,
        report: &mut Report,
    ) -> Result<(), Halt> {
        let mut chain = Chain { key: &self.key, last: report.head, anchor };
        chain.hold_anchor()?;
        let mut rows = sqlx::query_as::<_, TrailRow>(
            "SELECT seq, at, request, record, previous, seal FROM audit WHERE tenant = $1 ORDER BY seq",
        )
        .bind(&self.tenant_column)
        .fetch(&mut *snapshot);
        while let Some(row) = rows.try_next().await? {
            chain.next(row)?;
            (report.records, report.head) = (chain.last.seq, chain.last);
        }
        drop(rows);
        self.check_end(snapshot, chain.last).await?;
        chain.reached_anchor()
    }

    /// The note of the end cannot be written without the key, so an end that was cut off shows.
    async fn check_end(&self, snapshot: &mut SqliteConnection, last: Anchor) -> Result<(), Halt> {
        let note: Option<(i64, String, String)> =
            sqlx::query_as("SELECT seq, seal, proof FROM audit_head WHERE tenant = $1")
                .bind(&self.tenant_column)
                .fetch_optional(snapshot)
                .await?;
        let note = note.and_then(|(seq, seal, proof)| proven(seq, &seal, &proof, &self.key));
        match note {
            Some(note) if note == Head(last) => Ok(()),
            Some(note) if note.0.seq > last.seq => Err(Fault::RecordMissing { seq: column(last.seq + 1)? }.into()),
            _ => Err(Fault::HeadChanged { seq: column(last.seq)? }.into()),
        }
    }
}

struct Chain<'a> {
    key: &'a AuditKey,
    last: Anchor,
    anchor: Option<Anchor>,
}

impl Chain<'_> {
    fn next(&mut self, row: TrailRow) -> Result<(), Halt> {
        let (seq, expected) = (row.number(), column(self.last.seq + 1)?);
        if seq > expected {
            return Err(Fault::RecordMissing { seq: expected }.into());
        }
        let sealed = row.open(self.key).map_err(|error| match error {
            StoreError::Damaged(_) => Halt::Fault(Fault::RecordChanged { seq }),
            error @ StoreError::Failed(_) => Halt::Store(error),
        })?;
        if seq != expected || sealed.previous != self.last.seal {
            return Err(Fault::RecordChanged { seq }.into());
        }
        self.last = Anchor { seq: sealed.record.seq, seal: sealed.seal };
        self.hold_anchor()
    }

    fn hold_anchor(&self) -> Result<(), Halt> {
        match self.anchor {
            Some(anchor) if anchor.seq == self.last.seq && anchor != self.last => {
                Err(Fault::AnchorMissed { seq: column(anchor.seq)? }.into())
            }
            _ => Ok(()),
        }
    }

    fn reached_anchor(&self) -> Result<(), Halt> {
        match self.anchor {
            Some(anchor) if anchor.seq > self.last.seq => Err(Fault::AnchorMissed { seq: column(anchor.seq)? }.into()),
            _ => Ok(()),
        }
    }
}
