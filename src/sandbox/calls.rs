//! How many HTTP calls came in, by kind, so that tests can count. A batch is one call.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

/// Counts since the start or the last reset.
#[derive(Debug, Default)]
pub(super) struct Calls(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    graph: BTreeMap<String, u64>,
    tokens: u64,
}

impl Calls {
    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a Graph call, whatever becomes of it.
    pub(super) fn count_graph(&self, label: &str) {
        let mut counts = self.counts();
        match counts.graph.get_mut(label) {
            Some(count) => *count += 1,
            None => drop(counts.graph.insert(label.to_owned(), 1)),
        }
    }

    /// Counts a call to the token endpoint.
    pub(super) fn count_token(&self) {
        self.counts().tokens += 1;
    }

    /// Begins again at zero.
    pub(super) fn reset(&self) {
        *self.counts() = Counts::default();
    }

    /// The counts as the control surface shows them.
    pub(super) fn report(&self) -> Value {
        let counts = self.counts();
        json!({ "total": counts.graph.values().sum::<u64>(), "calls": counts.graph, "tokens": counts.tokens })
    }
}
