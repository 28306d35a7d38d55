//! The trail alone rebuilds every request, whatever happened to them and in whatever order.

use std::collections::{BTreeMap, BTreeSet};

use licensebot::adapters::store::sqlite::SqliteStore;
use licensebot::domain::ids::RequestId;
use licensebot::domain::request::{Actor, Request};
use licensebot::ports::{Commit, Store};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestCaseResult};

use super::support::*;
use super::walk::{self, Dice};

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_trail_alone_rebuilds_every_request(dice in prop::collection::vec(any::<Dice>(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live_and_rebuild(&dice))?;
    }
}

async fn live_and_rebuild(dice: &[Dice]) -> TestCaseResult {
    let fresh = Fresh::start().await;
    let (requests, records) = live(&fresh.store, dice, 5).await;
    for (id, request) in &requests {
        let trail = fresh.store.trail(id).await.unwrap();
        let replayed = Request::replay(id, trail.iter().map(|(at, _, event)| (*at, event)));
        prop_assert_eq!(replayed.as_ref(), Ok(request));
        prop_assert_eq!(fresh.store.proven_request(id).await.unwrap(), Some(request.clone()));
        prop_assert_eq!(fresh.store.request(id).await.unwrap(), Some(request.clone()));
    }
    let report = fresh.store.reader().verify(None).await.unwrap();
    let counted = (report.fault, report.records, report.requests);
    prop_assert_eq!(counted, (None, records, u64::try_from(requests.len()).unwrap()));
    let head = fresh.store.reader().head().await.unwrap();
    prop_assert_eq!(fresh.store.reader().verify(Some(head)).await.unwrap().fault, None);
    Ok::<(), TestCaseError>(())
}

/// So many requests for three people at once. Gives back the requests as they should be, and how many arrows there were.
pub async fn live(store: &SqliteStore, dice: &[Dice], many: u8) -> (BTreeMap<RequestId, Request>, u64) {
    let mut requests = BTreeMap::new();
    let mut records = 0;
    for (minutes, dice) in (0..).zip(dice) {
        let id = id(u32::from(dice.0 % many));
        let Some(step) = walk::step(requests.get(&id).cloned(), id.clone(), minute(minutes), *dice) else { continue };
        let after = step.request.clone();
        match store.commit(unit(minute(minutes), Actor::Bot, step)).await.unwrap() {
            Commit::Done => {
                requests.insert(id, after);
                records += 1;
            }
            Commit::LaneTaken => assert!(somebody_else_writes(&requests, &after), "{after:?}"),
            other => panic!("nobody else is after {id}, yet: {other:?}"),
        }
    }
    (requests, records)
}

fn somebody_else_writes(requests: &BTreeMap<RequestId, Request>, mine: &Request) -> bool {
    let others = requests.values().filter(|other| other.id != mine.id && other.wish.subject == mine.wish.subject);
    mine.state.name().holds_lane() && others.into_iter().any(|other| other.state.name().holds_lane())
}

#[test]
fn the_random_lives_visit_every_state() {
    let mut seen = BTreeSet::new();
    let mut requests: BTreeMap<RequestId, Request> = BTreeMap::new();
    for (minutes, dice) in (0..).zip(walk::dice(2000)) {
        let id = id(u32::from(dice.0));
        let request = requests.get(&id).cloned();
        if let Some(step) = walk::step(request, id.clone(), minute(minutes), dice) {
            seen.insert(step.request.state.name().as_str());
            requests.insert(id, step.request);
        }
    }
    let all =
        "applied approved awaiting_approval cancelled denied draft executing expired failed needs_human verifying";
    assert_eq!(seen.into_iter().collect::<Vec<_>>().join(" "), all);
}
