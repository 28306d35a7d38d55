//! Sorts the tokens after a verb: which go by place, and which belong to an option. Never says what a word means.

use super::build::Filled;
use super::misread::Misread;
use super::names::{self, Known};
use super::spec::{ArgKind, ArgSpec, CommandSpec};
use super::token::{Dashes, Kind, Token};

/// The tokens after a verb, sorted.
#[derive(Clone, Debug)]
pub(super) struct Scan<'l> {
    line: &'l str,
    pub(super) spec: &'static CommandSpec,
    /// What goes by place, in order.
    pub(super) places: Vec<Token>,
    /// What belongs to an option, in order.
    pub(super) options: Vec<(&'static ArgSpec, Vec<Token>)>,
    /// The option that the next word would belong to.
    pub(super) current: Option<&'static ArgSpec>,
}

impl<'l> Scan<'l> {
    /// Sorts.
    ///
    /// # Errors
    /// For an option that the verb does not have, or has once and sees twice.
    pub(super) fn of(line: &'l str, spec: &'static CommandSpec, tokens: &[Token]) -> Result<Self, Misread> {
        let mut scan = Self { line, spec, places: Vec::new(), options: Vec::new(), current: None };
        for token in tokens {
            match scan.option(token)? {
                Some(arg) => scan.start(arg, token)?,
                None => scan.put(token),
            }
        }
        Ok(scan)
    }

    fn in_text(&self) -> bool {
        self.current.is_some_and(|arg| arg.kind == ArgKind::Text)
    }

    /// The option that begins here. Inside free text only `--` and a known name after a long dash begin one: people
    /// write dashes.
    fn option(&self, token: &Token) -> Result<Option<&'static ArgSpec>, Misread> {
        let Kind::Option { name, dashes } = &token.kind else { return Ok(None) };
        match (self.spec.option(name), dashes) {
            (_, Dashes::Single) if self.in_text() => Ok(None),
            (Some(arg), _) => Ok(Some(arg)),
            (None, Dashes::Long) if self.in_text() => Ok(None),
            (None, _) => Err(Misread::unknown_option(self.spec.name, self.raw(std::slice::from_ref(token)))),
        }
    }

    fn start(&mut self, arg: &'static ArgSpec, token: &Token) -> Result<(), Misread> {
        self.current = Some(arg);
        match self.options.iter_mut().find(|(other, _)| other.name == arg.name) {
            None => self.options.push((arg, Vec::new())),
            // A list may be given in parts; between them a name ends.
            Some((_, words)) if arg.kind == ArgKind::Apps => {
                words.push(Token { kind: Kind::Comma, span: token.span.clone() });
            }
            Some(_) => return Err(Misread::Twice { option: arg.option.as_deref().unwrap_or_default() }),
        }
        Ok(())
    }

    fn put(&mut self, token: &Token) {
        let Some(current) = self.current else { return self.places.push(token.clone()) };
        // Quotation marks say where a text ends; a list goes on to the next option.
        let text = current.kind == ArgKind::Text;
        if let Some((_, words)) = self.options.iter_mut().find(|(arg, _)| arg.name == current.name) {
            if text && words.is_empty() && token.is_bound() {
                self.current = None;
            }
            words.push(token.clone());
        }
    }

    /// Gives the options' values to the command.
    ///
    /// # Errors
    /// For an option with nothing after it.
    pub(super) fn fill_options(&self, known: &Known<'_>, filled: &mut Filled) -> Result<(), Misread> {
        for (arg, words) in &self.options {
            let values = match arg.kind {
                ArgKind::Text => self.text(words),
                _ => names::several(words, known.app, arg.max.unwrap_or(usize::MAX)),
            };
            if values.iter().all(|value| value.trim().is_empty()) {
                let option = arg.option.as_deref().unwrap_or_default();
                return Err(Misread::NoValue { verb: self.spec.name, option });
            }
            filled.set(&arg.name, values);
        }
        Ok(())
    }

    /// Free text: one bound word, or everything as typed.
    fn text(&self, words: &[Token]) -> Vec<String> {
        match words {
            [only] if only.is_bound() => only.word().map(str::to_owned).into_iter().collect(),
            words => vec![self.raw(words).to_owned()],
        }
    }

    /// What was typed, from the first token to the last.
    fn raw(&self, tokens: &[Token]) -> &'l str {
        let (first, last) = (tokens.first(), tokens.last());
        let span = first.zip(last).map(|(first, last)| first.span.start..last.span.end);
        span.and_then(|span| self.line.get(span)).unwrap_or_default()
    }
}
