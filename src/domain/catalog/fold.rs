//! When are two texts the same name? Folds away what people neither see nor mean: case, accents, punctuation, invisible
//! characters, the kind of space or dash. Never decides which product is meant.

/// A name as it is compared: lower-case words of letters and digits with one space between them. Common short forms are
/// written out, so that "O365 E3" and "Office 365 E3" are one name.
pub(super) fn name(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in letters(text).split(' ').filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(match word {
            "m365" => "microsoft 365",
            "o365" => "office 365",
            "w365" => "windows 365",
            word => word,
        });
    }
    folded
}

/// A part number as it is compared: in lower case, with outer quotes and odd spaces gone. Underscores stay: the part
/// number `Microsoft_365_E5` is another product than the name "Microsoft 365 E5".
pub(super) fn part_number(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !is_invisible(*letter)).collect();
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || is_quote(letter));
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Does the folded `part` stand in the folded `name`, from the start of a word on?
pub(super) fn holds(name: &str, part: &str) -> bool {
    !part.is_empty()
        && name
            .match_indices(part)
            .any(|(at, _)| at.checked_sub(1).is_none_or(|at| name.as_bytes().get(at) == Some(&b' ')))
}

/// Letters and digits in lower case and without accents; a space for everything else.
fn letters(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|letter| !is_invisible(*letter) && !matches!(letter, '\u{300}'..='\u{36f}'))
        .map(|letter| if letter.is_alphanumeric() { base(letter) } else { ' ' })
        .collect()
}

/// The letter without its accent, for the letters of western Europe. Composed and decomposed spellings meet here.
fn base(letter: char) -> char {
    match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

/// Characters that chat programs slip in around mentions and pasted text, or that only steer how text is drawn.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2018}'..='\u{201f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_alike() {
        let check = |text, expected| assert_eq!(name(text), expected, "{text:?}");
        check("Microsoft 365 E5", "microsoft 365 e5");
        check("  MICROSOFT\u{a0}365\t e5 ", "microsoft 365 e5");
        check("microsoft_365-e5", "microsoft 365 e5");
        check("\u{200b}Microsoft\u{feff} 365 E5\u{202c}", "microsoft 365 e5");
        check("“Exchange Online” (Plan\u{2011}1)", "exchange online plan 1");
        check("M365 E5", "microsoft 365 e5");
        check("Fo\u{308}rsa\u{308}ljning", "forsaljning");
        check("FÖRSÄLJNING", "forsaljning");
        check("İstanbul", "istanbul");
        check("…!?", "");
        check("", "");
    }

    #[test]
    fn part_numbers_keep_what_tells_them_apart() {
        let check = |text, expected| assert_eq!(part_number(text), expected, "{text:?}");
        check(" spe_E5 ", "spe_e5");
        check("„SPE_E5“", "spe_e5");
        check("O365_w/o\u{a0}Teams\u{a0}Bundle_M3", "o365_w/o teams bundle_m3");
        check("Microsoft 365 E5", "microsoft 365 e5");
        check("Microsoft_365_E5", "microsoft_365_e5");
    }

    #[test]
    fn a_part_of_a_name_begins_with_a_word() {
        let check = |part, expected| assert_eq!(holds("office 365 e5 for project", part), expected, "{part}");
        check("office", true);
        check("365 e5", true);
        check("e5", true);
        check("pro", true);
        check("office 365 e5 for project", true);
        check("ice", false);
        check("5", false);
        check("365 e3", false);
        check("", false);
    }
}
