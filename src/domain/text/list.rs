//! Enumerations as people write them: "a", "a and b", "a, b and c"; and "a and b; c" where an item has such a word itself.
//! Never cuts a list: what is too long is for the card.

use super::Locale;

/// What an enumeration means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    All,
    AnyOf,
}

/// What joins items, in every language: names of products are English in a Swedish sentence too. Inside an item it would be
/// taken for the end of one.
const JOINS: [&str; 5] = [", ", " and ", " or ", " och ", " eller "];

/// Joins the items with the language's own word before the last.
pub(super) fn join(items: &[String], meaning: Meaning, locale: Locale) -> String {
    let and = match (meaning, locale) {
        (Meaning::All, Locale::En) => "and",
        (Meaning::All, Locale::Sv) => "och",
        (Meaning::AnyOf, Locale::En) => "or",
        (Meaning::AnyOf, Locale::Sv) => "eller",
    };
    match (items, meaning) {
        ([], _) => String::new(),
        ([only], _) => only.clone(),
        (items, Meaning::All) if any_joins(items) => items.join("; "),
        ([first @ .., last], Meaning::AnyOf) if any_joins(items) => format!("{}; {and} {last}", first.join("; ")),
        ([first @ .., last], _) => format!("{} {and} {last}", first.join(", ")),
    }
}

fn any_joins(items: &[String]) -> bool {
    items.iter().any(|item| JOINS.iter().any(|join| item.contains(join)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(items: &[&str], meaning: Meaning, locale: Locale) -> String {
        join(&items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>(), meaning, locale)
    }

    #[test]
    fn the_last_item_has_the_languages_own_word() {
        let names = ["Ana", "Bo", "Eva"];
        assert_eq!(joined(&names, Meaning::All, Locale::En), "Ana, Bo and Eva");
        assert_eq!(joined(&names, Meaning::All, Locale::Sv), "Ana, Bo och Eva");
        assert_eq!(joined(&names, Meaning::AnyOf, Locale::Sv), "Ana, Bo eller Eva");
        assert_eq!(joined(&["Ana"], Meaning::All, Locale::En), "Ana");
        assert_eq!(joined(&[], Meaning::All, Locale::En), "");
    }

    #[test]
    fn where_an_item_joins_words_itself_semicolons_stand_between_the_items() {
        let apps = ["Discover and Protect", "Sway", "Teams"];
        assert_eq!(joined(&apps, Meaning::All, Locale::En), "Discover and Protect; Sway; Teams");
        assert_eq!(joined(&apps, Meaning::All, Locale::Sv), "Discover and Protect; Sway; Teams");
        assert_eq!(joined(&apps, Meaning::AnyOf, Locale::En), "Discover and Protect; Sway; or Teams");
        assert_eq!(joined(&apps, Meaning::AnyOf, Locale::Sv), "Discover and Protect; Sway; eller Teams");
        assert_eq!(joined(&["E3, utan Sway", "Visio"], Meaning::All, Locale::Sv), "E3, utan Sway; Visio");
        assert_eq!(joined(&["Discover and Protect"], Meaning::All, Locale::En), "Discover and Protect");
    }
}
