//! The lines that somebody may have meant who typed one that is no command. Only shows them: nothing that was guessed is
//! ever done. Every line that is shown can be read.

use std::ops::Range;

use crate::domain::command::{Command, Verb};

use super::misread::Misread;
use super::names::{Known, is_joining};
use super::parse::{lead, one_line, parse_known};
use super::places::is_person;
use super::scan::Scan;
use super::spec::{ArgKind, spec};
use super::token::{Kind, SLASHES, Token, Tokens, tokens};

/// The most characters of all lines together: more is not read, let alone typed.
const MOST: usize = 200;

/// One request is for one person; for more people than this, one example is enough.
const MOST_PEOPLE: usize = 3;

/// Stands for what only the typist knows.
const FILL_IN: &str = "\"…\"";

/// The lines to type instead; none when nothing is likely.
pub fn mended(text: &str, misread: &Misread, known: &Known<'_>) -> Vec<String> {
    let Ok(line) = one_line(text) else { return Vec::new() };
    let Tokens { list, open } = tokens(&line);
    let typed = Typed { line: &line, list: list.get(lead(&list)..).unwrap_or_default(), open, known };
    let lines = typed.instead_of(misread);
    let length: usize = lines.iter().map(|line| line.chars().count()).sum();
    if length <= MOST { lines } else { Vec::new() }
}

/// A line that is no command, without what stands before its verb.
struct Typed<'t> {
    line: &'t str,
    list: &'t [Token],
    open: Option<usize>,
    known: &'t Known<'t>,
}

