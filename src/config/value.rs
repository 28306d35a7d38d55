//! What may stand behind a key: texts, numbers, lists, ids. Never knows which key it is reading for.

use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use toml::Spanned;
use toml::de::DeValue;
use uuid::Uuid;

/// A value at its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// A value that cannot be used: where, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) at: Range<usize>,
    pub(super) message: String,
}

/// What was read, or everything that is wrong with it.
pub(super) type Read<T> = Result<T, Vec<Wrong>>;

/// One thing wrong with the value as a whole.
pub(super) fn wrong<T>(value: &Value<'_>, message: impl Into<String>) -> Read<T> {
    Err(vec![Wrong { at: value.span(), message: message.into() }])
}

/// What stands there, as people call it. Never the value itself: it may be a secret in the wrong place.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A text with something in it.
pub(super) fn text(value: &Value<'_>) -> Read<String> {
    match value.get_ref() {
        DeValue::String(text) if text.trim().is_empty() => {
            wrong(value, "it is empty; write a value, or remove the key")
        }
        DeValue::String(text) => Ok(text.clone().into_owned()),
        other => wrong(value, format!("a text in quotes is wanted, and this is {}", kind(other))),
    }
}

/// `true` or `false`.
pub(super) fn boolean(value: &Value<'_>) -> Read<bool> {
    match value.get_ref() {
        DeValue::Boolean(yes) => Ok(*yes),
        other => wrong(value, format!("true or false is wanted, without quotes, and this is {}", kind(other))),
    }
}

/// A whole number in this range.
pub(super) fn number<T>(value: &Value<'_>, range: RangeInclusive<T>) -> Read<T>
where
    T: TryFrom<i64> + PartialOrd + std::fmt::Display,
{
    let (least, most) = (range.start(), range.end());
    let DeValue::Integer(integer) = value.get_ref() else {
        let found = kind(value.get_ref());
        return wrong(value, format!("a whole number from {least} to {most} is wanted, and this is {found}"));
    };
    let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
    match number.and_then(|number| T::try_from(number).ok()).filter(|number| range.contains(number)) {
        Some(number) => Ok(number),
        None => wrong(value, format!("a whole number from {least} to {most} is wanted")),
    }
}

/// One of these words.
pub(super) fn one_of<T: Copy>(value: &Value<'_>, words: &[(&str, T)]) -> Read<T> {
    let typed = text(value)?;
    match words.iter().find(|(word, _)| *word == typed) {
        Some((_, meaning)) => Ok(*meaning),
        None => {
            let words: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            wrong(value, format!("it is none of {}", words.join(", ")))
        }
    }
}

/// A list, each item read by itself; every wrong item is told.
pub(super) fn list<'t, T>(value: &Value<'t>, item: impl Fn(&Value<'t>) -> Read<T>) -> Read<Vec<T>> {
    let DeValue::Array(items) = value.get_ref() else {
        return wrong(value, format!("a list in brackets is wanted, and this is {}", kind(value.get_ref())));
    };
    all(items.iter().map(item))
}

/// Pairs of a name and a value, each read by itself.
pub(super) fn pairs<'t, T>(
    value: &Value<'t>,
    item: impl Fn(&Value<'t>) -> Read<T>,
) -> Read<Vec<(String, T, Range<usize>)>> {
    let DeValue::Table(table) = value.get_ref() else {
        let found = kind(value.get_ref());
        return wrong(value, format!("pairs such as {{ NAME = … }} are wanted, and this is {found}"));
    };
    all(table.iter().map(|(name, value)| Ok((name.get_ref().clone().into_owned(), item(value)?, name.span()))))
}

/// Everything, or everything that is wrong.
pub(super) fn all<T>(reads: impl IntoIterator<Item = Read<T>>) -> Read<Vec<T>> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for read in reads {
        match read {
            Ok(value) => good.push(value),
            Err(wrongs) => bad.extend(wrongs),
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(bad) }
}

/// An id of the directory.
pub(super) fn guid<T: FromStr>(value: &Value<'_>, what: &str) -> Read<T> {
    let typed = text(value)?;
    match (Uuid::parse_str(&typed), typed.parse()) {
        (Ok(id), _) if id.is_nil() => wrong(value, format!("this is a stand-in; put {what} in its place")),
        (Ok(_), Ok(id)) => Ok(id),
        _ => wrong(value, format!("this is not an id such as 2f74ac2d-07b0-40e8-ba85-8f1ca792763d; write {what}")),
    }
}
