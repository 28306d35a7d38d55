//! Faults on demand: a queue of things that shall go wrong, each once (or as often as it says), with the next call that
//! fits. Never acts by itself; where calls are answered, they are asked for.

mod order;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode};
use jiff::SignedDuration;
use serde_json::{Map, Value};
use tokio::sync::watch;

use super::damage::Damage;
use super::link::Link;
use super::rival;
use super::state::State;
use super::wire::TOKEN;
use crate::domain::ids::SkuId;

pub use order::{FaultOrders, FaultOrdersError};

/// One fault that was ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// A call's whole label, such as `GET /users/{id}`, or a part of its path, such as `assignLicense`.
    matches: String,
    kind: FaultKind,
    times: u32,
    /// As it was ordered, for showing.
    order: Map<String, Value>,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
enum FaultKind {
    /// This status instead of the answer.
    Status { when: When, status: StatusCode, retry_after: Option<HeaderValue> },
    /// A page for people instead of the answer.
    Html { when: When, status: StatusCode },
    /// The call is sent elsewhere; nothing is done.
    Redirect { to: HeaderValue },
    /// The connection ends without an answer.
    Cut { when: When },
    /// The call, or its answer, waits until it is released, or at most so long.
    Hold { when: When, longest: Option<Duration> },
    /// The call is made, and its answer arrives like this.
    Damage(Damage),
    /// From this call on, reads show what was true before it, for so long by the tenant's clock.
    Stale { time: SignedDuration },
    /// The token that is issued lives no longer.
    TokenLife { seconds: u32 },
    /// Somebody else takes seats just before the call is made.
    SeatsTaken { sku: SkuId, seats: u32 },
}

/// Whether it goes wrong before the call is made (then nothing is changed) or after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Before,
    After,
}

impl When {
    /// Makes the call, where it is made at all.
    async fn make<R>(self, make: impl Future<Output = R>) -> Option<R> {
        match self {
            Self::Before => None,
            Self::After => Some(make.await),
        }
    }
}

impl Fault {
    /// A label holds a space between method and path; what holds none is part of a path.
    fn fits(&self, label: &str) -> bool {
        let named = if self.matches.contains(' ') { label == self.matches } else { label.contains(&self.matches) };
        named && (label == TOKEN || !matches!(self.kind, FaultKind::TokenLife { .. }))
    }

    /// Seconds that the token to be issued may live.
    pub(super) fn token_life(&self) -> Option<u32> {
        match self.kind {
            FaultKind::TokenLife { seconds } => Some(seconds),
            _ => None,
        }
    }

    fn shown(&self) -> Value {
        let mut order = self.order.clone();
        order.insert("times".to_owned(), self.times.into());
        Value::Object(order)
    }
}

/// The queue, and the calls that are being held.
#[derive(Debug)]
pub(super) struct Faults {
    queue: Mutex<Vec<Fault>>,
    /// How many calls are held now.
    held: watch::Sender<usize>,
    /// Counts releases; a held call waits for the next one.
    releases: watch::Sender<u64>,
}

impl Default for Faults {
    fn default() -> Self {
        Self { queue: Mutex::default(), held: watch::Sender::new(0), releases: watch::Sender::new(0) }
    }
}

impl Faults {
    fn queue(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts faults at the end of the queue.
    pub(super) fn order(&self, faults: Vec<Fault>) {
        self.queue().extend(faults);
    }

    /// What has not happened yet.
    pub(super) fn pending(&self) -> Vec<Value> {
        self.queue().iter().map(Fault::shown).collect()
    }

    /// Forgets what has not happened yet.
    pub(super) fn clear(&self) {
        self.queue().clear();
    }

    /// The first fault in the queue that fits this call; it is used up by that.
    pub(super) fn take(&self, label: &str) -> Option<Fault> {
        let mut queue = self.queue();
        let place = queue.iter().position(|fault| fault.fits(label))?;
        let fault = queue.get_mut(place)?;
        fault.times -= 1;
        let taken = fault.clone();
        if taken.times == 0 {
            queue.remove(place);
        }
        Some(taken)
    }

    /// Waits for the next release, at most so long.
    async fn hold(&self, longest: Option<Duration>) {
        let mut releases = self.releases.subscribe();
        let _counted = Held::count(&self.held);
        // Fails only when the sandbox is gone; then nothing is left to wait for.
        let released = async { drop(releases.changed().await) };
        match longest {
            Some(longest) => drop(tokio::time::timeout(longest, released).await),
            None => released.await,
        }
    }

    /// Lets every held call go on; says how many there were.
    pub(super) fn release(&self) -> usize {
        let held = *self.held.borrow();
        self.releases.send_modify(|count| *count += 1);
        held
    }

    /// Waits until at least so many calls are held; says how many.
    pub(super) async fn held(&self, at_least: usize) -> usize {
        let mut held = self.held.subscribe();
        let reached = held.wait_for(|held| *held >= at_least).await;
        reached.map_or(0, |held| *held)
    }
}

/// A call on its way to be made.
pub(super) struct Met<'a> {
    pub(super) state: &'a Arc<State>,
    pub(super) link: &'a Link,
    /// The key in the call's path: whom it is about.
    pub(super) subject: Option<&'a str>,
}

