//! Paging: pages end in an absolute link whose token only this tenant can make. What a link holds is nobody's business
//! but this module's.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::call::Call;
use super::error::GraphError;
use super::filter::text;
use super::query::Query;
use super::reply::Reply;
use crate::sandbox::entra::token::signature;

/// A collection of directory objects, as one call asks for it.
pub(super) struct Listing<'a, T> {
    pub(super) call: &'a Call,
    pub(super) query: &'a Query,
    /// How `@odata.context` names the set.
    pub(super) context: String,
    /// Items on a page when the caller names no size.
    pub(super) size: usize,
    /// Everything in the set, in the order of places; a place never changes.
    pub(super) all: Vec<(usize, T)>,
}

impl<T: Copy> Listing<'_, T> {
    /// The page that is asked for, or the bare number of things for `…/$count`.
    ///
    /// # Errors
    /// A page token that is none (400).
    pub(super) fn answer(
        mut self,
        property: impl Fn(T, &str) -> Value,
        write: impl Fn(T) -> Value,
    ) -> Result<Reply, GraphError> {
        let query = self.query;
        let admitted = |(_, item): &(usize, T)| query.admits(&|name| property(*item, name));
        let total = (query.count || self.call.counting).then(|| self.all.iter().filter(|one| admitted(one)).count());
        if let Some(total) = total.filter(|_| self.call.counting) {
            return Ok(Reply::number(total));
        }
        self.sort(&property);
        let begin = self.begin()?;
        let mut rest = self.all.iter().skip(begin).filter(|one| admitted(one));
        let page: Vec<&(usize, T)> = rest.by_ref().take(query.top.unwrap_or(self.size)).collect();
        let next = rest.next().and(page.last()).map(|(place, _)| self.link(*place));
        let mut body = Map::new();
        body.insert("@odata.context".into(), self.call.meta.context(&self.context));
        body.extend(total.filter(|_| query.count).map(|total| ("@odata.count".into(), total.into())));
        body.extend(next.map(|link| ("@odata.nextLink".into(), link.into())));
        body.insert("value".into(), page.into_iter().map(|(_, item)| write(*item)).collect());
        Ok(Reply::ok(body))
    }

    /// Text without regard to case, what is absent first; what is equal stays in the order of places.
    fn sort(&mut self, property: &impl Fn(T, &str) -> Value) {
        for (name, descending) in self.query.order.iter().rev() {
            let key = |(_, item): &(usize, T)| text(&property(*item, name));
            if *descending {
                self.all.sort_by_cached_key(|one| std::cmp::Reverse(key(one)));
            } else {
                self.all.sort_by_cached_key(key);
            }
        }
    }

    /// Where the page begins in the list. What the last page ended with may be gone by now; its place is not.
    fn begin(&self) -> Result<usize, GraphError> {
        let Some(token) = self.query.skip_token.as_deref() else { return Ok(0) };
        let behind = read(token, &self.call.request.path, &self.call.key)?;
        if self.query.order.is_empty() {
            return Ok(self.all.partition_point(|(place, _)| *place <= behind));
        }
        let found = self.all.iter().position(|(place, _)| *place == behind);
        found.map(|place| place + 1).ok_or_else(expired)
    }

    fn link(&self, place: usize) -> String {
        let Call { request, meta, key, .. } = self.call;
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in request.query.iter().filter(|(name, _)| name != "$skiptoken") {
            query.append_pair(name, value);
        }
        query.append_pair("$skiptoken", &write(place, &request.path, key));
        format!("{}/v1.0{}?{}", meta.origin, request.path, query.finish())
    }
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
    place().ok_or_else(expired)
}

fn expired() -> GraphError {
    let message = "Specified page token value has expired and can no longer be included in your request.";
    GraphError::new(StatusCode::BAD_REQUEST, "Directory_ExpiredPageToken", message)
}

fn seal(place: &[u8], path: &str, key: &[u8]) -> Vec<u8> {
    let mut seal = signature(&[b"page", place, path.as_bytes()].concat(), key);
    seal.truncate(12);
    seal
}
