//! Whoever can write to the database changes it; verification names the first thing that is wrong.

use std::path::{Path, PathBuf};

use licensebot::adapters::store::sqlite::{Fault, SqliteReader, SqliteStore};
use licensebot::domain::audit::{Anchor, AuditKey, Reading, Seal};
use licensebot::domain::request::{Actor, Digest};
use licensebot::ports::{Commit, Store, StoreError};
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};
use tempfile::TempDir;

use super::support::*;

const POLICY: &str = "permit (principal, action, resource);";

/// A database with nine records: seven of the first request (applied), a reading, and the draft of the second. Beside it, a
/// copy as it was after each record.
struct Filled {
    dir: TempDir,
    anchors: Vec<Anchor>,
}

impl Filled {
    async fn make() -> Self {
        let Fresh { dir, store } = Fresh::start().await;
        store.keep_policy(Digest(Sha256::digest(POLICY).into()), POLICY).await.unwrap();
        applied(&store, id(1), BO).await;
        store.record_reading(minute(5), Actor::Person(MEGAN), Reading::Person(BO)).await.unwrap();
        let eighth = store.reader().head().await.unwrap();
        store.close().await;
        std::fs::copy(dir.path().join("licensebot.db"), dir.path().join("eight-records.db")).unwrap();

        let store = SqliteStore::open(&dir.path().join("licensebot.db"), TENANT, key()).await.unwrap();
        let mut asked = unit(minute(6), Actor::Person(ANA), open(id(2), ANA, BO, minute(6)));
        asked.texts = vec![text("Customers call, and I cannot answer. /Ana")];
        assert_eq!(store.commit(asked).await.unwrap(), Commit::Done);
        let ninth = store.reader().head().await.unwrap();
        store.close().await;
        Self { dir, anchors: vec![eighth, ninth] }
    }

    /// A copy to change.
    fn copy(&self, name: &str) -> PathBuf {
        let copy = self.dir.path().join(name);
        std::fs::copy(self.dir.path().join("licensebot.db"), &copy).unwrap();
        copy
    }

    async fn after(&self, name: &str, sql: &str) -> Option<Fault> {
        let copy = self.copy(name);
        by_hand(&copy, sql).await;
        verify(&copy, None).await
    }
}

/// As somebody with a database tool and bad intentions: triggers and foreign keys do not stop them.
async fn by_hand(file: &Path, sql: &str) {
    let options = SqliteConnectOptions::new().filename(file).foreign_keys(false);
    let mut hand = options.connect().await.unwrap();
    let drop = "DROP TRIGGER audit_keeps_what_it_says; DROP TRIGGER audit_keeps_what_it_has;";
    sqlx::raw_sql(AssertSqlSafe(format!("{drop} {sql}"))).execute(&mut hand).await.unwrap();
    hand.close().await.unwrap();
}

async fn verify(file: &Path, anchor: Option<Anchor>) -> Option<Fault> {
    let reader = SqliteReader::open(file, Some(TENANT), key()).await.unwrap();
    let fault = reader.verify(anchor).await.unwrap().fault;
    reader.close().await;
    fault
}

fn changed(seq: i64) -> Option<Fault> {
    Some(Fault::RecordChanged { seq })
}

fn missing(seq: i64) -> Option<Fault> {
    Some(Fault::RecordMissing { seq })
}

fn request(number: u32) -> String {
    id(number).to_string()
}

#[tokio::test]
async fn an_untouched_database_holds() {
    let filled = Filled::make().await;
    let reader = SqliteReader::open(&filled.dir.path().join("licensebot.db"), None, key()).await.unwrap();
    let [eighth, ninth] = filled.anchors[..] else { panic!("two anchors") };
    for anchor in [None, Some(eighth), Some(ninth)] {
        let report = reader.verify(anchor).await.unwrap();
        assert_eq!((report.fault, report.records, report.requests, report.head), (None, 9, 2, ninth));
    }
    assert_eq!((eighth.seq, ninth.seq), (8, 9));
}

