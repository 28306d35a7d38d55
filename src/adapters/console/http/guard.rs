//! Who may talk to the demo at all: people and programs on this machine. A page from elsewhere that makes its name point here
//! (DNS rebinding), or posts blindly, is refused before anything reads its call.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::{Host, Url};

use super::error::{ApiError, Fault};
use crate::domain::text::Locale;

/// Lets calls pass that name this machine and come from no foreign page.
pub(super) async fn loopback_only(request: Request, next: Next) -> Response {
    if is_local(request.uri(), request.headers()) {
        next.run(request).await
    } else {
        ApiError::new(Fault::ForeignHost, Locale::En).into_response()
    }
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

/// Is `host` or `host:port` a name of this machine that no name server decides on?
fn is_loopback(authority: &str) -> bool {
    if authority.contains(['/', '@', '?', '#', '\\']) {
        return false;
    }
    let Ok(url) = Url::parse(&format!("http://{authority}/")) else { return false };
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}
