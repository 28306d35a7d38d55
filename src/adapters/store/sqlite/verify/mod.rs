//! Proof of the whole database: its pages, the chain of the trail, where it ends, and that the trail rebuilds every request.
//! Reads one snapshot as a stream, also while the bot writes. Never mends anything, and stops at the first thing that is wrong.

mod chain;
mod rebuild;
mod texts;

use std::fmt;

use serde::Serialize;
use sqlx::SqliteConnection;

use super::code::sql;
use super::reader::SqliteReader;
use super::trail::Head;
use crate::domain::audit::Anchor;
use crate::ports::StoreError;

/// What verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Audit records whose seals were checked.
    pub records: u64,
    /// Requests that were rebuilt and compared.
    pub requests: u64,
    /// Where the checked part of the trail ends.
    pub head: Anchor,
    /// The first thing that is wrong; nothing when all of it holds.
    pub fault: Option<Fault>,
}

/// The first thing that is wrong. Sequence numbers are those of the audit records, from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum Fault {
    /// SQLite finds its own file broken.
    Pages {
        /// In its words.
        what: String,
    },
    /// A record is not the one that was sealed here.
    RecordChanged {
        /// Which.
        seq: i64,
    },
    /// There is a gap, or the end is cut off.
    RecordMissing {
        /// The first that is not there.
        seq: i64,
    },
    /// The row that says where the trail ends is missing, or is not the one that belongs to this trail.
    HeadChanged {
        /// Where the trail ends by itself.
        seq: i64,
    },
    /// The trail is whole, but not the one that the anchor was taken from: the database is an older copy, or was begun anew.
    AnchorMissed {
        /// Where the anchor stands.
        seq: i64,
    },
    /// A request has records, but no row.
    RequestMissing {
        /// Which.
        request: String,
    },
    /// A request has a row, but no records: forged, or the end of the trail was cut off together with its head.
    RequestUnproven {
        /// Which.
        request: String,
    },
    /// A request's row says something else than its records.
    RequestChanged {
        /// Which.
        request: String,
    },
    /// A request's row is further than its records: the end of the trail was cut off together with its head.
    RequestAhead {
        /// Which.
        request: String,
    },
    /// Words are not those that were bound.
    TextChanged {
        /// The hash that binds them.
        reference: String,
    },
    /// The texts of a policy are not those that it was named by.
    PolicyChanged {
        /// Its hash.
        policy: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pages { what } => write!(out, "the database file is broken: {what}"),
            Self::RecordChanged { seq } => write!(out, "audit record {seq} is not the one that was sealed"),
            Self::RecordMissing { seq } => write!(out, "audit record {seq} is missing"),
            Self::HeadChanged { seq } => {
                write!(
                    out,
                    "the trail ends with audit record {seq}, but the sealed note of its end says something else"
                )
            }
            Self::AnchorMissed { seq } => {
                write!(out, "audit record {seq} is not the one of the anchor: this database was put back or begun anew")
            }
            Self::RequestMissing { request } => {
                write!(out, "request {request} is in the trail, but its row is missing")
            }
            Self::RequestUnproven { request } => write!(out, "request {request} has a row, but no audit record"),
            Self::RequestChanged { request } => {
                write!(out, "the row of request {request} says something else than its audit records")
            }
            Self::RequestAhead { request } => {
                write!(out, "the row of request {request} is ahead of its audit records: the trail was cut off")
            }
            Self::TextChanged { reference } => write!(out, "a text is not the one that was written (hash {reference})"),
            Self::PolicyChanged { policy } => write!(out, "the kept texts of policy {policy} were changed"),
        }
    }
}

/// Why a check does not go on.
enum Halt {
    Fault(Fault),
    Store(StoreError),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<sqlx::Error> for Halt {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(sql(error))
    }
}

impl SqliteReader {
    /// Proves the database, or names the first thing that is wrong. `anchor` is what `audit head` printed earlier.
    ///
    /// # Errors
    /// The database could not be read, so nothing was proven.
    pub async fn verify(&self, anchor: Option<Anchor>) -> Result<Report, StoreError> {
        let mut snapshot = self.pool.begin().await.map_err(sql)?;
        let mut report =
            Report { records: 0, requests: 0, head: Head::beginning(self.tenant, &self.key).0, fault: None };
        report.fault = match self.check(&mut snapshot, anchor, &mut report).await {
            Ok(()) => None,
            Err(Halt::Fault(fault)) => Some(fault),
            Err(Halt::Store(StoreError::Damaged(what))) => Some(Fault::Pages { what }),
            Err(Halt::Store(error)) => return Err(error),
        };
        Ok(report)
    }

    async fn check(
        &self,
        snapshot: &mut SqliteConnection,
        anchor: Option<Anchor>,
        report: &mut Report,
    ) -> Result<(), Halt> {
        check_pages(snapshot).await?;
        self.check_chain(snapshot, anchor, report).await?;
        self.check_requests(snapshot, report).await?;
        self.check_texts(snapshot).await?;
        self.check_policies(snapshot).await
    }

    /// Where the trail ends: to be kept outside, for `verify` to hold the database against.
    ///
    /// # Errors
    /// The database failed, or the end is not what its own seal says.
    pub async fn head(&self) -> Result<Anchor, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(sql)?;
        Ok(Head::load(&mut connection, &self.tenant_column, &self.key).await?.0)
    }
}

async fn check_pages(snapshot: &mut SqliteConnection) -> Result<(), Halt> {
    let (what,): (String,) = sqlx::query_as("PRAGMA integrity_check(1)").fetch_one(snapshot).await?;
    if what == "ok" { Ok(()) } else { Err(Fault::Pages { what }.into()) }
}
