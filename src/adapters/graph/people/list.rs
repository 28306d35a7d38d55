//! All accounts of a tenant in little memory: one text, and numbers that point into it. Answers what begins like something
//! and what is exactly something, without looking at everybody. Never changes once it is built.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::domain::ids::PersonId;
use crate::domain::person::{Person, UsageLocation, UserType};

/// The texts of an account, in the order in which they are kept.
const TEXTS: usize = 6;

/// Everybody.
#[derive(Debug)]
pub(super) struct PeopleList {
    /// The texts of all accounts, one behind the other.
    texts: String,
    people: Vec<Listed>,
    /// The names of all accounts in lower case, one behind the other.
    pub(super) folded: String,
    /// Every place in `folded` where a word begins, in the order of what follows there.
    pub(super) words: Vec<Word>,
    /// Places in `people`, by id.
    by_id: Vec<u32>,
}

/// One account.
#[derive(Debug)]
pub(super) struct Listed {
    id: PersonId,
    /// Where its texts begin.
    start: u32,
    /// Where each of them ends. A missing one is as long as an empty one: the directory has no empty ones.
    ends: [u32; TEXTS],
    enabled: bool,
    user_type: UserType,
    usage_location: Option<UsageLocation>,
}

/// A place where a word of a name begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    start: u32,
    /// Where the whole name ends.
    end: u32,
    /// Whose.
    pub(super) person: u32,
    name: Name,
    /// The name begins here.
    first: bool,
}

/// The kinds of names, in the order in which they are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Principal,
    Nickname,
    Display,
}

/// Puts a list together.
#[derive(Debug, Default)]
pub(super) struct ListBuilder {
    texts: String,
    people: Vec<Listed>,
    folded: String,
    words: Vec<Word>,
}

impl ListBuilder {
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Adds an account.
    pub(super) fn add(&mut self, person: &Person) {
        let (whose, start) = (place(self.people.len()), place(self.texts.len()));
        let texts: [&str; TEXTS] = [
            &person.display_name,
            &person.user_principal_name,
            person.nickname.as_deref().unwrap_or_default(),
            person.job_title.as_deref().unwrap_or_default(),
            person.department.as_deref().unwrap_or_default(),
            person.preferred_language.as_deref().unwrap_or_default(),
        ];
        let ends = texts.map(|text| {
            self.texts.push_str(text);
            place(self.texts.len())
        });
        self.people.push(Listed {
            id: person.id,
            start,
            ends,
            enabled: person.enabled,
            user_type: person.user_type,
            usage_location: person.usage_location,
        });
        self.add_name(whose, Name::Display, &person.display_name);
        self.add_name(whose, Name::Principal, &person.user_principal_name);
        self.add_name(whose, Name::Nickname, person.nickname.as_deref().unwrap_or_default());
    }

    fn add_name(&mut self, person: u32, name: Name, text: &str) {
        let start = self.folded.len();
        self.folded.push_str(&fold(text));
        let end = place(self.folded.len());
        let folded = self.folded.get(start..).unwrap_or_default();
        let words = word_starts(folded).map(|at| Word { start: place(start + at), end, person, name, first: at == 0 });
        self.words.extend(words);
    }

    /// The list.
    pub(super) fn finish(mut self) -> PeopleList {
        let folded = std::mem::take(&mut self.folded);
        self.words.sort_unstable_by(|one, other| {
            let texts = one.rest(&folded).cmp(other.rest(&folded));
            texts.then(one.person.cmp(&other.person)).then(one.name.cmp(&other.name))
        });
        let mut by_id: Vec<u32> = (0..place(self.people.len())).collect();
        by_id.sort_unstable_by_key(|at| self.people.get(index(*at)).map(|person| person.id));
        self.texts.shrink_to_fit();
        self.people.shrink_to_fit();
        self.words.shrink_to_fit();
        PeopleList { texts: self.texts, people: self.people, folded, words: self.words, by_id }
    }
}