/// Answers a call with `make`, or with what was ordered to happen to it. `refuse` writes a refusal with this status.
pub(super) async fn meet<R>(
    fault: Option<Fault>,
    Met { state, link, subject }: Met<'_>,
    refuse: impl FnOnce(StatusCode, Option<HeaderValue>) -> R,
    make: impl Future<Output = R>,
) -> R {
    let Some(fault) = fault else { return make.await };
    match fault.kind {
        FaultKind::Status { when, status, retry_after } => {
            when.make(make).await;
            refuse(status, retry_after)
        }
        FaultKind::Html { when, status } => {
            when.make(make).await;
            link.damage(Damage::Html);
            refuse(status, None)
        }
        FaultKind::Redirect { to } => {
            link.damage(Damage::Location(to));
            refuse(StatusCode::TEMPORARY_REDIRECT, None)
        }
        FaultKind::Cut { when } => {
            let made = when.make(make).await;
            link.cut();
            made.unwrap_or_else(|| refuse(StatusCode::SERVICE_UNAVAILABLE, None))
        }
        FaultKind::Hold { when: When::Before, longest } => {
            state.faults.hold(longest).await;
            make.await
        }
        FaultKind::Hold { when: When::After, longest } => {
            let made = make.await;
            state.faults.hold(longest).await;
            made
        }
        FaultKind::Damage(damage) => {
            link.damage(damage);
            make.await
        }
        FaultKind::Stale { time } => {
            state.show_no_change_for(time);
            make.await
        }
        FaultKind::SeatsTaken { sku, seats } => {
            rival::take_seats(state, sku, seats, subject).await;
            make.await
        }
        // Whoever issues the token asked for it already.
        FaultKind::TokenLife { .. } => make.await,
    }
}

/// One held call; counts itself out when it goes on, or when its client hangs up.
struct Held<'a>(&'a watch::Sender<usize>);

impl<'a> Held<'a> {
    fn count(held: &'a watch::Sender<usize>) -> Self {
        held.send_modify(|count| *count += 1);
        Self(held)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ordered(order: Value) -> Faults {
        let faults = Faults::default();
        faults.order(Fault::all(vec![order]).unwrap());
        faults
    }

    #[test]
    fn a_fault_meets_the_first_call_that_fits_and_no_other() {
        let faults = ordered(json!({ "match": "assignLicense", "kind": "cut", "when": "after" }));
        assert_eq!(faults.take("GET /users/{id}"), None);
        let taken = faults.take("POST /users/{id}/assignLicense").unwrap();
        assert_eq!(taken.kind, FaultKind::Cut { when: When::After });
        assert_eq!(faults.take("POST /users/{id}/assignLicense"), None);
    }

    #[test]
    fn a_whole_label_is_no_part_of_a_longer_one() {
        let faults = ordered(json!({ "match": "GET /users/{id}", "kind": "cut" }));
        assert_eq!(faults.take("GET /users/{id}/manager"), None);
        assert!(faults.take("GET /users/{id}").is_some());
    }

    #[test]
    fn only_a_token_can_live_shorter() {
        let faults = ordered(json!({ "match": "/", "kind": "tokenLife", "for": "2s" }));
        assert_eq!(faults.take("GET /users/{id}"), None);
        assert_eq!(faults.take(TOKEN).and_then(|fault| fault.token_life()), Some(2));
    }

    #[test]
    fn what_is_still_to_come_counts_down() {
        let faults = ordered(json!({ "match": "users", "kind": "cut", "times": 2 }));
        assert!(faults.take("GET /users").is_some());
        assert_eq!(faults.pending(), [json!({ "match": "users", "kind": "cut", "times": 1 })]);
        assert!(faults.take("GET /users").is_some());
        assert_eq!(faults.pending(), Vec::<Value>::new());
    }
}
