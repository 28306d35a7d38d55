//! What goes out: status, headers, JSON, with the headers and annotations that Graph puts on every answer.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::metadata::Metadata;

/// What every answer to one call shares.
#[derive(Clone, Debug)]
pub(in crate::sandbox) struct Meta {
    pub(super) request_id: Uuid,
    /// The client's own id for the call; without one it equals the request id.
    pub(super) client_request_id: String,
    pub(super) now: Timestamp,
    /// Scheme and authority as the client wrote them; absolute links are built from it.
    pub(super) origin: String,
    /// How much the client wants to be told about the data.
    pub(super) metadata: Metadata,
}

/// An answer before it is written.
#[derive(Debug)]
pub(in crate::sandbox) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Option<Value>,
    /// The body is bare text and no JSON, such as the number that `…/$count` answers.
    pub(super) plain: bool,
}

const MINIMAL: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
const NONE: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
const FULL: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=full;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
const TEXT: HeaderValue = HeaderValue::from_static("text/plain");
const PLAIN: HeaderValue = HeaderValue::from_static("application/json");
const DIAGNOSTIC: HeaderValue = HeaderValue::from_static(
    r#"{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"SANDBOX000"}}"#,
);

impl Meta {
    /// Reads what the client said about its call.
    pub(super) fn of(headers: &HeaderMap, origin: &str, request_id: Uuid, now: Timestamp) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let accept = text("accept").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        Self {
            request_id,
            client_request_id: text("client-request-id").map_or_else(|| request_id.to_string(), str::to_owned),
            now,
            origin: origin.to_owned(),
            metadata: Metadata::of(&accept),
        }
    }

    /// `@odata.context` of an answer about this set or entity.
    pub(super) fn context(&self, of: &str) -> Value {
        Value::from(format!("{}/v1.0/$metadata#{of}", self.origin))
    }
}

impl Reply {
    pub(super) fn ok(body: Map<String, Value>) -> Self {
        Self { status: StatusCode::OK, headers: Vec::new(), body: Some(Value::Object(body)), plain: false }
    }

    /// A bare number: `text/plain`.
    pub(super) fn number(number: usize) -> Self {
        Self { status: StatusCode::OK, headers: Vec::new(), body: Some(number.into()), plain: true }
    }

    pub(super) fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: Vec::new(), body: None, plain: false }
    }

    /// The headers of Graph's services, as an answer alone and an answer in a batch both carry them.
    pub(super) fn dress(&mut self, meta: &Meta) {
        let succeeded = self.status.is_success();
        if let Some(body) = self.body.as_mut() {
            meta.metadata.apply(body, &meta.origin);
        }
        self.headers.push((CACHE_CONTROL, HeaderValue::from_static("no-cache")));
        self.headers.push((HeaderName::from_static("x-ms-resource-unit"), HeaderValue::from_static("1")));
        if self.body.is_some() && !self.headers.iter().any(|(name, _)| *name == CONTENT_TYPE) {
            let kind = match meta.metadata {
                _ if !succeeded => PLAIN,
                _ if self.plain => TEXT,
                Metadata::None => NONE,
                Metadata::Minimal => MINIMAL,
                Metadata::Full => FULL,
            };
            self.headers.push((CONTENT_TYPE, kind));
        }
        if succeeded {
            self.headers.push((HeaderName::from_static("odata-version"), HeaderValue::from_static("4.0")));
        }
    }

    /// The answer on the wire.
    pub(super) fn into_response(self, meta: &Meta) -> Response {
        let body = self.body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.extend(self.headers);
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.insert("x-ms-ags-diagnostic", DIAGNOSTIC);
        for (name, id) in
            [("request-id", meta.request_id.to_string()), ("client-request-id", meta.client_request_id.clone())]
        {
            if let Ok(id) = HeaderValue::from_str(&id) {
                headers.insert(name, id);
            }
        }
        response
    }
}
