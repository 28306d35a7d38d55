//! How near a mistyped text comes to a name, for "did you mean". Never takes a product by nearness: it only suggests.

/// How many suggestions a person gets at most.
pub(super) const MOST: usize = 5;

/// Below this a name is not what was meant. Set so that a slip or two in a word passes and words made up do not.
const FLOOR: f64 = 0.86;

/// A single letter is near to too many words to say anything by itself.
const SHORTEST_WORD: usize = 2;

/// Longer than any name: nobody mistyped a name into this, and comparing costs the product of both lengths.
const LONGEST: usize = 120;

/// How near two folded texts are, from the floor to 1; nothing when below the floor.
pub(super) fn closeness(typed: &str, name: &str) -> Option<f64> {
    if typed.is_empty() || typed.len() > LONGEST {
        return None;
    }
    let whole = strsim::jaro_winkler(typed, name);
    let telling = typed.split(' ').any(|word| word.len() >= SHORTEST_WORD);
    let words = if telling { words(typed, name) } else { 0.0 };
    // Of names that hold all the words, the one with the least besides is meant.
    (whole.max(words) >= FLOOR).then_some(whole.max(words) * 0.9 + whole * 0.1)
}

/// How near each typed word comes to its nearest word of the name, on average; long words count for more.
fn words(typed: &str, name: &str) -> f64 {
    let nearest = |word: &str| name.split(' ').map(|other| strsim::jaro_winkler(word, other)).fold(0.0, f64::max);
    let (sum, letters) = typed.split(' ').fold((0.0, 0.0), |(sum, letters), word| {
        let length = f64::from(u8::try_from(word.len()).unwrap_or(u8::MAX));
        (sum + nearest(word) * length, letters + length)
    });
    sum / letters
}

/// The nearest `MOST` of the candidates (key, nearness).
pub(super) fn nearest<K: Copy + Ord>(candidates: impl Iterator<Item = (K, f64)>) -> Vec<K> {
    let mut candidates: Vec<_> = candidates.collect();
    candidates.sort_by(|(key, near), (other_key, other_near)| other_near.total_cmp(near).then(key.cmp(other_key)));
    candidates.into_iter().map(|(key, _)| key).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_pass_and_made_up_words_do_not() {
        let check = |typed, name, expected| assert_eq!(closeness(typed, name).is_some(), expected, "{typed} ~ {name}");
        check("power bi por", "power bi pro", true);
        check("copliot", "microsoft copilot for microsoft 365", true);
        check("visoi plan 2", "visio plan 2", true);
        check("exchange plan 2", "exchange online plan 2", true);
        check("e 5", "windows 365 enterprise 5", false);
        check("qwerty", "power bi pro", false);
        check("banana", "basic collaboration", false);
        check("", "power bi pro", false);
    }

    #[test]
    fn the_name_with_the_least_besides_is_nearest() {
        let plain = closeness("exchange plan 2", "exchange online plan 2").unwrap();
        let special = closeness("exchange plan 2", "exchange online plan 2 for faculty").unwrap();
        assert!(plain > special);
    }

    #[test]
    fn a_flood_of_text_is_not_compared() {
        assert_eq!(closeness(&"visio ".repeat(1000), "visio plan 2"), None);
    }
}
