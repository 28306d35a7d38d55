//! Reading one table: key by key, noting everything that is wrong, and at the end every key that nobody asked for.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::document::Document;
use super::problem::ConfigProblem;
use super::value::{Read, Value, Wrong, kind, wrong};

/// What was noted while the file was read.
#[derive(Debug)]
pub(super) struct Notes<'d> {
    document: &'d Document,
    problems: Vec<ConfigProblem>,
    /// Lines that are no TOML: what else seems wrong there is only an echo.
    unreadable: BTreeSet<usize>,
    /// Every key that was asked for, as `section.key`.
    asked: BTreeSet<String>,
}

impl<'d> Notes<'d> {
    pub(super) fn new(document: &'d Document, unparsed: Vec<ConfigProblem>) -> Self {
        let unreadable = unparsed.iter().map(|problem| problem.line).collect();
        Self { document, problems: unparsed, unreadable, asked: BTreeSet::new() }
    }

    pub(super) fn note(&mut self, at: &Range<usize>, key: &str, message: impl Into<String>) {
        let problem = self.document.problem(at, key, message.into());
        if !self.unreadable.contains(&problem.line) {
            self.problems.push(problem);
        }
    }

    /// Something is not there, unless it may stand where the file could not be read.
    fn missing(&mut self, at: &Range<usize>, key: &str, message: impl Into<String>) {
        if self.unreadable.is_empty() {
            self.note(at, key, message);
        }
    }

    /// A sentence at its place, as problems are told.
    pub(super) fn placed(&self, at: &Range<usize>, key: &str, message: String) -> String {
        self.document.problem(at, key, message).in_file(self.document.name())
    }

    pub(super) fn document(&self) -> &'d Document {
        self.document
    }

    pub(super) fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    pub(super) fn into_parts(self) -> (Vec<ConfigProblem>, BTreeSet<String>) {
        (self.problems, self.asked)
    }
}

/// A table, or the lack of one.
#[derive(Debug)]
pub(super) struct Section<'a, 't, 'd> {
    name: String,
    at: Range<usize>,
    table: Option<&'a DeTable<'t>>,
    asked: BTreeSet<&'static str>,
    /// Whether what is missing in it was told already.
    told: bool,
    notes: &'a mut Notes<'d>,
}

impl<'a, 't, 'd> Section<'a, 't, 'd> {
    /// The file as a whole.
    pub(super) fn whole(table: &'a DeTable<'t>, notes: &'a mut Notes<'d>) -> Self {
        Self { name: String::new(), at: 0..0, table: Some(table), asked: BTreeSet::new(), told: false, notes }
    }

