//! Cuts a line into words, commas and options. Knows nothing of verbs; never fails but for a quotation mark that is not
//! closed, and never loses a character: every token knows where it stood.

use std::ops::Range;

/// One piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Bytes of the line, quotation marks and dashes included.
    pub(super) span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, or several that the typist bound together.
    Word { text: String, shape: Shape },
    /// Between the items of a list.
    Comma,
    /// `--name`, in small letters and without dashes.
    Option { name: String, dashes: Dashes },
}

/// How a word was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Up to the next white space or comma.
    Bare,
    /// Between quotation marks.
    Quoted,
    /// Between `<at>` and `</at>`, as Teams writes mentions.
    Mention,
}

/// How sure it is that an option was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dashes {
    /// `--` as taught.
    Double,
    /// A long dash that a phone made of `--`.
    Long,
    /// `-`, which free text may also start a word with.
    Single,
}

/// A line, cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// Where a quotation mark opens that nothing closes; its word goes to the end of the line.
    pub(super) open: Option<usize>,
}

impl Token {
    /// The word, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word { text, .. } => Some(text),
            Kind::Comma | Kind::Option { .. } => None,
        }
    }

    /// The word, if nothing binds it.
    pub(super) fn bare(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word { text, shape: Shape::Bare } => Some(text),
            _ => None,
        }
    }

    /// Did the typist say where the word begins and ends?
    pub(super) fn is_bound(&self) -> bool {
        matches!(&self.kind, Kind::Word { shape: Shape::Quoted | Shape::Mention, .. })
    }

    /// The same token where no options are expected: it is what was typed.
    pub(super) fn into_word(self, line: &str) -> Self {
        match self.kind {
            Kind::Option { .. } => {
                let text = line.get(self.span.clone()).unwrap_or_default().to_owned();
                Self { kind: Kind::Word { text, shape: Shape::Bare }, span: self.span }
            }
            Kind::Word { .. } | Kind::Comma => self,
        }
    }

    /// `@ana`, `<@123>` or `<at>Ana</at>`: surely a person.
    pub(super) fn is_mention(&self) -> bool {
        match &self.kind {
            Kind::Word { shape: Shape::Mention, .. } => true,
            Kind::Word { text, shape: Shape::Bare } => text.starts_with(['@', '＠']) || text.starts_with("<@"),
            _ => false,
        }
    }
}

/// A command's first character, on keyboards of every width.
pub(super) const SLASHES: [char; 2] = ['/', '／'];
pub(super) const LONG_DASHES: [char; 5] = ['\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'];
const COMMAS: [char; 2] = [',', '，'];
/// Marks that open a quotation, on any keyboard: Swedish typesetting opens and closes with the same `”`.
const DOUBLE_OPEN: [char; 6] = ['"', '“', '”', '„', '‟', '«'];
const DOUBLE_CLOSE: [char; 5] = ['“', '”', '‟', '»', '"'];
const SINGLE: [char; 3] = ['\'', '‘', '’'];

/// Cuts the line.
pub(super) fn tokens(line: &str) -> Tokens {
    let mut cutter = Cutter { line, at: 0, open: None };
    let list = std::iter::from_fn(|| cutter.next()).collect();
    Tokens { list, open: cutter.open }
}

struct Cutter<'a> {
    line: &'a str,
    at: usize,
    open: Option<usize>,
}

