//! The disk says no in the middle of a transaction: whoever was in it is told so, nothing of it is there, and the next one works.

use futures_util::future::join_all;
use licensebot::domain::request::Actor;
use licensebot::ports::{Commit, Store, StoreError};
use sqlx::{Connection, SqliteConnection};

use super::support::*;

/// Another hand on the same file, which makes SQLite refuse what a broken disk would.
async fn hand(fresh: &Fresh) -> SqliteConnection {
    SqliteConnection::connect(&format!("sqlite://{}", fresh.file().display())).await.unwrap()
}

async fn ask(fresh: &Fresh, numbers: std::ops::Range<u32>) -> Vec<Result<Commit, StoreError>> {
    join_all(numbers.map(|number| {
        let asked = unit(minute(0), Actor::Person(ANA), open(id(number), ANA, BO, minute(0)));
        fresh.store.commit(asked)
    }))
    .await
}

#[tokio::test]
async fn when_the_end_of_the_trail_cannot_be_noted_nothing_of_the_group_is_there() {
    let fresh = Fresh::start().await;
    let before = fresh.store.reader().head().await.unwrap();
    let mut hand = hand(&fresh).await;
    let refuse = "CREATE TRIGGER full BEFORE UPDATE ON audit_head BEGIN SELECT RAISE(ABORT, 'disk full'); END";
    sqlx::query(refuse).execute(&mut hand).await.unwrap();

    for result in ask(&fresh, 0..20).await {
        assert_eq!(result.unwrap_err().to_string(), "the database failed");
    }
    for number in 0..20 {
        assert_eq!(fresh.store.request(&id(number)).await.unwrap(), None);
    }
    assert_eq!(fresh.store.reader().head().await.unwrap(), before);

    sqlx::query("DROP TRIGGER full").execute(&mut hand).await.unwrap();
    for result in ask(&fresh, 0..20).await {
        assert_eq!(result.unwrap(), Commit::Done);
    }
    assert_eq!(fresh.store.reader().verify(None).await.unwrap().records, 20);
}

#[tokio::test]
async fn when_sqlite_gives_up_the_whole_transaction_answers_and_database_agree() {
    let fresh = Fresh::start().await;
    let mut hand = hand(&fresh).await;
    // A full disk makes SQLite take back everything, savepoints too.
    let refuse = format!(
        "CREATE TRIGGER full BEFORE INSERT ON request WHEN NEW.id = '{}' \
         BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END",
        id(7)
    );
    sqlx::query(sqlx::AssertSqlSafe(refuse)).execute(&mut hand).await.unwrap();

    let results = ask(&fresh, 0..20).await;
    assert!(results[7].is_err());
    for (number, result) in (0..).zip(results) {
        let there = fresh.store.proven_request(&id(number)).await.unwrap().is_some();
        assert_eq!(there, matches!(result, Ok(Commit::Done)), "{number}: {result:?}");
    }

    sqlx::query("DROP TRIGGER full").execute(&mut hand).await.unwrap();
    assert_eq!(ask(&fresh, 7..8).await.remove(0).unwrap(), Commit::Done);
    assert_eq!(fresh.store.reader().verify(None).await.unwrap().fault, None);
}
