use futures_util::future::join_all;

use super::*;
use crate::adapters::console::message::Room;
use crate::adapters::console::testing::{ANA, MEGAN, card, console, line, store, to};
use crate::domain::text::Locale;
use crate::ports::{CardId, Chat};

async fn feed(console: &Arc<Console>) -> Feed {
    let reader = Speaker { person: ANA, locale: Locale::En };
    let subscription = console.store.subscribe();
    let seen = subscription.since;
    Feed { console: Arc::clone(console), reader, subscription, seen, behind: false, ready: VecDeque::new() }
}

fn ids(messages: &[Arc<Message>]) -> Vec<&str> {
    messages.iter().map(|message| message.id.as_str()).collect()
}

#[tokio::test]
async fn each_change_comes_once_and_only_to_those_who_see_it() {
    let folder = tempfile::tempdir().unwrap();
    let console = Arc::new(console(store(folder.path()).await));
    console.store.say(line("before", "", None)).await.unwrap();
    let mut feed = feed(&console).await;
    console.store.say(line("public", "", None)).await.unwrap();
    console.store.say(line("of megan", "", Some(MEGAN))).await.unwrap();
    console.store.say(line("of ana", "", Some(ANA))).await.unwrap();
    assert_eq!(ids(&feed.next().await.unwrap()), ["public", "of ana"]);

    let nonce = CardId(uuid::Uuid::from_u128(1));
    let posted = console.store.post(nonce, &to(Room::Channel, None), Locale::En, &card("yes")).await.unwrap();
    console.store.update(&posted, Locale::En, &card("yes")).await.unwrap();
    console.store.update(&posted, Locale::En, &card("no")).await.unwrap();
    console.store.close_streams();
    // Closing comes first, so what was on its way is read from the list after connecting again.
    assert_eq!(feed.next().await, None);
}

#[tokio::test]
async fn a_reader_who_falls_behind_gets_the_newest_state_of_everything() {
    const LINES: usize = 2_000;
    let folder = tempfile::tempdir().unwrap();
    let console = Arc::new(console(store(folder.path()).await));
    let nonce = CardId(uuid::Uuid::from_u128(1));
    let posted = console.store.post(nonce, &to(Room::Channel, None), Locale::En, &card("yes")).await.unwrap();
    let mut feed = feed(&console).await;
    console.store.update(&posted, Locale::En, &card("no")).await.unwrap();
    // More than stream and memory hold, so that the reader has to go to the file.
    let lines: Vec<String> = (0..LINES).map(|count| format!("line {count:04}")).collect();
    let said = join_all(lines.iter().map(|id| console.store.say(line(id, "", None)))).await;
    let mut said: Vec<Arc<Message>> = said.into_iter().map(Result::unwrap).collect();
    said.sort_by_key(|message| message.change);

    let mut got: Vec<(String, i64)> = Vec::new();
    while got.len() <= LINES {
        let messages = feed.next().await.unwrap();
        assert!(messages.len() <= MOST, "{}", messages.len());
        got.extend(messages.iter().map(|message| (message.id.clone(), message.revision)));
    }
    let expected = std::iter::once((posted.0, 2)).chain(said.iter().map(|line| (line.id.clone(), 1)));
    assert!(got.iter().cloned().eq(expected), "{got:?}");

    console.store.say(line("afterwards", "", None)).await.unwrap();
    assert_eq!(ids(&feed.next().await.unwrap()), ["afterwards"], "nothing comes twice");
}
