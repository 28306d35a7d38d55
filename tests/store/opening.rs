//! Opening: whose database it is, which version wrote it, and that nothing is lost by not saying goodbye.

use licensebot::adapters::store::sqlite::{SqliteReader, SqliteStore, file_of};
use licensebot::domain::audit::AuditKey;
use licensebot::domain::ids::TenantId;
use licensebot::ports::{Commit, Store, StoreError};
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

use super::support::*;

async fn by_hand(fresh: &Fresh, sql: &'static str) {
    let mut hand = SqliteConnection::connect(&format!("sqlite://{}", fresh.file().display())).await.unwrap();
    sqlx::query(sql).execute(&mut hand).await.unwrap();
    hand.close().await.unwrap();
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_drop_without_goodbye() {
    let fresh = Fresh::start().await;
    let done = applied(&fresh.store, id(1), BO).await;
    let Fresh { dir, store } = fresh;
    drop(store);
    let again = SqliteStore::open(&dir.path().join("licensebot.db"), TENANT, key()).await.unwrap();
    assert_eq!(again.proven_request(&id(1)).await.unwrap(), Some(done));
    commit(&again, minute(9), open(id(2), ANA, BO, minute(9))).await;
}

#[tokio::test]
async fn a_closed_store_says_so_and_opens_again() {
    let fresh = Fresh::start().await;
    let draft = commit(&fresh.store, minute(0), open(id(1), ANA, BO, minute(0))).await;
    assert_eq!(fresh.store.proven_request(&id(1)).await.unwrap().as_ref(), Some(&draft));
    fresh.store.close().await;
    let refused = fresh
        .store
        .commit(unit(minute(1), licensebot::domain::request::Actor::Bot, draft.clone().expire(minute(1)).unwrap()))
        .await;
    assert!(matches!(refused, Err(StoreError::Failed(_))), "{refused:?}");
    let files: Vec<_> = std::fs::read_dir(fresh.dir.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["licensebot.db"], "closing folds the write-ahead log in");
    let again = SqliteStore::open(&fresh.file(), TENANT, key()).await.unwrap();
    assert_eq!(again.proven_request(&id(1)).await.unwrap(), Some(draft));
}

#[tokio::test]
async fn a_reader_reads_while_the_bot_writes_and_after_it_stopped() {
    let fresh = Fresh::start().await;
    let reader = SqliteReader::open(&fresh.file(), Some(TENANT), key()).await.unwrap();
    assert_eq!(reader.request(&id(1)).await.unwrap(), None);
    let draft = commit(&fresh.store, minute(0), open(id(1), ANA, BO, minute(0))).await;
    assert_eq!(reader.request(&id(1)).await.unwrap(), Some(draft.clone()));
    reader.close().await;
    fresh.store.close().await;
    let later = SqliteReader::open(&fresh.file(), None, key()).await.unwrap();
    assert_eq!((later.tenant(), later.proven_request(&id(1)).await.unwrap()), (TENANT, Some(draft)));
}

#[tokio::test]
async fn a_database_of_another_tenant_or_another_key_is_refused() {
    let fresh = Fresh::start().await;
    fresh.store.close().await;
    let other = TenantId(Uuid::from_u128(2));
    let wrong = AuditKey::from_secret(b"another secret of more than 32 bytes");
    let refusal =
        "the database belongs to tenant 00000000-0000-0000-0000-0000007e4a47: name its own tenant, or another database";
    let error = SqliteStore::open(&fresh.file(), other, key()).await.unwrap_err();
    assert_eq!(error.to_string(), refusal);
    let error = SqliteReader::open(&fresh.file(), Some(other), key()).await.unwrap_err();
    assert_eq!(error.to_string(), refusal);

    let refusal =
        "the audit trail is sealed with another key: use the key that [audit] key named when the database was made";
    let error = SqliteStore::open(&fresh.file(), TENANT, wrong.clone()).await.unwrap_err();
    assert_eq!(error.to_string(), refusal);
    let error = SqliteReader::open(&fresh.file(), None, wrong).await.unwrap_err();
    assert_eq!(error.to_string(), refusal);
}

#[tokio::test]
async fn a_database_from_the_future_is_refused_and_one_from_the_past_is_not_touched_by_readers() {
    let fresh = Fresh::start().await;
    fresh.store.close().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'later', TRUE, x'00', 0)";
    by_hand(&fresh, newer).await;
    let path = fresh.file();
    let refusal =
        format!("the database at {} was written by a newer version: use that version of licensebot", path.display());
    assert_eq!(SqliteStore::open(&path, TENANT, key()).await.unwrap_err().to_string(), refusal);
    assert_eq!(SqliteReader::open(&path, None, key()).await.unwrap_err().to_string(), refusal);

    by_hand(&fresh, "DELETE FROM _sqlx_migrations").await;
    let refusal = format!("the database at {} is of an older version: run `licensebot migrate` first", path.display());
    assert_eq!(SqliteReader::open(&path, None, key()).await.unwrap_err().to_string(), refusal);
}

