//! Gives the words that go by place to a verb's arguments, in the order of its file. Refuses what fills nothing: a typo
//! is never dropped.

use crate::domain::command::{Verb, Who};

use super::build::Filled;
use super::mend::is_toward;
use super::misread::Misread;
use super::names::{self, Known, One, Two, longest};
use super::scan::Scan;
use super::spec::{ArgKind, ArgSpec};
use super::token::{LONG_DASHES, Token};

/// Fills the arguments.
///
/// # Errors
/// For words that fill nothing, and for people where products must stand.
pub(super) fn fill(scan: &Scan<'_>, known: &Known<'_>, filled: &mut Filled) -> Result<(), Misread> {
    let mut words = Words { scan, rest: without_commas(&scan.places) };
    if let Some(alone) = alone(scan) {
        words.take(alone, known, filled)?;
        return words.finish();
    }
    for arg in singles(scan) {
        words.take(arg, known, filled)?;
    }
    words.products(known, filled)
}

/// The argument that stands instead of all others, when the first word looks like it.
pub(super) fn alone(scan: &Scan<'_>) -> Option<&'static ArgSpec> {
    let looks = scan.places.first().and_then(Token::bare).is_some_and(looks_like_request);
    scan.spec.places().find(|arg| arg.alone && looks)
}

/// The arguments that take one word each.
pub(super) fn singles(scan: &Scan<'_>) -> impl Iterator<Item = &'static ArgSpec> {
    let one_word = |arg: &&ArgSpec| matches!(arg.kind, ArgKind::Person | ArgKind::Request | ArgKind::Verb);
    scan.spec.places().filter(|arg| !arg.alone).filter(one_word)
}

/// The arguments that take products.
pub(super) fn product_args(scan: &Scan<'_>) -> Vec<&'static ArgSpec> {
    let products = |arg: &&ArgSpec| matches!(arg.kind, ArgKind::Product | ArgKind::Products);
    scan.spec.places().filter(products).collect()
}

/// `R-` and whatever; a person whose name begins so is typed with `@`.
pub(super) fn looks_like_request(word: &str) -> bool {
    let rest = word.strip_prefix(['R', 'r']);
    rest.is_some_and(|rest| rest.starts_with(['-', '\u{2010}', '\u{2011}']) || rest.starts_with(LONG_DASHES))
}

struct Words<'s, 'l> {
    scan: &'s Scan<'l>,
    rest: &'s [Token],
}

impl Words<'_, '_> {
    fn verb(&self) -> Verb {
        self.scan.spec.name
    }

    /// Gives the next word to an argument, if there is one.
    fn take(&mut self, arg: &'static ArgSpec, known: &Known<'_>, filled: &mut Filled) -> Result<(), Misread> {
        let Some((first, rest)) = self.rest.split_first() else { return Ok(()) };
        self.rest = without_commas(rest);
        if arg.kind == ArgKind::Person {
            self.check_person(first, known)?;
        }
        filled.set(&arg.name, first.word().map(str::to_owned).into_iter().collect());
        Ok(())
    }

    /// More people among the rest: the order is turned around, or several are meant.
    fn check_person(&self, first: &Token, known: &Known<'_>) -> Result<(), Misread> {
        match self.rest.iter().filter(|token| token.is_mention()).count() {
            0 => self.check_product(first, known),
            1 if !is_person(first) => Err(Misread::PersonFirst { verb: self.verb() }),
            _ => Err(Misread::SeveralPeople),
        }
    }

    /// A product's whole name where the person must stand: the person is forgotten, or comes last.
    fn check_product(&self, first: &Token, known: &Known<'_>) -> Result<(), Misread> {
        if first.bare().is_none_or(|_| is_person(first)) {
            return Ok(());
        }
        let words: Vec<&str> = std::iter::once(first).chain(self.rest).map_while(Token::bare).collect();
        let Some(count) = longest(&words, known.exact) else { return Ok(()) };
        if product_args(self.scan).is_empty() {
            let word = words.get(..count).unwrap_or_default().join(" ");
            return Err(Misread::NotAPerson { word });
        }
        let nobody = |word: &str| is_toward(word) || (known.product)(word);
        let person = self.rest.last().filter(|last| {
            let between = self.rest.get(count.saturating_sub(1)..self.rest.len() - 1).unwrap_or_default();
            let toward = between.len() <= 1 && between.iter().all(|token| token.bare().is_some_and(is_toward));
            let alone = self.rest.len() >= count && toward && last.bare().is_some_and(|word| !nobody(word));
            alone || (is_person(last) && !last.is_bound())
        });
        Err(match person {
            Some(_) => Misread::PersonFirst { verb: self.verb() },
            None => Misread::PersonMissing { verb: self.verb() },
        })
    }

    fn products(&self, known: &Known<'_>, filled: &mut Filled) -> Result<(), Misread> {
        if let Some(person) = self.rest.iter().find(|token| token.is_mention()) {
            return Err(Misread::NotAProduct { word: person.word().unwrap_or_default().to_owned() });
        }
        match product_args(self.scan).as_slice() {
            [] => self.finish(),
            [many] if many.kind == ArgKind::Products => {
                let max = many.max.unwrap_or(usize::MAX);
                filled.set(&many.name, names::several(self.rest, known.product, max));
                Ok(())
            }
            [one] => self.one(one, names::one(self.rest, known.product), filled),
            [from, to, ..] => self.two(from, to, names::two(self.rest, known.product), filled),
        }
    }

    fn one(&self, arg: &'static ArgSpec, found: One, filled: &mut Filled) -> Result<(), Misread> {
        match found {
            One::Nothing => {}
            One::Name(name) => filled.set(&arg.name, vec![name]),
            One::Surplus(words) => return Err(self.surplus(words)),
        }
        Ok(())
    }

    fn two(
        &self,
        from: &'static ArgSpec,
        to: &'static ArgSpec,
        found: Two,
        filled: &mut Filled,
    ) -> Result<(), Misread> {
        match found {
            Two::Nothing => {}
            Two::Only(name) => filled.set(&from.name, vec![name]),
            Two::Both(first, second) => {
                filled.set(&from.name, vec![first]);
                filled.set(&to.name, vec![second]);
            }
            Two::Unclear => return Err(Misread::Unclear),
            Two::Surplus(words) => return Err(self.surplus(words)),
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Misread> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.surplus(names::text(self.rest))) }
    }

    /// Points to the option for free text when that was not used: people forget it.
    fn surplus(&self, words: String) -> Misread {
        let used = |arg: &ArgSpec| self.scan.options.iter().any(|(other, _)| other.name == arg.name);
        let text = self.scan.spec.options().find(|arg| arg.kind == ArgKind::Text && !used(arg));
        Misread::Surplus { verb: self.verb(), words, option: text.and_then(|arg| arg.option.as_deref()) }
    }
}

/// Is the word surely a person, and not a product that stands in the wrong place?
pub(super) fn is_person(token: &Token) -> bool {
    token.is_mention()
        || token.is_bound()
        || token.word().is_some_and(|word| word.contains('@') || matches!(Who::try_new(word), Ok(Who::Me)))
}

fn without_commas(tokens: &[Token]) -> &[Token] {
    let commas = tokens.iter().take_while(|token| token.word().is_none()).count();
    tokens.get(commas..).unwrap_or_default()
}
