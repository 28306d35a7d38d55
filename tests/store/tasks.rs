//! Durable work: the same work once, and nobody ends what was put in anew meanwhile.

use jiff::SignedDuration;
use licensebot::domain::request::Actor;
use licensebot::ports::{Store, Task, Work};

use super::support::*;

async fn put_in(store: &dyn Store, number: u32, tasks: Vec<Task>) {
    let mut with_tasks = unit(minute(0), Actor::Bot, open(id(number), ANA, BO, minute(0)));
    with_tasks.tasks = tasks;
    store.commit(with_tasks).await.unwrap();
}

fn deliver(minutes: i64, attempts: u32) -> Task {
    Task { work: Work::Deliver(id(1)), due: to_the_microsecond(minutes), attempts }
}

/// Databases keep microseconds.
fn to_the_microsecond(minutes: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(minute(minutes).as_microsecond()).unwrap()
}

#[tokio::test]
async fn the_same_work_is_there_once_with_what_was_said_last() {
    let fresh = Fresh::start().await;
    put_in(&fresh.store, 1, vec![deliver(5, 3)]).await;
    put_in(&fresh.store, 2, vec![deliver(2, 0)]).await;
    assert_eq!(fresh.store.due(minute(60), 10).await.unwrap(), vec![deliver(2, 0)]);
}

#[tokio::test]
async fn work_comes_oldest_first_and_no_more_than_asked_for() {
    let fresh = Fresh::start().await;
    let task = |number, minutes| Task { work: Work::Expire(id(number)), due: to_the_microsecond(minutes), attempts: 0 };
    put_in(&fresh.store, 1, vec![task(7, 30), task(8, 10), task(9, 20)]).await;
    assert_eq!(fresh.store.due(minute(60), 2).await.unwrap(), vec![task(8, 10), task(9, 20)]);
    assert_eq!(fresh.store.due(minute(10), 9).await.unwrap(), vec![task(8, 10)]);
    assert_eq!(fresh.store.next_due().await.unwrap(), Some(to_the_microsecond(10)));
}

#[tokio::test]
async fn finished_work_is_gone_even_when_its_due_time_had_nanoseconds() {
    let fresh = Fresh::start().await;
    let as_committed = Task { work: Work::Deliver(id(1)), due: minute(1), attempts: 0 };
    put_in(&fresh.store, 1, vec![as_committed.clone()]).await;
    fresh.store.finish(&as_committed).await.unwrap();
    assert_eq!(fresh.store.next_due().await.unwrap(), None);
}

#[tokio::test]
async fn whoever_finishes_old_work_leaves_what_was_put_in_anew() {
    let fresh = Fresh::start().await;
    put_in(&fresh.store, 1, vec![deliver(1, 0)]).await;
    let taken = fresh.store.due(minute(1), 1).await.unwrap().remove(0);
    put_in(&fresh.store, 2, vec![deliver(2, 0)]).await;
    fresh.store.finish(&taken).await.unwrap();
    assert_eq!(fresh.store.due(minute(60), 10).await.unwrap(), vec![deliver(2, 0)]);
}

#[tokio::test]
async fn postponed_work_counts_its_tries_unless_it_was_put_in_anew() {
    let fresh = Fresh::start().await;
    put_in(&fresh.store, 1, vec![deliver(1, 0)]).await;
    let first = fresh.store.due(minute(1), 1).await.unwrap().remove(0);
    fresh.store.postpone(&first, minute(3)).await.unwrap();
    assert_eq!(fresh.store.due(minute(60), 10).await.unwrap(), vec![deliver(3, 1)]);

    // The same worker once more, with what it remembers from before: it is too late.
    fresh.store.postpone(&first, minute(1) + SignedDuration::from_secs(1)).await.unwrap();
    fresh.store.finish(&first).await.unwrap();
    assert_eq!(fresh.store.due(minute(60), 10).await.unwrap(), vec![deliver(3, 1)]);
}

#[tokio::test]
async fn an_approved_change_never_waits_behind_what_dies_at_one_moment() {
    let fresh = Fresh::start().await;
    let expire = |number| Task { work: Work::Expire(id(number)), due: to_the_microsecond(1), attempts: 0 };
    let execute = Task { work: Work::Execute(id(40)), due: to_the_microsecond(2), attempts: 0 };
    let dying: Vec<Task> = (10..40).map(expire).collect();
    put_in(&fresh.store, 1, [dying, vec![execute.clone()]].concat()).await;
    let due = fresh.store.due(minute(60), 3).await.unwrap();
    assert_eq!(due, vec![execute, expire(10), expire(11)]);
}
