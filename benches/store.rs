//! What the store costs: a unit's commit beside the bare commit of one row on the same disk in the same run, alone and with many
//! writers; the reads on the way to an answer; the proof of the whole trail. `cargo bench --bench store`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measurement, not the program"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use licensebot::adapters::store::sqlite::SqliteStore;
use licensebot::domain::audit::AuditKey;
use licensebot::domain::change::Wish;
use licensebot::domain::ids::{PersonId, RequestId, SkuId, TenantId};
use licensebot::domain::request::{Actor, Origin, Place, Platform, Request};
use licensebot::domain::text::Locale;
use licensebot::ports::{
    Addressee, CardId, CardView, Commit, Delivery, DeliveryId, Listing, PostedCard, Store, Task, Unit, Work,
};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection};
use uuid::Uuid;

/// Commits timed one after the other.
const ALONE: u32 = 2000;
/// Writers at once, and how many commits each does.
const WRITERS: u32 = 64;
const EACH: u32 = 100;

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

/// What a typed command commits: the draft with its record, two tasks, one card, the delivery.
fn asked(number: u32) -> Unit {
    let [a, b, c, d] = number.to_be_bytes();
    let id = RequestId::from_random([0, a, b, c, d]);
    let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(i64::from(number));
    let wish = Wish {
        subject: person(2),
        assign: BTreeMap::from([(SkuId(Uuid::from_u128(0xe5)), BTreeSet::new())]),
        unassign: BTreeSet::new(),
        switch: BTreeMap::new(),
        usage_location: None,
    };
    let origin = Origin { platform: Platform::Console, place: Place::Channel("general".to_owned()) };
    let expires_at = at + SignedDuration::from_mins(15);
    let requester = person(1000 + u128::from(number % 100));
    let step = Request::open(id.clone(), at, (requester, wish, None), origin, expires_at).unwrap();
    let to = Addressee { platform: Platform::Console, place: Place::Direct, only: Some(person(1)) };
    let card = PostedCard {
        id: CardId(Uuid::from_u128(u128::from(number))),
        request: id.clone(),
        view: CardView::Preflight,
        to,
        locale: Locale::En,
        delivery: Delivery::Sending,
        rendered: 0,
    };
    Unit {
        at,
        actor: Actor::Person(person(1)),
        event: step.event,
        request: step.request,
        tasks: vec![
            Task { work: Work::Deliver(id.clone()), due: at, attempts: 0 },
            Task { work: Work::Expire(id), due: expires_at, attempts: 0 },
        ],
        cards: vec![card],
        texts: vec![],
        delivery: Some(DeliveryId(format!("console:{number}"))),
    }
}

async fn bare(directory: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(directory.join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = options.connect().await.unwrap();
    sqlx::query("CREATE TABLE line (id INTEGER PRIMARY KEY, body TEXT)").execute(&mut connection).await.unwrap();
    connection
}

async fn bare_commit(connection: &mut SqliteConnection) {
    let insert = sqlx::query("INSERT INTO line (body) VALUES ($1)").bind("x".repeat(1500));
    insert.execute(connection).await.unwrap();
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!("{name:<44} n {:>5}   p50 {:>7.3} ms   p99 {:>7.3} ms", times.len(), at(50), at(99));
}

/// Turn and turn about, so that both meet the same disk.
async fn alone(directory: &Path, store: &SqliteStore) {
    let mut connection = bare(directory).await;
    let (mut bare, mut units) = (Vec::new(), Vec::new());
    for number in 0..ALONE {
        let begin = Instant::now();
        bare_commit(&mut connection).await;
        bare.push(begin.elapsed());
        let unit = asked(number);
        let begin = Instant::now();
        assert_eq!(store.commit(unit).await.unwrap(), Commit::Done);
        units.push(begin.elapsed());
    }
    report("one bare durable commit", bare);
    report("a unit's commit, one writer", units);
}

async fn together(store: &Arc<SqliteStore>) {
    let begin = Instant::now();
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let store = Arc::clone(store);
        writers.spawn(async move {
            let mut times = Vec::new();
            for turn in 0..EACH {
                let unit = asked(ALONE + writer * EACH + turn);
                let begin = Instant::now();
                assert_eq!(store.commit(unit).await.unwrap(), Commit::Done);
                times.push(begin.elapsed());
            }
            times
        });
    }
    let times = writers.join_all().await.concat();
    let rate = f64::from(WRITERS * EACH) / begin.elapsed().as_secs_f64();
    report(&format!("a unit's commit, {WRITERS} writers ({rate:.0}/s)"), times);
}

async fn reads(store: &SqliteStore) {
    let (mut proven, mut listed, mut due) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..ALONE {
        let id = asked(number).request.id;
        let begin = Instant::now();
        assert!(store.proven_request(&id).await.unwrap().is_some());
        proven.push(begin.elapsed());
        let begin = Instant::now();
        let of_person = Listing::OpenBy(person(1000 + u128::from(number % 100)));
        assert_eq!(store.list(&of_person, 10).await.unwrap().requests.len(), 10);
        listed.push(begin.elapsed());
        let begin = Instant::now();
        assert_eq!(store.due(Timestamp::UNIX_EPOCH, 32).await.unwrap().len(), 1);
        due.push(begin.elapsed());
    }
    report("a proven request", proven);
    report("ten requests of one person", listed);
    report("due work", due);
}

#[tokio::main]
async fn main() {
    let directory = tempfile::tempdir().unwrap();
    let key = AuditKey::from_secret(b"a secret of more than thirty-two bytes");
    let file = directory.path().join("licensebot.db");
    let store = Arc::new(SqliteStore::open(&file, TenantId(Uuid::from_u128(1)), key).await.unwrap());
    alone(directory.path(), &store).await;
    together(&store).await;
    reads(&store).await;
    let begin = Instant::now();
    let report = store.reader().verify(None).await.unwrap();
    assert_eq!(report.fault, None);
    let rate = report.records as f64 / begin.elapsed().as_secs_f64();
    println!("{:<44} n {:>5}   {rate:.0} records/s", "the proof of the whole trail", report.records);
}
