//! The words inside a command: people, products, apps and reasons as they were typed, made clean once. Never resolves a
//! word, and never changes a letter that can be seen.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text cannot stand in a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing that can be read.
    #[error("the text is empty")]
    Empty,
    /// More characters than this.
    #[error("the text is longer than {max} characters")]
    TooLong {
        /// The most that is taken.
        max: usize,
    },
    /// Characters that control or reorder what is shown.
    #[error("the text holds hidden control characters")]
    Hidden,
}

/// Marks that show nothing and come along when text is copied from web pages and chats.
const INVISIBLE: [char; 7] = ['\u{ad}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}', '\u{180e}'];

/// Does the character control the output instead of being shown? Overrides of the writing direction can make one name
/// look like another, tag characters can carry a second text that nobody sees; both are refused, never cleaned away.
fn is_hidden(symbol: char) -> bool {
    (symbol.is_control() && !symbol.is_whitespace())
        || matches!(symbol, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}')
        || matches!(symbol, '\u{e0000}'..='\u{e007f}')
}

/// The text in one line: invisible marks gone, every run of white space one space, none at the ends. Length counts the
/// characters of the cleaned text.
///
/// # Errors
/// [`BadText`], also for a text of white space only.
pub(crate) fn clean(text: &str, max: usize) -> Result<String, BadText> {
    if text.chars().any(is_hidden) {
        return Err(BadText::Hidden);
    }
    let visible: String = text.chars().filter(|symbol| !INVISIBLE.contains(symbol)).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Err(BadText::Empty),
        length if length > max => Err(BadText::TooLong { max }),
        _ => Ok(line),
    }
}

macro_rules! clean_text {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MAX: usize = $max;

            /// Cleans the text: one line, no invisible marks.
            ///
            /// # Errors
            /// [`BadText`] when nothing is left, too much is there, or control characters hide in it.
            pub fn try_new(text: &str) -> Result<Self, BadText> {
                clean(text, Self::MAX).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadText;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::try_new(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

clean_text!(
    /// A product as somebody typed it: a nickname, a name, a part number, a GUID, or a mistake. Microsoft's longest name
    /// has 105 characters.
    ProductText,
    200
);
clean_text!(
    /// An app inside a product as somebody typed it.
    AppText,
    200
);
clean_text!(
    /// Why something is asked for or refused. Text that a person wrote: shown and kept, never interpreted.
    Reason,
    500
);

/// Whom a command is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Who {
    /// Whoever typed it.
    Me,
    /// A short name, a display name, a UPN, an objectId, or a platform's mention (`<@123>`); without the leading `@`.
    /// Built by [`Who::try_new`], which never lets a word for oneself stand here.
    Named(String),
}

/// The words for oneself.
const SELF: [&str; 6] = ["me", "myself", "self", "mig", "mej", "jag"];

impl Who {
    /// The most characters a name may have: the directory's own limit for a display name.
    pub const MAX: usize = 256;

    /// Reads one person.
    ///
    /// # Errors
    /// [`BadText`] as for every word.
    pub fn try_new(text: &str) -> Result<Self, BadText> {
        let text = clean(text, Self::MAX)?;
        let name = text.trim_start_matches(['@', '＠', ' ']);
        if name.is_empty() {
            return Err(BadText::Empty);
        }
        let oneself = SELF.iter().any(|word| name.eq_ignore_ascii_case(word));
        Ok(if oneself { Self::Me } else { Self::Named(name.to_owned()) })
    }
}

impl fmt::Display for Who {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Me => formatter.write_str("me"),
            Self::Named(name) => formatter.write_str(name),
        }
    }
}

impl TryFrom<String> for Who {
    type Error = BadText;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::try_new(&text)
    }
}

impl From<Who> for String {
    fn from(who: Who) -> Self {
        who.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_clean_line() {
        let check = |text: &str, expect: Result<&str, BadText>| {
            assert_eq!(Reason::try_new(text).as_ref().map(Reason::as_str), expect.as_ref().copied());
        };
        check("  new\tjob\r\nin  Malmö ", Ok("new job in Malmö"));
        check("zero\u{200b}width\u{feff}", Ok("zerowidth"));
        check("تم التوظيف 👩🏽\u{200d}💻", Ok("تم التوظيف 👩🏽\u{200d}💻"));
        check(" \u{a0}\u{2028} ", Err(BadText::Empty));
        check("a\0b", Err(BadText::Hidden));
        check("bell\u{7}", Err(BadText::Hidden));
        check("evil\u{202e}txt.exe", Err(BadText::Hidden));
        check("tag\u{e0041}", Err(BadText::Hidden));
    }

    #[test]
    fn a_reason_has_at_most_500_characters_not_bytes() {
        assert_eq!(Reason::try_new(&"å".repeat(500)).map(|reason| reason.as_str().chars().count()), Ok(500));
        assert_eq!(Reason::try_new(&"å".repeat(501)), Err(BadText::TooLong { max: 500 }));
    }

    #[test]
    fn a_person_is_oneself_or_named_without_the_sign() {
        for word in ["me", "ME", "@me", "mig", "Myself", "@@mig"] {
            assert_eq!(Who::try_new(word), Ok(Who::Me), "{word}");
        }
        for (word, name) in [("@ana", "ana"), ("Ana Lind", "Ana Lind"), ("ana@contoso.com", "ana@contoso.com")] {
            assert_eq!(Who::try_new(word), Ok(Who::Named(name.to_owned())), "{word}");
        }
        assert_eq!(Who::try_new("@"), Err(BadText::Empty));
    }
}
