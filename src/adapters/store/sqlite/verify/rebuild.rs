//! Every request from its records, held against its row. Goes through both in the order of their ids, a page at a time, so
//! that memory does not grow with the trail. The chain was checked before: records are what was sealed.

use std::collections::BTreeMap;

use sqlx::SqliteConnection;

use super::super::code::number;
use super::super::reader::SqliteReader;
use super::super::rows::RequestRow;
use super::super::trail::TrailRow;
use super::{Fault, Halt, Report};
use crate::domain::ids::RequestId;
use crate::domain::request::Request;

/// Requests read at once.
const PAGE: i64 = 256;

/// Sorts after every request id.
const END: &str = "R-~";

/// What is known of one id: its row, its records.
type Pair = (Option<RequestRow>, Vec<TrailRow>);

impl SqliteReader {
    pub(super) async fn check_requests(
        &self,
        snapshot: &mut SqliteConnection,
        report: &mut Report,
    ) -> Result<(), Halt> {
        let mut after = String::new();
        loop {
            let rows = self.page_of_rows(snapshot, &after).await?;
            let full = i64::try_from(rows.len()).is_ok_and(|rows| rows == PAGE);
            let upto = rows.last().filter(|_| full).map(|row| row.id.clone());
            let records = self.records_between(snapshot, &after, upto.as_deref().unwrap_or(END)).await?;
            for (id, (row, records)) in pair(rows, records) {
                self.check_request(&id, row, records)?;
                report.requests += 1;
            }
            match upto {
                Some(upto) => after = upto,
                None => return Ok(()),
            }
        }
    }

    async fn page_of_rows(&self, snapshot: &mut SqliteConnection, after: &str) -> Result<Vec<RequestRow>, sqlx::Error> {
        sqlx::query_as(
            "SELECT id, version, state, subject, requester, opened_at, body FROM request \
             WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT $3",
        )
        .bind(&self.tenant_column)
        .bind(after)
        .bind(PAGE)
        .fetch_all(snapshot)
        .await
    }

    async fn records_between(
        &self,
        snapshot: &mut SqliteConnection,
        after: &str,
        upto: &str,
    ) -> Result<Vec<TrailRow>, sqlx::Error> {
        sqlx::query_as(
            "SELECT seq, at, request, record, previous, seal FROM audit \
             WHERE tenant = $1 AND request > $2 AND request <= $3 ORDER BY request, seq",
        )
        .bind(&self.tenant_column)
        .bind(after)
        .bind(upto)
        .fetch_all(snapshot)
        .await
    }

    fn check_request(&self, id: &str, row: Option<RequestRow>, records: Vec<TrailRow>) -> Result<(), Halt> {
        let request = || id.to_owned();
        let Some(row) = row else { return Err(Fault::RequestMissing { request: request() }.into()) };
        if records.is_empty() {
            return Err(Fault::RequestUnproven { request: request() }.into());
        }
        // Sealed records always replay, unless a version of ours was wrong; either way the row is not proven.
        let rebuilt = id.parse::<RequestId>().ok().and_then(|id| self.replay(&id, records).ok());
        let rebuilt = rebuilt.ok_or_else(|| Fault::RequestChanged { request: request() })?;
        if row.says(&rebuilt)? {
            Ok(())
        } else if is_ahead(&row, &rebuilt) {
            Err(Fault::RequestAhead { request: request() }.into())
        } else {
            Err(Fault::RequestChanged { request: request() }.into())
        }
    }
}

fn is_ahead(row: &RequestRow, rebuilt: &Request) -> bool {
    number(row.version, &row.id).is_ok_and(|version| version > rebuilt.version)
}

fn pair(rows: Vec<RequestRow>, records: Vec<TrailRow>) -> BTreeMap<String, Pair> {
    let mut pairs: BTreeMap<String, Pair> =
        rows.into_iter().map(|row| (row.id.clone(), (Some(row), Vec::new()))).collect();
    for record in records {
        pairs.entry(record.request_column().to_owned()).or_default().1.push(record);
    }
    pairs
}
