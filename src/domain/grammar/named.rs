//! The second entrance: a verb with typed options, as platforms deliver them. Leaves through the same exit as text.

use crate::domain::command::{Command, Verb};

use super::build::Filled;
use super::misread::Misread;
use super::names::{self, Known};
use super::spec::{ArgKind, ArgSpec, spec};
use super::token::{Token, tokens};

/// Reads a verb's arguments by name, without knowing any names: products of several words need quotation marks or commas
/// where several may stand.
///
/// # Errors
/// [`Misread`]: what is wrong, and through it what to do next.
pub fn parse_named(verb: Verb, options: &[(&str, &str)]) -> Result<Command, Misread> {
    parse_named_with(verb, options, &Known::NOTHING)
}

/// Reads a verb's arguments by name with what the catalog knows. An empty value is the same as none.
///
/// # Errors
/// [`Misread`]: what is wrong, and through it what to do next.
pub fn parse_named_with(verb: Verb, options: &[(&str, &str)], known: &Known<'_>) -> Result<Command, Misread> {
    let mut filled = Filled::new(verb);
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in options {
        let arg = spec(verb).arg(name).ok_or_else(|| Misread::unknown_option(verb, name))?;
        if seen.contains(&arg.name.as_str()) {
            return Err(Misread::Twice { option: &arg.name });
        }
        seen.push(&arg.name);
        if !value.trim().is_empty() {
            filled.set(&arg.name, values(arg, value, known)?);
        }
    }
    filled.command()
}

/// One value, or the items of a list. A list is cut like a line.
fn values(arg: &ArgSpec, value: &str, known: &Known<'_>) -> Result<Vec<String>, Misread> {
    let max = arg.max.unwrap_or(usize::MAX);
    match arg.kind {
        ArgKind::Products => Ok(names::several(&list(value)?, known.product, max)),
        ArgKind::Apps => Ok(names::several(&list(value)?, known.app, max)),
        ArgKind::Product => Ok(vec![unbound(value)]),
        ArgKind::Person | ArgKind::Request | ArgKind::Text | ArgKind::Verb => Ok(vec![value.to_owned()]),
    }
}

/// People who know the typed form put quotation marks where a platform needs none.
fn unbound(value: &str) -> String {
    match tokens(value).list.as_slice() {
        [only] if only.is_bound() => only.word().unwrap_or(value).to_owned(),
        _ => value.to_owned(),
    }
}

fn list(value: &str) -> Result<Vec<Token>, Misread> {
    let line = super::parse::one_line(value)?;
    let cut = tokens(&line);
    if cut.open.is_some() {
        return Err(Misread::OpenQuote);
    }
    Ok(cut.list.into_iter().map(|token| token.into_word(&line)).collect())
}
