//! The Fluent files, parsed once, and the one place that turns a phrase into a sentence. Never fails towards a person: a
//! key without a message (which a test forbids) shows the key.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;

use super::alphabet;
use super::list::{self, Meaning};
use super::{Arg, Locale, Phrase};

/// One area of text in one language.
type Source = (&'static str, &'static str);

macro_rules! areas {
    ($($area:literal),+ $(,)?) => {
        const ENGLISH: &[Source] = &[$(($area, include_str!(concat!("en/", $area, ".ftl")))),+];
        const SWEDISH: &[Source] = &[$(($area, include_str!(concat!("sv/", $area, ".ftl")))),+];
    };
}

areas!("answers", "cards", "common", "console", "country", "grammar", "help", "policy", "reading", "refusal");

/// The files of a language: area and text.
pub(crate) fn sources(locale: Locale) -> &'static [Source] {
    match locale {
        Locale::En => ENGLISH,
        Locale::Sv => SWEDISH,
    }
}

static ENGLISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Locale::En));
static SWEDISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Locale::Sv));

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let language = match locale {
        Locale::En => unic_langid::langid!("en-US"),
        Locale::Sv => unic_langid::langid!("sv-SE"),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks would show as boxes in plain text; whoever renders isolates names in the platform's own way.
    bundle.set_use_isolating(false);
    for (_, text) in sources(locale) {
        // A file with a mistake still gives its other messages; the tests of this room refuse the file.
        let resource = match FluentResource::try_new((*text).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Speaks one language, with times in one zone.
#[derive(Clone, Debug)]
pub struct Texts {
    locale: Locale,
    zone: TimeZone,
    rehearsal: bool,
}

impl Texts {
    /// `zone` is where the people who read are.
    pub fn new(locale: Locale, zone: TimeZone) -> Self {
        Self { locale, zone, rehearsal: false }
    }

    /// The same, where it is not Microsoft that answers: sentences about the tenant then say so.
    #[must_use]
    pub fn in_rehearsal(&self, rehearsal: bool) -> Self {
        Self { rehearsal, ..self.clone() }
    }

    /// The language spoken.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// What words are compared by, to stand in this language's alphabetical order.
    pub fn sorts_as(&self, words: &str) -> String {
        alphabet::key(words, self.locale)
    }

    /// The sentence.
    pub fn say(&self, phrase: &Phrase) -> String {
        let bundle = match self.locale {
            Locale::En => &*ENGLISH_BUNDLE,
            Locale::Sv => &*SWEDISH_BUNDLE,
        };
        let Some(pattern) = bundle.get_message(&phrase.key).and_then(|message| message.value()) else {
            return phrase.key.clone().into_owned();
        };
        let mut args = FluentArgs::new();
        args.set("rehearsal", FluentValue::from(i64::from(self.rehearsal)));
        for (name, value) in &phrase.args {
            args.set(name.clone(), self.value(value));
        }
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
    }

    fn value(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Number(number) => FluentValue::from(*number),
            other => FluentValue::from(self.words(other)),
        }
    }

    /// One argument in words, where it stands alone.
    pub fn words(&self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => text.clone(),
            Arg::Number(number) => number.to_string(),
            Arg::Instant(instant) => {
                jiff::ZonedDateTime::new(*instant, self.zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
            }
            Arg::Phrase(phrase) => self.say(phrase),
            Arg::List(items) => self.joined(items, Meaning::All),
            Arg::AnyOf(items) => self.joined(items, Meaning::AnyOf),
        }
    }

    fn joined(&self, items: &[Arg], meaning: Meaning) -> String {
        let items: Vec<String> = items.iter().map(|item| self.words(item)).collect();
        list::join(&items, meaning, self.locale)
    }
}

/// The message keys of a language, in order.
#[cfg(test)]
pub(crate) fn keys(locale: Locale) -> Vec<String> {
    let message = regex::Regex::new(r"(?m)^([a-z][a-z0-9-]*) *=").expect("a valid pattern");
    let mut keys: Vec<String> = sources(locale)
        .iter()
        .flat_map(|(_, text)| message.captures_iter(text).map(|found| found[1].to_owned()).collect::<Vec<_>>())
        .collect();
    keys.sort();
    keys
}
