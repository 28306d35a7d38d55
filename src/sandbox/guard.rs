//! Who may talk to the sandbox at all: programs and pages on this machine. A page from elsewhere that makes its name
//! point here (DNS rebinding), or posts blindly, is refused before anything reads its call.

use std::net::IpAddr;

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use url::Url;

/// Lets calls pass that name this machine and come from no foreign page.
pub(super) async fn loopback_only(request: Request, next: Next) -> Response {
    if is_local(request.uri(), request.headers()) { next.run(request).await } else { refusal() }
}

fn refusal() -> Response {
    let message = "The sandbox answers calls from this machine only: use http://127.0.0.1 or http://localhost.";
    let body = json!({ "error": { "code": "ForeignHost", "message": message } });
    (StatusCode::FORBIDDEN, Json(body)).into_response()
}

fn is_local(uri: &Uri, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter().map(HeaderValue::to_str);
    let named = match (hosts.next(), hosts.next()) {
        (Some(Ok(host)), None) => is_loopback(host),
        _ => false,
    };
    let absolute = uri.authority().is_none_or(|authority| is_loopback(authority.as_str()));
    named && absolute && headers.get(header::ORIGIN).is_none_or(is_local_page)
}

fn is_local_page(origin: &HeaderValue) -> bool {
    let authority = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    authority.is_some_and(|(_, authority)| is_loopback(authority))
}

/// Whether `host` or `host:port` is a name of this machine that no name server decides on.
pub(super) fn is_loopback(authority: &str) -> bool {
    if authority.contains(['/', '@', '?', '#', '\\']) {
        return false;
    }
    let Ok(url) = Url::parse(&format!("http://{authority}/")) else { return false };
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(url::Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for ours in ["localhost", "LOCALHOST:8090", "127.0.0.1", "127.0.0.1:1", "127.9.9.9:80", "[::1]:8090", "[::1]"] {
            assert!(is_loopback(ours), "{ours}");
        }
        for foreign in [
            "",
            "example.org",
            "localhost.example.org",
            "127.0.0.1.example.org",
            "evil@localhost",
            "localhost@evil",
            "10.0.0.1:8090",
            "0.0.0.0",
            "[::]:80",
            "localhost/x",
            "localhost:notaport",
        ] {
            assert!(!is_loopback(foreign), "{foreign}");
        }
    }
}
