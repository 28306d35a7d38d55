//! A delivery that is repeated within a day changes nothing; after that it is forgotten, so that the table does not grow for
//! ever. The time is that of the units.

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use licensebot::adapters::store::sqlite::SqliteStore;
use licensebot::domain::request::Actor;
use licensebot::ports::{Commit, DeliveryId, Store};
use sqlx::{Connection, SqliteConnection};

use super::support::*;

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn delivered(store: &SqliteStore, number: u32, at: Timestamp) -> Commit {
    let mut asked = unit(at, Actor::Person(ANA), open(id(number), ANA, BO, at));
    asked.delivery = Some(DeliveryId(format!("console/{number}")));
    store.commit(asked).await.unwrap()
}

/// Closes the store, which lets the writer finish, and looks.
async fn remembered(fresh: &Fresh) -> i64 {
    fresh.store.close().await;
    let mut hand = SqliteConnection::connect(&format!("sqlite://{}", fresh.file().display())).await.unwrap();
    let (count,) = sqlx::query_as("SELECT count(*) FROM delivery").fetch_one(&mut hand).await.unwrap();
    hand.close().await.unwrap();
    count
}

/// More than several steps take.
const MANY: u32 = 1300;

#[tokio::test]
async fn what_is_older_than_a_day_is_forgotten_and_the_rest_is_not() {
    let mut fresh = Fresh::start().await;
    let old = join_all((0..MANY).map(|number| delivered(&fresh.store, number, minute(0)))).await;
    assert!(old.iter().all(|commit| *commit == Commit::Done));
    assert_eq!(delivered(&fresh.store, MANY, minute(1)).await, Commit::Done);
    assert_eq!(remembered(&fresh).await, i64::from(MANY) + 1);

    fresh.store = SqliteStore::open(&fresh.file(), TENANT, key()).await.unwrap();
    assert_eq!(delivered(&fresh.store, MANY + 1, minute(1) + DAY).await, Commit::Done);
    assert_eq!(remembered(&fresh).await, 2, "the one of a minute later is a day old, not older");
}

#[tokio::test]
async fn a_repetition_within_the_day_changes_nothing() {
    let fresh = Fresh::start().await;
    assert_eq!(delivered(&fresh.store, 1, minute(0)).await, Commit::Done);
    assert_eq!(delivered(&fresh.store, 1, minute(0) + DAY).await, Commit::Repeated);
    assert_eq!(delivered(&fresh.store, 2, minute(0) + DAY).await, Commit::Done);
    assert_eq!(remembered(&fresh).await, 2);
}

#[tokio::test]
async fn a_process_that_runs_for_days_forgets_as_it_goes() {
    let fresh = Fresh::start().await;
    for day in 0..4 {
        let at = minute(0) + DAY * day;
        let numbers = (0..300).map(|number| u32::try_from(day).unwrap() * 1000 + number);
        join_all(numbers.map(|number| delivered(&fresh.store, number, at + SignedDuration::from_secs(1) * day))).await;
    }
    let left = remembered(&fresh).await;
    assert!((300..=600).contains(&left), "{left} of 1200 are remembered, two days of them at most");
    assert_eq!(delivered_again(&fresh).await, Commit::Repeated, "of the last day none is forgotten");
}

async fn delivered_again(fresh: &Fresh) -> Commit {
    let again = SqliteStore::open(&fresh.file(), TENANT, key()).await.unwrap();
    let last = minute(0) + DAY * 3 + SignedDuration::from_secs(3);
    let repeated = delivered(&again, 3299, last).await;
    again.close().await;
    repeated
}