    /// A table that may be left out.
    pub(super) fn optional_section(&mut self, name: &'static str) -> Section<'_, 't, 'd> {
        self.section(name, None)
    }

    /// A table that has to be there; `advice` says what to write.
    pub(super) fn required_section(&mut self, name: &'static str, advice: &str) -> Section<'_, 't, 'd> {
        self.section(name, Some(advice))
    }

    fn section(&mut self, name: &'static str, advice: Option<&str>) -> Section<'_, 't, 'd> {
        self.asked.insert(name);
        let full = self.full(name);
        let found = self.table.and_then(|table| table.get_key_value(name));
        let (at, table) = match found {
            Some((key, value)) => match value.get_ref() {
                DeValue::Table(table) => (key.span(), Some(table)),
                other => {
                    let message = format!("a section `[{full}]` is wanted, and this is {}", kind(other));
                    self.notes.note(&key.span(), &full, message);
                    (key.span(), None)
                }
            },
            None => {
                if let Some(advice) = advice {
                    let message = format!("there is no section `[{full}]`; add it, with {advice}");
                    self.notes.missing(&self.at, &full, message);
                }
                (self.at.clone(), None)
            }
        };
        Section { name: full, at, told: table.is_none(), table, asked: BTreeSet::new(), notes: &mut *self.notes }
    }

    /// Tables in double brackets, each read by `read`.
    pub(super) fn sections<T>(&mut self, name: &'static str, mut read: impl FnMut(Section<'_, 't, 'd>) -> T) -> Vec<T> {
        self.asked.insert(name);
        let full = self.full(name);
        let Some((key, value)) = self.table.and_then(|table| table.get_key_value(name)) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            let message = format!("sections `[[{full}]]` are wanted, and this is {}", kind(value.get_ref()));
            self.notes.note(&key.span(), &full, message);
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items.iter() {
            let at = item.span();
            let table = match item.get_ref() {
                DeValue::Table(table) => Some(table),
                other => {
                    let message = format!("a section `[[{full}]]` is wanted, and this is {}", kind(other));
                    self.notes.note(&at, &full, message);
                    None
                }
            };
            let (name, told) = (full.clone(), table.is_none());
            found.push(read(Section { name, at, table, told, asked: BTreeSet::new(), notes: &mut *self.notes }));
        }
        found
    }

    /// A key that may be left out.
    fn optional<T>(&mut self, key: &'static str, read: impl FnOnce(&Value<'t>) -> Read<T>) -> Option<T> {
        self.asked.insert(key);
        let full = self.full(key);
        self.notes.asked.insert(full.clone());
        let value = self.table?.get(key)?;
        match read(value) {
            Ok(read) => Some(read),
            Err(wrongs) => {
                for Wrong { at, message } in wrongs {
                    self.notes.note(&at, &full, message);
                }
                None
            }
        }
    }

    /// A key with a default: none when it is there and cannot be read.
    pub(super) fn or<T>(
        &mut self,
        key: &'static str,
        default: T,
        read: impl FnOnce(&Value<'t>) -> Read<T>,
    ) -> Option<T> {
        let there = self.has(key);
        let found = self.optional(key, read);
        if there { found } else { Some(default) }
    }

    /// A key that has to be there; `advice` says what to write.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        advice: &str,
        read: impl FnOnce(&Value<'t>) -> Read<T>,
    ) -> Option<T> {
        let there = self.has(key);
        if !there && !self.told {
            let full = self.full(key);
            self.notes.missing(&self.at, &full, format!("it is missing; write {advice}"));
        }
        self.optional(key, read)
    }

    /// Whether a key is there, readable or not.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
    }

    /// Knows keys that another one stands in for.
    pub(super) fn ask(&mut self, keys: &[&'static str]) {
        for key in keys {
            self.asked.insert(key);
            self.notes.asked.insert(self.full(key));
        }
    }

    /// Where the value of a key stands, or the section, where the key is left out.
    pub(super) fn place(&self, key: &str) -> Range<usize> {
        let value = self.table.and_then(|table| table.get(key));
        value.map_or_else(|| self.at.clone(), toml::Spanned::span)
    }

    /// Where the section is named.
    pub(super) fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// Notes something that is wrong with a key although it could be read.
    pub(super) fn note(&mut self, at: &Range<usize>, key: &str, message: impl Into<String>) {
        let full = self.full(key);
        self.notes.note(at, &full, message);
    }

    /// Tells every key that nobody asked for. `later`: what design and other versions know, with a sentence each.
    pub(super) fn finish(self, later: &[(&str, &str)]) {
        let Some(table) = self.table else { return };
        let strange = table.iter().filter(|(key, _)| !self.asked.contains(key.get_ref().as_ref()));
        let strange: Vec<_> =
            strange.map(|(key, value)| (key.get_ref().clone().into_owned(), key.span(), value)).collect();
        for (key, at, value) in strange {
            let message = match later.iter().find(|(name, _)| *name == key) {
                Some((_, sentence)) => (*sentence).to_owned(),
                None => self.unknown(&key, value),
            };
            let full = self.full(&key);
            self.notes.note(&at, &full, message);
        }
    }

    fn unknown(&self, key: &str, value: &Value<'_>) -> String {
        let what = if matches!(value.get_ref(), DeValue::Table(_)) && self.name.is_empty() { "section" } else { "key" };
        let near = self.asked.iter().map(|known| (strsim::damerau_levenshtein(known, key), *known));
        match near.min().filter(|(distance, _)| *distance <= 2.max(key.chars().count() / 3)) {
            Some((_, known)) => format!("there is no such {what}; did you mean `{known}`?"),
            None => format!("there is no such {what}; remove it (config.example.toml has all there are)"),
        }
    }

    fn full(&self, key: &str) -> String {
        match (self.name.as_str(), key) {
            ("", key) => key.to_owned(),
            (name, "") => name.to_owned(),
            (name, key) => format!("{name}.{key}"),
        }
    }
}

/// A value that is a table of its own, in braces, with exactly one of these keys.
pub(super) fn exactly_one<'v, 't>(
    value: &'v Value<'t>,
    keys: &[&'static str],
    example: &str,
) -> Read<(&'static str, &'v Value<'t>)> {
    let DeValue::Table(table) = value.get_ref() else {
        return wrong(value, format!("{example} is wanted, and this is {}", kind(value.get_ref())));
    };
    let mut entries = table.iter();
    let known = |name: &str| keys.iter().copied().find(|key| *key == name);
    match (entries.next(), entries.next()) {
        (Some((name, value)), None) => match known(name.get_ref()) {
            Some(key) => Ok((key, value)),
            None => Err(vec![Wrong {
                at: name.span(),
                message: format!("{example} is wanted; there is no key like this in it"),
            }]),
        },
        (None, _) => wrong(value, format!("it is empty; {example} is wanted")),
        (Some(_), Some(_)) => wrong(value, format!("{example} is wanted: one of them, not several")),
    }
}