#[tokio::test]
async fn a_changed_record_is_named_by_its_number() {
    let filled = Filled::make().await;
    let table = [
        ("text", "UPDATE audit SET record = replace(record, '\"voted\"', '\"denied\"') WHERE seq = 3", changed(3)),
        ("blank", "UPDATE audit SET record = '' WHERE seq = 9", changed(9)),
        ("seal", "UPDATE audit SET seal = replace(seal, substr(seal, 1, 1), 'x') WHERE seq = 5", changed(5)),
        ("zeros", "UPDATE audit SET seal = printf('%064d', 0) WHERE seq = 2", changed(2)),
        ("previous", "UPDATE audit SET previous = printf('%064d', 0) WHERE seq = 2", changed(2)),
        ("at", "UPDATE audit SET at = at - 60000000 WHERE seq = 7", changed(7)),
        ("whose", "UPDATE audit SET request = 'R-00000009' WHERE seq = 4", changed(4)),
        ("nobodys", "UPDATE audit SET request = NULL WHERE seq = 6", changed(6)),
        ("a reading", "UPDATE audit SET request = 'R-00000009' WHERE seq = 8", changed(8)),
        (
            "swapped",
            "UPDATE audit SET seq = -3 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 5; \
             UPDATE audit SET seq = 5 WHERE seq = -3",
            changed(3),
        ),
        (
            "doubled",
            "INSERT INTO audit SELECT tenant, 10, at, request, record, previous, seal FROM audit WHERE seq = 9",
            changed(10),
        ),
        (
            "before the first",
            "INSERT INTO audit SELECT tenant, 0, at, request, record, previous, seal FROM audit WHERE seq = 9",
            changed(0),
        ),
    ];
    for (name, sql, expected) in table {
        assert_eq!(filled.after(name, sql).await, expected, "{name}");
    }
}

#[tokio::test]
async fn a_record_that_is_gone_is_named_by_its_number() {
    let filled = Filled::make().await;
    let table = [
        ("first", "DELETE FROM audit WHERE seq = 1", missing(1)),
        ("middle", "DELETE FROM audit WHERE seq = 4", missing(4)),
        ("last", "DELETE FROM audit WHERE seq = 9", missing(9)),
        ("last two", "DELETE FROM audit WHERE seq > 7", missing(8)),
        ("all", "DELETE FROM audit", missing(1)),
        ("other tenant", "UPDATE audit SET tenant = 'x' WHERE seq = 6", missing(6)),
        ("moved up", "DELETE FROM audit WHERE seq = 4; UPDATE audit SET seq = seq - 1 WHERE seq > 4", changed(4)),
    ];
    for (name, sql, expected) in table {
        assert_eq!(filled.after(name, sql).await, expected, "{name}");
    }
}

#[tokio::test]
async fn the_note_of_the_end_cannot_be_made_up() {
    let filled = Filled::make().await;
    let head = Some(Fault::HeadChanged { seq: 9 });
    let table = [
        ("no note", "DELETE FROM audit_head", head.clone()),
        ("another number", "UPDATE audit_head SET seq = 10", head.clone()),
        (
            "shorter",
            "DELETE FROM audit WHERE seq = 9; UPDATE audit_head SET seq = 8",
            Some(Fault::HeadChanged { seq: 8 }),
        ),
        ("another seal", "UPDATE audit_head SET seal = printf('%064d', 0)", head),
    ];
    for (name, sql, expected) in table {
        assert_eq!(filled.after(name, sql).await, expected, "{name}");
    }
}

#[tokio::test]
async fn a_changed_request_is_named() {
    let filled = Filled::make().await;
    let (first, second) = (request(1), request(2));
    let row_changed = |request: &str| Some(Fault::RequestChanged { request: request.to_owned() });
    let table = [
        ("state", format!("UPDATE request SET state = 'approved' WHERE id = '{first}'"), row_changed(&first)),
        (
            "body",
            format!("UPDATE request SET body = replace(body, '\"draft\"', '\"expired\"') WHERE id = '{second}'"),
            row_changed(&second),
        ),
        ("no body", format!("UPDATE request SET body = '' WHERE id = '{first}'"), row_changed(&first)),
        ("subject", format!("UPDATE request SET subject = '{ANA}' WHERE id = '{first}'"), row_changed(&first)),
        ("requester", format!("UPDATE request SET requester = '{BO}' WHERE id = '{second}'"), row_changed(&second)),
        ("opened", format!("UPDATE request SET opened_at = 0 WHERE id = '{first}'"), row_changed(&first)),
        ("older", format!("UPDATE request SET version = 1 WHERE id = '{first}'"), row_changed(&first)),
        (
            "newer",
            format!("UPDATE request SET version = 99 WHERE id = '{first}'"),
            Some(Fault::RequestAhead { request: first.clone() }),
        ),
        (
            "deleted",
            format!("DELETE FROM request WHERE id = '{second}'"),
            Some(Fault::RequestMissing { request: second.clone() }),
        ),
        (
            "forged",
            format!(
                "INSERT INTO request SELECT tenant, 'R-00000009', 1, state, subject, requester, opened_at, \
                 replace(body, '{second}', 'R-00000009') FROM request WHERE id = '{second}'"
            ),
            Some(Fault::RequestUnproven { request: "R-00000009".to_owned() }),
        ),
        (
            "renamed",
            format!("UPDATE request SET id = 'R-00000000' WHERE id = '{first}'"),
            Some(Fault::RequestUnproven { request: "R-00000000".to_owned() }),
        ),
    ];
    for (name, sql, expected) in table {
        assert_eq!(filled.after(name, &sql).await, expected, "{name}");
    }
}

