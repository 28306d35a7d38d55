//! How often and how soon to try a read again: what Graph asks for, to the second; else a jittered pause; never past the
//! time that the answer is waited for. Never used for writes: they are tried once.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use tokio::time::Instant;

use super::settings::Patience;
use crate::ports::{PortError, Random};

/// A read is tried this often at most.
const TRIES: u32 = 3;

/// The longest wait that is believed. Who asks for more is asked again after this.
const LONGEST_WAIT: u32 = 300;

/// The instant by which an answer is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Instant);

impl Deadline {
    pub(super) fn after(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    /// How much time is left.
    pub(super) fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

/// Why a try failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// May be better later.
    Again {
        /// For the log.
        what: String,
        /// Seconds, as Graph asks.
        retry_after: Option<u32>,
    },
    /// No better later.
    Final(PortError),
}

impl Fault {
    pub(super) fn lasting(what: impl Into<String>) -> Self {
        Self::Final(PortError::Lasting { what: what.into() })
    }

    pub(super) fn again(what: impl Into<String>) -> Self {
        Self::Again { what: what.into(), retry_after: None }
    }
}

impl From<Fault> for PortError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Again { what, retry_after } => Self::Passing { what, retry_after },
            Fault::Final(error) => error,
        }
    }
}

/// The tries of one read.
#[derive(Debug)]
pub(super) struct Tries<'a> {
    patience: &'a Patience,
    random: &'a dyn Random,
    deadline: Deadline,
    failed: u32,
}

impl<'a> Tries<'a> {
    pub(super) fn new(patience: &'a Patience, random: &'a dyn Random, deadline: Deadline) -> Self {
        Self { patience, random, deadline, failed: 0 }
    }

    /// How long the next try may take.
    pub(super) fn time(&self) -> Duration {
        self.patience.call.min(self.deadline.left())
    }

    /// Waits for the next try.
    ///
    /// # Errors
    /// There is none: the fault is final, it was the last try, or the answer would come too late.
    pub(super) async fn after(&mut self, fault: Fault) -> Result<(), PortError> {
        let what = format!("{fault:?}");
        let wait = self.wait(fault, self.deadline.left())?;
        tracing::debug!(what, wait_ms = wait.as_millis(), "trying again");
        tokio::time::sleep(wait).await;
        Ok(())
    }

    /// How long to wait when this much time is left.
    fn wait(&mut self, fault: Fault, left: Duration) -> Result<Duration, PortError> {
        self.failed += 1;
        let Fault::Again { retry_after, .. } = &fault else { return Err(fault.into()) };
        let wait = pause(self.patience.backoff, self.failed, *retry_after, self.random);
        if self.failed >= TRIES || wait >= left { Err(fault.into()) } else { Ok(wait) }
    }
}

/// The pause before the next try. Half of a pause of ours is random, so that many who failed together come back apart.
fn pause(backoff: Duration, failed: u32, retry_after: Option<u32>, random: &dyn Random) -> Duration {
    let own = backoff * 4u32.saturating_pow(failed.saturating_sub(1));
    let jittered = own / 2 + (own / 2).mul_f64(fraction(random));
    match retry_after {
        Some(seconds) => Duration::from_secs(seconds.into()) + jittered / 4,
        None => jittered,
    }
}

fn fraction(random: &dyn Random) -> f64 {
    let mut bytes = [0; 4];
    random.fill(&mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}

/// Reads a `Retry-After` header: seconds or a date, never more than five minutes. What cannot be read says nothing.
pub(super) fn retry_after(header: &str, now: Timestamp) -> Option<u32> {
    let header = header.trim();
    let seconds = if header.bytes().all(|byte| byte.is_ascii_digit()) && !header.is_empty() {
        header.parse::<u64>().unwrap_or(u64::MAX)
    } else {
        seconds_until(rfc2822::DateTimeParser::new().parse_timestamp(header).ok()?, now)
    };
    Some(u32::try_from(seconds).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT))
}

