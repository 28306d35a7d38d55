//! The language that somebody last used, for messages that nobody asked for. Beyond its bound the directory's word counts. Never
//! guesses from a name or a place, and never lets anybody wait for its being kept: the worker does that afterwards.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::App;
use crate::domain::ids::PersonId;
use crate::domain::person::Person;
use crate::domain::text::Locale;

/// More people than this are not remembered at once.
pub(super) const MOST: u32 = 100_000;

/// By person.
#[derive(Debug, Default)]
pub(super) struct Languages(Mutex<Used>);

#[derive(Debug, Default)]
struct Used {
    by: HashMap<PersonId, Locale>,
    /// Whose language the store does not know yet.
    unsaved: HashSet<PersonId>,
}

impl Languages {
    /// As they were kept.
    pub(super) fn kept(by: impl IntoIterator<Item = (PersonId, Locale)>) -> Self {
        Self(Mutex::new(Used { by: by.into_iter().collect(), unsaved: HashSet::new() }))
    }

    fn lock(&self) -> MutexGuard<'_, Used> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody typed or clicked in this language. Is it another one than before?
    pub(super) fn used(&self, person: PersonId, locale: Locale) -> bool {
        let mut used = self.lock();
        if used.by.get(&person) == Some(&locale) {
            return false;
        }
        if used.by.len() >= MOST as usize && !used.by.contains_key(&person) {
            *used = Used::default();
        }
        used.by.insert(person, locale);
        used.unsaved.insert(person)
    }

    /// Last used, else as the directory says, else the default.
    pub(super) fn of(&self, id: PersonId, known: Option<&Person>) -> Locale {
        let used = self.lock().by.get(&id).copied();
        let preferred = known.and_then(|person| person.preferred_language.as_deref()).and_then(Locale::from_tag);
        used.or(preferred).unwrap_or_default()
    }

    /// What is to be kept; the caller says so when that did not work.
    fn take_unsaved(&self) -> Vec<(PersonId, Locale)> {
        let used = &mut *self.lock();
        let unsaved = std::mem::take(&mut used.unsaved).into_iter();
        unsaved.filter_map(|person| Some((person, *used.by.get(&person)?))).collect()
    }

    fn not_saved(&self, people: impl IntoIterator<Item = PersonId>) {
        self.lock().unsaved.extend(people);
    }
}

impl App {
    /// Keeps the languages that changed since the last time, so that a restart knows them. For the worker's loop.
    pub async fn keep_languages(&self) {
        let unsaved = self.languages.take_unsaved();
        if unsaved.is_empty() {
            return;
        }
        if let Err(error) = self.world.store.keep_languages(&unsaved).await {
            tracing::warn!(%error, "the languages last used are not kept yet");
            self.languages.not_saved(unsaved.into_iter().map(|(person, _)| person));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOMEBODY: PersonId = PersonId(uuid::Uuid::from_u128(7));

    #[test]
    fn what_was_last_used_comes_before_the_default() {
        let languages = Languages::default();
        assert_eq!(languages.of(SOMEBODY, None), Locale::En);
        languages.used(SOMEBODY, Locale::Sv);
        assert_eq!(languages.of(SOMEBODY, None), Locale::Sv);
        languages.used(SOMEBODY, Locale::En);
        assert_eq!(languages.of(SOMEBODY, None), Locale::En);
    }

    #[test]
    fn only_a_change_is_to_be_kept_and_until_it_was() {
        let languages = Languages::kept([(SOMEBODY, Locale::Sv)]);
        assert_eq!(languages.of(SOMEBODY, None), Locale::Sv);
        assert!(!languages.used(SOMEBODY, Locale::Sv));
        assert_eq!(languages.take_unsaved(), []);

        assert!(languages.used(SOMEBODY, Locale::En));
        assert_eq!(languages.take_unsaved(), [(SOMEBODY, Locale::En)]);
        assert_eq!(languages.take_unsaved(), []);
        languages.not_saved([SOMEBODY]);
        languages.used(SOMEBODY, Locale::Sv);
        assert_eq!(languages.take_unsaved(), [(SOMEBODY, Locale::Sv)], "what is newest");
    }
}