impl Typed<'_> {
    fn instead_of(&self, misread: &Misread) -> Vec<String> {
        let one = |line: Option<String>| line.into_iter().collect();
        match misread {
            Misread::UnknownVerb { word, near } => one(self.other_verb(word, near)),
            Misread::UnknownOption { word, options, likely: true, .. } => one(self.other_option(word, options)),
            Misread::NoValue { option, .. } => one(self.with_value(option)),
            Misread::Missing { verb, arg } => one(self.with_argument(*verb, arg)),
            Misread::NothingToSwitch => one(self.readable(self.added(" --off Sway", self.line.len()))),
            Misread::OpenQuote => one(self.closed()),
            Misread::PersonMissing { .. } => one(self.readable(self.added(" me", self.verb_end()))),
            Misread::PersonFirst { .. } => one(self.turned_around()),
            Misread::SeveralPeople => self.one_by_one(),
            Misread::Surplus { words, option: Some(option), .. } => one(self.as_option(words, option)),
            _ => Vec::new(),
        }
    }

    fn verb_end(&self) -> usize {
        self.list.first().map_or(0, |verb| verb.span.end)
    }

    /// The line from the verb on, as everyone can type it, if it can be read.
    fn readable(&self, line: impl AsRef<str>) -> Option<String> {
        let line = line.as_ref();
        let start = self.list.first()?.span.start;
        self.shown(line.get(start..)?.trim())
    }

    /// A line with the name before its verb, if it can be read so.
    fn shown(&self, line: &str) -> Option<String> {
        let line = format!("/license {}", line.trim_start_matches(SLASHES));
        self.command(&line).is_some().then_some(line)
    }

    fn command(&self, line: &str) -> Option<Command> {
        parse_known(line, self.known).ok()
    }

    fn added(&self, words: &str, at: usize) -> String {
        self.replaced(at..at, words)
    }

    fn replaced(&self, span: Range<usize>, words: &str) -> String {
        let before = self.line.get(..span.start).unwrap_or_default();
        let after = self.line.get(span.end..).unwrap_or_default();
        format!("{before}{words}{after}")
    }

    /// The likely verb; else the line from the first verb in it; else, to a person and a product, the verb that is missing.
    fn other_verb(&self, word: &str, near: &[Verb]) -> Option<String> {
        let first = self.list.first()?;
        if self.line.get(first.span.clone()) != Some(word) {
            return None;
        }
        match near {
            [verb] => {
                // "ta bort", "lägg till": two words are one verb.
                let particle = self.list.get(1).filter(|second| second.bare().is_some_and(is_particle));
                let end = particle.map_or(first.span.end, |second| second.span.end);
                self.readable_or_mended(&self.replaced(first.span.start..end, verb.as_str()))
            }
            [] => self.at_later_verb().or_else(|| self.with_verb()),
            _ => None,
        }
    }

    fn at_later_verb(&self) -> Option<String> {
        let verb = |token: &&Token| token.bare().is_some_and(|word| word.parse::<Verb>().is_ok());
        self.shown(self.line.get(self.list.iter().find(verb)?.span.start..)?)
    }

    fn with_verb(&self) -> Option<String> {
        let line = format!("assign {}", self.line.get(self.list.first()?.span.start..)?);
        let line = self.readable_or_mended(&line)?;
        match self.command(&line)? {
            Command::Assign(asked) if asked.products.iter().all(|product| (self.known.exact)(product.as_str())) => {
                Some(line)
            }
            _ => None,
        }
    }

    /// A line of our making; where its person is missing or comes last, that is mended as well.
    fn readable_or_mended(&self, line: &str) -> Option<String> {
        let cut = tokens(line);
        let list = cut.list.get(lead(&cut.list)..).unwrap_or_default();
        let typed = Typed { line, list, open: cut.open, known: self.known };
        match parse_known(line, self.known) {
            Ok(_) => typed.readable(line),
            Err(misread @ (Misread::PersonMissing { .. } | Misread::PersonFirst { .. })) => {
                typed.instead_of(&misread).pop()
            }
            Err(_) => None,
        }
    }

    fn other_option(&self, word: &str, options: &[&str]) -> Option<String> {
        let [option] = options else { return None };
        let token = self.list.iter().find(|token| self.line.get(token.span.clone()) == Some(word))?;
        let equals = if word.ends_with('=') { "=" } else { "" };
        self.readable(self.replaced(token.span.clone(), &format!("{option}{equals}")))
    }

    fn with_value(&self, option: &str) -> Option<String> {
        let flag = option.trim_start_matches('-');
        let at = self.list.iter().position(|token| matches!(&token.kind, Kind::Option { name, .. } if name == flag))?;
        let (option, after) = self.list.get(at..)?.split_first()?;
        let empty =
            after.iter().take_while(|token| token.word().is_some_and(str::is_empty) || token.kind == Kind::Comma);
        let end = empty.last().map_or(option.span.end, |last| last.span.end);
        let verb: Verb = self.list.first()?.bare()?.trim_start_matches(SLASHES).parse().ok()?;
        let text = spec(verb).option(flag)?.kind == ArgKind::Text;
        let value = if text { FILL_IN } else { "Sway" };
        self.readable(self.replaced(option.span.start..end, &format!("--{flag} {value}")))
    }

    /// The line with an example in place of what is missing, so that the rest need not be typed again.
    fn with_argument(&self, verb: Verb, arg: &str) -> Option<String> {
        if arg == "reason" {
            return self.readable(self.added(&format!(" --reason {FILL_IN}"), self.line.len()));
        }
        let scan = Scan::of(self.line, spec(verb), self.list.get(1..)?).ok()?;
        let last = scan.places.last().filter(|last| last.word().is_some_and(|word| !word.is_empty()))?;
        scan.places.first().filter(|first| is_person(first))?;
        let examples: &[&str] = match arg {
            "products" | "product" | "to" => &[" E5", " E3"],
            "from" => &[" E3 E5"],
            _ => &[],
        };
        examples.iter().find_map(|example| self.readable(self.added(example, last.span.end)))
    }

    /// The quotation mark closed at the end, or before the first option.
    fn closed(&self) -> Option<String> {
        let from = self.open?;
        let options = Verb::ALL.iter().flat_map(|verb| spec(*verb).options()).filter_map(|arg| arg.option.as_deref());
        let inside = self.line.get(from..)?;
        let option = options.filter_map(|option| inside.find(&format!(" {option}"))).min();
        let at = option.map_or(self.line.len(), |at| from + at);
        self.readable(self.added("\"", at))
    }

    /// The last word by place moved to the front, with the "to" or "for" before it gone.
    fn turned_around(&self) -> Option<String> {
        let places = self.places()?;
        let (person, before) = places.split_last()?;
        let joined = before.last().filter(|word| word.bare().is_some_and(is_toward));
        let start = joined.map_or(person.span.start, |word| word.span.start);
        let kept = self.line.get(self.verb_end()..start)?.trim_end();
        let person_text = self.line.get(person.span.clone())?;
        let (head, rest) = (self.line.get(..self.verb_end())?, self.line.get(person.span.end..)?);
        self.readable(format!("{head} {person_text}{kept}{rest}"))
    }

    /// One line for each person that is surely one.
    fn one_by_one(&self) -> Vec<String> {
        let Some(places) = self.places() else { return Vec::new() };
        let mut people = places.iter().enumerate().filter(|(_, token)| token.is_mention());
        let Some((first, _)) = people.next() else { return Vec::new() };
        let last = people.next_back().map_or(first, |(last, _)| last);
        let group = places.get(first..=last).unwrap_or_default();
        let between = |token: &Token| token.kind == Kind::Comma || token.bare().is_some_and(is_joining);
        let people: Vec<&Token> = group.iter().filter(|token| !between(token)).collect();
        let span = places.get(first).zip(places.get(last)).map(|(first, last)| first.span.start..last.span.end);
        let Some(span) = span.filter(|_| people.len() <= MOST_PEOPLE && people.iter().all(|one| one.is_mention()))
        else {
            return Vec::new();
        };
        let line = |person: &&Token| self.readable(self.replaced(span.clone(), self.line.get(person.span.clone())?));
        people.iter().map(line).collect::<Option<_>>().unwrap_or_default()
    }

    /// The words that were left over, as the value of an option.
    fn as_option(&self, words: &str, option: &str) -> Option<String> {
        let before = self.line.strip_suffix(words)?;
        self.readable(format!("{before}{option} {words}"))
    }

    fn places(&self) -> Option<Vec<Token>> {
        let verb: Verb = self.list.first()?.bare()?.trim_start_matches(SLASHES).parse().ok()?;
        Scan::of(self.line, spec(verb), self.list.get(1..)?).ok().map(|scan| scan.places)
    }
}

/// The second word of verbs that are two in Swedish.
fn is_particle(word: &str) -> bool {
    ["bort", "till", "in"].iter().any(|particle| word.eq_ignore_ascii_case(particle))
}

/// A word that people put before the person when the person comes last.
pub(super) fn is_toward(word: &str) -> bool {
    ["to", "for", "from", "till", "åt", "för", "från"].iter().any(|toward| word.eq_ignore_ascii_case(toward))
}
