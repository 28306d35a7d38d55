//! What may be typed, as data: one file of `commands/` for each verb, read once. Never says who may type it (policy) nor
//! what happens then (app).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::command::Verb;
use crate::domain::text::Locale;

/// One verb: its arguments, texts and examples.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandSpec {
    /// The verb. The file has the same name.
    pub name: Verb,
    /// Does it ask for a change?
    pub effect: CommandEffect,
    /// Who sees the answer.
    pub visibility: Visibility,
    /// Words that people try instead. Never accepted, only answered with "did you mean".
    #[serde(default)]
    pub also: Vec<String>,
    /// One line of help.
    pub summary: Local,
    /// In the order of typing: words by place first, then options.
    #[serde(default)]
    pub args: Vec<ArgSpec>,
    /// Help and test at once. The first one is shown wherever one example is enough.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// Does a command ask for a change?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CommandEffect {
    /// It only answers.
    Read,
    /// It leads to a change, or decides about one.
    Write,
}

/// Who sees the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Only the one who typed.
    Private,
    /// Everyone in the channel.
    Channel,
}

/// One argument of a verb.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArgSpec {
    /// Its key, and its name where a platform delivers typed options.
    pub name: String,
    /// Its name as platforms show it.
    pub label: Local,
    /// What it holds.
    pub kind: ArgKind,
    /// Must it be given?
    #[serde(default)]
    pub required: bool,
    /// Given alone, instead of all the other words by place; those are required only without it.
    #[serde(default)]
    pub alone: bool,
    /// How the option is typed (`--reason`). Without it the argument goes by place.
    pub option: Option<String>,
    /// Are there candidates to offer while it is typed?
    #[serde(default)]
    pub autocomplete: bool,
    /// The most items of a list, or characters of a text.
    pub max: Option<usize>,
    /// One line of help.
    pub summary: Local,
}

/// What an argument holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArgKind {
    /// One person.
    Person,
    /// One product.
    Product,
    /// One product or several.
    Products,
    /// One app or several.
    Apps,
    /// The id of a request.
    Request,
    /// Free text.
    Text,
    /// A verb.
    Verb,
}

/// A line to type, what it means, and why somebody would.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// As typed.
    #[serde(rename = "type")]
    pub typed: String,
    /// The arguments by name, as a platform with typed options would deliver them.
    pub means: BTreeMap<String, String>,
    /// For help.
    pub summary: Local,
}

/// The same words in every language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Local {
    /// English.
    pub en: String,
    /// Swedish.
    pub sv: String,
}

impl Local {
    /// The words in one language.
    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::En => &self.en,
            Locale::Sv => &self.sv,
        }
    }
}

impl CommandSpec {
    /// The arguments that go by place.
    pub fn places(&self) -> impl Iterator<Item = &ArgSpec> {
        self.args.iter().filter(|arg| arg.option.is_none())
    }

    /// The arguments that go by option.
    pub fn options(&self) -> impl Iterator<Item = &ArgSpec> {
        self.args.iter().filter(|arg| arg.option.is_some())
    }

    /// The argument of an option's name without dashes.
    pub fn option(&self, name: &str) -> Option<&ArgSpec> {
        self.options().find(|arg| arg.flag() == Some(name))
    }

    /// The argument with this key.
    pub fn arg(&self, name: &str) -> Option<&ArgSpec> {
        self.args.iter().find(|arg| arg.name == name)
    }

    /// The example that is shown wherever one is enough.
    pub fn example(&self) -> &str {
        self.examples.first().map_or_else(|| self.name.as_str(), |example| &example.typed)
    }
}

impl ArgSpec {
    /// The option's name without dashes.
    pub fn flag(&self) -> Option<&str> {
        self.option.as_deref().map(|option| option.trim_start_matches('-'))
    }
}

macro_rules! embedded {
    ($($verb:ident => $file:literal),+ $(,)?) => {
        /// What may be typed after a verb.
        pub fn spec(verb: Verb) -> &'static CommandSpec {
            match verb {
                $(Verb::$verb => {
                    static SPEC: LazyLock<CommandSpec> =
                        LazyLock::new(|| read($file, include_str!(concat!("../../../commands/", $file, ".toml"))));
                    &SPEC
                })+
            }
        }
    };
}

embedded! {
    Assign => "assign",
    Unassign => "unassign",
    Swap => "swap",
    Apps => "apps",
    Status => "status",
    Who => "who",
    Stock => "stock",
    Requests => "requests",
    Request => "request",
    Approve => "approve",
    Deny => "deny",
    Cancel => "cancel",
    Why => "why",
    Help => "help",
}

#[expect(clippy::panic, reason = "the file is part of the program, and a test reads every one of them")]
fn read(file: &str, text: &str) -> CommandSpec {
    toml::from_str(text).unwrap_or_else(|error| panic!("commands/{file}.toml: {error}"))
}