impl PeopleList {
    /// Exactly this: an id, else a UPN, else a nickname, else a display name; the first kind with matches.
    pub(super) fn find(&self, typed: &str) -> Vec<Person> {
        if let Some(person) = typed.parse().ok().and_then(|id| self.with_id(id)) {
            return vec![person];
        }
        let folded = fold(typed);
        let exact: Vec<&Word> = self
            .range(&folded)
            .iter()
            .filter(|word| word.first && word.rest(&self.folded).len() == folded.len())
            .collect();
        let kind = exact.iter().map(|word| word.name).min();
        let of_kind = exact.into_iter().filter(|word| Some(word.name) == kind);
        of_kind.filter_map(|word| self.person(word.person)).collect()
    }

    /// Accounts with a word that begins like this. First those whose name begins so; in the
    /// order of what matched.
    pub(super) fn beginning(&self, typed: &str, limit: usize) -> Vec<Person> {
        let range = self.range(&fold(typed));
        let mut seen = HashSet::new();
        let whole = range.iter().filter(|word| word.first && word.name != Name::Principal);
        let others = range.iter();
        let found = whole.chain(others).map(|word| word.person).filter(|person| seen.insert(*person));
        found.filter_map(|person| self.person(person)).take(limit).collect()
    }

    /// The words that begin like this.
    fn range(&self, folded: &str) -> &[Word] {
        let begins = |word: &Word| {
            let rest = word.rest(&self.folded).as_bytes();
            rest.get(..folded.len().min(rest.len())).unwrap_or_default().cmp(folded.as_bytes())
        };
        let from = self.words.partition_point(|word| begins(word) == Ordering::Less);
        let behind = self.words.get(from..).unwrap_or_default();
        let count = behind.partition_point(|word| begins(word) == Ordering::Equal);
        behind.get(..count).unwrap_or_default()
    }

    fn with_id(&self, id: PersonId) -> Option<Person> {
        let of = |at: &u32| self.people.get(index(*at)).map(|person| person.id);
        let found = self.by_id.binary_search_by(|at| of(at).cmp(&Some(id))).ok()?;
        self.person(*self.by_id.get(found)?)
    }

    /// Every account, in the directory's order.
    pub(super) fn everyone(&self) -> Vec<Person> {
        (0..place(self.people.len())).filter_map(|at| self.person(at)).collect()
    }

    /// The account at this place.
    pub(super) fn person(&self, at: u32) -> Option<Person> {
        let listed = self.people.get(index(at))?;
        let [display_name, principal, nickname, job_title, department, language] = listed.texts(&self.texts)?;
        let present = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Some(Person {
            id: listed.id,
            display_name: display_name.to_owned(),
            user_principal_name: principal.to_owned(),
            nickname: present(nickname),
            job_title: present(job_title),
            department: present(department),
            enabled: listed.enabled,
            user_type: listed.user_type,
            usage_location: listed.usage_location,
            preferred_language: present(language),
        })
    }
}

impl Listed {
    fn texts<'a>(&self, all: &'a str) -> Option<[&'a str; TEXTS]> {
        let mut start = self.start;
        let mut texts = [""; TEXTS];
        for (text, end) in texts.iter_mut().zip(self.ends) {
            *text = all.get(span(start, end))?;
            start = end;
        }
        Some(texts)
    }
}

impl Word {
    /// From here to the end of the name.
    pub(super) fn rest(self, folded: &str) -> &str {
        folded.get(span(self.start, self.end)).unwrap_or_default()
    }
}

/// The form in which names are compared: small letters, each with its accents in one character where there is one. Some
/// keyboards and file systems send a letter and its accent apart.
pub(super) fn fold(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}

/// Where words begin: at the start, and where a letter or digit follows something that is neither.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, symbol)| {
        let begins = symbol.is_alphanumeric() && !inside;
        inside = symbol.is_alphanumeric();
        (begins || at == 0).then_some(at)
    })
}

fn span(start: u32, end: u32) -> Range<usize> {
    index(start)..index(end)
}

fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

/// A place in a text or list. No tenant has four gigabytes of names.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
