//! What can happen to an answer on its way: cut short, garbled, replaced, pointing elsewhere. Never touches what was done;
//! only how it is told.

use std::io;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

/// One damage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// The headers promise the whole body, half of it comes, and the connection ends.
    Truncated,
    /// Half of the body, properly sent.
    HalfJson,
    /// Says that it is gzip and unpacks to all of the body; the checksum at the end is wrong.
    BrokenGzip,
    /// All of the body, and white space behind it for as long as somebody reads.
    Endless,
    /// Other JSON.
    OtherShape(Value),
    /// A page for people.
    Html,
    /// This type, or none.
    ContentType(Option<HeaderValue>),
    /// Where a redirect leads.
    Location(HeaderValue),
    /// A list goes on there.
    NextLink(NextLink),
    /// Words that no version of the client can know.
    UnknownEnum,
}

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NextLink {
    /// At the page that was just given.
    Itself,
    /// Somewhere else.
    To(String),
}

/// What a proxy shows.
pub(super) const PAGE: &str = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Welcome to the \
    network</h1><p>Sign in to go on.</p></body></html>";

pub(super) const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Properties whose values are words from a list that Microsoft may lengthen.
const ENUMS: [&str; 7] = [
    "userType",
    "state",
    "capabilityStatus",
    "appliesTo",
    "provisioningStatus",
    "visibility",
    "membershipRuleProcessingState",
];

/// The word that Graph itself shows to clients for values younger than they are.
const UNKNOWN: &str = "unknownFutureValue";

impl Damage {
    /// The part of the damage that is about what a body says. `url` is where the answer came from.
    pub(super) fn edit(&self, body: &mut Value, url: &str) {
        match self {
            Self::OtherShape(other) => *body = other.clone(),
            Self::NextLink(next) => {
                if let Some(list) = body.as_object_mut().filter(|body| body.get("value").is_some_and(Value::is_array)) {
                    let next = if let NextLink::To(to) = next { to } else { url };
                    list.insert("@odata.nextLink".to_owned(), next.into());
                }
            }
            Self::UnknownEnum => rename_enums(body),
            _ => {}
        }
    }

    /// The answer with its damage. What has no body has nothing to damage, unless the damage brings one.
    pub(super) async fn apply(self, response: Response, url: &str) -> Response {
        let (mut parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else { return Response::from_parts(parts, Body::empty()) };
        let headers = &mut parts.headers;
        let body = match self {
            Self::Truncated if !body.is_empty() => {
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
                half_and_then_the_end(half(&body))
            }
            Self::HalfJson => half(&body).into(),
            Self::BrokenGzip if !body.is_empty() => {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                gzip_with_wrong_checksum(&body).into()
            }
            Self::Endless if !body.is_empty() => and_no_end(body),
            Self::Html => {
                headers.insert(header::CONTENT_TYPE, HTML);
                PAGE.into()
            }
            Self::ContentType(kind) => {
                set(headers, kind);
                body.into()
            }
            Self::Location(to) => {
                headers.insert(header::LOCATION, to);
                body.into()
            }
            damage => damage.edited(&mut parts.status, headers, &body, url).into(),
        };
        Response::from_parts(parts, body)
    }

    fn edited(&self, status: &mut StatusCode, headers: &mut HeaderMap, body: &Bytes, url: &str) -> Bytes {
        let brings_one = matches!(self, Self::OtherShape(_));
        let Some(mut value) = serde_json::from_slice(body).ok().or_else(|| brings_one.then_some(Value::Null)) else {
            return body.clone();
        };
        self.edit(&mut value, url);
        if brings_one && *status == StatusCode::NO_CONTENT {
            *status = StatusCode::OK;
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        value.to_string().into()
    }
}

fn set(headers: &mut HeaderMap, kind: Option<HeaderValue>) {
    headers.remove(header::CONTENT_TYPE);
    headers.extend(kind.map(|kind| (header::CONTENT_TYPE, kind)));
}

fn half(body: &Bytes) -> Bytes {
    body.slice(..body.len() / 2)
}

/// The pause lets the first half reach the wire before the connection is given up.
fn half_and_then_the_end(half: Bytes) -> Body {
    let end = async {
        tokio::task::yield_now().await;
        Err(io::Error::other("truncated on demand"))
    };
    let stream = futures_util::stream::once(async { Ok(half) });
    Body::from_stream(futures_util::StreamExt::chain(stream, futures_util::stream::once(end)))
}

fn and_no_end(body: Bytes) -> Body {
    let whole = futures_util::stream::once(async { Ok::<_, io::Error>(body) });
    let spaces = futures_util::stream::repeat_with(|| Ok(Bytes::from_static(&[b' '; 16 * 1024])));
    Body::from_stream(futures_util::StreamExt::chain(whole, spaces))
}

/// RFC 1952 around stored blocks of RFC 1951, 3.2.4.
fn gzip_with_wrong_checksum(body: &Bytes) -> Vec<u8> {
    let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut blocks = body.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        gzip.push(u8::from(blocks.peek().is_none()));
        gzip.extend(length.to_le_bytes());
        gzip.extend((!length).to_le_bytes());
        gzip.extend(block);
    }
    let size = u32::try_from(body.len()).unwrap_or(u32::MAX);
    gzip.extend(0xdead_beef_u32.to_le_bytes());
    gzip.extend(size.to_le_bytes());
    gzip
}

fn rename_enums(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                if value.is_string() && ENUMS.contains(&key.as_str()) {
                    *value = UNKNOWN.into();
                }
                rename_enums(value);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(rename_enums),
        _ => {}
    }
}
