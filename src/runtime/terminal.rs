//! Text on its way to a terminal. Names and errors come from elsewhere, and a terminal obeys some characters: these are written
//! out. Never changes what can only be read.

use std::fmt::Write;

/// The text with every control character, line separator and mark of direction written out, ends of lines excepted. `\u001b` is
/// what JSON writes too, so that JSON stays JSON.
pub fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for symbol in text.chars() {
        if obeyed(symbol) && symbol != '\n' {
            // Writing to a string cannot fail.
            let _ = write!(safe, "\\u{:04x}", u32::from(symbol));
        } else {
            safe.push(symbol);
        }
    }
    safe
}

/// The same on one line.
pub fn on_one_line(text: &str) -> String {
    harmless(text).replace('\n', "\\n")
}

/// By a terminal, a pager or an editor.
fn obeyed(symbol: char) -> bool {
    symbol.is_control()
        || matches!(symbol, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(symbol, '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        let hostile = "Eve\r\u{1b}[2J\u{9b}31m\u{202e}gnp\u{2028}\n\0";
        assert_eq!(harmless(hostile), "Eve\\u000d\\u001b[2J\\u009b31m\\u202egnp\\u2028\n\\u0000");
        assert_eq!(on_one_line("one\ntwo"), "one\\ntwo");
    }

    #[test]
    fn words_in_any_script_stay_as_they_are() {
        let words = "Åsa Öberg, 山田, Ελένη: “E5” – 100 % \\ \"quoted\"";
        assert_eq!(harmless(words), words);
    }
}
