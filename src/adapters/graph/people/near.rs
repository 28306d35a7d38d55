//! Whom somebody may have meant who mistyped a name. Only suggests.

use std::collections::HashMap;

use super::list::{PeopleList, fold};
use crate::domain::person::Person;

/// Less alike is not alike.
const ALIKE: f64 = 0.84;

impl PeopleList {
    /// The accounts with a name, or a word of one, that is nearest to this; nearest first.
    pub(super) fn nearest(&self, typed: &str, limit: usize) -> Vec<Person> {
        let typed = fold(typed);
        let letters = letters(&typed);
        let mut best: HashMap<u32, f64> = HashMap::new();
        for word in &self.words {
            let rest = word.rest(&self.folded);
            let single = rest.split(|symbol: char| !symbol.is_alphanumeric()).next().unwrap_or_default();
            for name in [rest, single] {
                // Most names share too few letters to be worth measuring.
                if shares_enough(letters, self::letters(name)) {
                    let nearness = strsim::jaro_winkler(&typed, name);
                    if nearness >= ALIKE {
                        let known = best.entry(word.person).or_insert(nearness);
                        *known = known.max(nearness);
                    }
                }
            }
        }
        let mut best: Vec<(u32, f64)> = best.into_iter().collect();
        best.sort_unstable_by(|(one, nearness), (other, nearer)| nearer.total_cmp(nearness).then(one.cmp(other)));
        best.into_iter().take(limit).filter_map(|(person, _)| self.person(person)).collect()
    }
}

/// One bit for each letter or digit that occurs, whatever its place.
fn letters(text: &str) -> u64 {
    text.chars().filter(|symbol| symbol.is_alphanumeric()).fold(0, |bits, symbol| bits | 1 << (u32::from(symbol) % 64))
}

fn shares_enough(typed: u64, name: u64) -> bool {
    (typed & name).count_ones() * 2 > typed.count_ones().max(name.count_ones())
}
