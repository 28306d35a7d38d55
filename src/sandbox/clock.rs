//! The tenant's time: everything with a date in it (tokens, assignments, errors) asks here. Never asks the machine.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::store::durable;

/// A clock that can be moved forward. In the demo the bot and its tenant share one.
pub trait TenantClock: Send + Sync {
    /// The tenant's present.
    fn now(&self) -> Timestamp;

    /// Moves the present forward, for good.
    fn advance(&self, by: SignedDuration);
}

/// The machine's clock and how far it was moved, kept in a file: for a sandbox that runs alone.
pub struct OffsetClock {
    system: Box<dyn Fn() -> Timestamp + Send + Sync>,
    offset: Mutex<SignedDuration>,
    file: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    offset: SignedDuration,
}

impl OffsetClock {
    /// Reads how far the clock kept in this directory was moved; a new one was not. `system` tells the machine's time.
    ///
    /// # Errors
    /// When the file exists and cannot be read or understood.
    pub fn open(directory: &Path, system: impl Fn() -> Timestamp + Send + Sync + 'static) -> io::Result<Self> {
        let file = directory.join("clock.json");
        let kept = durable::read(&file)?.map(|bytes| serde_json::from_slice::<Kept>(&bytes)).transpose()?;
        let offset = kept.map_or(SignedDuration::ZERO, |kept| kept.offset);
        Ok(Self { system: Box::new(system), offset: Mutex::new(offset), file })
    }

    fn keep(&self, offset: SignedDuration) -> io::Result<()> {
        let bytes = serde_json::to_vec(&Kept { offset })?;
        durable::replace(&self.file, &bytes, durable::Readers::Everyone)
    }
}

impl TenantClock for OffsetClock {
    fn now(&self) -> Timestamp {
        let offset = *self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        (self.system)().checked_add(offset).unwrap_or(Timestamp::MAX)
    }

    fn advance(&self, by: SignedDuration) {
        let mut offset = self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        *offset = offset.saturating_add(by);
        if let Err(error) = self.keep(*offset) {
            tracing::error!(%error, file = %self.file.display(), "the clock was moved but this is lost at a restart");
        }
    }
}

impl fmt::Debug for OffsetClock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("OffsetClock").field("file", &self.file).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Timestamp {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_moved_clock_is_still_moved_after_a_restart() {
        let directory = tempfile::tempdir().unwrap();
        let clock = OffsetClock::open(directory.path(), noon).unwrap();
        assert_eq!(clock.now(), noon());
        clock.advance(SignedDuration::from_hours(72));
        clock.advance(SignedDuration::from_mins(20));
        let restarted = OffsetClock::open(directory.path(), noon).unwrap();
        assert_eq!(restarted.now().to_string(), "2026-03-05T12:20:00Z");
    }

    #[test]
    fn a_clock_file_that_makes_no_sense_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("clock.json"), "{\"offset\":\"soon\"}").unwrap();
        assert!(OffsetClock::open(directory.path(), noon).is_err());
    }
}
