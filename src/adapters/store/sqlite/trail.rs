//! The audit trail in its table: where it ends, how a record is appended, how a row is held against its seal. Never writes a
//! record that is not chained to the one before it, and never onto an end that its own seal does not prove.

use sqlx::SqliteConnection;

use super::batch::Batch;
use super::code::{column, damaged, digest, failed, micros, number, sql};
use crate::domain::audit::{Anchor, AuditKey, Record, Seal};
use crate::domain::ids::{RequestId, TenantId};
use crate::ports::StoreError;

/// Where the trail ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head(pub(super) Anchor);

/// A row of `audit_head` joined with the record it names: sequence number, seal, proof, seal of the record.
type HeadRow = (i64, String, String, Option<String>);

impl Head {
    pub(super) fn beginning(tenant: TenantId, key: &AuditKey) -> Self {
        Self(Anchor { seq: 0, seal: key.genesis(tenant) })
    }

    /// Reads it, and holds it against its own seal and the last record.
    pub(super) async fn load(
        connection: &mut SqliteConnection,
        tenant: &str,
        key: &AuditKey,
    ) -> Result<Self, StoreError> {
        let row: Option<HeadRow> = sqlx::query_as(
            "SELECT h.seq, h.seal, h.proof, a.seal FROM audit_head h \
             LEFT JOIN audit a ON a.tenant = h.tenant AND a.seq = h.seq WHERE h.tenant = $1",
        )
        .bind(tenant)
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
        let changed = || damaged("the end of the audit trail was changed by hand: run `licensebot audit verify`");
        let (seq, seal, proof, last) = row.ok_or_else(changed)?;
        let head = proven(seq, &seal, &proof, key).ok_or_else(changed)?;
        let stands = head.0.seq == 0 || last.is_some_and(|last| last == seal);
        if stands { Ok(head) } else { Err(changed()) }
    }

    pub(super) async fn insert(
        self,
        connection: &mut SqliteConnection,
        tenant: &str,
        key: &AuditKey,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query("INSERT INTO audit_head (tenant, seq, seal, proof) VALUES ($1, $2, $3, $4)");
        let Anchor { seq, seal } = self.0;
        let insert = insert.bind(tenant).bind(column(seq)?).bind(seal.0.to_string());
        insert.bind(key.seal_head(seal, seq).0.to_string()).execute(connection).await.map_err(sql)?;
        Ok(())
    }

    /// The note of the end, for the whole transaction.
    pub(super) fn save(self, batch: &mut Batch, tenant: &str, key: &AuditKey) -> Result<(), StoreError> {
        let Anchor { seq, seal } = self.0;
        let update = batch.statement("UPDATE audit_head SET seq = ").push_bind(column(seq)?);
        update.push(", seal = ").push_bind(seal.0.to_string());
        update.push(", proof = ").push_bind(key.seal_head(seal, seq).0.to_string());
        update.push(" WHERE tenant = ").push_bind(tenant);
        Ok(())
    }

    /// Appends a record; its sequence number follows this head's. The new head is to be saved in the same transaction.
    pub(super) fn append(
        self,
        batch: &mut Batch,
        tenant: &str,
        key: &AuditKey,
        record: &Record,
    ) -> Result<Self, StoreError> {
        let text = record.to_text().map_err(failed)?;
        let (previous, seq) = (self.0.seal, column(record.seq)?);
        let seal = key.seal(previous, record.seq, &text);
        let into = "INSERT INTO audit (tenant, seq, at, request, record, previous, seal) ";
        batch.insert(
            into,
            vec![text],
            |mut row, text| {
                row.push_bind(tenant).push_bind(seq).push_bind(micros(record.at));
                row.push_bind(record.request().map(RequestId::as_str)).push_bind(text);
                row.push_bind(previous.0.to_string()).push_bind(seal.0.to_string());
            },
            "",
        );
        Ok(Self(Anchor { seq: record.seq, seal }))
    }
}

/// The head that a row says, when the proof beside it is one.
pub(super) fn proven(seq: i64, seal: &str, proof: &str, key: &AuditKey) -> Option<Head> {
    let seq = u64::try_from(seq).ok()?;
    let seal = Seal(seal.parse().ok()?);
    (key.seal_head(seal, seq).0 == proof.parse().ok()?).then_some(Head(Anchor { seq, seal }))
}

/// A row of `audit`.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct TrailRow {
    seq: i64,
    at: i64,
    request: Option<String>,
    record: String,
    previous: String,
    seal: String,
}

/// A record whose own seal was checked, with what it is chained to.
#[derive(Debug)]
pub(super) struct Sealed {
    pub(super) record: Record,
    pub(super) text: String,
    pub(super) previous: Seal,
    pub(super) seal: Seal,
}

impl TrailRow {
    pub(super) fn seq(&self) -> Result<u64, StoreError> {
        number(self.seq, "the audit trail")
    }

    /// The number as it stands, whatever it is.
    pub(super) fn number(&self) -> i64 {
        self.seq
    }

    /// The request that the column beside the record names.
    pub(super) fn request_column(&self) -> &str {
        self.request.as_deref().unwrap_or_default()
    }

    /// What the record says, unproven: for showing.
    pub(super) fn record(&self) -> Result<Record, StoreError> {
        Record::from_text(&self.record).map_err(|_| damaged(self.name()))
    }

    /// The record, if its seal is right and the columns beside it say the same.
    pub(super) fn open(self, key: &AuditKey) -> Result<Sealed, StoreError> {
        let name = self.name();
        let previous = Seal(digest(&self.previous, &name)?);
        let seal = Seal(digest(&self.seal, &name)?);
        let record = self.record()?;
        let repeated = record.seq == self.seq()?
            && micros(record.at) == self.at
            && record.request().map(|id| id.as_str()) == self.request.as_deref();
        if repeated && key.seal(previous, record.seq, &self.record) == seal {
            Ok(Sealed { record, text: self.record, previous, seal })
        } else {
            Err(damaged(name))
        }
    }

    fn name(&self) -> String {
        format!("audit record {}", self.seq)
    }
}
