//! A database of its own for each story, and requests that go where the story needs them.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use licensebot::adapters::store::sqlite::SqliteStore;
use licensebot::domain::audit::{AuditKey, bind_text};
use licensebot::domain::change::{ChangeSet, Effect, Wish};
use licensebot::domain::ids::{PersonId, PlanId, RequestId, SkuId, TenantId};
use licensebot::domain::person::{Assignment, AssignmentState, Holdings, Path, UsageLocation};
use licensebot::domain::policy::route::{Approvers, Route, Stage};
use licensebot::domain::request::{
    Actor, Answer, CallId, Confirmation, Digest, Origin, Place, Platform, Request, Step,
};
use licensebot::ports::{Commit, PrivateText, Store, Unit};
use tempfile::TempDir;
use uuid::Uuid;

pub const TENANT: TenantId = TenantId(Uuid::from_u128(0x7e4a47));
pub const ANA: PersonId = PersonId(Uuid::from_u128(0xa4a));
pub const BO: PersonId = PersonId(Uuid::from_u128(0xb0));
pub const MEGAN: PersonId = PersonId(Uuid::from_u128(0x3e6a4));
pub const OSKAR: PersonId = PersonId(Uuid::from_u128(0x05ca6));
pub const E5: SkuId = SkuId(Uuid::from_u128(0xe5));
pub const TEAMS: PlanId = PlanId(Uuid::from_u128(0x7ea35));

pub fn key() -> AuditKey {
    AuditKey::from_secret(b"a secret of more than thirty-two bytes")
}

/// Minutes after the beginning of all stories.
pub fn minute(minutes: i64) -> Timestamp {
    "2026-11-24T09:00:00.123456789Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

/// A database in a directory that goes when the story ends.
pub struct Fresh {
    pub dir: TempDir,
    pub store: SqliteStore,
}

impl Fresh {
    pub async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&dir.path().join("licensebot.db"), TENANT, key()).await.unwrap();
        Self { dir, store }
    }

    pub fn file(&self) -> PathBuf {
        self.dir.path().join("licensebot.db")
    }
}

pub fn id(number: u32) -> RequestId {
    let [a, b, c, d] = number.to_be_bytes();
    RequestId::from_random([0, a, b, c, d])
}

pub fn wish(subject: PersonId) -> Wish {
    Wish {
        subject,
        assign: BTreeMap::from([(E5, BTreeSet::from([TEAMS]))]),
        unassign: BTreeSet::new(),
        switch: BTreeMap::new(),
        usage_location: None,
    }
}

pub fn stage(quorum: u32) -> Stage {
    let quorum = NonZeroU32::new(quorum).unwrap();
    Stage { approvers: Approvers::People([MEGAN, OSKAR].into()), quorum, fallback: Some(Approvers::Manager) }
}

pub fn confirmation(stages: Vec<Stage>) -> Confirmation {
    let name = if stages.is_empty() { "at-once" } else { "people" };
    let asked = if stages.is_empty() { BTreeSet::new() } else { BTreeSet::from([MEGAN, OSKAR]) };
    Confirmation {
        route: Route { name: name.to_owned(), rank: u32::try_from(stages.len()).unwrap(), stages },
        rules: vec!["everyone-e5".to_owned()],
        policy: Digest([7; 32]),
        asked,
        expires_at: minute(14 * 24 * 60),
    }
}

pub fn holdings(disabled: &[PlanId]) -> Holdings {
    let disabled = disabled.iter().copied().collect();
    Holdings { assignments: vec![Assignment { sku: E5, path: Path::Direct, disabled, state: AssignmentState::Active }] }
}

pub fn effect() -> Effect {
    Effect::SetLicenses(ChangeSet { add: BTreeMap::from([(E5, BTreeSet::from([TEAMS]))]), remove: BTreeSet::new() })
}

pub fn text(words: &str) -> PrivateText {
    let salt = [9; 16];
    PrivateText { reference: bind_text(&salt, words), salt, text: words.to_owned() }
}

/// A draft: this requester, for this subject.
pub fn open(id: RequestId, requester: PersonId, subject: PersonId, at: Timestamp) -> Step {
    let origin = Origin { platform: Platform::Console, place: Place::Channel("general".to_owned()) };
    let reason = text("Customers call, and I cannot answer. /Ana").reference;
    let expires_at = at + SignedDuration::from_mins(15);
    Request::open(id, at, (requester, wish(subject), Some(reason)), origin, expires_at).unwrap()
}

pub fn unit(at: Timestamp, actor: Actor, step: Step) -> Unit {
    let Step { request, event } = step;
    Unit { at, actor, event, request, tasks: vec![], cards: vec![], texts: vec![], delivery: None }
}

/// Commits an arrow that nobody else is after.
pub async fn commit(store: &dyn Store, at: Timestamp, step: Step) -> Request {
    let request = step.request.clone();
    assert_eq!(store.commit(unit(at, Actor::Bot, step)).await.unwrap(), Commit::Done);
    request
}

/// From nothing to approved, at once.
pub async fn approved(store: &dyn Store, id: RequestId, subject: PersonId) -> Request {
    let draft = commit(store, minute(0), open(id, ANA, subject, minute(0))).await;
    commit(store, minute(1), draft.confirm(minute(1), confirmation(vec![]), None).unwrap()).await
}

/// From nothing to the change that the directory shows, with one vote and a country that was chosen.
pub async fn applied(store: &dyn Store, id: RequestId, subject: PersonId) -> Request {
    let draft = commit(store, minute(0), open(id, ANA, subject, minute(0))).await;
    let country: UsageLocation = "SE".parse().unwrap();
    let step = draft.confirm(minute(1), confirmation(vec![stage(1)]), Some(country)).unwrap();
    let waiting = commit(store, minute(1), step).await;
    let approved = commit(store, minute(2), waiting.vote(minute(2), MEGAN, BTreeSet::new(), None).unwrap()).await;
    let executing = commit(store, minute(3), approved.begin_execution(minute(3)).unwrap()).await;
    let call = CallId(Uuid::from_u128(1));
    let intent = executing.intend(minute(3), effect(), call, Holdings::default()).unwrap();
    let intended = commit(store, minute(3), intent).await;
    let verifying = commit(store, minute(3), intended.answered(minute(3), Answer::Accepted).unwrap()).await;
    commit(store, minute(4), verifying.applied(minute(4), holdings(&[TEAMS])).unwrap()).await
}
