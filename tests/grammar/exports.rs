//! The files under `commands/generated/`, and Discord's limits for what is registered there.

use std::collections::BTreeSet;
use std::path::Path;

use licensebot::domain::command::Verb;
use licensebot::domain::grammar::{export_discord, export_markdown};
use licensebot::domain::text::Locale;
use serde_json::Value;

/// Rewrites a stale file, so that the next run and the review see the new one.
fn is_stale(file: &str, expect: &str) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("commands/generated").join(file);
    let stale = std::fs::read_to_string(&path).unwrap_or_default() != expect;
    if stale {
        std::fs::write(&path, expect).unwrap();
    }
    stale
}

#[test]
fn the_generated_files_are_current() {
    let files = [
        ("discord.json", export_discord()),
        ("commands.en.md", export_markdown(Locale::En)),
        ("commands.sv.md", export_markdown(Locale::Sv)),
    ];
    let stale: Vec<&str> = files.iter().filter(|(file, text)| is_stale(file, text)).map(|(file, _)| *file).collect();
    assert!(stale.is_empty(), "commands/generated: {stale:?} were not current; they are now: review and commit them");
}

fn registration() -> Value {
    let all: Value = serde_json::from_str(&export_discord()).unwrap();
    let commands = all.as_array().unwrap();
    assert_eq!(commands.len(), 1);
    commands[0].clone()
}

fn list(value: &Value) -> Vec<Value> {
    value["options"].as_array().cloned().unwrap_or_default()
}

/// The command, its subcommands and their options.
fn everything() -> Vec<Value> {
    let license = registration();
    let subcommands = list(&license);
    let options: Vec<Value> = subcommands.iter().flat_map(list).collect();
    [vec![license], subcommands, options].concat()
}

fn localized<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    let plain = value[key].as_str();
    let local = value[format!("{key}_localizations")].as_object();
    plain.into_iter().chain(local.into_iter().flat_map(|local| local.values().filter_map(Value::as_str))).collect()
}

/// Discord counts 16-bit units in some places and characters in others; the stricter holds here.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[test]
fn every_verb_is_a_subcommand() {
    let license = registration();
    assert_eq!(license["name"], "license");
    assert_eq!(license["type"], 1);
    assert_eq!(license["contexts"], serde_json::json!([0]), "only in guilds");
    let names: Vec<String> = list(&license).iter().map(|verb| verb["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, Verb::ALL.map(|verb| verb.to_string()));
    assert!(list(&license).iter().all(|verb| verb["type"] == 1));
}

#[test]
fn names_and_descriptions_are_as_discord_wants_them() {
    let name = regex::Regex::new(r"^[-_'\p{L}\p{N}]{1,32}$").unwrap();
    for entry in everything() {
        for text in localized(&entry, "name") {
            assert!(name.is_match(text) && text.to_lowercase() == text, "{text}");
        }
        for text in localized(&entry, "description") {
            assert!((1..=100).contains(&length(text)), "{}: {text}", length(text));
            assert_eq!(text.trim(), text);
        }
        assert!(entry["description_localizations"]["sv-SE"].is_string(), "{}", entry["name"]);
    }
}

#[test]
fn options_are_few_distinct_and_the_required_come_first() {
    for verb in list(&registration()) {
        let options = list(&verb);
        assert!(options.len() <= 25);
        let choices = options.iter().map(|option| option["choices"].as_array().map_or(0, Vec::len));
        assert!(choices.max().is_none_or(|most| most <= 25), "{}", verb["name"]);
        let required: Vec<bool> = options.iter().map(|option| option["required"].as_bool().unwrap()).collect();
        assert!(required.is_sorted_by(|one, next| *one >= *next), "{}: {required:?}", verb["name"]);
        for key in ["name", "name_localizations"] {
            let names: BTreeSet<String> = options.iter().map(|option| option[key].to_string()).collect();
            assert_eq!(names.len(), options.len(), "{}: {names:?}", verb["name"]);
        }
        for option in &options {
            let person = option["name"] == "who";
            assert_eq!(option["type"], if person { 6 } else { 3 }, "{} {}", verb["name"], option["name"]);
            assert_eq!(option["autocomplete"] == true, !person && option["name"] != "reason", "{}", option["name"]);
        }
    }
    assert!(list(&registration()).len() <= 25);
}

#[test]
fn the_command_is_short_enough_in_every_language() {
    let longest = |entry: &Value, key: &str| localized(entry, key).into_iter().map(length).max().unwrap_or_default();
    let total: usize = everything().iter().map(|entry| longest(entry, "name") + longest(entry, "description")).sum();
    assert!(total <= 8_000, "{total}");
}
