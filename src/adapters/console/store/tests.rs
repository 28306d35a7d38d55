use futures_util::future::join_all;
use uuid::Uuid;

use super::super::testing::{ANA, MEGAN, StoppedClock, ballot, card, line, store, to};
use super::*;
use crate::domain::request::Place;

const FIRST: CardId = CardId(Uuid::from_u128(1));

async fn post(store: &ChatStore, nonce: u128, only: PersonId, card: &Card) -> MessageRef {
    let nonce = CardId(Uuid::from_u128(nonce));
    store.post(nonce, &to(Room::Direct, Some(only)), Locale::En, card).await.unwrap()
}

async fn seen(store: &ChatStore, person: PersonId) -> Vec<(String, i64)> {
    let messages = store.visible_to(person, 0).await.unwrap();
    messages.iter().map(|message| (message.id.clone(), message.revision)).collect()
}

#[tokio::test]
async fn a_second_try_to_post_posts_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let first = store.post(FIRST, &to(Room::Channel, None), Locale::En, &card("yes")).await.unwrap();
    let again = store.post(FIRST, &to(Room::Channel, None), Locale::Sv, &card("yes")).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(seen(&store, ANA).await, [(first.0.clone(), 1)]);
    store.post(FIRST, &to(Room::Channel, None), Locale::En, &card("no")).await.unwrap();
    assert_eq!(seen(&store, ANA).await, [(first.0, 2)], "the newer state is shown");
}

#[tokio::test]
async fn an_update_raises_the_revision_only_when_something_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let message = post(&store, 1, MEGAN, &ballot()).await;
    store.update(&message, Locale::En, &ballot()).await.unwrap();
    assert_eq!(seen(&store, MEGAN).await, [(message.0.clone(), 1)]);
    store.update(&message, Locale::En, &card("yes")).await.unwrap();
    store.update(&message, Locale::En, &card("no")).await.unwrap();
    assert_eq!(seen(&store, MEGAN).await, [(message.0.clone(), 3)]);
    assert_eq!(seen(&store, ANA).await, [], "it is not hers");
}

#[tokio::test]
async fn what_does_not_exist_is_absent() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let gone = MessageRef("no such message".to_owned());
    let absent = store.update(&gone, Locale::En, &card("yes")).await;
    assert_eq!(absent, Err(PortError::Absent { what: "message no such message".to_owned() }));

    let elsewhere = [
        Addressee { place: Place::Channel("general".to_owned()), ..to(Room::Channel, None) },
        Addressee { platform: Platform::Teams, ..to(Room::Channel, None) },
        to(Room::Direct, None),
    ];
    for place in elsewhere {
        let answer = store.post(FIRST, &place, Locale::En, &card("yes")).await;
        assert!(matches!(answer, Err(PortError::Absent { .. })), "{place:?}: {answer:?}");
    }
    assert_eq!(seen(&store, ANA).await, []);
}

#[tokio::test]
async fn what_people_typed_cannot_be_changed_through_the_port() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let typed = store.say(line("typed", "hello", None)).await.unwrap();
    store.update(&MessageRef("typed".to_owned()), Locale::En, &card("yes")).await.unwrap();
    assert_eq!(store.find("typed").await.unwrap(), Some(typed));
}

#[tokio::test]
async fn many_at_once_come_out_whole_and_in_one_order() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let ids: Vec<String> = (0..600).map(|count| format!("{count:03}")).collect();
    let said = join_all(ids.iter().map(|id| store.say(line(id, id, None)))).await;
    let mut said: Vec<(i64, String)> =
        said.into_iter().map(|message| message.unwrap()).map(|message| (message.seq, message.id.clone())).collect();
    said.sort();
    assert!(said.iter().map(|(seq, _)| *seq).eq(1..=600), "each has its place");
    let listed = store.visible_to(ANA, 0).await.unwrap();
    let listed: Vec<(i64, String)> = listed.iter().map(|message| (message.seq, message.id.clone())).collect();
    assert_eq!(listed, said);
    assert_eq!(store.visible_to(ANA, 590).await.unwrap().len(), 10);
}

