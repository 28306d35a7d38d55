//! The certificates that the bot may sign in with: what an administrator does under "Certificates & secrets" of a real
//! registration. Takes the public part only.

use std::io;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{App, Wrong, wrong};
use crate::sandbox::state::State;
use crate::x509::Certificate;

pub(super) async fn list(Shared(state): App) -> Json<Value> {
    told(&state)
}

/// Takes a certificate as PEM.
pub(super) async fn register(Shared(state): App, body: Bytes) -> Result<Json<Value>, Wrong> {
    let pem = String::from_utf8_lossy(&body);
    let certificate = Certificate::from_pem(&pem)
        .map_err(|error| wrong(StatusCode::BAD_REQUEST, format!("The body {error}; post the certificate as PEM.")))?;
    keep(&state, move |state| state.credentials.register(state.bot.0, certificate).map(drop)).await?;
    Ok(told(&state))
}

pub(super) async fn unregister(Shared(state): App) -> Result<StatusCode, Wrong> {
    keep(&state, |state| state.credentials.unregister(state.bot.0)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes what stands in a file, away from the threads that answer calls.
async fn keep(state: &Arc<State>, change: impl FnOnce(&State) -> io::Result<()> + Send + 'static) -> Result<(), Wrong> {
    let state = Arc::clone(state);
    let kept = tokio::task::spawn_blocking(move || change(&state)).await;
    let kept = kept.map_err(io::Error::other).and_then(|kept| kept);
    kept.map_err(|error| wrong(StatusCode::INTERNAL_SERVER_ERROR, format!("It cannot be kept: {error}.")))
}

fn told(state: &State) -> Json<Value> {
    let registered = state.credentials.certificates(state.bot.0);
    let all: Vec<Value> = registered
        .iter()
        .map(|registered| {
            let [x5t, x5t_s256] = registered.names();
            json!({
                "thumbprint": registered.thumbprint(),
                "x5t": x5t,
                "x5t#S256": x5t_s256,
                "notBefore": registered.certificate.not_before(),
                "notAfter": registered.certificate.not_after(),
            })
        })
        .collect();
    Json(json!({ "certificates": all }))
}
