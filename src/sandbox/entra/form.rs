//! What a call to the token endpoint carries. Believes nothing of it.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::TokenCall;
use super::error::EntraError;

/// The form fields; client id and secret may come as HTTP Basic instead.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn read(call: &TokenCall<'_>) -> Self {
        let mut fields: Vec<_> = form_urlencoded::parse(call.body).into_owned().collect();
        fields.extend(basic(call.headers).into_iter().flatten());
        Self(fields)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(key, value)| key == name && !value.is_empty());
        field.map(|(_, value)| value.as_str())
    }

    pub(super) fn need(&self, name: &str) -> Result<&str, EntraError> {
        self.get(name).ok_or_else(|| EntraError::missing(name))
    }
}

fn basic(headers: &HeaderMap) -> Option<[(String, String); 2]> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':').filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    // RFC 6749, 2.3.1: both are form-encoded before they are joined.
    let plain = |text: &str| {
        let pairs = format!("v={text}");
        form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some([("client_id".to_owned(), plain(id)?), ("client_secret".to_owned(), plain(secret)?)])
}
