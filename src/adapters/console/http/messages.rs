//! Typing, clicking, reading and completing. What a person sends is worked through even when they hang up meanwhile.

use std::future::Future;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Serialize;

use super::answers::Messages;
use super::asked::{self, Line, Press, Reading};
use super::error::{ApiError, Fault};
use crate::adapters::console::Console;
use crate::adapters::console::clicks::{NotAClick, Pressed};
use crate::domain::text::Locale;

/// `{"replaceFrom":9,"candidates":[…]}`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Following {
    /// In characters.
    replace_from: usize,
    candidates: Vec<Suggestion>,
}

#[derive(Debug, Serialize)]
struct Suggestion {
    insert: String,
    label: String,
    detail: String,
}

/// `GET /api/demo/messages`
pub(super) async fn list(
    State(console): State<Arc<Console>>,
    query: Result<Query<Reading>, QueryRejection>,
) -> Result<Json<Messages>, ApiError> {
    let (reader, reading) = asked::reading(&console, query)?;
    let broken = |error| ApiError::broken(&error, reader.locale);
    let after = match reading.after.as_deref() {
        None => 0,
        Some(id) => {
            let message = console.store.find(id).await.map_err(broken)?;
            let message = message.filter(|message| message.is_visible_to(reader.person));
            message.ok_or(ApiError::new(Fault::UnknownMessage, reader.locale))?.seq
        }
    };
    let messages = console.store.visible_to(reader.person, after).await.map_err(broken)?;
    Ok(Json(Messages::of(&console, reader.locale, &messages)))
}

/// `POST /api/demo/messages`
pub(super) async fn post(
    State(console): State<Arc<Console>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Messages>, ApiError> {
    let line: Line = asked::body(&headers, body)?;
    let (speaker, room, text) = line.whole(&console)?;
    to_its_end(speaker.locale, async move {
        let messages = console.type_line(speaker, room, text).await;
        let messages = messages.map_err(|why| ApiError::unanswered(why, speaker.locale))?;
        Ok(Json(Messages::of(&console, speaker.locale, &messages)))
    })
    .await
}

/// `POST /api/demo/actions`
pub(super) async fn press(
    State(console): State<Arc<Console>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Messages>, ApiError> {
    let press: Press = asked::body(&headers, body)?;
    let speaker = press.speaker(&console)?;
    let inputs = press.inputs(speaker.locale)?;
    let pressed = Pressed { message: press.message, action: press.action, inputs };
    to_its_end(speaker.locale, async move {
        let messages = console.press(speaker, pressed).await.map_err(|why| not_a_click(why, speaker.locale))?;
        Ok(Json(Messages::of(&console, speaker.locale, &messages)))
    })
    .await
}

/// `GET /api/demo/complete`
pub(super) async fn complete(
    State(console): State<Arc<Console>>,
    query: Result<Query<Reading>, QueryRejection>,
) -> Result<Json<Following>, ApiError> {
    let (speaker, reading) = asked::reading(&console, query)?;
    let completion = console.complete(speaker, reading.text.unwrap_or_default()).await;
    let candidates = completion.candidates.into_iter();
    Ok(Json(Following {
        replace_from: completion.replace_from,
        candidates: candidates
            .map(|candidate| Suggestion { insert: candidate.insert, label: candidate.label, detail: candidate.detail })
            .collect(),
    }))
}

fn not_a_click(why: NotAClick, locale: Locale) -> ApiError {
    match why {
        NotAClick::UnknownMessage => ApiError::new(Fault::UnknownMessage, locale),
        NotAClick::UnknownAction => ApiError::new(Fault::UnknownAction, locale),
        NotAClick::Unanswered(why) => ApiError::unanswered(why, locale),
    }
}

/// A caller that hangs up drops its call's future; in a task of its own the work goes on, so nothing stops half-way.
async fn to_its_end<T: Send + 'static>(
    locale: Locale,
    work: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::spawn(work).await.map_err(|error| ApiError::fell_over(&error, locale))?
}
