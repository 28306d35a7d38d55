//! `/sandbox/`: what no real tenant has. Tells the bot's credentials, registers its certificates, moves the clock, shows the ledger and the counts,
//! orders faults. Described in `docs/sandbox.md`.

mod certificates;

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::SandboxFacts;
use super::faults::{Fault, FaultOrder};
use super::state::State;
use super::wire::origin;

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
        ClockMove::Advance(text) => duration(&text),
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

/// A count and a unit: `45s`, `20m`, `2h`, `3d`. At most a hundred years.
fn duration(text: &str) -> Option<SignedDuration> {
    let unit = text.chars().next_back()?;
    let count: u32 = text.strip_suffix(unit)?.parse().ok()?;
    let seconds: i64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    let total = i64::from(count).checked_mul(seconds)?;
    (total <= 100 * 366 * 86_400).then(|| SignedDuration::from_secs(total))
}

#[derive(Deserialize)]
struct LedgerQuery {
    #[serde(default)]
    after: u64,
}

async fn ledger(Shared(state): App, Query(query): Query<LedgerQuery>) -> Result<Json<Value>, Wrong> {
    let entries = tokio::task::spawn_blocking(move || state.ledger(query.after)).await;
    let entries = entries.map_err(std::io::Error::other).and_then(|entries| entries);
    let failed = |error| wrong(StatusCode::INTERNAL_SERVER_ERROR, format!("The journal cannot be read: {error}."));
    Ok(Json(json!({ "mutations": entries.map_err(failed)? })))
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

#[derive(Deserialize)]
#[serde(untagged)]
enum Orders {
    Many(Vec<Value>),
    One(Value),
}

async fn order_faults(Shared(state): App, body: Bytes) -> Result<Json<Value>, Wrong> {
    let orders = match read(&body)? {
        Orders::Many(orders) => orders,
        Orders::One(order) => vec![order],
    };
    let fault = |order| serde_json::from_value::<FaultOrder>(order).map_err(|error| error.to_string())?.try_into();
    let faults: Result<Vec<Fault>, String> = orders.into_iter().map(fault).collect();
    let faults = faults.map_err(|why| wrong(StatusCode::BAD_REQUEST, format!("A fault is wrong: {why}.")))?;
    state.faults.order(faults);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_a_count_and_a_unit() {
        assert_eq!(duration("20m"), Some(SignedDuration::from_mins(20)));
        assert_eq!(duration("3d"), Some(SignedDuration::from_hours(72)));
        for wrong in ["", "m", "-3d", "3", "3 d", "3w", "1.5h", "99999999999d", "4000000000d", "3dé"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }
}
