//! Every request from its records, held against its row. Goes through both in the order of their ids, a page at a time, so
//! that memory does not grow with the trail. The chain was checked before: records are what was sealed.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::SqliteConnection;

use super::super::code::{micros, number};
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

/// Whose vote a request waits for, as the table says: request, person, when the request was opened.
type AwaitedRow = (String, String, i64);

/// What is known of one id.
#[derive(Default)]
struct Known {
    row: Option<RequestRow>,
    records: Vec<TrailRow>,
    awaited: BTreeSet<(String, i64)>,
}

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
            let end = upto.as_deref().unwrap_or(END);
            let records = self.records_between(snapshot, &after, end).await?;
            let awaited = self.awaited_between(snapshot, &after, end).await?;
            for (id, known) in by_id(rows, records, awaited) {
                self.check_request(&id, known)?;
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

    async fn awaited_between(
        &self,
        snapshot: &mut SqliteConnection,
        after: &str,
        upto: &str,
    ) -> Result<Vec<AwaitedRow>, sqlx::Error> {
        sqlx::query_as(
            "SELECT request, person, opened_at FROM awaited_vote \
             WHERE tenant = $1 AND request > $2 AND request <= $3 ORDER BY request",
        )
        .bind(&self.tenant_column)
        .bind(after)
        .bind(upto)
        .fetch_all(snapshot)
        .await
    }

    fn check_request(&self, id: &str, known: Known) -> Result<(), Halt> {
        let Known { row, records, awaited } = known;
        let request = || id.to_owned();
        let Some(row) = row else { return Err(Fault::RequestMissing { request: request() }.into()) };
        if records.is_empty() {
            return Err(Fault::RequestUnproven { request: request() }.into());
        }
        // Sealed records always replay, unless a version of ours was wrong; either way the row is not proven.
        let rebuilt = id.parse::<RequestId>().ok().and_then(|id| self.replay(&id, records).ok());
        let rebuilt = rebuilt.ok_or_else(|| Fault::RequestChanged { request: request() })?;
        if row.says(&rebuilt)? && awaited == awaited_by(&rebuilt) {
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

fn awaited_by(request: &Request) -> BTreeSet<(String, i64)> {
    request.awaited_voters().map(|person| (person.to_string(), micros(request.opened_at))).collect()
}

fn by_id(rows: Vec<RequestRow>, records: Vec<TrailRow>, awaited: Vec<AwaitedRow>) -> BTreeMap<String, Known> {
    let mut all = BTreeMap::<String, Known>::new();
    for row in rows {
        let id = row.id.clone();
        all.entry(id).or_default().row = Some(row);
    }
    for record in records {
        all.entry(record.request_column().to_owned()).or_default().records.push(record);
    }
    for (request, person, opened_at) in awaited {
        all.entry(request).or_default().awaited.insert((person, opened_at));
    }
    all
}
