use std::collections::BTreeSet;

use fluent_bundle::FluentResource;
use jiff::tz::TimeZone;

use super::*;

fn say(locale: Locale, phrase: &Phrase) -> String {
    Texts::new(locale, TimeZone::UTC).say(phrase)
}

#[test]
fn both_languages_say_everything_once() {
    let english = keys(Locale::En);
    assert_eq!(english, keys(Locale::Sv));
    let distinct: BTreeSet<&String> = english.iter().collect();
    assert_eq!(distinct.len(), english.len(), "a key stands twice");
}

#[test]
fn every_file_parses() {
    for locale in Locale::ALL {
        for (area, text) in sources(locale) {
            let parsed = FluentResource::try_new((*text).to_owned());
            assert!(parsed.is_ok(), "{area} in {locale:?}: {:?}", parsed.err().map(|(_, errors)| errors));
        }
    }
}

#[test]
fn both_languages_use_the_same_arguments() {
    let argument = regex::Regex::new(r"\{ *\$([a-z_]+)").unwrap();
    let message = regex::Regex::new(r"(?m)^([a-z][a-z0-9-]*) *=((?:.*\n)(?:^[ \t}].*\n|^\n)*)").unwrap();
    let arguments = |locale: Locale| -> BTreeMap<String, BTreeSet<String>> {
        sources(locale)
            .iter()
            .flat_map(|(_, text)| {
                let text = format!("{text}\n");
                message
                    .captures_iter(&text)
                    .map(|found| {
                        let names = argument.captures_iter(&found[2]).map(|name| name[1].to_owned()).collect();
                        (found[1].to_owned(), names)
                    })
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let english = arguments(Locale::En);
    let swedish = arguments(Locale::Sv);
    for (key, names) in &english {
        assert_eq!(Some(names), swedish.get(key), "{key}");
    }
}

#[test]
fn one_thing_has_one_word_everywhere() {
    let check = |locale, other_words: &[&str]| {
        for (area, text) in sources(locale) {
            let text = text.to_lowercase();
            let found: Vec<_> = other_words.iter().filter(|word| text.contains(**word)).collect();
            assert!(found.is_empty(), "{area} in {locale:?} says {found:?}");
        }
    };
    check(Locale::En, &["revoke", "licence", "ticket", "turn off", "turn on", "remove a license"]);
    check(Locale::Sv, &["ärende", "slå av", "slås av", "sätta på", "sätt på", "återkalla", "ber om", "be igen"]);
}

#[test]
fn phrases_nest_lists_join_and_times_have_a_zone() {
    let phrase = Phrase::new("list-and-time")
        .with("people", vec!["Ana", "Bo", "Eva"])
        .with("at", "2026-11-24T10:00:00Z".parse::<jiff::Timestamp>().unwrap());
    assert_eq!(say(Locale::En, &phrase), "Ana, Bo and Eva at 2026-11-24 10:00 UTC");
    assert_eq!(say(Locale::Sv, &phrase), "Ana, Bo och Eva kl. 2026-11-24 10:00 UTC");
}

#[test]
fn a_choice_is_no_enumeration() {
    let names = || Arg::AnyOf(vec!["Ana".into(), "Bo".into(), "Eva".into()]);
    let phrase = || Phrase::new("said-as-is").with("value", names());
    assert_eq!(say(Locale::En, &phrase()), "Ana, Bo or Eva");
    assert_eq!(say(Locale::Sv, &phrase()), "Ana, Bo eller Eva");
}

#[test]
fn what_people_wrote_is_never_interpreted() {
    let phrase = Phrase::new("list-and-time").with("people", vec!["{ $at } <b>"]).with("at", "x");
    assert_eq!(say(Locale::En, &phrase), "{ $at } <b> at x");
}

#[test]
fn a_tag_finds_its_language() {
    assert_eq!(Locale::from_tag("sv-SE"), Some(Locale::Sv));
    assert_eq!(Locale::from_tag("EN_us"), Some(Locale::En));
    assert_eq!(Locale::from_tag("de"), None);
    assert_eq!(Locale::from_tag(""), None);
}
