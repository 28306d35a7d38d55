//! `$search`: quoted clauses with `AND`, `OR` and parentheses. Display names and descriptions are compared word by word,
//! everything else by its beginning.

use serde_json::Value;

use super::error::GraphError;
use super::filter::{fold, text};

/// What is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Search {
    And(Box<Search>, Box<Search>),
    Or(Box<Search>, Box<Search>),
    /// `"displayName:ana"`.
    Clause {
        property: String,
        text: String,
    },
}

/// Properties that are cut into words.
const WORDS: &[&str] = &["displayName", "description"];

/// More clauses than this are no one's honest search.
const MOST: usize = 100;

impl Search {
    /// Reads a search.
    ///
    /// # Errors
    /// When the text is none (400). The words are those of OData's own reader, from memory.
    pub(super) fn parse(text: &str) -> Result<Self, GraphError> {
        let mut reader = Reader { text, place: 0, clauses: 0, depth: 0 };
        let search = reader.either().filter(|_| reader.at_end());
        search.ok_or_else(|| {
            let place = reader.place;
            GraphError::malformed(match text.get(place..).and_then(|rest| rest.chars().next()) {
                Some(letter) => {
                    format!("Syntax error: character '{letter}' is not valid at position {place} in '{text}'.")
                }
                None => format!("Expression expected at position {place} in '{text}'."),
            })
        })
    }

    /// The properties that are searched.
    pub(super) fn properties(&self) -> Vec<&str> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => [left.properties(), right.properties()].concat(),
            Self::Clause { property, .. } => vec![property],
        }
    }

    /// Whether an object is found. `property` tells its values.
    pub(super) fn admits(&self, property: &dyn Fn(&str) -> Value) -> bool {
        match self {
            Self::And(left, right) => left.admits(property) && right.admits(property),
            Self::Or(left, right) => left.admits(property) || right.admits(property),
            Self::Clause { property: name, text: wanted } => {
                let Some(have) = property(name).as_str().map(str::to_owned) else { return false };
                if !WORDS.contains(&name.as_str()) {
                    return text(&Value::String(have)).is_some_and(|have| have.starts_with(&fold(wanted)));
                }
                let have = words(&have, true);
                words(wanted, false).iter().all(|word| have.iter().any(|have| have.starts_with(word.as_str())))
            }
        }
    }
}

/// Text in words: cut at spaces, at symbols, where digits begin or end, and where a capital follows a small letter. Words
/// with only symbols between them count `joined`, too.
fn words(text: &str, joined: bool) -> Vec<String> {
    let mut words = Vec::new();
    for chunk in text.split_whitespace() {
        let parts = chunk.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.collect();
        if joined && parts.len() > 1 {
            words.push(fold(&parts.concat()));
        }
        parts.iter().for_each(|part| cut(part, &mut words));
    }
    words
}

fn cut(part: &str, words: &mut Vec<String>) {
    let mut word = String::new();
    let mut before: Option<char> = None;
    for letter in part.chars() {
        let cuts = before.is_some_and(|before| {
            before.is_numeric() != letter.is_numeric() || (before.is_lowercase() && letter.is_uppercase())
        });
        if cuts {
            words.push(fold(&std::mem::take(&mut word)));
        }
        word.push(letter);
        before = Some(letter);
    }
    words.push(fold(&word));
}

struct Reader<'a> {
    text: &'a str,
    place: usize,
    clauses: usize,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.place..).unwrap_or_default()
    }

    fn eat(&mut self, token: &str) -> bool {
        self.place += self.rest().len() - self.rest().trim_start().len();
        let eaten = self.rest().starts_with(token);
        if eaten {
            self.place += token.len();
        }
        eaten
    }

    fn at_end(&mut self) -> bool {
        self.eat("") && self.rest().is_empty()
    }

    fn either(&mut self) -> Option<Search> {
        self.depth += 1;
        let mut left = self.both().filter(|_| self.depth < MOST)?;
        while self.eat("OR") {
            left = Search::Or(Box::new(left), Box::new(self.both()?));
        }
        self.depth -= 1;
        Some(left)
    }

    fn both(&mut self) -> Option<Search> {
        let mut left = self.one()?;
        while self.eat("AND") {
            left = Search::And(Box::new(left), Box::new(self.one()?));
        }
        Some(left)
    }

    fn one(&mut self) -> Option<Search> {
        if self.depth < MOST && self.eat("(") {
            let inner = self.either()?;
            return self.eat(")").then_some(inner);
        }
        self.clauses += 1;
        if self.clauses > MOST || !self.eat("\"") {
            self.skip_word();
            return None;
        }
        self.clause()
    }

    /// What OData's reader takes for a word before it stumbles.
    fn skip_word(&mut self) {
        let end = self.rest().find(|letter: char| !letter.is_alphanumeric()).unwrap_or(self.rest().len());
        self.place += end;
    }

    /// Behind the opening quote. A quote or backslash inside has a backslash before it.
    fn clause(&mut self) -> Option<Search> {
        let mut text = String::new();
        let mut escaped = false;
        let end = self.rest().char_indices().find_map(|(place, letter)| {
            let ends = letter == '"' && !escaped;
            escaped = letter == '\\' && !escaped;
            if !escaped && !ends {
                text.push(letter);
            }
            ends.then_some(place)
        })?;
        let (property, wanted) = text.split_once(':')?;
        self.place += end + 1;
        Some(Search::Clause { property: property.to_owned(), text: wanted.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(property: &str, text: &str) -> Search {
        Search::Clause { property: property.into(), text: text.into() }
    }

    fn finds(search: &str, name: &str) -> bool {
        Search::parse(search).unwrap().admits(&|_| name.into())
    }

    #[test]
    fn clauses_are_read_with_their_words_between() {
        let expected = Search::Or(Box::new(clause("displayName", "ana")), Box::new(clause("mail", "a\"b\\c")));
        assert_eq!(Search::parse(r#""displayName:ana" OR "mail:a\"b\\c""#), Ok(expected));
        let (a, b, c) = (clause("a", "1"), clause("b", "2"), clause("c", "3"));
        let both = Search::And(Box::new(Search::Or(Box::new(a), Box::new(b))), Box::new(c));
        assert_eq!(Search::parse(r#"("a:1" OR "b:2") AND "c:3""#), Ok(both));
    }

    #[test]
    fn what_is_no_search_is_refused_at_its_place() {
        let message = |text: &str| Search::parse(text).unwrap_err().message;
        let expected = "Syntax error: character ':' is not valid at position 11 in 'displayName:ana'.";
        assert_eq!(message("displayName:ana"), expected);
        assert_eq!(message(""), "Expression expected at position 0 in ''.");
        assert!(Search::parse(r#""displayName:ana" or "mail:x""#).is_err());
        assert!(Search::parse(r#""ana""#).is_err());
        assert!(Search::parse(&"(".repeat(10_000)).is_err());
        assert!(Search::parse(&vec![r#""a:b""#; 10_000].join(" OR ")).is_err());
    }

    #[test]
    fn names_are_compared_word_by_word_from_their_beginnings() {
        assert!(finds(r#""displayName:sil an""#, "Ana Silva"));
        assert!(!finds(r#""displayName:ilva""#, "Ana Silva"), "no search inside a word");
        assert!(finds(r#""displayName:video""#, "OneVideo") && finds(r#""displayName:onevideo""#, "one-video"));
        assert!(finds(r#""displayName:hello 123""#, "hello123world"));
        assert!(!finds(r#""mail:silva""#, "ana.silva@x") && finds(r#""mail:ANA.S""#, "ana.silva@x"));
    }
}
