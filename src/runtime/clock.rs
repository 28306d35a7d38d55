//! The clocks. The only room that asks the machine for the time; everybody else is handed one of these.

use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::Problem;
use crate::adapters::console::DemoTime;
use crate::ports::{Clock, PortError};
use crate::sandbox::{OffsetClock, TenantClock};

/// The demo's time stops here, so that whatever is reckoned from it stays a time that can be written: 2100-01-01T00:00:00Z.
pub const LATEST: Timestamp = Timestamp::constant(4_102_444_800, 0);

/// No machine on which this program was installed lives before: 2020-01-01T00:00:00Z.
const EARLIEST: Timestamp = Timestamp::constant(1_577_836_800, 0);

/// Clocks that differ by less are the same; what lies between two readings is no more.
const NOTICEABLE: SignedDuration = SignedDuration::from_secs(1);

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

/// The instant it is, by the machine.
pub fn machine_now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes in")]
    Timestamp::now()
}

/// Looks at the machine's clock before anything relies on it: tokens, certificates and the trail go by it, and HTTP cannot even
/// say a time before 1970.
///
/// # Errors
/// [`Problem`]: it cannot be right.
pub fn check_machine() -> Result<(), Problem> {
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes in, also one that is none")]
    plausible(SystemTime::now())
}

fn plausible(machine: SystemTime) -> Result<(), Problem> {
    let shown = match Timestamp::try_from(machine) {
        Ok(time) if (EARLIEST..LATEST).contains(&time) => return Ok(()),
        Ok(time) => time.strftime("%Y-%m-%d").to_string(),
        Err(_) => "a day that no calendar has".to_owned(),
    };
    Err(Problem::new(format!("this machine's clock says that it is {shown}: set the clock, and start again")))
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        machine_now()
    }
}

/// The demo's clock: the machine's, moved forward as far as somebody moved it. Kept in the data directory, so that a restart
/// does not go back in time. With a sandbox that runs apart, its clock is moved first.
#[derive(Clone, Debug)]
pub struct DemoClock {
    offset: Arc<OffsetClock>,
    apart: Option<Apart>,
}

/// A sandbox that runs in a process of its own.
#[derive(Clone, Debug)]
pub struct Apart {
    /// Its root.
    pub url: String,
    /// How to reach it.
    pub client: reqwest::Client,
}

impl DemoClock {
    /// The clock over what the directory kept.
    pub fn new(offset: OffsetClock, apart: Option<Apart>) -> Self {
        Self { offset: Arc::new(offset), apart }
    }

    /// The clock as the sandbox inside knows it: one and the same.
    pub fn for_tenant(&self) -> Arc<dyn TenantClock> {
        Arc::clone(&self.offset) as Arc<dyn TenantClock>
    }

    /// With a sandbox that runs apart: whichever clock is behind is moved to the other, so that bot and tenant live in one time.
    ///
    /// # Errors
    /// The sandbox cannot be reached.
    pub async fn agree(&self) -> Result<(), PortError> {
        let Some(apart) = &self.apart else { return Ok(()) };
        let ahead = apart.now().await?.min(LATEST).duration_since(self.now());
        if ahead >= NOTICEABLE {
            self.offset.advance(ahead);
        } else if ahead <= -NOTICEABLE {
            apart.advance(-ahead).await?;
        }
        Ok(())
    }

    /// Moves the clock to an instant, when that is in its future.
    ///
    /// # Errors
    /// A sandbox that runs apart cannot be reached.
    pub async fn start_at(&self, instant: Timestamp) -> Result<(), PortError> {
        let ahead = instant.duration_since(self.now());
        if ahead > SignedDuration::ZERO { self.advance(ahead).await } else { Ok(()) }
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        self.offset.now().min(LATEST)
    }
}

#[async_trait]
impl DemoTime for DemoClock {
    async fn advance(&self, by: SignedDuration) -> Result<(), PortError> {
        let by = by.min(LATEST.duration_since(self.now()));
        if let Some(apart) = &self.apart {
            apart.advance(by).await?;
        }
        self.offset.advance(by);
        Ok(())
    }
}

#[derive(Deserialize)]
struct SandboxTime {
    now: Timestamp,
}

impl Apart {
    async fn now(&self) -> Result<Timestamp, PortError> {
        let answer = self.client.get(self.clock()).send().await;
        let answer = answer.and_then(reqwest::Response::error_for_status).map_err(|_| unreachable())?;
        answer.json().await.map(|time: SandboxTime| time.now).map_err(|_| unreachable())
    }

    async fn advance(&self, by: SignedDuration) -> Result<(), PortError> {
        let body = serde_json::json!({ "advance": format!("{}s", by.as_secs()) });
        let answer = self.client.post(self.clock()).json(&body).send().await;
        answer.and_then(reqwest::Response::error_for_status).map(drop).map_err(|_| unreachable())
    }

    fn clock(&self) -> String {
        format!("{}/sandbox/clock", self.url)
    }
}

fn unreachable() -> PortError {
    PortError::Passing { what: "the sandbox's clock".to_owned(), retry_after: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Timestamp {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_clock_that_cannot_be_right_is_told() {
        let told = |seconds: i64| {
            let time = SystemTime::UNIX_EPOCH;
            let by = std::time::Duration::from_secs(seconds.unsigned_abs());
            plausible(if seconds < 0 { time - by } else { time + by }).err().map(|problem| problem.to_string())
        };
        let sentence =
            |day: &str| Some(format!("this machine's clock says that it is {day}: set the clock, and start again"));
        assert_eq!(told(-1), sentence("1969-12-31"));
        assert_eq!(told(0), sentence("1970-01-01"));
        assert_eq!(told(EARLIEST.as_second() - 1), sentence("2019-12-31"));
        assert_eq!((told(EARLIEST.as_second()), told(LATEST.as_second() - 1)), (None, None));
        assert_eq!(told(LATEST.as_second()), sentence("2100-01-01"));
        assert_eq!(told(300_000_000_000), sentence("a day that no calendar has"));
    }

    #[tokio::test]
    async fn the_demos_time_goes_forward_and_ends_before_time_does() {
        let directory = tempfile::tempdir().unwrap();
        let clock = || DemoClock::new(OffsetClock::open(directory.path(), noon).unwrap(), None);
        clock().start_at("2026-01-01T00:00:00Z".parse().unwrap()).await.unwrap();
        assert_eq!(clock().now(), noon(), "never back");
        clock().start_at("2027-01-01T00:00:00Z".parse().unwrap()).await.unwrap();
        assert_eq!(clock().now().to_string(), "2027-01-01T00:00:00Z", "also after a restart");
        clock().advance(SignedDuration::MAX).await.unwrap();
        assert_eq!(clock().now().to_string(), "2100-01-01T00:00:00Z");
        clock().advance(SignedDuration::from_hours(24)).await.unwrap();
        assert_eq!((clock().now(), clock().for_tenant().now()), (LATEST, LATEST), "the tenant stops there too");
    }
}
