//! The lists that people ask for: nothing is lost among what others asked, and what is cut is counted.

use std::collections::BTreeSet;

use licensebot::adapters::store::sqlite::{Fault, SqliteStore};
use licensebot::domain::ids::PersonId;
use licensebot::domain::request::{Confirmation, Request};
use licensebot::ports::{Listed, Listing, Store};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::support::*;

async fn by_hand(fresh: &Fresh, sql: &str) {
    let mut hand = SqliteConnection::connect(&format!("sqlite://{}", fresh.file().display())).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut hand).await.unwrap();
    hand.close().await.unwrap();
}

/// Asked by ana, confirmed, and waiting for two votes of these people.
async fn waiting(store: &dyn Store, number: u32, subject: PersonId, asked: &[PersonId]) -> Request {
    let opened = minute(i64::from(number));
    let draft = commit(store, opened, open(id(number), ANA, subject, opened)).await;
    let asked = asked.iter().copied().collect();
    let confirmation = Confirmation { asked, ..confirmation(vec![stage(2)]) };
    commit(store, opened, draft.confirm(opened, confirmation, None).unwrap()).await
}

async fn awaiting(store: &dyn Store, person: PersonId) -> Vec<String> {
    let listed = store.list(&Listing::Awaiting(person), 1000).await.unwrap();
    assert_eq!(listed.all, listed.requests.len());
    listed.requests.iter().map(|request| request.id.to_string()).collect()
}

fn ids(numbers: &[u32]) -> Vec<String> {
    numbers.iter().map(|number| id(*number).to_string()).collect()
}

#[tokio::test]
async fn the_newest_of_six_hundred_is_found_and_all_are_counted() {
    let fresh = Fresh::start().await;
    let crowd = (1..=600).map(|number| waiting(&fresh.store, number, MEGAN, &[OSKAR]));
    futures_util::future::join_all(crowd).await;
    let last = waiting(&fresh.store, 601, BO, &[ANA, MEGAN]).await;

    let list = async |listing, limit| fresh.store.list(&listing, limit).await.unwrap();
    let only = Listed { requests: vec![last.clone()], all: 1 };
    assert_eq!(list(Listing::Awaiting(MEGAN), 100).await, only);
    assert_eq!(list(Listing::UnderWay(BO), 100).await, only);
    assert_eq!(list(Listing::OpenBy(ANA), 1).await, Listed { requests: vec![last], all: 601 });

    let oskars = list(Listing::Awaiting(OSKAR), 100).await;
    assert_eq!((oskars.all, oskars.requests.len()), (600, 100));
    assert_eq!((&oskars.requests[0].id, &oskars.requests[99].id), (&id(1), &id(100)), "oldest first");
    let megans = list(Listing::UnderWay(MEGAN), u32::MAX).await;
    assert_eq!((megans.all, megans.requests.len()), (600, 600));
    assert_eq!((&megans.requests[0].id, &megans.requests[599].id), (&id(1), &id(600)));
}

#[tokio::test]
async fn a_request_waits_for_those_who_are_asked_and_have_not_answered() {
    let fresh = Fresh::start().await;
    let store = &fresh.store;
    let first = waiting(store, 1, BO, &[MEGAN, OSKAR, ANA, BO]).await;
    let second = waiting(store, 2, BO, &[MEGAN, OSKAR]).await;
    assert_eq!(awaiting(store, MEGAN).await, ids(&[1, 2]));
    assert_eq!((awaiting(store, ANA).await, awaiting(store, BO).await), (ids(&[]), ids(&[])), "four eyes");

    let voted = commit(store, minute(3), first.vote(minute(3), MEGAN, BTreeSet::new(), None).unwrap()).await;
    assert_eq!((awaiting(store, MEGAN).await, awaiting(store, OSKAR).await), (ids(&[2]), ids(&[1, 2])));
    commit(store, minute(4), second.cancel(minute(4), ANA).unwrap()).await;
    commit(store, minute(5), voted.vote(minute(5), OSKAR, BTreeSet::new(), None).unwrap()).await;
    assert_eq!((awaiting(store, MEGAN).await, awaiting(store, OSKAR).await), (ids(&[]), ids(&[])));
    assert_eq!(store.reader().verify(None).await.unwrap().fault, None);
}

#[tokio::test]
async fn hiding_a_request_from_an_approver_is_found() {
    for sql in ["DELETE FROM awaited_vote", "UPDATE awaited_vote SET opened_at = 0"] {
        let fresh = Fresh::start().await;
        waiting(&fresh.store, 1, BO, &[MEGAN]).await;
        by_hand(&fresh, sql).await;
        let fault = fresh.store.reader().verify(None).await.unwrap().fault;
        assert_eq!(fault, Some(Fault::RequestChanged { request: id(1).to_string() }), "{sql}");
    }
}

/// What later migrations made, taken back.
const AS_IT_WAS_FIRST: &str = "
    DROP TABLE awaited_vote; DROP INDEX request_open_by; DROP INDEX request_ended_by; DROP INDEX request_under_way;
    CREATE INDEX request_in_state ON request (tenant, state, opened_at, id);
    CREATE INDEX request_by_requester ON request (tenant, requester, opened_at, id);
    DROP INDEX delivery_by_age; DROP TABLE language_last_used;
    DROP INDEX task_execution_due; DROP INDEX task_other_due; DELETE FROM _sqlx_migrations WHERE version > 1;";

#[tokio::test]
async fn a_database_of_the_first_version_knows_whose_votes_are_awaited() {
    let fresh = Fresh::start().await;
    let first = waiting(&fresh.store, 1, BO, &[MEGAN, OSKAR, ANA, BO]).await;
    commit(&fresh.store, minute(3), first.vote(minute(3), MEGAN, BTreeSet::new(), None).unwrap()).await;
    waiting(&fresh.store, 2, BO, &[MEGAN]).await;
    approved(&fresh.store, id(3), BO).await;
    fresh.store.close().await;
    by_hand(&fresh, AS_IT_WAS_FIRST).await;

    let again = SqliteStore::open(&fresh.file(), TENANT, key()).await.unwrap();
    assert_eq!((awaiting(&again, MEGAN).await, awaiting(&again, OSKAR).await), (ids(&[2]), ids(&[1])));
    assert_eq!(again.reader().verify(None).await.unwrap().fault, None);
}
