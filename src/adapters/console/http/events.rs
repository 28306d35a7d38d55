//! The same messages as they appear or change, as server-sent events: each creation and each change once, and only to those who
//! see the message. A reader who falls behind gets the newest state of what they missed.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use super::answers::Messages;
use super::asked::{self, Reading};
use super::error::ApiError;
use crate::adapters::console::Console;
use crate::adapters::console::message::Message;
use crate::adapters::console::store::Subscription;
use crate::adapters::console::talk::Speaker;

/// The most messages of one event.
const MOST: usize = 64;

/// `GET /api/demo/events`
pub(super) async fn stream(
    State(console): State<Arc<Console>>,
    headers: HeaderMap,
    query: Result<Query<Reading>, QueryRejection>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let (reader, _) = asked::reading(&console, query)?;
    let subscription = console.store.subscribe();
    let seen = last_seen(&headers).filter(|seen| *seen < subscription.since);
    let behind = seen.is_some();
    let seen = seen.unwrap_or(subscription.since);
    let feed = Feed { console, reader, subscription, seen, behind, ready: VecDeque::new() };
    let events = stream::unfold(feed, |mut feed| async {
        let messages = feed.next().await?;
        Some((Ok(feed.event(&messages)), feed))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// Where a reader who reconnects stopped reading.
fn last_seen(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok().filter(|seen| *seen >= 0)
}

/// One reader's stream.
struct Feed {
    console: Arc<Console>,
    reader: Speaker,
    subscription: Subscription,
    /// The latest change that was sent or passed over.
    seen: i64,
    /// Something was missed: the store has to be asked.
    behind: bool,
    ready: VecDeque<Arc<Message>>,
}

impl Feed {
    /// What the next event brings; nothing when the chat closes.
    async fn next(&mut self) -> Option<Vec<Arc<Message>>> {
        loop {
            if !self.ready.is_empty() {
                let count = self.ready.len().min(MOST);
                return Some(self.ready.drain(..count).collect());
            }
            if self.behind {
                self.catch_up().await?;
            } else {
                self.wait().await?;
            }
        }
    }

    fn event(&self, messages: &[Arc<Message>]) -> Event {
        let last = messages.last().map_or(self.seen, |message| message.change);
        let answer = Messages::of(&self.console, self.reader.locale, messages);
        // Strings and numbers always make JSON; an empty event would be passed over by readers.
        Event::default().id(last.to_string()).json_data(answer).unwrap_or_default()
    }

    async fn catch_up(&mut self) -> Option<()> {
        match self.console.store.changed(self.reader.person, self.seen).await {
            Ok(mut missed) => {
                missed.sort_by_key(|message| message.change);
                missed.into_iter().for_each(|message| self.take(message));
                self.behind = false;
                Some(())
            }
            Err(error) => {
                // The reader connects again and starts from what they have.
                tracing::error!(%error, "a stream of events ended");
                None
            }
        }
    }

    async fn wait(&mut self) -> Option<()> {
        let received = tokio::select! {
            biased;
            _ = self.subscription.closed.wait_for(|closed| *closed) => return None,
            received = self.subscription.stream.recv() => received,
        };
        match received {
            Ok(message) => self.take(message),
            Err(RecvError::Lagged(_)) => self.behind = true,
            Err(RecvError::Closed) => return None,
        }
        while !self.behind && self.ready.len() < MOST {
            match self.subscription.stream.try_recv() {
                Ok(message) => self.take(message),
                Err(TryRecvError::Lagged(_)) => self.behind = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        Some(())
    }

    /// Whatever catching up brought already comes again from the stream, and is passed over.
    fn take(&mut self, message: Arc<Message>) {
        if message.change <= self.seen {
            return;
        }
        self.seen = message.change;
        if message.is_visible_to(self.reader.person) {
            self.ready.push_back(message);
        }
    }
}

#[cfg(test)]
mod tests;
