//! One HTTP call and what came of it: certainly not sent, sent and lost, or answered. Never follows a redirect, never tries
//! twice, and never reads an answer of unbounded size.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, redirect};
use serde::de::DeserializeOwned;
use url::Url;
use uuid::Uuid;

use super::settings::{GraphSettingsError, Patience, is_loopback};

/// The largest answer that is read, unpacked.
const LARGEST_ANSWER: usize = 8 * 1024 * 1024;

const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");

/// Calls one host.
#[derive(Clone, Debug)]
pub(super) struct Http(Client);

/// One call.
#[derive(Debug)]
pub(super) struct Call {
    /// For logs and errors, such as "read facts".
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) body: Option<Body>,
    /// The `client-request-id`, by which Microsoft finds the call again.
    pub(super) id: Uuid,
}

/// What a call carries.
pub(super) enum Body {
    Json(Vec<u8>),
    /// May hold the secret: never shown.
    Form(String),
}

/// What came of a call.
#[derive(Debug)]
pub(super) enum Sent {
    /// Not a byte of it left.
    Not(String),
    /// Some of it may have arrived; nothing came back.
    Lost(String),
    /// Something came back.
    Answered(Reply),
}

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// The raw `Retry-After`.
    pub(super) retry_after: Option<String>,
    pub(super) content: Content,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Content {
    Empty,
    /// Says that it is JSON, and arrived whole.
    Json(Vec<u8>),
    /// Says that it is something else: a page of a proxy, most likely.
    Foreign,
    /// Cut off, not unpackable, too large.
    Broken(String),
}

impl Http {
    /// One for each of two hosts; the same where they are reached in the same way, because the system's roots take long
    /// to load.
    ///
    /// # Errors
    /// The system's TLS roots cannot be used.
    pub(super) fn pair(one: &Url, other: &Url, patience: &Patience) -> Result<(Self, Self), GraphSettingsError> {
        let way = |root: &Url| (root.scheme() == "https", is_loopback(root));
        let first = Self::new(one, patience)?;
        let second = if way(one) == way(other) { first.clone() } else { Self::new(other, patience)? };
        Ok((first, second))
    }

    fn new(root: &Url, patience: &Patience) -> Result<Self, GraphSettingsError> {
        let mut client = Client::builder()
            .user_agent(concat!("licensebot/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(patience.connect)
            .pool_idle_timeout(Duration::from_secs(60))
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .gzip(true);
        if root.scheme() == "https" {
            client = client.https_only(true);
        } else {
            // Loading the system's roots takes longer than the whole start of a demo.
            client = client.tls_built_in_root_certs(false);
        }
        if is_loopback(root) {
            client = client.no_proxy();
        }
        client.build().map(Self).map_err(|error| GraphSettingsError::Client(innermost(&error)))
    }

    /// Sends the call, once. `time` covers everything up to the last byte of the answer.
    pub(super) async fn send(&self, call: &Call, bearer: Option<&HeaderValue>, time: Duration) -> Sent {
        let mut request = self
            .0
            .request(call.method.clone(), call.url.clone())
            .timeout(time)
            .header(CLIENT_REQUEST_ID, call.id.to_string())
            .header(header::ACCEPT, "application/json");
        if let Some(bearer) = bearer {
            request = request.header(header::AUTHORIZATION, bearer.clone());
        }
        request = match &call.body {
            Some(Body::Json(bytes)) => request.header(header::CONTENT_TYPE, "application/json").body(bytes.clone()),
            Some(Body::Form(form)) => {
                request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.clone())
            }
            None => request,
        };
        match request.send().await {
            Ok(response) => Sent::Answered(receive(response).await),
            Err(error) if error.is_connect() || error.is_builder() => Sent::Not(innermost(&error)),
            Err(error) => Sent::Lost(innermost(&error)),
        }
    }
}

async fn receive(mut response: reqwest::Response) -> Reply {
    let status = response.status().as_u16();
    let retry_after = text(response.headers(), header::RETRY_AFTER).map(str::to_owned);
    let is_json = text(response.headers(), header::CONTENT_TYPE).is_some_and(is_json);
    let content = match whole_body(&mut response).await {
        Err(why) => Content::Broken(why),
        Ok(body) if body.is_empty() => Content::Empty,
        Ok(body) if is_json => Content::Json(body),
        Ok(_) => Content::Foreign,
    };
    Reply { status, retry_after, content }
}

async fn whole_body(response: &mut reqwest::Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| innermost(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(format!("the answer is larger than {LARGEST_ANSWER} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// `application/json`, with whatever parameters.
pub(super) fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

/// The cause of an error, without the address: there may be a name in it.
fn innermost(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it took too long".to_owned();
    }
    let mut cause = error.source();
    while let Some(deeper) = cause.and_then(|cause| cause.source()) {
        cause = Some(deeper);
    }
    let words = cause.map_or_else(|| "the call failed".to_owned(), ToString::to_string);
    // The system's number for it tells nobody anything.
    words.split(" (os error ").next().unwrap_or_default().to_owned()
}

impl Content {
    /// The body as JSON of this shape.
    ///
    /// # Errors
    /// It is not; with the reason, which quotes nothing of the body but names of fields.
    pub(super) fn parse<T: DeserializeOwned>(&self) -> Result<T, Unparsed> {
        let garbled = |why: &str| Unparsed::Garbled(why.to_owned());
        match self {
            Self::Json(bytes) => serde_json::from_slice(bytes).map_err(|error| match error.classify() {
                serde_json::error::Category::Data => Unparsed::OtherShape(shape(&error)),
                _ => garbled("the JSON is cut off or broken"),
            }),
            Self::Empty => Err(garbled("the answer is empty")),
            Self::Foreign => Err(garbled("the answer is no JSON")),
            Self::Broken(why) => Err(garbled(why)),
        }
    }
}

/// Why an answer could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unparsed {
    /// Damaged on the way, or from something in between.
    Garbled(String),
    /// Whole, but not what this version knows.
    OtherShape(String),
}

/// What a JSON error says about the shape, without the values that it quotes.
pub(super) fn shape(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if let Some((_, missing)) = text.split_once("missing field ") {
        return format!("no field {}", missing.split(' ').next().unwrap_or_default());
    }
    format!("unexpected value at line {} column {}", error.line(), error.column())
}

impl std::fmt::Debug for Body {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Json(bytes) => write!(formatter, "Json({} bytes)", bytes.len()),
            Self::Form(_) => formatter.write_str("Form([REDACTED])"),
        }
    }
}
