//! The files of `commands/`, and every example in them.

use std::collections::BTreeSet;
use std::path::Path;

use licensebot::domain::command::Verb;
use licensebot::domain::grammar::{ArgKind, CommandEffect, Example, parse, parse_known, parse_named_with, spec};

use super::known;

fn examples() -> impl Iterator<Item = (Verb, &'static Example)> {
    Verb::ALL.into_iter().flat_map(|verb| spec(verb).examples.iter().map(move |example| (verb, example)))
}

#[test]
fn every_example_means_what_it_says() {
    for (verb, example) in examples() {
        let means: Vec<(&str, &str)> =
            example.means.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let meant =
            parse_named_with(verb, &means, &known()).unwrap_or_else(|misread| panic!("{verb}: {means:?}: {misread:?}"));
        assert_eq!(parse(&example.typed), Ok(meant.clone()), "{}", example.typed);
        assert_eq!(parse_known(&example.typed, &known()), Ok(meant), "{}, with a catalog", example.typed);
    }
}

#[test]
fn every_argument_has_an_example() {
    for verb in Verb::ALL {
        let shown: BTreeSet<&String> = spec(verb).examples.iter().flat_map(|example| example.means.keys()).collect();
        for arg in &spec(verb).args {
            assert!(shown.contains(&arg.name), "{verb}: no example shows {}", arg.name);
        }
    }
}

#[test]
fn every_file_of_the_folder_is_one_verb() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("commands");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let verbs: BTreeSet<String> = Verb::ALL.into_iter().map(|verb| verb.to_string()).collect();
    assert_eq!(files, verbs);
    for verb in Verb::ALL {
        assert_eq!(spec(verb).name, verb, "commands/{verb}.toml names another verb");
    }
}

#[test]
fn an_unknown_key_in_a_file_is_refused() {
    let text = include_str!("../../commands/requests.toml");
    assert!(toml::from_str::<licensebot::domain::grammar::CommandSpec>(text).is_ok());
    let error = toml::from_str::<licensebot::domain::grammar::CommandSpec>(&format!("visiblity = \"private\"\n{text}"));
    assert!(error.unwrap_err().to_string().contains("visiblity"));
}

#[test]
fn the_files_are_consistent() {
    let mut instead = BTreeSet::new();
    for verb in Verb::ALL {
        let spec = spec(verb);
        for word in &spec.also {
            assert_eq!(word.to_lowercase(), *word, "{verb}");
            assert!(word.parse::<Verb>().is_err(), "{verb}: {word} is a verb itself");
            assert!(instead.insert(word), "{word} stands for two verbs");
        }
        for arg in &spec.args {
            let list = matches!(arg.kind, ArgKind::Products | ArgKind::Apps | ArgKind::Text);
            assert_eq!(arg.max.is_some(), list, "{verb} {}: a list and a text have a limit, nothing else", arg.name);
            assert_eq!(arg.label.en, arg.name, "{verb}: platforms send the label back as the name");
            assert_eq!(arg.autocomplete, arg.kind != ArgKind::Text, "{verb} {}", arg.name);
            if let Some(option) = &arg.option {
                assert_eq!(option.trim_start_matches('-'), arg.name, "{verb}: the option has the argument's name");
            }
        }
        let asks = matches!(
            verb,
            Verb::Assign | Verb::Unassign | Verb::Swap | Verb::Apps | Verb::Approve | Verb::Deny | Verb::Cancel
        );
        assert_eq!(spec.effect == CommandEffect::Write, asks, "{verb}");
    }
}
