//! The lists that people can ask for. Each has an index of its own, so that a list costs what it shows, and one that is cut
//! knows how long it is. Never filters what it has read.

use super::code::{failed, sql};
use super::reader::SqliteReader;
use super::rows;
use crate::domain::ids::PersonId;
use crate::ports::{Listed, Listing, StoreError};

/// The statements of a list; `$1` is the tenant, `$2` the person.
struct Statements {
    rows: &'static str,
    count: &'static str,
}

/// From where, and in which order. The conditions on the state are word for word those of the partial indexes, which are not
/// used otherwise.
macro_rules! statements {
    ($from:literal, $order:literal) => {
        Statements {
            rows: concat!("SELECT r.id, r.body FROM ", $from, " ORDER BY ", $order, " LIMIT $3"),
            count: concat!("SELECT count(*) FROM ", $from),
        }
    };
}

fn statements(listing: &Listing) -> (Statements, PersonId) {
    match *listing {
        Listing::Awaiting(person) => (
            statements!(
                "awaited_vote v JOIN request r ON r.tenant = v.tenant AND r.id = v.request \
                 WHERE v.tenant = $1 AND v.person = $2",
                "v.opened_at, v.request"
            ),
            person,
        ),
        Listing::OpenBy(person) => (
            statements!(
                "request r WHERE r.tenant = $1 AND r.requester = $2 \
                 AND r.state NOT IN ('applied', 'failed', 'denied', 'cancelled', 'expired')",
                "r.opened_at DESC, r.id DESC"
            ),
            person,
        ),
        Listing::EndedBy(person) => (
            statements!(
                "request r WHERE r.tenant = $1 AND r.requester = $2 \
                 AND r.state IN ('applied', 'failed', 'denied', 'cancelled', 'expired')",
                "r.opened_at DESC, r.id DESC"
            ),
            person,
        ),
        Listing::UnderWay(person) => (
            statements!(
                "request r WHERE r.tenant = $1 AND r.subject = $2 \
                 AND r.state IN ('awaiting_approval', 'approved', 'executing', 'verifying', 'needs_human')",
                "r.opened_at, r.id"
            ),
            person,
        ),
    }
}

impl SqliteReader {
    /// The first `limit` requests of a list, and how many there are.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(&self, listing: &Listing, limit: u32) -> Result<Listed, StoreError> {
        let (statements, person) = statements(listing);
        let person = person.to_string();
        // Both statements see one state; otherwise the rest could be counted wrongly.
        let mut snapshot = self.pool.begin().await.map_err(sql)?;
        let rows = sqlx::query_as(statements.rows).bind(&self.tenant_column).bind(&person).bind(i64::from(limit));
        let rows: Vec<(String, String)> = rows.fetch_all(&mut *snapshot).await.map_err(sql)?;
        let mut all = rows.len();
        if u32::try_from(all).is_ok_and(|read| read == limit) {
            let count = sqlx::query_as(statements.count).bind(&self.tenant_column).bind(&person);
            let (count,): (i64,) = count.fetch_one(&mut *snapshot).await.map_err(sql)?;
            all = usize::try_from(count).map_err(failed)?;
        }
        snapshot.commit().await.map_err(sql)?;
        let requests = rows.iter().map(|(id, body)| rows::request(body, id)).collect::<Result<_, _>>()?;
        Ok(Listed { requests, all })
    }
}

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;
    use uuid::Uuid;

    use super::super::SqliteStore;
    use super::*;
    use crate::domain::audit::AuditKey;
    use crate::domain::ids::TenantId;

    #[tokio::test]
    async fn every_list_is_read_and_counted_from_its_own_index_in_its_order() {
        let dir = tempfile::tempdir().unwrap();
        let key = AuditKey::from_secret(b"a secret of more than thirty-two bytes");
        let tenant = TenantId(Uuid::from_u128(1));
        let store = SqliteStore::open(&dir.path().join("licensebot.db"), tenant, key).await.unwrap();
        let person = PersonId(Uuid::from_u128(2));
        for (listing, index) in [
            (Listing::Awaiting(person), "awaited_vote_of"),
            (Listing::OpenBy(person), "request_open_by"),
            (Listing::EndedBy(person), "request_ended_by"),
            (Listing::UnderWay(person), "request_under_way"),
        ] {
            let statements = statements(&listing).0;
            for statement in [statements.rows, statements.count] {
                let plan = plan(&store, statement).await;
                assert!(plan[0].contains(index) && plan[0].starts_with("SEARCH"), "{statement}: {plan:?}");
                assert!(plan.iter().all(|step| !step.contains("TEMP B-TREE")), "{statement}: {plan:?}");
            }
        }
    }

    async fn plan(store: &SqliteStore, statement: &str) -> Vec<String> {
        let explain = format!("EXPLAIN QUERY PLAN {statement}");
        let steps = sqlx::query_as(AssertSqlSafe(explain)).bind("t").bind("p").bind(5);
        let steps: Vec<(i64, i64, i64, String)> = steps.fetch_all(&store.reader().pool).await.unwrap();
        steps.into_iter().map(|(.., step)| step).collect()
    }
}
