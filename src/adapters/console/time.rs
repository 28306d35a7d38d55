//! The demo's clock: it can be moved forward, for the bot and its tenant together. Never back.

use async_trait::async_trait;
use jiff::SignedDuration;

use crate::ports::{Clock, PortError};

/// The most that one call moves the clock.
const MOST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// A clock that can be moved forward.
#[async_trait]
pub trait DemoTime: Clock {
    /// Moves everything that shares this clock; afterwards `now` says the new time.
    ///
    /// # Errors
    /// Somebody who shares the clock cannot be reached; then nobody's time moved.
    async fn advance(&self, by: SignedDuration) -> Result<(), PortError>;
}

/// How far the clock is to go, from a second to a year: `45s`, `20m`, `2h`, `3d`.
pub(super) fn step(text: &str) -> Option<SignedDuration> {
    let unit = text.chars().next_back()?;
    let digits = text.strip_suffix(unit)?;
    let seconds: i64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    // `parse` would take a sign.
    let count: i64 = digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())??;
    let step = SignedDuration::from_secs(count.checked_mul(seconds)?);
    (step > SignedDuration::ZERO && step <= MOST).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_a_number_and_a_unit() {
        assert_eq!(step("45s"), Some(SignedDuration::from_secs(45)));
        assert_eq!(step("20m"), Some(SignedDuration::from_mins(20)));
        assert_eq!(step("2h"), Some(SignedDuration::from_hours(2)));
        assert_eq!(step("3d"), Some(SignedDuration::from_hours(72)));
        assert_eq!(step("366d"), Some(MOST));
    }

    #[test]
    fn nothing_else_is_a_step() {
        let bad = ["", "m", "20", "0m", "-20m", "+20m", "2.5h", "20 m", " 20m", "20M", "3w", "367d", "2²d", "20µ"];
        for text in bad.into_iter().chain(["99999999999999999999d", "9223372036854775807d"]) {
            assert_eq!(step(text), None, "{text}");
        }
    }
}