#[tokio::test]
async fn changed_words_and_policies_are_found_and_erased_words_are_not_missed() {
    let filled = Filled::make().await;
    let reference = text("Customers call, and I cannot answer. /Ana").reference.0.to_string();
    let words = filled.after("words", "UPDATE private_text SET text = 'A rise, please'").await;
    assert_eq!(words, Some(Fault::TextChanged { reference }));
    assert_eq!(filled.after("erased", "DELETE FROM private_text").await, None);
    let policy = Digest(Sha256::digest(POLICY).into()).to_string();
    let texts = filled.after("policy", "UPDATE policy_text SET texts = texts || ' '").await;
    assert_eq!(texts, Some(Fault::PolicyChanged { policy }));
}

#[tokio::test]
async fn a_tail_that_is_cut_together_with_the_note_of_its_end_leaves_a_request_ahead() {
    let filled = Filled::make().await;
    let note_of = |anchor: Anchor| {
        let proof = key().seal_head(anchor.seal, anchor.seq).0;
        format!("UPDATE audit_head SET seq = {}, seal = '{}', proof = '{proof}'", anchor.seq, anchor.seal.0)
    };
    // The notes of earlier ends were in the database once; a backup still has them.
    let cut = format!("DELETE FROM audit WHERE seq = 9; {}", note_of(filled.anchors[0]));
    let unproven = Some(Fault::RequestUnproven { request: request(2) });
    assert_eq!(filled.after("cut", &cut).await, unproven);

    let copy = filled.copy("sixth");
    let mut hand = SqliteConnection::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    let (seal,): (String,) = sqlx::query_as("SELECT seal FROM audit WHERE seq = 6").fetch_one(&mut hand).await.unwrap();
    hand.close().await.unwrap();
    let sixth = Anchor { seq: 6, seal: Seal(seal.parse().unwrap()) };
    let cut =
        format!("DELETE FROM audit WHERE seq > 6; DELETE FROM request WHERE id = '{}'; {}", request(2), note_of(sixth));
    assert_eq!(filled.after("cut more", &cut).await, Some(Fault::RequestAhead { request: request(1) }));
}

#[tokio::test]
async fn an_older_copy_of_the_whole_database_is_found_by_the_anchor_alone() {
    let filled = Filled::make().await;
    let older = filled.dir.path().join("eight-records.db");
    let [eighth, ninth] = filled.anchors[..] else { panic!("two anchors") };
    assert_eq!(verify(&older, None).await, None, "nothing in it is wrong");
    assert_eq!(verify(&older, Some(eighth)).await, None);
    assert_eq!(verify(&older, Some(ninth)).await, Some(Fault::AnchorMissed { seq: 9 }));

    // The bot goes on with the older copy: another ninth record, as well sealed as the first one.
    let store = SqliteStore::open(&older, TENANT, key()).await.unwrap();
    commit(&store, minute(7), open(id(3), ANA, BO, minute(7))).await;
    assert_eq!(store.reader().verify(None).await.unwrap().fault, None);
    assert_eq!(store.reader().verify(Some(ninth)).await.unwrap().fault, Some(Fault::AnchorMissed { seq: 9 }));
    store.close().await;

    // And a database that was begun anew.
    let fresh = Fresh::start().await;
    assert_eq!(fresh.store.reader().verify(Some(eighth)).await.unwrap().fault, Some(Fault::AnchorMissed { seq: 8 }));
    let beginning = fresh.store.reader().head().await.unwrap();
    assert_eq!(fresh.store.reader().verify(Some(beginning)).await.unwrap().fault, None);
    let elsewhere = Anchor { seq: 0, seal: Seal(Digest([3; 32])) };
    let missed = fresh.store.reader().verify(Some(elsewhere)).await.unwrap().fault;
    assert_eq!(missed, Some(Fault::AnchorMissed { seq: 0 }));
}

