//! The machine by its stories: every arrow there is and every one there is not, votes and stages, and what is approved.

mod arrows;
mod digests;
mod execution;
mod votes;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::*;
use crate::domain::change::{ChangeSet, Effect};
use crate::domain::ids::SkuId;
use crate::domain::person::{Assignment, AssignmentState, Holdings, Path, UsageLocation};
use crate::domain::policy::route::{Approvers, Route, Stage};

const ANA: PersonId = PersonId(Uuid::from_u128(1));
const BO: PersonId = PersonId(Uuid::from_u128(2));
const MEGAN: PersonId = PersonId(Uuid::from_u128(3));
const OSKAR: PersonId = PersonId(Uuid::from_u128(4));
const LI: PersonId = PersonId(Uuid::from_u128(5));
const E5: SkuId = SkuId(Uuid::from_u128(0xe5));

fn minute(minutes: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
}

fn id() -> RequestId {
    RequestId::from_random([1, 2, 3, 4, 5])
}

fn wish() -> Wish {
    Wish {
        subject: BO,
        assign: BTreeMap::from([(E5, BTreeSet::new())]),
        unassign: BTreeSet::new(),
        switch: BTreeMap::new(),
        usage_location: None,
    }
}

fn origin() -> Origin {
    Origin { platform: Platform::Teams, place: Place::Direct }
}

fn draft() -> Request {
    Request::open(id(), minute(0), (ANA, wish(), None), origin(), minute(15)).unwrap().request
}

/// A route that wants so many votes in each of its stages.
fn route(quorums: &[u32]) -> Confirmation {
    let stage = |quorum: &u32| Stage {
        approvers: Approvers::Manager,
        quorum: NonZeroU32::new(*quorum).unwrap(),
        fallback: None,
    };
    let stages: Vec<Stage> = quorums.iter().map(stage).collect();
    let asked = if stages.is_empty() { BTreeSet::new() } else { BTreeSet::from([MEGAN, OSKAR]) };
    Confirmation {
        route: Route { name: "people".to_owned(), rank: 10, stages },
        rules: vec!["e5".to_owned()],
        policy: Digest([7; 32]),
        asked,
        expires_at: minute(1000),
    }
}

fn waiting(quorums: &[u32]) -> Request {
    draft().confirm(minute(1), route(quorums), None).unwrap().request
}

fn approved() -> Request {
    waiting(&[])
}

fn executing() -> Request {
    approved().begin_execution(minute(2)).unwrap().request
}

fn licenses() -> Effect {
    Effect::SetLicenses(ChangeSet { add: BTreeMap::from([(E5, BTreeSet::new())]), remove: BTreeSet::new() })
}

fn call() -> CallId {
    CallId(Uuid::from_u128(9))
}

fn with_e5() -> Holdings {
    let assignment =
        Assignment { sku: E5, path: Path::Direct, disabled: BTreeSet::new(), state: AssignmentState::Active };
    Holdings { assignments: vec![assignment] }
}

fn intended() -> Request {
    executing().intend(minute(3), licenses(), call(), Holdings::default()).unwrap().request
}

fn verifying() -> Request {
    intended().answered(minute(4), Answer::Accepted).unwrap().request
}
