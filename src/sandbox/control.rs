//! `/sandbox/`: what no real tenant has. Tells the bot's credentials, registers its certificates, moves the clock, shows
//! the ledger and the counts, orders faults. Described in `docs/sandbox.md`.

mod certificates;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::SandboxFacts;
use super::duration;
use super::faults::Fault;
use super::state::State;
use super::wire::origin;
use crate::domain::ids::PersonId;

type App = Shared<Arc<State>>;

/// The control surface, to be nested under `/sandbox`.
pub(super) fn router() -> Router<Arc<State>> {
    Router::new()
        .route("/app", get(app))
        .route("/certificates", get(certificates::list).post(certificates::register).delete(certificates::unregister))
        .route("/clock", get(clock).post(move_clock))
        .route("/ledger", get(ledger))
        .route("/calls", get(calls).delete(reset_calls))
        .route("/faults", get(faults).post(order_faults).delete(clear_faults))
        .route("/held", get(held))
        .route("/release", post(release))
        .method_not_allowed_fallback(async || wrong(StatusCode::METHOD_NOT_ALLOWED, "This path has other methods."))
        .fallback(async || wrong(StatusCode::NOT_FOUND, "There is nothing here; see docs/sandbox.md."))
}

/// A control call that cannot be done, in a sentence.
struct Wrong(StatusCode, String);

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": { "code": "SandboxControl", "message": self.1 } }))).into_response()
    }
}

fn wrong(status: StatusCode, message: impl Into<String>) -> Wrong {
    Wrong(status, message.into())
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Wrong> {
    serde_json::from_slice(body).map_err(|error| wrong(StatusCode::BAD_REQUEST, format!("The body is wrong: {error}.")))
}

async fn app(Shared(state): App, headers: HeaderMap) -> Json<Value> {
    let facts = SandboxFacts::of(&state, origin(&headers));
    Json(json!({
        "baseUrl": facts.base_url,
        "loginUrl": facts.base_url,
        "tenantId": facts.tenant_id,
        "clientId": facts.client_id,
        "clientSecret": facts.client_secret.expose_secret(),
    }))
}

fn time(state: &State) -> Json<Value> {
    Json(json!({ "now": state.clock.now() }))
}

async fn clock(Shared(state): App) -> Json<Value> {
    time(&state)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum ClockMove {
    Advance(String),
    Now(Timestamp),
}

async fn move_clock(Shared(state): App, body: Bytes) -> Result<Json<Value>, Wrong> {
    let by = match read(&body)? {
        ClockMove::Advance(text) => duration::read(&text),
        ClockMove::Now(at) => Some(at.duration_since(state.clock.now())),
    };
    let forward = by.filter(|by| !by.is_negative());
    let by = forward.ok_or_else(|| {
        let message = "The clock goes forward only: {\"advance\":\"20m\"}, \"3d\", or {\"now\":\"…\"} in the future.";
        wrong(StatusCode::BAD_REQUEST, message)
    })?;
    let clock = Arc::clone(&state);
    // Moving may write a file.
    let moved = tokio::task::spawn_blocking(move || clock.clock.advance(by)).await;
    moved.map_err(|error| wrong(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(time(&state))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LedgerQuery {
    #[serde(default)]
    after: u64,
    client_request_id: Option<String>,
    user: Option<PersonId>,
}

impl LedgerQuery {
    fn admits(&self, entry: &Value) -> bool {
        let call = self.client_request_id.as_ref().is_none_or(|id| entry.get("clientRequestId") == Some(&json!(id)));
        let changes = || entry.get("what").and_then(Value::as_object).into_iter().flat_map(Map::values);
        call && self.user.is_none_or(|user| changes().any(|change| change.get("user") == Some(&json!(user))))
    }
}

async fn ledger(Shared(state): App, query: Result<Query<LedgerQuery>, QueryRejection>) -> Result<Json<Value>, Wrong> {
    let Query(query) = query.map_err(|error| wrong(StatusCode::BAD_REQUEST, error.body_text()))?;
    let after = query.after;
    let entries = tokio::task::spawn_blocking(move || state.ledger(after)).await;
    let entries = entries.map_err(io::Error::other).and_then(|entries| entries);
    let failed = |error| wrong(StatusCode::INTERNAL_SERVER_ERROR, format!("The journal cannot be read: {error}."));
    let entries: Vec<Value> = entries.map_err(failed)?.iter().map(|entry| json!(entry)).collect();
    let wanted: Vec<Value> = entries.into_iter().filter(|entry| query.admits(entry)).collect();
    Ok(Json(json!({ "mutations": wanted })))
}

async fn calls(Shared(state): App) -> Json<Value> {
    Json(state.calls.report())
}

async fn reset_calls(Shared(state): App) -> StatusCode {
    state.calls.reset();
    StatusCode::NO_CONTENT
}

async fn faults(Shared(state): App) -> Json<Value> {
    Json(json!({ "faults": state.faults.pending() }))
}

async fn order_faults(Shared(state): App, body: Bytes) -> Result<Json<Value>, Wrong> {
    let orders = match read(&body)? {
        Value::Array(orders) => orders,
        order => vec![order],
    };
    state.faults.order(Fault::all(orders).map_err(|why| wrong(StatusCode::BAD_REQUEST, why))?);
    Ok(Json(json!({ "faults": state.faults.pending() })))
}

async fn clear_faults(Shared(state): App) -> StatusCode {
    state.faults.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HeldQuery {
    #[serde(default)]
    at_least: usize,
}

/// Longest that a caller of `/sandbox/held` is kept waiting.
const PATIENCE: Duration = Duration::from_secs(30);

async fn held(Shared(state): App, Query(query): Query<HeldQuery>) -> Result<Json<Value>, Wrong> {
    let held = tokio::time::timeout(PATIENCE, state.faults.held(query.at_least)).await;
    let late = |_| wrong(StatusCode::REQUEST_TIMEOUT, "So many calls were not held within 30 seconds.");
    Ok(Json(json!({ "held": held.map_err(late)? })))
}

async fn release(Shared(state): App) -> Json<Value> {
    Json(json!({ "released": state.faults.release() }))
}
