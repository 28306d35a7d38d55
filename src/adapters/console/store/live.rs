//! What everybody who reads shares: the newest messages, and the stream of what appears or changes. Never a query.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{broadcast, watch};

use super::super::message::Message;
use super::recent::Recent;

/// How far a reader of the stream may fall behind before it has to ask the store.
const BACKLOG: usize = 1024;

/// The reading side of the chat.
#[derive(Debug)]
pub(super) struct Live {
    recent: Mutex<Recent>,
    stream: broadcast::Sender<Arc<Message>>,
    closed: watch::Sender<bool>,
    /// Every change up to this one is on disk.
    synced: AtomicI64,
}

/// One reader of the stream.
#[derive(Debug)]
pub(in crate::adapters::console) struct Subscription {
    /// Every message that appeared or changed, in the order of the changes.
    pub(in crate::adapters::console) stream: broadcast::Receiver<Arc<Message>>,
    /// Becomes true when the chat closes.
    pub(in crate::adapters::console) closed: watch::Receiver<bool>,
    /// The stream brings exactly what changed after this.
    pub(in crate::adapters::console) since: i64,
}

impl Live {
    pub(super) fn new(recent: Recent) -> Self {
        let (stream, _) = broadcast::channel(BACKLOG);
        let (closed, _) = watch::channel(false);
        let synced = AtomicI64::new(recent.latest());
        Self { recent: Mutex::new(recent), stream, closed, synced }
    }

    /// Shows what was committed, to readers of both kinds at one instant.
    pub(super) fn publish(&self, changed: &[Arc<Message>]) {
        let mut recent = self.recent();
        for message in changed {
            recent.apply(message);
            // Without readers there is nobody to tell.
            let _ = self.stream.send(Arc::clone(message));
        }
    }

    /// Everything published so far is on disk.
    pub(super) fn mark_synced(&self) {
        self.synced.store(self.recent().latest(), Ordering::Release);
    }

    pub(super) fn is_synced(&self, change: i64) -> bool {
        self.synced.load(Ordering::Acquire) >= change
    }

    pub(super) fn subscribe(&self) -> Subscription {
        let recent = self.recent();
        Subscription { stream: self.stream.subscribe(), closed: self.closed.subscribe(), since: recent.latest() }
    }

    pub(super) fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn close(&self) {
        self.closed.send_replace(true);
    }
}
