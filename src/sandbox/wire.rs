//! The HTTP surface: which path goes to Graph, to the token endpoint, to the control surface.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Path, Query, Request, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::control;
use super::entra::{self, TokenCall, discovery};
use super::faults::{self, Fault, Met};
use super::graph::{self, Wire};
use super::guard;
use super::link::Link;
use super::state::State;

/// Larger than any batch of twenty that makes sense.
const LARGEST_BODY: usize = 1024 * 1024;

/// The label of the token endpoint in counts and faults.
pub(super) const TOKEN: &str = "POST /{tenant}/oauth2/v2.0/token";

/// Everything the sandbox answers.
pub(super) fn router(state: Arc<State>) -> Router {
    Router::new()
        .nest("/sandbox", control::router())
        .route("/v1.0/{*path}", any(on_graph))
        .route("/{tenant}/oauth2/v2.0/token", any(on_token))
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(on_configuration))
        .route("/{tenant}/discovery/v2.0/keys", get(async || discovery::keys()))
        .route("/common/discovery/instance", get(on_instance))
        .fallback(async || {
            let message =
                "The sandbox serves /v1.0/…, /{tenant}/oauth2/v2.0/token and /sandbox/…; see docs/sandbox.md.";
            (StatusCode::NOT_FOUND, Json(json!({ "error": { "code": "NotFound", "message": message } })))
        })
        .layer(middleware::from_fn(guard::loopback_only))
        .with_state(state)
}

/// Scheme and authority as the client wrote them. The guard let only one loopback `Host` pass. What speaks TLS in front of
/// the sandbox says so: Microsoft's own libraries speak nothing else.
pub(super) fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_tls = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    format!("{}://{host}", if is_tls { "https" } else { "http" })
}

fn link(request: &Request) -> Link {
    let link = request.extensions().get::<ConnectInfo<Link>>();
    let target = request.uri().path_and_query().map_or("", |target| target.as_str());
    let url = format!("{}{target}", origin(request.headers()));
    link.map(|ConnectInfo(link)| link.under(url.clone())).unwrap_or_else(|| Link::default().under(url))
}

async fn on_graph(Shared(state): Shared<Arc<State>>, request: Request) -> Response {
    let link = link(&request);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else { return too_large() };
    let target = parts.uri.path_and_query().map_or("", |target| target.as_str());
    let target = target.strip_prefix("/v1.0").unwrap_or(target).to_owned();
    let origin = origin(&parts.headers);
    let wire = Wire { method: parts.method, target, headers: parts.headers, body, origin };
    // As a task of its own: a client that hangs up ends no call, as with the real service.
    match tokio::spawn(graph::answer(state, wire, link)).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a call did not come to its end");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn on_token(Shared(state): Shared<Arc<State>>, request: Request) -> Response {
    let link = link(&request);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else { return too_large() };
    state.calls.count_token();
    let tenant = parts.uri.path().split('/').nth(1).unwrap_or_default();
    let call = TokenCall { method: parts.method.as_str(), tenant, headers: &parts.headers, body: &body };
    let fault = state.faults.take(TOKEN);
    let life = fault.as_ref().and_then(Fault::token_life);
    let make = async { entra::answer(&state, &call, life) };
    link.finish(faults::meet(fault, Met { state: &state, link: &link, subject: None }, entra::out_of_order, make).await)
        .await
}

async fn on_configuration(
    Shared(state): Shared<Arc<State>>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
) -> Response {
    discovery::configuration(&state, &tenant, &origin(&headers))
}

#[derive(Deserialize)]
struct InstanceQuery {
    authorization_endpoint: Option<String>,
}

async fn on_instance(Query(query): Query<InstanceQuery>, headers: HeaderMap) -> Response {
    discovery::instance(query.authorization_endpoint.as_deref(), &origin(&headers))
}

fn too_large() -> Response {
    let error = json!({ "error": { "code": "RequestEntityTooLarge", "message": "The request body is too large." } });
    (StatusCode::PAYLOAD_TOO_LARGE, Json(error)).into_response()
}
