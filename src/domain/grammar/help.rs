//! Help as data, from the same files that the parser reads. Never lays anything out: a card and a document do that.

use jiff::tz::TimeZone;

use crate::domain::command::Verb;
use crate::domain::text::{Locale, Phrase, Texts};

use super::spec::{ArgKind, ArgSpec, CommandSpec, spec};

/// What help shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    /// Every verb in one line each.
    All(Vec<HelpLine>),
    /// One verb in full.
    One(HelpPage),
}

/// One verb in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// The verb.
    pub verb: Verb,
    /// How it is typed: `/license assign WHO PRODUCT… [--reason TEXT]`.
    pub usage: String,
    /// What it is for.
    pub summary: String,
}

/// One verb in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpPage {
    /// The line of the list.
    pub line: HelpLine,
    /// In the order of typing.
    pub args: Vec<HelpArg>,
    /// At least one.
    pub examples: Vec<HelpExample>,
}

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpArg {
    /// As it stands in the usage: `WHO`, `--reason TEXT`.
    pub name: String,
    /// Must it be given?
    pub required: bool,
    /// What it holds.
    pub summary: String,
}

/// One example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpExample {
    /// What to type.
    pub typed: String,
    /// What it does.
    pub summary: String,
}

/// Help for one verb, or the list of all.
pub fn help(verb: Option<Verb>, locale: Locale) -> Help {
    match verb {
        None => Help::All(Verb::ALL.into_iter().map(|verb| line(spec(verb), locale)).collect()),
        Some(verb) => Help::One(page(spec(verb), locale)),
    }
}

pub(super) fn page(spec: &CommandSpec, locale: Locale) -> HelpPage {
    let arg = |arg: &ArgSpec| HelpArg {
        name: placeholder(arg, locale),
        required: arg.required,
        summary: arg.summary.get(locale).to_owned(),
    };
    let examples = spec
        .examples
        .iter()
        .map(|example| HelpExample { typed: example.typed.clone(), summary: example.summary.get(locale).to_owned() });
    HelpPage { line: line(spec, locale), args: spec.args.iter().map(arg).collect(), examples: examples.collect() }
}

fn line(spec: &CommandSpec, locale: Locale) -> HelpLine {
    HelpLine { verb: spec.name, usage: usage(spec, locale), summary: spec.summary.get(locale).to_owned() }
}

/// `/license why R-… | WHO PRODUCT`: what may be left out stands in brackets, what stands alone before a bar.
fn usage(spec: &CommandSpec, locale: Locale) -> String {
    let mut words = vec![format!("/license {}", spec.name)];
    for arg in &spec.args {
        let word = placeholder(arg, locale);
        words.push(match (arg.alone, arg.required) {
            (true, _) => format!("{word} |"),
            (false, true) => word,
            (false, false) => format!("[{word}]"),
        });
    }
    words.join(" ")
}

fn placeholder(arg: &ArgSpec, locale: Locale) -> String {
    let word = match arg.kind {
        ArgKind::Person => say(locale, "help-word-person"),
        ArgKind::Product => arg.label.get(locale).to_uppercase(),
        ArgKind::Products => say(locale, "help-word-products"),
        ArgKind::Apps => say(locale, "help-word-apps"),
        ArgKind::Request => say(locale, "help-word-request"),
        ArgKind::Text => say(locale, "help-word-text"),
        ArgKind::Verb => say(locale, "help-word-verb"),
    };
    match &arg.option {
        Some(option) => format!("{option} {word}"),
        None => word,
    }
}

pub(super) fn say(locale: Locale, key: &'static str) -> String {
    Texts::new(locale, TimeZone::UTC).say(&Phrase::new(key))
}