#[tokio::test]
async fn what_is_no_database_is_a_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("licensebot.db");
    let error = SqliteReader::open(&file, None, key()).await.unwrap_err().to_string();
    assert_eq!(
        error,
        format!("there is no database at {}: start licensebot once, or name the right directory", file.display())
    );
    std::fs::write(&file, "These are notes, not a database. ".repeat(100)).unwrap();
    let error = SqliteStore::open(&file, TENANT, key()).await.unwrap_err().to_string();
    assert_eq!(error, "the database is damaged: the file is not a whole SQLite database");
}

#[tokio::test]
async fn nobody_writes_onto_an_end_that_was_changed_by_hand() {
    let fresh = Fresh::start().await;
    commit(&fresh.store, minute(0), open(id(1), ANA, BO, minute(0))).await;
    by_hand(&fresh, "UPDATE audit_head SET seq = 0").await;
    let step = open(id(2), ANA, BO, minute(1));
    let refused = fresh.store.commit(unit(minute(1), licensebot::domain::request::Actor::Bot, step)).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the database is damaged: the end of the audit trail was changed by hand: run `licensebot audit verify`"
    );
    by_hand(&fresh, "UPDATE audit_head SET seq = 1").await;
    let step = open(id(2), ANA, BO, minute(1));
    let mended = fresh.store.commit(unit(minute(1), licensebot::domain::request::Actor::Bot, step)).await.unwrap();
    assert_eq!(mended, Commit::Done);
}

#[tokio::test]
async fn the_trail_refuses_to_be_edited_in_passing() {
    let fresh = Fresh::start().await;
    commit(&fresh.store, minute(0), open(id(1), ANA, BO, minute(0))).await;
    let mut hand = SqliteConnection::connect(&format!("sqlite://{}", fresh.file().display())).await.unwrap();
    for sql in ["UPDATE audit SET record = ''", "DELETE FROM audit"] {
        let refused = sqlx::query(sql).execute(&mut hand).await.unwrap_err();
        let refused = refused.into_database_error().unwrap();
        assert_eq!(refused.message(), "the audit trail is append-only", "{sql}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let fresh = Fresh::start().await;
    commit(&fresh.store, minute(0), open(id(1), ANA, BO, minute(0))).await;
    for file in std::fs::read_dir(fresh.dir.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.file_name());
    }
}

#[test]
fn a_store_url_names_a_file() {
    assert_eq!(file_of("sqlite://licensebot.db").unwrap().to_str(), Some("licensebot.db"));
    assert_eq!(file_of("sqlite:///var/lib/licensebot.db").unwrap().to_str(), Some("/var/lib/licensebot.db"));
    assert_eq!(file_of("/var/lib/licensebot.db").unwrap().to_str(), Some("/var/lib/licensebot.db"));
    for url in ["", "sqlite:", "sqlite::memory:", "postgres://host/db", "sqlite://x?mode=memory"] {
        let error = file_of(url).unwrap_err().to_string();
        assert_eq!(error, format!("`{url}` is no database that this version knows: write sqlite://PATH"));
    }
}