impl<'a> Cutter<'a> {
    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<Token> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        let start = self.at;
        let first = self.rest().chars().next()?;
        let kind = self.comma(first).or_else(|| self.option()).or_else(|| self.bound(first));
        let kind = kind.unwrap_or_else(|| self.bare());
        Some(Token { kind, span: start..self.at })
    }

    fn comma(&mut self, first: char) -> Option<Kind> {
        let comma = COMMAS.contains(&first);
        comma.then(|| {
            self.at += first.len_utf8();
            Kind::Comma
        })
    }

    /// `--name`, `--name=`, `—name`, `-name`. The equals sign is spent.
    fn option(&mut self) -> Option<Kind> {
        let rest = self.rest();
        let after = rest.trim_start_matches('-').trim_start_matches(LONG_DASHES).trim_start_matches('-');
        let marks = rest.get(..rest.len() - after.len())?;
        let dashes = match marks {
            "" => return None,
            "-" => Dashes::Single,
            marks if marks.contains(LONG_DASHES) => Dashes::Long,
            _ => Dashes::Double,
        };
        after.chars().next().filter(|letter| letter.is_alphabetic())?;
        let end = after.find(|symbol: char| symbol == '=' || ends_word(symbol)).unwrap_or(after.len());
        let name = option_name(after.get(..end)?);
        let equals = usize::from(after.get(end..).is_some_and(|more| more.starts_with('=')));
        self.at += marks.len() + end + equals;
        Some(Kind::Option { name, dashes })
    }

    fn bound(&mut self, first: char) -> Option<Kind> {
        let found = self.mention().map(|text| (text, Shape::Mention));
        let found = found.or_else(|| self.double(first).map(|text| (text, Shape::Quoted)));
        let found = found.or_else(|| self.single(first).map(|text| (text, Shape::Quoted)));
        found.map(|(text, shape)| Kind::Word { text, shape })
    }

    fn mention(&mut self) -> Option<String> {
        let (open, close) = ("<at>", "</at>");
        let rest = self.rest();
        let inner = rest.get(open.len()..).filter(|_| starts_with_ignoring_case(rest, open))?;
        let end = inner.to_ascii_lowercase().find(close)?;
        self.at += open.len() + end + close.len();
        inner.get(..end).map(|name| name.trim().to_owned())
    }

    /// Between double marks. The plain mark may stand inside when it is doubled; without a closing mark the word goes to
    /// the end of the line.
    fn double(&mut self, first: char) -> Option<String> {
        DOUBLE_OPEN.contains(&first).then_some(())?;
        let start = self.at;
        self.at += first.len_utf8();
        let mut text = String::new();
        while let Some(symbol) = self.rest().chars().next() {
            self.at += symbol.len_utf8();
            let closes = if first == '"' { symbol == '"' } else { DOUBLE_CLOSE.contains(&symbol) };
            if !closes {
                text.push(symbol);
            } else if first == '"' && self.rest().starts_with('"') {
                text.push(symbol);
                self.at += symbol.len_utf8();
            } else {
                return Some(text);
            }
        }
        self.open = Some(start);
        Some(text)
    }

    /// Between single marks. An apostrophe is no mark: the closing one must end a word, and without one the opening one
    /// is a letter like any other.
    fn single(&mut self, first: char) -> Option<String> {
        SINGLE.contains(&first).then_some(())?;
        let inner = self.rest().get(first.len_utf8()..)?;
        let closes = |place: usize, symbol: char| {
            let after = inner.get(place + symbol.len_utf8()..).and_then(|more| more.chars().next());
            SINGLE.contains(&symbol) && after.is_none_or(ends_word)
        };
        let (end, close) = inner.char_indices().find(|(place, symbol)| closes(*place, *symbol))?;
        self.at += first.len_utf8() + end + close.len_utf8();
        inner.get(..end).map(str::to_owned)
    }

    fn bare(&mut self) -> Kind {
        let rest = self.rest();
        let mut before = None;
        let end = rest.char_indices().find(|(place, symbol)| {
            let digit_before = before.replace(*symbol).is_some_and(|digit: char| digit.is_ascii_digit());
            let thousands = digit_before && starts_with_three_digits(rest.get(place + symbol.len_utf8()..));
            ends_word(*symbol) && !(COMMAS.contains(symbol) && thousands)
        });
        let end = end.map_or(rest.len(), |(place, _)| place);
        self.at += end;
        Kind::Word { text: rest.get(..end).unwrap_or_default().to_owned(), shape: Shape::Bare }
    }
}

/// Microsoft sells "1,000 units": such a comma is part of the number.
fn starts_with_three_digits(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.chars().take_while(char::is_ascii_digit).count() == 3)
}

fn ends_word(symbol: char) -> bool {
    symbol.is_whitespace() || COMMAS.contains(&symbol)
}

/// Small letters, and one kind of hyphen: phones and word processors know several, and some people type `apps_off`.
fn option_name(text: &str) -> String {
    let hyphen = |symbol: char| matches!(symbol, '_' | '\u{2010}' | '\u{2011}') || LONG_DASHES.contains(&symbol);
    text.chars().map(|symbol| if hyphen(symbol) { '-' } else { symbol }).collect::<String>().to_lowercase()
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}
