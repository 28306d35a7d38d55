//! `$batch`: up to twenty calls in one. The envelope is checked as a whole; each item then answers for itself.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::error::GraphError;
use super::reply::{Meta, Reply};
use super::request::GraphRequest;
use crate::sandbox::damage::{self, Damage};
use crate::sandbox::link::Link;

/// Most items in one batch.
const MOST: usize = 20;

/// One item as it is sent. Its url is relative: an absolute one is a path that begins with `https:` and leads nowhere,
/// which is how clients of the real service see it refused.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    pub(super) id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    body: Option<Value>,
    #[serde(default)]
    pub(super) depends_on: Vec<String>,
}

#[derive(Deserialize)]
struct Envelope {
    requests: Vec<Item>,
}

/// The items in an order in which each comes behind those it depends on.
///
/// # Errors
/// Everything that makes Graph refuse the whole batch (400).
pub(super) fn read(body: &[u8]) -> Result<Vec<Item>, GraphError> {
    let body: Value = serde_json::from_slice(body).map_err(|_| GraphError::invalid_json())?;
    let envelope: Envelope = serde_json::from_value(body).map_err(|_| invalid("Invalid batch payload format."))?;
    let items = envelope.requests;
    if items.is_empty() {
        return Err(invalid("Invalid batch payload format."));
    }
    if items.len() > MOST {
        let message = format!("Number of batch request steps exceeds the maximum value of {MOST}.");
        return Err(GraphError::new(StatusCode::BAD_REQUEST, "MaximumValueExceeded", message));
    }
    for (place, item) in items.iter().enumerate() {
        check(item, items.iter().take(place))?;
    }
    ordered(items)
}

fn invalid(message: impl Into<String>) -> GraphError {
    GraphError::malformed(message)
}

fn check<'a>(item: &Item, mut earlier: impl Iterator<Item = &'a Item>) -> Result<(), GraphError> {
    if item.id.is_empty() || earlier.any(|other| same(&other.id, &item.id)) {
        return Err(invalid(format!("Request id : '{}' is empty or not unique within the batch.", item.id)));
    }
    let has_type = item.headers.keys().any(|name| name.eq_ignore_ascii_case("content-type"));
    let writes = !matches!(item.method.to_ascii_uppercase().as_str(), "GET" | "DELETE" | "HEAD" | "OPTIONS");
    if (writes && item.body.is_none()) || (item.body.is_some() && !has_type) {
        let message = format!("Write request id : {} does not contain Content-Type header or body.", item.id);
        return Err(invalid(message));
    }
    Ok(())
}

/// Ids are told apart without regard to case.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn ordered(mut waiting: Vec<Item>) -> Result<Vec<Item>, GraphError> {
    let mut ready: Vec<Item> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let (next, later): (Vec<Item>, Vec<Item>) = waiting
            .into_iter()
            .partition(|item| item.depends_on.iter().all(|wanted| ready.iter().any(|done| same(&done.id, wanted))));
        if next.is_empty() {
            return Err(invalid("Invalid batch payload format: dependsOn names no earlier request."));
        }
        ready.extend(next);
        waiting = later;
    }
    Ok(ready)
}

impl Item {
    /// The whole address of the item's call.
    pub(super) fn address(&self, meta: &Meta) -> String {
        format!("{}/v1.0/{}", meta.origin, self.url.trim_start_matches('/'))
    }

    /// The item as a call of its own, under the token of the batch.
    pub(super) fn request(&self, outer: &GraphRequest) -> Result<GraphRequest, GraphError> {
        let method = Method::from_bytes(self.method.to_ascii_uppercase().as_bytes());
        let method = method.map_err(|_| GraphError::method_not_allowed())?;
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::try_from(name.as_str());
            let value = value.as_str().map(HeaderValue::from_str);
            if let (Ok(name), Some(Ok(value))) = (name, value) {
                headers.insert(name, value);
            }
        }
        for inherited in [header::AUTHORIZATION, HeaderName::from_static("client-request-id")] {
            if let Some(value) = outer.headers.get(&inherited).filter(|_| !headers.contains_key(&inherited)) {
                headers.insert(inherited, value.clone());
            }
        }
        let body = self.body.as_ref().map(|body| Bytes::from(body.to_string())).unwrap_or_default();
        let bad = |_| invalid(format!("Request id : {} has a url that cannot be read.", self.id));
        GraphRequest::parse(method, &self.url, headers, body).map_err(bad)
    }
}

/// The item's answer with what was ordered to happen to it. What happens to bytes happens to the whole batch: `outer`.
pub(super) fn damaged(mut reply: Reply, part: &Link, outer: &Link) -> Reply {
    match part.take_damage() {
        None => {}
        Some(damage @ (Damage::Truncated | Damage::HalfJson | Damage::BrokenGzip | Damage::Endless)) => {
            outer.damage(damage)
        }
        Some(Damage::Html) => {
            // Graph puts what is no JSON into a batch as text in base64.
            reply.body = Some(STANDARD.encode(damage::PAGE).into());
            reply.headers.push((header::CONTENT_TYPE, damage::HTML));
        }
        Some(Damage::ContentType(kind)) => {
            reply.headers.push((header::CONTENT_TYPE, kind.unwrap_or_else(|| HeaderValue::from_static(""))));
        }
        Some(Damage::Location(to)) => reply.headers.push((header::LOCATION, to)),
        Some(damage) => {
            if let Some(body) = &mut reply.body {
                damage.edit(body, part.url());
            }
        }
    }
    reply
}

/// What an item gets when one it depends on failed.
pub(super) fn failed_dependency() -> GraphError {
    let message = "The request was not made because a request it depends on failed.";
    GraphError::new(StatusCode::FAILED_DEPENDENCY, "FailedDependency", message)
}

/// The answer to the whole batch. Graph promises no order; last first shows clients that rely on one.
pub(super) fn body(answers: Vec<(String, Reply)>, meta: &Meta) -> Reply {
    let responses: Vec<Value> = answers.into_iter().rev().map(|(id, reply)| response(&id, reply, meta)).collect();
    let mut body = Map::new();
    body.insert("responses".into(), responses.into());
    Reply::ok(body)
}

fn response(id: &str, mut reply: Reply, meta: &Meta) -> Value {
    reply.dress(meta);
    let headers: Map<String, Value> = reply
        .headers
        .iter()
        .map(|(name, value)| (canonical(name), String::from_utf8_lossy(value.as_bytes()).into()))
        .collect();
    let mut response = json!({ "id": id, "status": reply.status.as_u16(), "headers": headers });
    if let (Some(response), Some(body)) = (response.as_object_mut(), reply.body) {
        response.insert("body".into(), body);
    }
    response
}

/// Header names as Graph spells them inside a batch.
fn canonical(name: &HeaderName) -> String {
    match name.as_str() {
        "cache-control" => "Cache-Control".into(),
        "content-type" => "Content-Type".into(),
        "odata-version" => "OData-Version".into(),
        "retry-after" => "Retry-After".into(),
        "www-authenticate" => "WWW-Authenticate".into(),
        other => other.into(),
    }
}