#[tokio::test]
async fn a_trail_that_was_sealed_anew_with_another_key_breaks_at_its_first_record() {
    let filled = Filled::make().await;
    let copy = filled.copy("resealed");
    let forger = AuditKey::from_secret(b"whatever somebody without the key has");
    let mut hand = SqliteConnection::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT seq, record FROM audit ORDER BY seq").fetch_all(&mut hand).await.unwrap();
    hand.close().await.unwrap();
    let mut last = forger.genesis(TENANT);
    let mut sql = String::new();
    for (seq, record) in rows {
        let seal = forger.seal(last, u64::try_from(seq).unwrap(), &record);
        sql += &format!("UPDATE audit SET previous = '{}', seal = '{}' WHERE seq = {seq};", last.0, seal.0);
        last = seal;
    }
    by_hand(&copy, &sql).await;
    assert_eq!(verify(&copy, None).await, changed(1));
}

#[tokio::test]
async fn broken_pages_are_told_as_such() {
    let filled = Filled::make().await;
    let copy = filled.copy("pages");
    let mut bytes = std::fs::read(&copy).unwrap();
    // The first page holds the schema, which must still be found; everything after it is gone.
    bytes[4096..].fill(0xff);
    std::fs::write(&copy, bytes).unwrap();
    let opened = SqliteReader::open(&copy, Some(TENANT), key()).await.map(|_| ());
    assert_eq!(opened.unwrap_err().to_string(), "the database is damaged: the file is not a whole SQLite database");

    let copy = filled.copy("index");
    by_hand(
        &copy,
        "PRAGMA writable_schema = ON; \
         UPDATE sqlite_master SET sql = replace(sql, 'opened_at, id)', 'id, opened_at)') WHERE name = 'request_ended_by'",
    )
    .await;
    let fault = verify(&copy, None).await;
    assert!(matches!(fault, Some(Fault::Pages { .. })), "{fault:?}");
}

#[tokio::test]
async fn nothing_is_executed_that_the_trail_does_not_prove() {
    let filled = Filled::make().await;
    let (first, second) = (request(1), request(2));
    let says_else = |request: &str| format!("the row of {request} says something else than its audit trail");
    let table = [
        (
            "approved by hand",
            format!("UPDATE request SET state = 'approved' WHERE id = '{second}'"),
            2,
            says_else(&second),
        ),
        (
            "another subject",
            format!("UPDATE request SET body = replace(body, '{BO}', '{ANA}') WHERE id = '{second}'"),
            2,
            says_else(&second),
        ),
        ("deleted", format!("DELETE FROM request WHERE id = '{first}'"), 1, says_else(&first)),
        (
            "vote forged",
            "UPDATE audit SET record = replace(record, 'voted', 'vpted') WHERE seq = 3".to_owned(),
            1,
            "audit record 3".to_owned(),
        ),
        (
            "record of another",
            format!("UPDATE audit SET request = '{second}' WHERE seq = 2"),
            2,
            "audit record 2".to_owned(),
        ),
        (
            "no trail",
            format!("DELETE FROM audit WHERE request = '{second}'"),
            2,
            format!("the audit trail of {second} makes no sense: a request begins with `opened`"),
        ),
        (
            "vote cut out",
            "DELETE FROM audit WHERE seq = 3".to_owned(),
            1,
            format!("the audit trail of {first} makes no sense: no `began` from `awaiting_approval`"),
        ),
    ];
    for (name, sql, number, expected) in table {
        let copy = filled.copy(name);
        by_hand(&copy, &sql).await;
        let reader = SqliteReader::open(&copy, Some(TENANT), key()).await.unwrap();
        match reader.proven_request(&id(number)).await {
            Err(StoreError::Damaged(what)) => assert_eq!(what, expected, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn every_fault_is_a_sentence_and_a_line_for_scripts() {
    let table = [
        (
            Fault::RecordChanged { seq: 3 },
            "audit record 3 is not the one that was sealed",
            r#"{"fault":"record_changed","seq":3}"#,
        ),
        (Fault::RecordMissing { seq: 4 }, "audit record 4 is missing", r#"{"fault":"record_missing","seq":4}"#),
        (
            Fault::RequestAhead { request: "R-00000001".to_owned() },
            "the row of request R-00000001 is ahead of its audit records: the trail was cut off",
            r#"{"fault":"request_ahead","request":"R-00000001"}"#,
        ),
    ];
    for (fault, sentence, line) in table {
        assert_eq!((fault.to_string().as_str(), serde_json::to_string(&fault).unwrap().as_str()), (sentence, line));
    }
}

#[tokio::test]
async fn the_end_that_was_changed_is_no_anchor() {
    let filled = Filled::make().await;
    let copy = filled.copy("head");
    by_hand(&copy, "DELETE FROM audit WHERE seq = 9").await;
    let reader = SqliteReader::open(&copy, Some(TENANT), key()).await.unwrap();
    assert!(matches!(reader.head().await, Err(StoreError::Damaged(_))));
}
