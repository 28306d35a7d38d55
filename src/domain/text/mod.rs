//! Every sentence that a person reads: Fluent files in English and Swedish, and the [`Phrase`]s that name them. Never
//! decides anything: a phrase is a key with typed arguments until the last moment, when the viewer's language is known.

mod alphabet;
mod bundle;
mod list;

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use bundle::Texts;
#[cfg(test)]
pub(crate) use bundle::{keys, sources};

/// A language that the program speaks completely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English, as written in the United States.
    #[default]
    En,
    /// Swedish.
    Sv,
}

impl Locale {
    /// Every language, for checks that compare them.
    pub const ALL: [Self; 2] = [Self::En, Self::Sv];

    /// The best language for a tag as platforms and directories send it (`sv-SE`, `en_US`, `de`), if we speak it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "sv" => Some(Self::Sv),
            _ => None,
        }
    }

    /// The short tag: `en` or `sv`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Sv => "sv",
        }
    }
}

/// A sentence before its language is known: the key of a Fluent message, and what it speaks about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Phrase {
    /// The Fluent message.
    pub key: Cow<'static, str>,
    /// Its arguments by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<Cow<'static, str>, Arg>,
}

/// One argument of a phrase. Names and reasons are text that people wrote: shown, never interpreted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// Words that need no translation: a name, a product, an id.
    Text(String),
    /// A number; picks plural forms.
    Number(i64),
    /// An instant, shown in the zone that people live in.
    Instant(Timestamp),
    /// A phrase inside the phrase.
    Phrase(Box<Phrase>),
    /// An enumeration: "a, b and c".
    List(Vec<Arg>),
    /// A choice: "a, b or c".
    AnyOf(Vec<Arg>),
}

impl Phrase {
    /// A phrase without arguments.
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), args: BTreeMap::new() }
    }

    /// The same phrase, speaking about one more thing.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.insert(Cow::Borrowed(name), value.into());
        self
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Timestamp> for Arg {
    fn from(instant: Timestamp) -> Self {
        Self::Instant(instant)
    }
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Arg>> From<Vec<T>> for Arg {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests;
