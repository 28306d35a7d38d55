//! The demo's clock: reading it, and moving it for the bot and its tenant together.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use serde::Serialize;

use super::asked::{self, Advance};
use super::error::{ApiError, Fault};
use crate::adapters::console::Console;
use crate::adapters::console::time::step;
use crate::domain::text::Locale;

/// `{"now":"2026-11-24T10:00:00Z","zone":"Europe/Stockholm"}`
#[derive(Debug, Serialize)]
pub(super) struct Now {
    now: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
}

/// `GET /api/demo/clock`
pub(super) async fn read(State(console): State<Arc<Console>>) -> Json<Now> {
    Json(now(&console))
}

/// `POST /api/demo/clock`
pub(super) async fn advance(
    State(console): State<Arc<Console>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Now>, ApiError> {
    let asked: Advance = asked::body(&headers, body)?;
    let by = step(&asked.advance).ok_or(ApiError::new(Fault::MalformedAdvance, Locale::En))?;
    if let Err(error) = console.time.advance(by).await {
        tracing::warn!(%error, "the clock did not move");
        return Err(ApiError::new(Fault::ClockStuck, Locale::En));
    }
    Ok(Json(now(&console)))
}

fn now(console: &Console) -> Now {
    Now { now: console.time.now().to_string(), zone: console.zone.iana_name().map(str::to_owned) }
}
