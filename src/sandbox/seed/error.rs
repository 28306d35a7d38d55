//! What is wrong with a tenant file, and where: file, line and key, in one sentence.

use std::fmt;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The description of a company is not usable; the text says where and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError {
    file: Option<PathBuf>,
    line: Option<usize>,
    key: Key,
    why: String,
}

/// The key that a sentence is about: `people[3].manager` is the fourth of `[[people]]` and its `manager`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::sandbox) struct Key(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Item(usize),
}

impl Key {
    /// A table of the file.
    pub(in crate::sandbox) fn of(name: &str) -> Self {
        Self::default().then(name)
    }

    /// A key in this table.
    pub(in crate::sandbox) fn then(mut self, name: &str) -> Self {
        self.0.push(Step::Name(name.to_owned()));
        self
    }

    /// One of this list; counts from 0.
    pub(in crate::sandbox) fn item(mut self, place: usize) -> Self {
        self.0.push(Step::Item(place));
        self
    }
}

/// As one would look for it in the file: `[[people]] manager`.
impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().filter_map(Step::name).collect();
        match (self.0.as_slice(), names.as_slice()) {
            (_, []) => Ok(()),
            ([Step::Name(_), Step::Item(_), ..], [table]) => write!(formatter, "[[{table}]]"),
            ([Step::Name(_), Step::Item(_), ..], [table, keys @ ..]) => {
                write!(formatter, "[[{table}]] {}", keys.join("."))
            }
            (_, [table]) => write!(formatter, "[{table}]"),
            (_, [table, keys @ ..]) => write!(formatter, "[{table}] {}", keys.join(".")),
        }
    }
}

impl Step {
    fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Item(_) => None,
        }
    }
}

impl SeedError {
    /// A sentence about one key.
    pub(in crate::sandbox) fn at(key: Key, why: impl Into<String>) -> Self {
        Self { file: None, line: None, key, why: why.into() }
    }

    /// A sentence about the whole description.
    pub(in crate::sandbox) fn whole(why: impl Into<String>) -> Self {
        Self::at(Key::default(), why)
    }

    /// What TOML's reader says about this text.
    pub(super) fn unread(text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map(|span| span.start);
        Self {
            file: None,
            line: at.map(|at| line(text, at)),
            key: at.and_then(|at| key_at(text, at)).unwrap_or_default(),
            why: format!("{}; docs/sandbox.md shows every key", error.message().lines().collect::<Vec<_>>().join("; ")),
        }
    }

    /// The same, about this file; the line is looked up in its text.
    #[must_use]
    pub(in crate::sandbox) fn in_file(mut self, path: &Path, text: &str) -> Self {
        self.line = self.line.or_else(|| place_of(text, &self.key).map(|at| line(text, at)));
        self.file = Some(path.to_owned());
        self
    }
}

impl fmt::Display for SeedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(formatter, "{}:{line}: ", file.display())?,
            (Some(file), None) => write!(formatter, "{}: ", file.display())?,
            (None, Some(line)) => write!(formatter, "the tenant description cannot be used: line {line}: ")?,
            (None, None) => write!(formatter, "the tenant description cannot be used: ")?,
        }
        if !self.key.0.is_empty() {
            write!(formatter, "{}: ", self.key)?;
        }
        formatter.write_str(self.why.trim_end())
    }
}

impl std::error::Error for SeedError {}

/// Counts from 1.
fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Where the key stands, or the innermost part of it that does: what is missing has the place of where it belongs.
fn place_of(text: &str, key: &Key) -> Option<usize> {
    let document = DeTable::parse(text).ok()?;
    let mut at = None;
    let mut value: Option<&Spanned<DeValue<'_>>> = None;
    let mut table = Some(document.get_ref());
    for step in &key.0 {
        let next = match (step, table, value.map(Spanned::get_ref)) {
            (Step::Name(name), Some(table), _) => {
                let found = table.iter().find(|(known, _)| known.get_ref() == name);
                found.map(|(known, value)| (known.span().start, value))
            }
            (Step::Item(place), _, Some(DeValue::Array(items))) => {
                items.get(*place).map(|item| (item.span().start, item))
            }
            _ => None,
        };
        let Some((start, found)) = next else { break };
        at = Some(start);
        value = Some(found);
        table = found.get_ref().as_table();
    }
    at
}

/// The key whose value holds this place of the text.
fn key_at(text: &str, at: usize) -> Option<Key> {
    let document = DeTable::parse(text).ok()?;
    let mut key = Key::default();
    descend(document.get_ref(), at, &mut key);
    (!key.0.is_empty()).then_some(key)
}

fn descend(table: &DeTable<'_>, at: usize, key: &mut Key) {
    let holds = |span: std::ops::Range<usize>| span.contains(&at);
    for (name, value) in table.iter() {
        let inside = match value.get_ref() {
            DeValue::Array(items) => items.iter().position(|item| holds_deep(item, at)),
            _ => None,
        };
        if !(holds(name.span()) || holds_deep(value, at)) {
            continue;
        }
        key.0.push(Step::Name(name.get_ref().to_string()));
        let mut value = value;
        if let (Some(place), DeValue::Array(items)) = (inside, value.get_ref()) {
            key.0.push(Step::Item(place));
            let Some(item) = items.get(place) else { return };
            value = item;
        }
        if let Some(table) = value.get_ref().as_table() {
            descend(table, at, key);
        }
        return;
    }
}

/// A table's own span ends with its heading, so its keys are asked too.
fn holds_deep(value: &Spanned<DeValue<'_>>, at: usize) -> bool {
    value.span().contains(&at)
        || match value.get_ref() {
            DeValue::Table(table) => {
                table.iter().any(|(name, value)| name.span().contains(&at) || holds_deep(value, at))
            }
            DeValue::Array(items) => items.iter().any(|item| holds_deep(item, at)),
            _ => false,
        }
}
