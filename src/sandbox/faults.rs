//! Faults on demand: a queue of things that shall go wrong, each once (or as often as it says), with the next call that
//! fits. Never acts by itself; where calls are answered, they are asked for.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::link::Link;

/// One fault that was ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// A call's whole label, such as `GET /users/{id}`, or a part of its path, such as `assignLicense`.
    matches: String,
    kind: FaultKind,
    when: When,
    times: u32,
}

impl Fault {
    /// A label holds a space between method and path; what holds none is part of a path.
    fn fits(&self, label: &str) -> bool {
        if self.matches.contains(' ') { label == self.matches } else { label.contains(&self.matches) }
    }
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
enum FaultKind {
    /// This status instead of the answer.
    Status { status: StatusCode, retry_after: Option<HeaderValue> },
    /// The connection ends without an answer.
    Cut,
    /// The call waits until it is released.
    Hold,
}

/// Whether it goes wrong before the call is made (then nothing is changed) or after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum When {
    #[default]
    Before,
    After,
}

/// A fault as it stands in JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FaultOrder {
    #[serde(rename = "match")]
    matches: String,
    kind: KindName,
    #[serde(default)]
    when: When,
    #[serde(default = "once")]
    times: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Until>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Status,
    Cut,
    Hold,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Until {
    Release,
}

fn once() -> u32 {
    1
}

impl TryFrom<FaultOrder> for Fault {
    type Error = String;

    fn try_from(order: FaultOrder) -> Result<Self, String> {
        let foreign = |key: &str| Err(format!("`{key}` says nothing for this kind of fault"));
        let kind = match order.kind {
            KindName::Status => FaultKind::Status {
                status: error_status(order.status)?,
                retry_after: order.retry_after.as_deref().map(header_value).transpose()?,
            },
            _ if order.status.is_some() => return foreign("status"),
            _ if order.retry_after.is_some() => return foreign("retryAfter"),
            KindName::Cut => FaultKind::Cut,
            KindName::Hold => FaultKind::Hold,
        };
        if order.until.is_some() && kind != FaultKind::Hold {
            return foreign("until");
        }
        if order.times == 0 {
            return Err("`times` counts from 1".into());
        }
        Ok(Self { matches: order.matches, kind, when: order.when, times: order.times })
    }
}

fn error_status(status: Option<u16>) -> Result<StatusCode, String> {
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status.filter(|status| status.as_u16() >= 400).ok_or_else(|| "`status` must be 400 to 999".into())
}

/// Anything that can stand in a header: seconds, a date, and what no server should send.
fn header_value(text: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(text).map_err(|_| "`retryAfter` cannot stand in a header".into())
}

impl From<&Fault> for FaultOrder {
    fn from(fault: &Fault) -> Self {
        let (kind, status, retry_after) = match &fault.kind {
            FaultKind::Status { status, retry_after } => {
                let text = retry_after.as_ref().and_then(|value| value.to_str().ok()).map(str::to_owned);
                (KindName::Status, Some(status.as_u16()), text)
            }
            FaultKind::Cut => (KindName::Cut, None, None),
            FaultKind::Hold => (KindName::Hold, None, None),
        };
        let until = (fault.kind == FaultKind::Hold).then_some(Until::Release);
        Self { matches: fault.matches.clone(), kind, when: fault.when, times: fault.times, status, retry_after, until }
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
    pub(super) fn pending(&self) -> Vec<FaultOrder> {
        self.queue().iter().map(FaultOrder::from).collect()
    }

    /// Forgets what has not happened yet.
    pub(super) fn clear(&self) {
        self.queue().clear();
    }

    /// The first fault in the queue that fits this call; it is used up by that.
    fn take(&self, label: &str) -> Option<Fault> {
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

    /// Answers a call with `make`, or with what was ordered to happen to it. `refuse` writes a refusal with this status.
    pub(super) async fn meet<R>(
        &self,
        label: &str,
        link: &Link,
        refuse: impl FnOnce(StatusCode, Option<HeaderValue>) -> R,
        make: impl Future<Output = R>,
    ) -> R {
        let Some(Fault { kind, when, .. }) = self.take(label) else { return make.await };
        let made = match (&kind, when) {
            (FaultKind::Hold, When::Before) => {
                self.hold().await;
                return make.await;
            }
            (_, When::Before) => None,
            (_, When::After) => Some(make.await),
        };
        match kind {
            FaultKind::Status { status, retry_after } => return refuse(status, retry_after),
            FaultKind::Cut => link.cut(),
            FaultKind::Hold => self.hold().await,
        }
        made.unwrap_or_else(|| refuse(StatusCode::SERVICE_UNAVAILABLE, None))
    }

    /// Waits for the next release.
    async fn hold(&self) {
        let mut releases = self.releases.subscribe();
        let _counted = Held::count(&self.held);
        // Fails only when the sandbox is gone; then nothing is left to wait for.
        let _ = releases.changed().await;
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
    use super::*;

    fn fault(json: &str) -> Result<Fault, String> {
        let order: FaultOrder = serde_json::from_str(json).map_err(|error| error.to_string())?;
        order.try_into()
    }

    #[test]
    fn a_fault_meets_the_first_call_that_fits_and_no_other() {
        let faults = Faults::default();
        faults.order(vec![fault(r#"{"match":"assignLicense","kind":"status","status":504,"when":"after"}"#).unwrap()]);
        assert_eq!(faults.take("GET /users/{id}"), None);
        let taken = faults.take("POST /users/{id}/assignLicense").unwrap();
        assert_eq!(taken.when, When::After);
        assert_eq!(faults.take("POST /users/{id}/assignLicense"), None);
    }

    #[test]
    fn a_whole_label_is_no_part_of_a_longer_one() {
        let faults = Faults::default();
        faults.order(vec![fault(r#"{"match":"GET /users/{id}","kind":"cut"}"#).unwrap()]);
        assert_eq!(faults.take("GET /users/{id}/manager"), None);
        assert!(faults.take("GET /users/{id}").is_some());
    }

    #[test]
    fn an_order_that_makes_no_sense_is_refused_in_words() {
        assert!(fault(r#"{"match":"x","kind":"cut","status":500}"#).unwrap_err().contains("`status` says nothing"));
        assert!(fault(r#"{"match":"x","kind":"status"}"#).unwrap_err().contains("400 to 999"));
        assert!(fault(r#"{"match":"x","kind":"status","status":200}"#).is_err());
        assert!(fault(r#"{"match":"x","kind":"explode"}"#).unwrap_err().contains("unknown variant `explode`"));
        assert!(fault(r#"{"match":"x","kind":"hold","when":"afterwards"}"#).is_err());
        assert!(fault(r#"{"match":"x","kind":"cut","times":0}"#).is_err());
    }
}
