//! What comes in: method, path, query, headers and body of one Graph call, alone or inside a batch. Only taken apart
//! here, never judged.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use url::form_urlencoded;

/// One call.
#[derive(Clone, Debug)]
pub(in crate::sandbox) struct GraphRequest {
    pub(super) method: Method,
    /// Segments behind the version, decoded; `name('key')` stands as two.
    pub(super) segments: Vec<String>,
    /// The path behind the version as it was written, for links.
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// The path is not UTF-8 behind its percent signs, or a percent sign stands alone.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadPath;

impl GraphRequest {
    /// Takes a path such as `/users/ana%40northwind.example?$select=id` apart.
    pub(super) fn parse(method: Method, target: &str, headers: HeaderMap, body: Bytes) -> Result<Self, BadPath> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = path.trim_matches('/');
        let mut segments = Vec::new();
        for segment in path.split('/') {
            push_segment(&mut segments, decode(segment)?);
        }
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Ok(Self { method, segments, path: format!("/{path}"), query, headers, body })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// OData's other way to write a key: `users('ana@…')` is `users/ana@…`.
fn push_segment(segments: &mut Vec<String>, segment: String) {
    let keyed = segment.strip_suffix("')").and_then(|open| open.split_once("('"));
    match keyed.filter(|(name, _)| !name.is_empty()) {
        Some((name, key)) => segments.extend([name.to_owned(), key.replace("''", "'")]),
        None => segments.push(segment),
    }
}

fn decode(segment: &str) -> Result<String, BadPath> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16)).ok_or(BadPath);
            let value = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(value).map_err(|_| BadPath)?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| BadPath)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segments(target: &str) -> Result<Vec<String>, BadPath> {
        GraphRequest::parse(Method::GET, target, HeaderMap::new(), Bytes::new()).map(|request| request.segments)
    }

    #[test]
    fn a_key_is_read_however_it_is_written() {
        let expected = vec!["users".to_owned(), "gus_fabrikam.example#EXT#@northwind.example".into(), "manager".into()];
        assert_eq!(segments("/users/gus_fabrikam.example%23EXT%23%40northwind.example/manager"), Ok(expected.clone()));
        assert_eq!(segments("users('gus_fabrikam.example%23EXT%23@northwind.example')/manager/"), Ok(expected));
        assert_eq!(segments("/users('o''hara')"), Ok(vec!["users".to_owned(), "o'hara".into()]));
    }

    #[test]
    fn a_broken_percent_sign_is_no_path() {
        for target in ["/users/%", "/users/%4", "/users/%zz", "/users/%ff"] {
            assert_eq!(segments(target), Err(BadPath), "{target}");
        }
    }
}
