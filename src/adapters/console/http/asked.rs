//! What callers ask, read strictly: a call is whole and well formed, or it is malformed. Never more than its bytes are trusted.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::Query;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::MAX_TEXT;
use super::error::{ApiError, Fault};
use crate::adapters::console::Console;
use crate::adapters::console::message::Room;
use crate::adapters::console::talk::Speaker;
use crate::domain::card::InputId;
use crate::domain::text::Locale;

/// `GET …?as=ana&locale=sv` and what else a reading call may carry.
#[derive(Debug, Deserialize)]
pub(super) struct Reading {
    r#as: String,
    locale: Option<String>,
    pub(super) after: Option<String>,
    pub(super) text: Option<String>,
}

/// The most characters of a foreign name that an error repeats.
const MAX_NAME: usize = 40;

/// A body, and all that it may hold.
pub(super) trait Asked: DeserializeOwned {
    const FIELDS: &'static [&'static str];
}

/// `POST /api/demo/messages`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    r#as: String,
    text: String,
    place: Option<String>,
    locale: Option<String>,
}

impl Asked for Line {
    const FIELDS: &'static [&'static str] = &["as", "text", "place", "locale"];
}

/// `POST /api/demo/actions`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Press {
    r#as: String,
    pub(super) message: String,
    pub(super) action: String,
    inputs: Option<BTreeMap<String, Option<String>>>,
    locale: Option<String>,
}

impl Asked for Press {
    const FIELDS: &'static [&'static str] = &["as", "message", "action", "inputs", "locale"];
}

/// `POST /api/demo/clock`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    pub(super) advance: String,
}

impl Asked for Advance {
    const FIELDS: &'static [&'static str] = &["advance"];
}

/// Who asks, by the query.
pub(super) fn reading(
    console: &Console,
    query: Result<Query<Reading>, QueryRejection>,
) -> Result<(Speaker, Reading), ApiError> {
    let Query(reading) = query.map_err(|_| ApiError::new(Fault::MalformedQuery, Locale::En))?;
    let locale = locale(reading.locale.as_deref())?;
    let text = reading.text.as_deref().unwrap_or_default();
    is_short(text, locale)?;
    Ok((speaker(console, &reading.r#as, locale)?, reading))
}

/// A body of JSON.
pub(super) fn body<T: Asked>(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<T, ApiError> {
    let bytes = body.map_err(|rejection| {
        let too_large = rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
        ApiError::new(if too_large { Fault::TooLarge } else { Fault::MalformedJson }, Locale::En)
    })?;
    if !is_json(headers) {
        return Err(ApiError::new(Fault::NotJson, spoken(&bytes)));
    }
    serde_json::from_slice(&bytes).map_err(|_| {
        let unknown = unknown_field(&bytes, T::FIELDS);
        ApiError::new(unknown.map_or(Fault::MalformedJson, Fault::UnknownField), spoken(&bytes))
    })
}

/// A body that is called something else was made by a form, or by a page that may not say what it sends. Without a name it is
/// taken for what it has to be.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return true };
    let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// The first field that such a body never has, fit for showing.
fn unknown_field(bytes: &[u8], known: &[&str]) -> Option<String> {
    let body: BTreeMap<String, IgnoredAny> = serde_json::from_slice(bytes).ok()?;
    let name = body.into_keys().find(|name| !known.contains(&name.as_str()))?;
    Some(name.chars().filter(|char| !char.is_control()).take(MAX_NAME).collect())
}

/// The language of a body that is otherwise wrong, for saying so.
fn spoken(bytes: &[u8]) -> Locale {
    let body: Option<Value> = serde_json::from_slice(bytes).ok();
    let tag = body.as_ref().and_then(|body| body.get("locale")).and_then(Value::as_str);
    tag.and_then(Locale::from_tag).unwrap_or_default()
}

impl Line {
    /// Who types it, where, and what.
    pub(super) fn whole(self, console: &Console) -> Result<(Speaker, Room, String), ApiError> {
        let locale = locale(self.locale.as_deref())?;
        let room = match self.place.as_deref() {
            None => Room::Channel,
            Some(place) => Room::from_word(place).ok_or(ApiError::new(Fault::MalformedPlace, locale))?,
        };
        is_short(&self.text, locale)?;
        Ok((speaker(console, &self.r#as, locale)?, room, self.text))
    }
}

impl Press {
    /// Who clicks.
    pub(super) fn speaker(&self, console: &Console) -> Result<Speaker, ApiError> {
        speaker(console, &self.r#as, locale(self.locale.as_deref())?)
    }

    /// What was filled in; `null` is nothing.
    pub(super) fn inputs(&self, locale: Locale) -> Result<BTreeMap<InputId, String>, ApiError> {
        let given = self.inputs.iter().flatten();
        given
            .map(|(id, value)| {
                let value = value.as_deref().unwrap_or_default();
                is_short(value, locale)?;
                let known = [InputId::Reason, InputId::Choice, InputId::UsageLocation];
                let id = known.into_iter().find(|known| known.as_str() == id);
                Ok((id.ok_or(ApiError::new(Fault::MalformedInput, locale))?, value.to_owned()))
            })
            .collect()
    }
}

fn speaker(console: &Console, name: &str, locale: Locale) -> Result<Speaker, ApiError> {
    let person = console.people.find(name).ok_or(ApiError::new(Fault::UnknownPerson, locale))?;
    Ok(Speaker { person, locale })
}

fn locale(tag: Option<&str>) -> Result<Locale, ApiError> {
    let Some(tag) = tag else { return Ok(Locale::En) };
    let known = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
    known.ok_or(ApiError::new(Fault::MalformedLocale, Locale::En))
}

fn is_short(text: &str, locale: Locale) -> Result<(), ApiError> {
    let fits = text.chars().nth(MAX_TEXT).is_none();
    if fits { Ok(()) } else { Err(ApiError::new(Fault::TooLong, locale)) }
}
