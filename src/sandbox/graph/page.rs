//! Paging: pages end in an absolute link whose token only this tenant can make. What a link holds is nobody's business
//! but this module's.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::error::GraphError;
use super::query::Query;
use super::reply::Meta;
use super::request::GraphRequest;
use crate::sandbox::entra::token::signature;

/// One page of things that have a place in a list that never changes.
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    /// The place behind which the next page begins.
    next: Option<usize>,
    /// How many there are on all pages.
    total: usize,
}

/// Cuts the page that the query asks for. `all` must be in the order of places.
pub(super) fn cut<T>(
    all: Vec<(usize, T)>,
    query: &Query,
    request: &GraphRequest,
    size: usize,
    key: &[u8],
) -> Result<Page<T>, GraphError> {
    let behind = query.skip_token.as_deref().map(|token| read(token, &request.path, key)).transpose()?;
    let size = query.top.unwrap_or(size);
    let total = all.len();
    let mut rest = all.into_iter().skip_while(|(place, _)| behind.is_some_and(|behind| *place <= behind));
    let page: Vec<(usize, T)> = rest.by_ref().take(size).collect();
    let last = page.last().map(|(place, _)| *place);
    let next = rest.next().and(last);
    Ok(Page { items: page.into_iter().map(|(_, item)| item).collect(), next, total })
}

impl<T> Page<T> {
    /// The collection as Graph writes it.
    pub(super) fn body(
        self,
        context: &str,
        request: &GraphRequest,
        query: &Query,
        meta: &Meta,
        key: &[u8],
        write: impl Fn(T) -> Value,
    ) -> Map<String, Value> {
        let mut body = Map::new();
        body.insert("@odata.context".into(), meta.context(context));
        if query.count {
            body.insert("@odata.count".into(), self.total.into());
        }
        if let Some(place) = self.next {
            body.insert("@odata.nextLink".into(), link(place, request, meta, key).into());
        }
        body.insert("value".into(), self.items.into_iter().map(write).collect());
        body
    }
}

fn link(place: usize, request: &GraphRequest, meta: &Meta, key: &[u8]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in request.query.iter().filter(|(name, _)| name != "$skiptoken") {
        query.append_pair(name, value);
    }
    query.append_pair("$skiptoken", &write(place, &request.path, key));
    format!("{}/v1.0{}?{}", meta.origin, request.path, query.finish())
}

/// Place and seal: a token of another path, or one that somebody made up, is not one.
fn write(place: usize, path: &str, key: &[u8]) -> String {
    let mut bytes = u64::try_from(place).unwrap_or(u64::MAX).to_be_bytes().to_vec();
    bytes.extend(seal(&bytes, path, key));
    URL_SAFE_NO_PAD.encode(bytes)
}

fn read(token: &str, path: &str, key: &[u8]) -> Result<usize, GraphError> {
    let place = || {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (place, sealed) = bytes.split_first_chunk::<8>()?;
        let place = (seal(place, path, key) == sealed).then(|| u64::from_be_bytes(*place))?;
        usize::try_from(place).ok()
    };
    place().ok_or_else(|| {
        let message = "Specified page token value has expired and can no longer be included in your request.";
        GraphError::new(axum::http::StatusCode::BAD_REQUEST, "Directory_ExpiredPageToken", message)
    })
}

fn seal(place: &[u8], path: &str, key: &[u8]) -> Vec<u8> {
    let mut seal = signature(&[b"page", place, path.as_bytes()].concat(), key);
    seal.truncate(12);
    seal
}
