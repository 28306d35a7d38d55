//! Enumerations as people write them: "a", "a and b", "a, b and c". Never cuts a list: what is too long is for the card.

use super::Locale;

/// What an enumeration means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    All,
    AnyOf,
}

/// Joins the items with the language's own word before the last.
pub(super) fn join(items: &[String], meaning: Meaning, locale: Locale) -> String {
    let and = match (meaning, locale) {
        (Meaning::All, Locale::En) => "and",
        (Meaning::All, Locale::Sv) => "och",
        (Meaning::AnyOf, Locale::En) => "or",
        (Meaning::AnyOf, Locale::Sv) => "eller",
    };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}
