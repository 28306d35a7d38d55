//! The page and its parts, compiled in: nothing is read from disk, and nothing comes from elsewhere.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::error::{ApiError, Fault};
use crate::domain::text::Locale;

/// Only the page's own files run, show or are asked; nothing frames it.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const INDEX: &str = include_str!("../page/index.html");

macro_rules! assets {
    ($($file:literal),+ $(,)?) => {
        const ASSETS: &[(&str, &str)] = &[$(($file, include_str!(concat!("../page/", $file)))),+];
    };
}

assets!(
    "api.js",
    "app.js",
    "card.css",
    "card.js",
    "cards.js",
    "clock.js",
    "composer.css",
    "composer.js",
    "controls.css",
    "conversation.js",
    "dom.js",
    "head.js",
    "icon.svg",
    "layout.css",
    "message.js",
    "notices.js",
    "people.css",
    "people.js",
    "prefs.js",
    "sidebar.css",
    "sidebar.js",
    "stream.js",
    "strings.js",
    "suggestions.js",
    "theme.css",
    "theme.js",
    "time.js",
    "timeline.css",
    "timeline.js",
    "welcome.css",
    "welcome.js",
);

/// A file, ready to be sent.
#[derive(Debug)]
struct Served {
    text: &'static str,
    kind: &'static str,
    tag: String,
}

impl Served {
    fn new(name: &str, text: &'static str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let tag = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>();
        Self { text, kind: kind(name), tag: format!("\"{tag}\"") }
    }

    /// A browser asks each time whether what it has is still right.
    fn respond(&self, headers: &HeaderMap) -> Response {
        let caching = [(header::ETAG, self.tag.as_str()), (header::CACHE_CONTROL, "no-cache")];
        let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
        if known.flat_map(|tags| tags.split(',')).any(|tag| tag.trim().trim_start_matches("W/") == self.tag) {
            return (StatusCode::NOT_MODIFIED, caching).into_response();
        }
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(self.kind))];
        (caching, kind, self.text).into_response()
    }
}

static PAGE: LazyLock<Served> = LazyLock::new(|| Served::new("index.html", INDEX));
static SERVED: LazyLock<BTreeMap<&'static str, Served>> =
    LazyLock::new(|| ASSETS.iter().map(|(name, text)| (*name, Served::new(name, text))).collect());

/// `GET /`
pub(super) async fn index(headers: HeaderMap) -> Response {
    PAGE.respond(&headers)
}

/// `GET /assets/{file}`
pub(super) async fn asset(file: Result<Path<String>, PathRejection>, headers: HeaderMap) -> Response {
    match file.ok().and_then(|Path(file)| SERVED.get(file.as_str())) {
        Some(served) => served.respond(&headers),
        None => ApiError::new(Fault::UnknownPath, Locale::En).into_response(),
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_page_is_served() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/adapters/console/page");
        let files = std::fs::read_dir(folder).expect("the page is there");
        let mut names: Vec<String> = files
            .map(|file| file.expect("readable").file_name().into_string().expect("a plain name"))
            .filter(|name| name != "index.html")
            .collect();
        names.sort();
        let served: Vec<&str> = ASSETS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, served);
    }

    #[test]
    fn every_file_has_a_kind() {
        for (name, _) in ASSETS {
            assert_ne!(kind(name), "text/plain; charset=utf-8", "{name}");
        }
    }
}
