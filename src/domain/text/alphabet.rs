//! The order of the alphabet in each language. Never changes what is shown: a key is only for comparing.

use super::Locale;

/// What a name is compared by: small letters without accents, spaces, and nothing else. The three letters that end the
/// Swedish alphabet become the three signs that follow `z` in ASCII.
pub(super) fn key(text: &str, locale: Locale) -> String {
    text.chars().flat_map(char::to_lowercase).filter_map(|letter| placed(letter, locale)).collect()
}

fn placed(letter: char, locale: Locale) -> Option<char> {
    match (locale, letter) {
        (Locale::Sv, 'å') => Some('{'),
        (Locale::Sv, 'ä' | 'æ') => Some('|'),
        (Locale::Sv, 'ö' | 'ø') => Some('}'),
        (Locale::Sv, 'ü') => Some('y'),
        (_, letter) if letter.is_alphanumeric() => Some(base(letter)),
        (_, ' ' | '-' | '–') => Some(' '),
        _ => None,
    }
}

/// The letter without its accent, for the letters of western Europe.
fn base(letter: char) -> char {
    match letter {
        'à'..='æ' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(locale: Locale, mut names: Vec<&str>) -> Vec<&str> {
        names.sort_by_key(|name| key(name, locale));
        names
    }

    #[test]
    fn swedish_ends_with_its_own_letters() {
        let names = vec!["Österrike", "Åland", "Zambia", "Ägypten", "Étoile", "Finland", "Dominica", "Müller", "Mz"];
        let expected = ["Dominica", "Étoile", "Finland", "Müller", "Mz", "Zambia", "Åland", "Ägypten", "Österrike"];
        assert_eq!(sorted(Locale::Sv, names), expected);
    }

    #[test]
    fn english_puts_accents_where_their_letters_are() {
        let names = vec!["Zambia", "Réunion", "Åland Islands", "Romania", "Albania", "Réunion Island", "Algeria"];
        let expected = ["Åland Islands", "Albania", "Algeria", "Réunion", "Réunion Island", "Romania", "Zambia"];
        assert_eq!(sorted(Locale::En, names), expected);
    }

    #[test]
    fn signs_and_capitals_do_not_count() {
        assert_eq!(key("Côte d’Ivoire (CI)", Locale::En), "cote divoire ci");
        assert_eq!(key("Guinea-Bissau", Locale::Sv), key("guinea bissau", Locale::Sv));
    }
}