#[tokio::test]
async fn a_restart_keeps_ids_order_and_revisions() {
    let folder = tempfile::tempdir().unwrap();
    let before = store(folder.path()).await;
    before.say(line("typed", "hello { $at } <b>\u{202e}\0", None)).await.unwrap();
    let message = post(&before, 1, MEGAN, &ballot()).await;
    before.update(&message, Locale::En, &card("no")).await.unwrap();
    let kept = before.visible_to(MEGAN, 0).await.unwrap();
    drop(before);

    let after = store(folder.path()).await;
    assert_eq!(after.visible_to(MEGAN, 0).await.unwrap(), kept);
    let same = post(&after, 1, MEGAN, &card("no")).await;
    assert_eq!(same, message, "the nonce still means this message");
    let next = after.say(line("next", "", None)).await.unwrap();
    assert_eq!((next.seq, next.change), (3, 4), "nothing is counted twice");
}

#[tokio::test]
async fn a_long_chat_is_read_from_memory_and_file_without_a_seam() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.db");
    let ids: Vec<String> = (1..=10).map(|count| format!("{count:02}")).collect();
    let store = ChatStore::open_holding(&file, Arc::new(StoppedClock), 3).await.unwrap();
    let card_of = |key| async move { card(key) };
    let first = store.post(FIRST, &to(Room::Channel, None), Locale::En, &card_of("yes").await).await.unwrap();
    for id in &ids {
        store.say(line(id, id, None)).await.unwrap();
    }
    store.update(&first, Locale::En, &card_of("no").await).await.unwrap();
    let expected: Vec<(String, i64)> =
        std::iter::once((first.0.clone(), 2)).chain(ids.iter().map(|id| (id.clone(), 1))).collect();
    assert_eq!(seen(&store, ANA).await, expected);
    let changed = store.changed(ANA, 10).await.unwrap();
    let changed: Vec<&str> = changed.iter().map(|message| message.id.as_str()).collect();
    assert_eq!(changed, ["10", first.0.as_str()], "an edit of an old message is found in the file");
    drop(store);

    let store = ChatStore::open_holding(&file, Arc::new(StoppedClock), 3).await.unwrap();
    assert_eq!(seen(&store, ANA).await, expected);
    assert_eq!(store.changed(ANA, 11).await.unwrap().len(), 1);
    assert_eq!(store.find("01").await.unwrap().map(|message| message.seq), Some(2));
}

#[tokio::test]
async fn votes_that_are_asked_are_counted_until_they_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let first = post(&store, 1, MEGAN, &ballot()).await;
    post(&store, 2, MEGAN, &ballot()).await;
    post(&store, 3, ANA, &card("yes")).await;
    assert_eq!(store.asked().await.unwrap(), BTreeMap::from([(MEGAN, 2)]));
    store.update(&first, Locale::En, &card("yes")).await.unwrap();
    assert_eq!(store.asked().await.unwrap(), BTreeMap::from([(MEGAN, 1)]));
}

#[tokio::test]
async fn a_line_is_on_disk_before_its_author_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let first = store.say_first(line("first", "", None)).await.unwrap();
    assert!(!store.live.is_synced(first.change), "written, but a power cut could still take it");
    store.say(line("answer", "", Some(ANA))).await.unwrap();
    assert!(store.live.is_synced(first.change), "what follows takes it along");

    let second = store.say_first(line("second", "", None)).await.unwrap();
    store.sync(&second).await.unwrap();
    assert!(store.live.is_synced(second.change), "and where nothing follows, the sync does");
}

#[tokio::test]
async fn a_damaged_or_newer_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store_before = store(folder.path()).await;
    store_before.say(line("typed", "", None)).await.unwrap();
    drop(store_before);
    let file = folder.path().join("chat.db");
    let options = SqliteConnectOptions::new().filename(&file);
    let mut connection = options.connect().await.unwrap();
    let broken = "UPDATE message SET line = NULL, card = '{\"title\":1}'";
    sqlx::query(broken).execute(&mut connection).await.unwrap();
    let damaged = ChatStore::open(&file, Arc::new(StoppedClock)).await;
    assert!(matches!(damaged, Err(ChatError::Damaged(_))), "{damaged:?}");

    std::fs::write(folder.path().join("noise.db"), "this is no database at all, but long enough to look like one")
        .unwrap();
    let noise = ChatStore::open(&folder.path().join("noise.db"), Arc::new(StoppedClock)).await;
    assert!(matches!(noise, Err(ChatError::Failed(_))), "{noise:?}");
}
