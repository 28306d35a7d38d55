//! The language that somebody last used, for messages that nobody asked for. Kept for as long as the program runs; before that,
//! and beyond its bound, the directory's word counts. Never guesses from a name or a place.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::ids::PersonId;
use crate::domain::person::Person;
use crate::domain::text::Locale;

/// More people than this are not remembered at once.
const MOST: usize = 100_000;

/// By person.
#[derive(Debug, Default)]
pub(super) struct Languages(Mutex<HashMap<PersonId, Locale>>);

impl Languages {
    /// Somebody typed or clicked in this language.
    pub(super) fn used(&self, person: PersonId, locale: Locale) {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= MOST && !used.contains_key(&person) {
            used.clear();
        }
        used.insert(person, locale);
    }

    /// Last used, else as the directory says, else the default.
    pub(super) fn of(&self, id: PersonId, known: Option<&Person>) -> Locale {
        let used = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied();
        let preferred = known.and_then(|person| person.preferred_language.as_deref()).and_then(Locale::from_tag);
        used.or(preferred).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_last_used_comes_before_the_default() {
        let languages = Languages::default();
        let somebody = PersonId(uuid::Uuid::from_u128(7));
        assert_eq!(languages.of(somebody, None), Locale::En);
        languages.used(somebody, Locale::Sv);
        assert_eq!(languages.of(somebody, None), Locale::Sv);
        languages.used(somebody, Locale::En);
        assert_eq!(languages.of(somebody, None), Locale::En);
    }
}
