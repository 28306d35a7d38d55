//! Enumerations as people write them: "a", "a and b", "a, b and c". Never cuts a list: what is too long is for the card.

use super::Locale;

/// Joins the items with the language's own word before the last.
pub(super) fn join(items: &[String], locale: Locale) -> String {
    let and = match locale {
        Locale::En => "and",
        Locale::Sv => "och",
    };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}
