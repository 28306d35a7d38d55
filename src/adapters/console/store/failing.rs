//! Commits that fail: nothing half-written remains, and the next write works.

use sqlx::SqliteConnection;

use super::super::testing::{ANA, StoppedClock, line, store};
use super::*;

const POISON: &str = "poison";

/// A second hand on the file.
async fn beside(folder: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(folder.join("chat.db")).connect().await.unwrap()
}

/// Makes every transaction with a certain line fail, in a certain way.
async fn poisoned(folder: &Path, how: &'static str) {
    let mut hand = beside(folder).await;
    sqlx::raw_sql(how).execute(&mut hand).await.unwrap();
}

/// Writes in one transaction: a line that could be written, and the one that cannot.
async fn both_fail(store: &ChatStore, innocent: &str, text: &str) {
    let (first, second) = tokio::join!(
        biased;
        store.say(line(innocent, "", None)),
        store.say(line(POISON, text, None)),
    );
    assert!(matches!(first, Err(ChatError::Failed(_))), "{first:?}");
    assert!(matches!(second, Err(ChatError::Failed(_))), "{second:?}");
}

/// What memory shows, and what the file holds.
async fn kept(store: &ChatStore, folder: &Path) -> (Vec<String>, Vec<String>) {
    let shown = store.visible_to(ANA, 0).await.unwrap();
    let mut hand = beside(folder).await;
    let held = rows::since(&mut hand, 0).await.unwrap();
    let ids = |messages: Vec<Arc<Message>>| messages.iter().map(|message| message.id.clone()).collect();
    (ids(shown), ids(held))
}

async fn goes_on(store: &ChatStore, folder: &Path) {
    let next = store.say(line("next", "", None)).await.unwrap();
    assert_eq!((next.seq, next.change), (2, 2), "nothing that failed was counted");
    assert!(store.live.is_synced(next.change));
    let both = vec!["before".to_owned(), "next".to_owned()];
    assert_eq!(kept(store, folder).await, (both.clone(), both));
}

#[tokio::test]
async fn a_commit_that_fails_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    store.say(line("before", "", None)).await.unwrap();
    // What is owed is looked for at the commit alone.
    let owed = "CREATE TABLE debt (id TEXT REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER owes AFTER INSERT ON message WHEN NEW.id = 'poison'
        BEGIN INSERT INTO debt VALUES ('nobody'); END;";
    poisoned(folder.path(), owed).await;
    both_fail(&store, "innocent", "").await;
    goes_on(&store, folder.path()).await;
}

#[tokio::test]
async fn a_connection_that_lost_count_of_its_transactions_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    store.say(line("before", "", None)).await.unwrap();
    // The first is rolled back by SQLite itself, behind the back of whoever counts; the second then leaves one open for ever.
    let fails = "CREATE TRIGGER ends BEFORE INSERT ON message WHEN NEW.id = 'poison' AND NEW.line = 'ends'
        BEGIN SELECT RAISE(ROLLBACK, 'as on a disk that broke'); END;
        CREATE TRIGGER stays BEFORE INSERT ON message WHEN NEW.id = 'poison' AND NEW.line = 'stays'
        BEGIN SELECT RAISE(ABORT, 'no'); END;";
    poisoned(folder.path(), fails).await;
    both_fail(&store, "innocent", "ends").await;
    both_fail(&store, "innocent", "stays").await;
    goes_on(&store, folder.path()).await;
}

#[tokio::test]
async fn what_does_not_fit_on_the_disk_is_refused_and_what_fits_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let small = SqliteConnectOptions::new().filename(folder.path().join("chat.db")).create_if_missing(true);
    let small = small.pragma("max_page_count", "40");
    let store = ChatStore::open_with(small, Arc::new(StoppedClock), RECENT).await.unwrap();
    store.say(line("before", "", None)).await.unwrap();
    both_fail(&store, "innocent", &"x".repeat(400_000)).await;
    goes_on(&store, folder.path()).await;
}

#[tokio::test]
async fn what_was_written_though_it_was_said_to_have_failed_is_shown_and_nothing_is_counted_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    store.say(line("before", "", None)).await.unwrap();
    let mut hand = beside(folder.path()).await;
    rows::insert(&mut hand, line("unknown", "", None), 2).await.unwrap();
    let refused = store.say(line("next", "", None)).await;
    assert!(matches!(refused, Err(ChatError::Failed(_))), "{refused:?}");
    let next = store.say(line("next", "", None)).await.unwrap();
    assert_eq!((next.seq, next.change), (3, 3));
    let all = vec!["before".to_owned(), "unknown".to_owned(), "next".to_owned()];
    assert_eq!(kept(&store, folder.path()).await, (all.clone(), all));
}
