//! The registration for Discord: one command `license` with a subcommand for each verb. Never sends it anywhere.
//!
//! The verbs are not translated: cards and help name them in English everywhere, and a Swedish client that showed other
//! words would contradict them. Labels of options, and everything that explains, are.

use serde::Serialize;

use crate::domain::command::Verb;
use crate::domain::grammar::help::say;
use crate::domain::grammar::spec::{ArgKind, ArgSpec, CommandSpec, spec};
use crate::domain::text::Locale;

/// Discord's numbers for what it calls types.
const CHAT_INPUT: u8 = 1;
const SUB_COMMAND: u8 = 1;
const STRING: u8 = 3;
const USER: u8 = 6;
/// Only in a guild that installed the bot: no direct messages, no user installs in foreign guilds.
const GUILD: u8 = 0;
const GUILD_INSTALL: u8 = 0;

#[derive(Serialize)]
struct Application {
    name: &'static str,
    #[serde(rename = "type")]
    kind: u8,
    description: String,
    description_localizations: Swedish,
    contexts: [u8; 1],
    integration_types: [u8; 1],
    options: Vec<Subcommand>,
}

#[derive(Serialize)]
struct Subcommand {
    #[serde(rename = "type")]
    kind: u8,
    name: &'static str,
    description: &'static str,
    description_localizations: Swedish,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<Argument>,
}

#[derive(Serialize)]
struct Argument {
    #[serde(rename = "type")]
    kind: u8,
    name: &'static str,
    name_localizations: Swedish,
    description: &'static str,
    description_localizations: Swedish,
    required: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    autocomplete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<usize>,
}

#[derive(Serialize)]
struct Swedish {
    #[serde(rename = "sv-SE")]
    sv: String,
}

impl From<&str> for Swedish {
    fn from(text: &str) -> Self {
        Self { sv: text.to_owned() }
    }
}

/// The JSON array for "Bulk Overwrite Global Application Commands", in lines for review.
pub fn export_discord() -> String {
    let license = Application {
        name: "license",
        kind: CHAT_INPUT,
        description: say(Locale::En, "help-license"),
        description_localizations: Swedish { sv: say(Locale::Sv, "help-license") },
        contexts: [GUILD],
        integration_types: [GUILD_INSTALL],
        options: Verb::ALL.into_iter().map(|verb| subcommand(spec(verb))).collect(),
    };
    // Strings, numbers and lists only: this cannot fail, and an empty text would fail the test that compares it.
    let mut json = serde_json::to_string_pretty(&[license]).unwrap_or_default();
    json.push('\n');
    json
}

fn subcommand(spec: &'static CommandSpec) -> Subcommand {
    // Where one argument stands instead of the others, none of them can be required of everyone.
    let choice = spec.args.iter().any(|arg| arg.alone);
    Subcommand {
        kind: SUB_COMMAND,
        name: spec.name.as_str(),
        description: &spec.summary.en,
        description_localizations: spec.summary.sv.as_str().into(),
        options: spec.args.iter().map(|arg| argument(arg, arg.required && !choice)).collect(),
    }
}

fn argument(arg: &'static ArgSpec, required: bool) -> Argument {
    // Discord completes its own members by itself.
    let kind = if arg.kind == ArgKind::Person { USER } else { STRING };
    Argument {
        kind,
        name: &arg.label.en,
        name_localizations: arg.label.sv.as_str().into(),
        description: &arg.summary.en,
        description_localizations: arg.summary.sv.as_str().into(),
        required,
        autocomplete: arg.autocomplete && kind == STRING,
        max_length: arg.max.filter(|_| arg.kind == ArgKind::Text),
    }
}
