//! Two at once: exactly one wins, the other is told who did, and nothing of the loser is there.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::future::join_all;
use licensebot::domain::request::{Actor, State};
use licensebot::ports::{Commit, DeliveryId, Store, Task, Work};

use super::support::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_clicks_one_wins_and_the_other_sees_what_it_did() {
    let fresh = Fresh::start().await;
    let draft = commit(&fresh.store, minute(0), open(id(1), ANA, BO, minute(0))).await;
    let confirmed = draft.clone().confirm(minute(1), confirmation(vec![stage(1)]), None).unwrap();
    let cancelled = draft.cancel(minute(1), ANA).unwrap();
    let states = [confirmed.request.clone(), cancelled.request.clone()];

    let (first, second) = tokio::join!(
        fresh.store.commit(unit(minute(1), Actor::Person(ANA), confirmed)),
        fresh.store.commit(unit(minute(1), Actor::Person(ANA), cancelled)),
    );
    let (winner, lost) = match (first.unwrap(), second.unwrap()) {
        (Commit::Done, Commit::Lost(newest)) => (0, newest),
        (Commit::Lost(newest), Commit::Done) => (1, newest),
        other => panic!("one winner and one loser, not {other:?}"),
    };
    assert_eq!(*lost, states[winner]);
    assert_eq!(fresh.store.proven_request(&id(1)).await.unwrap().as_ref(), Some(&states[winner]));
    assert_eq!(fresh.store.trail(&id(1)).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_requests_with_eight_clicks_each_have_two_hundred_winners() {
    let fresh = Fresh::start().await;
    let store = Arc::new(fresh.store);
    let drafts = join_all((0..200).map(|number| {
        let store = Arc::clone(&store);
        async move { commit(store.as_ref(), minute(0), open(id(number), ANA, BO, minute(0))).await }
    }))
    .await;
    let clicks = drafts.iter().flat_map(|draft| (0..8).map(move |_| draft.clone())).map(|draft| {
        let store = Arc::clone(&store);
        let step = draft.cancel(minute(1), ANA).unwrap();
        tokio::spawn(async move { store.commit(unit(minute(1), Actor::Person(ANA), step)).await.unwrap() })
    });
    let results: Vec<Commit> = join_all(clicks).await.into_iter().map(Result::unwrap).collect();

    assert_eq!(results.iter().filter(|result| **result == Commit::Done).count(), 200);
    for result in &results {
        if let Commit::Lost(newest) = result {
            assert_eq!((newest.version, &newest.state), (2, &State::Cancelled { by: ANA }));
        } else {
            assert_eq!(*result, Commit::Done);
        }
    }
    for draft in &drafts {
        assert_eq!(store.proven_request(&draft.id).await.unwrap().map(|request| request.version), Some(2));
    }
}

#[tokio::test]
async fn a_loser_leaves_nothing_behind() {
    let fresh = Fresh::start().await;
    let draft = commit(&fresh.store, minute(0), open(id(1), ANA, BO, minute(0))).await;
    let cancelled = commit(&fresh.store, minute(1), draft.clone().cancel(minute(1), ANA).unwrap()).await;

    let mut late = unit(minute(2), Actor::Bot, draft.expire(minute(2)).unwrap());
    late.tasks = vec![Task { work: Work::Deliver(id(1)), due: minute(2), attempts: 0 }];
    late.texts = vec![text("never said")];
    late.delivery = Some(DeliveryId("console:7".to_owned()));
    assert_eq!(fresh.store.commit(late.clone()).await.unwrap(), Commit::Lost(Box::new(cancelled)));

    assert_eq!(fresh.store.next_due().await.unwrap(), None);
    assert_eq!(fresh.store.text(late.texts[0].reference).await.unwrap(), None);
    assert_eq!(fresh.store.trail(&id(1)).await.unwrap().len(), 2);
    // The delivery was not taken either: another unit may still come with it.
    let mut other = unit(minute(3), Actor::Person(ANA), open(id(2), ANA, ANA, minute(3)));
    other.delivery = late.delivery;
    assert_eq!(fresh.store.commit(other).await.unwrap(), Commit::Done);
}

#[tokio::test]
async fn a_request_number_that_is_taken_is_not_taken_over() {
    let fresh = Fresh::start().await;
    let first = commit(&fresh.store, minute(0), open(id(1), ANA, BO, minute(0))).await;
    let second = unit(minute(1), Actor::Person(MEGAN), open(id(1), MEGAN, MEGAN, minute(1)));
    assert_eq!(fresh.store.commit(second).await.unwrap(), Commit::Lost(Box::new(first)));
}

#[tokio::test]
async fn a_delivery_that_comes_twice_changes_nothing_twice() {
    let fresh = Fresh::start().await;
    let mut asked = unit(minute(0), Actor::Person(ANA), open(id(1), ANA, BO, minute(0)));
    asked.delivery = Some(DeliveryId("discord:42".to_owned()));
    let mut again = unit(minute(0), Actor::Person(ANA), open(id(2), ANA, BO, minute(0)));
    again.delivery = asked.delivery.clone();

    assert_eq!(fresh.store.commit(asked).await.unwrap(), Commit::Done);
    assert_eq!(fresh.store.commit(again).await.unwrap(), Commit::Repeated);
    assert_eq!(fresh.store.request(&id(2)).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_person_has_one_lane() {
    let fresh = Fresh::start().await;
    let (first, second) = (approved(&fresh.store, id(1), BO).await, approved(&fresh.store, id(2), BO).await);
    let other = approved(&fresh.store, id(3), MEGAN).await;
    let begin = |request: &licensebot::domain::request::Request| {
        unit(minute(2), Actor::Bot, request.clone().begin_execution(minute(2)).unwrap())
    };
    let results = tokio::join!(
        fresh.store.commit(begin(&first)),
        fresh.store.commit(begin(&second)),
        fresh.store.commit(begin(&other)),
    );
    let mut of_bo = [results.0.unwrap(), results.1.unwrap()];
    of_bo.sort_by_key(|commit| *commit != Commit::Done);
    assert_eq!(of_bo, [Commit::Done, Commit::LaneTaken]);
    assert_eq!(results.2.unwrap(), Commit::Done, "another person has another lane");
}

#[tokio::test]
async fn the_lane_is_taken_until_the_write_is_settled() {
    let fresh = Fresh::start().await;
    let (first, second) = (approved(&fresh.store, id(1), BO).await, approved(&fresh.store, id(2), BO).await);
    let begin = || unit(minute(9), Actor::Bot, second.clone().begin_execution(minute(9)).unwrap());
    let executing = commit(&fresh.store, minute(2), first.begin_execution(minute(2)).unwrap()).await;
    assert_eq!(fresh.store.commit(begin()).await.unwrap(), Commit::LaneTaken);

    let call = licensebot::domain::request::CallId(uuid::Uuid::from_u128(1));
    let step = executing.intend(minute(3), effect(), call, holdings(&[])).unwrap();
    let intended = commit(&fresh.store, minute(3), step).await;
    let step = intended.answered(minute(4), licensebot::domain::request::Answer::Unknown).unwrap();
    let verifying = commit(&fresh.store, minute(4), step).await;
    assert_eq!(fresh.store.commit(begin()).await.unwrap(), Commit::LaneTaken);

    let asked = commit(&fresh.store, minute(5), verifying.needs_human(minute(5)).unwrap()).await;
    assert_eq!(fresh.store.commit(begin()).await.unwrap(), Commit::LaneTaken);

    let step = asked.resolve(minute(6), false, None, text("looked").reference).unwrap();
    commit(&fresh.store, minute(6), step).await;
    assert_eq!(fresh.store.commit(begin()).await.unwrap(), Commit::Done);
}

#[tokio::test]
async fn a_request_is_proven_while_others_write() {
    let fresh = Fresh::start().await;
    let store = Arc::new(fresh.store);
    let request = commit(store.as_ref(), minute(0), open(id(1), ANA, BO, minute(0))).await;
    let reader = Arc::clone(&store);
    let proofs = tokio::spawn(async move {
        let mut versions = BTreeSet::new();
        while versions.last() != Some(&42) {
            versions.insert(reader.proven_request(&id(1)).await.unwrap().unwrap().version);
        }
        versions
    });
    let step = request.confirm(minute(1), confirmation(vec![stage(1)]), None).unwrap();
    let mut request = commit(store.as_ref(), minute(1), step).await;
    for minutes in 2..42 {
        let why = licensebot::domain::request::StartOver::RouteChanged;
        let step = request.start_over(minute(minutes), confirmation(vec![stage(1)]), why).unwrap();
        request = commit(store.as_ref(), minute(minutes), step).await;
    }
    assert_eq!(proofs.await.unwrap().last(), Some(&42));
}
