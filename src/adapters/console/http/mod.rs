//! The demo chat's HTTP surface: the fixed JSON API, the stream of events, and the page. Decodes and encodes; decides nothing.

mod answers;
mod asked;
mod clock;
mod error;
mod events;
mod guard;
mod messages;
mod page;
mod people;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use self::error::{ApiError, Fault};
use super::Console;
use crate::domain::text::Locale;

/// The most bytes of a call.
const MAX_BODY: usize = 256 * 1024;
/// The most characters of a line, of the bot's or of anybody's.
const MAX_TEXT: usize = 6_000;

/// The most bytes of an address with its query; the server underneath answers by itself, and without a word, from 64 KiB on.
const MAX_ADDRESS: usize = 32 * 1024;

/// The whole surface, for callers on this machine.
pub fn router(console: Arc<Console>) -> Router {
    Router::new()
        .route("/api/demo/people", get(people::list))
        .route("/api/demo/messages", get(messages::list).post(messages::post))
        .route("/api/demo/actions", post(messages::press))
        .route("/api/demo/events", get(events::stream))
        .route("/api/demo/complete", get(messages::complete))
        .route("/api/demo/waiting", get(people::waiting))
        .route("/api/demo/clock", get(clock::read).post(clock::advance))
        .route("/", get(page::index))
        .route("/assets/{file}", get(page::asset))
        .fallback(|| async { ApiError::new(Fault::UnknownPath, Locale::En) })
        .method_not_allowed_fallback(|| async { ApiError::new(Fault::WrongMethod, Locale::En) })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(short_address))
        .layer(from_fn(guard::loopback_only))
        .layer(from_fn(harden))
        .with_state(console)
}

async fn short_address(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > MAX_ADDRESS {
        return ApiError::new(Fault::AddressTooLong, Locale::En).into_response();
    }
    next.run(request).await
}

/// What every answer carries: nothing from elsewhere runs, and nothing of it stands in a foreign frame.
async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(page::POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