fn seconds_until(then: Timestamp, now: Timestamp) -> u64 {
    let milliseconds = then.as_millisecond().saturating_sub(now.as_millisecond());
    u64::try_from(milliseconds).unwrap_or(0).div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Fixed(u8);

    impl Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    const BACKOFF: Duration = Duration::from_millis(400);

    #[test]
    fn our_own_pauses_grow_and_half_of_each_is_random() {
        let between = |failed| (pause(BACKOFF, failed, None, &Fixed(0)), pause(BACKOFF, failed, None, &Fixed(255)));
        assert_eq!(between(1), (Duration::from_millis(200), Duration::from_millis(400)));
        assert_eq!(between(2), (Duration::from_millis(800), Duration::from_millis(1600)));
    }

    #[test]
    fn nobody_comes_back_before_the_time_that_graph_asks_for() {
        assert_eq!(pause(BACKOFF, 1, Some(7), &Fixed(0)), Duration::from_millis(7050));
        assert!(pause(BACKOFF, 2, Some(0), &Fixed(0)) > Duration::ZERO, "nor at once");
    }

    #[test]
    fn a_wait_is_read_in_seconds_or_as_a_date_and_bounded() {
        let now: Timestamp = "2026-11-24T10:00:00.5Z".parse().unwrap();
        let read = |header| retry_after(header, now);
        assert_eq!(read("17"), Some(17));
        assert_eq!(read(" 0 "), Some(0));
        assert_eq!(read("Tue, 24 Nov 2026 10:00:30 GMT"), Some(30), "rounded up, never down");
        assert_eq!(read("Tue, 24 Nov 2026 09:00:00 GMT"), Some(0), "past");
        assert_eq!(read("86400"), Some(300));
        assert_eq!(read("99999999999999999999999"), Some(300));
        assert_eq!(read("Wed, 24 Nov 2027 10:00:00 GMT"), Some(300));
        for nonsense in ["", "-5", "soon", "1.5", "١٢"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }

    const PATIENCE: Patience = Patience {
        connect: Duration::from_secs(5),
        call: Duration::from_secs(30),
        reading: Duration::from_secs(10),
        backoff: BACKOFF,
    };

    fn tries() -> Tries<'static> {
        Tries::new(&PATIENCE, &Fixed(0), Deadline::after(PATIENCE.reading))
    }

    fn busy(retry_after: Option<u32>) -> Fault {
        Fault::Again { what: "busy".into(), retry_after }
    }

    #[test]
    fn the_third_failure_is_the_last() {
        let mut tries = tries();
        assert_eq!(tries.wait(busy(None), PATIENCE.reading), Ok(Duration::from_millis(200)));
        assert_eq!(tries.wait(busy(None), PATIENCE.reading), Ok(Duration::from_millis(800)));
        let last = tries.wait(busy(None), PATIENCE.reading);
        assert_eq!(last, Err(PortError::Passing { what: "busy".into(), retry_after: None }));
    }

    #[test]
    fn a_wait_past_the_deadline_is_handed_on_instead_of_waited_for() {
        let mut tries = tries();
        assert_eq!(tries.wait(busy(Some(6)), Duration::from_secs(10)), Ok(Duration::from_millis(6050)));
        let handed_on = tries.wait(busy(Some(6)), Duration::from_secs(3));
        assert_eq!(handed_on, Err(PortError::Passing { what: "busy".into(), retry_after: Some(6) }));
    }

    #[test]
    fn what_is_final_is_not_tried_again() {
        let error = PortError::Lasting { what: "no".into() };
        assert_eq!(tries().wait(Fault::Final(error.clone()), PATIENCE.reading), Err(error));
    }

    #[tokio::test]
    async fn a_try_never_takes_longer_than_the_deadline_allows() {
        assert!(tries().time() <= PATIENCE.reading);
        let late = Tries::new(&PATIENCE, &Fixed(0), Deadline::after(Duration::ZERO));
        assert_eq!(late.time(), Duration::ZERO);
    }
}
