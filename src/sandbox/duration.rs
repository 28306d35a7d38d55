//! Lengths of time as people write them in orders: a count and a unit.

use jiff::SignedDuration;

/// The longest that makes sense: a hundred years.
const LONGEST: SignedDuration = SignedDuration::from_secs(100 * 366 * 86_400);

/// A count and a unit: `250ms`, `45s`, `20m`, `2h`, `3d`. At most a hundred years.
pub(super) fn read(text: &str) -> Option<SignedDuration> {
    let unit = text.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
    let count: i64 = text.strip_suffix(unit)?.parse().ok()?;
    let milliseconds: i64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    let length = SignedDuration::from_millis(count.checked_mul(milliseconds)?);
    (length <= LONGEST).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_a_count_and_a_unit() {
        assert_eq!(read("250ms"), Some(SignedDuration::from_millis(250)));
        assert_eq!(read("20m"), Some(SignedDuration::from_mins(20)));
        assert_eq!(read("3d"), Some(SignedDuration::from_hours(72)));
        for wrong in ["", "m", "-3d", "3", "3 d", "3w", "1.5h", "99999999999d", "4000000000d", "3dé", "1s2"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
