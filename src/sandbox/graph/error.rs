//! Graph's refusals: the envelope, and the texts that are not about licenses. Clients match on them, so they are
//! Microsoft's words where those are known.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use serde_json::json;

use super::reply::{Meta, Reply};

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sandbox) struct GraphError {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) message: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl GraphError {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), headers: Vec::new() }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Request_BadRequest", message)
    }

    /// What Graph's gateway refuses before a service sees it.
    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    pub(super) fn invalid_json() -> Self {
        Self::malformed(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON \
             format.",
        )
    }

    pub(super) fn unsupported_query(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", message)
    }

    /// Something that only the advanced index does, without what switches that on. Newer answers name the operator.
    pub(super) fn needs_advanced() -> Self {
        Self::unsupported_query("Unsupported Query.")
    }

    pub(super) fn count_needs_header() -> Self {
        Self::bad_request("$count is not currently supported.")
    }

    pub(super) fn search_needs_header() -> Self {
        Self::unsupported_query(
            "Request with $search query parameter only works through MSGraph with a special request header: \
             'ConsistencyLevel: eventual'",
        )
    }

    /// The property is filtered by the advanced index, and the call does not ask for it.
    pub(super) fn not_indexed() -> Self {
        Self::unsupported_query("The request uses a filter property that is not indexed")
    }

    /// The property is not filtered at all, or not in this way.
    pub(super) fn not_filterable(property: &str, resource: &str) -> Self {
        Self::unsupported_query(format!(
            "Unsupported or invalid query filter clause specified for property '{property}' of resource '{resource}'."
        ))
    }

    /// From memory: documented is only that this is refused.
    pub(super) fn not_sortable() -> Self {
        Self::unsupported_query("Sorting not supported for current query.")
    }

    /// From memory: the words of OData's own reader.
    pub(super) fn incompatible(own: &str, other: &str) -> Self {
        Self::malformed(format!(
            "Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '{own}' \
             and '{other}' for operator kind 'Equal'."
        ))
    }

    pub(super) fn not_found(what: &str) -> Self {
        let message = format!(
            "Resource '{what}' does not exist or one of its queried reference-property objects are not present."
        );
        Self::new(StatusCode::NOT_FOUND, "Request_ResourceNotFound", message)
    }

    pub(super) fn no_segment(segment: &str) -> Self {
        Self::malformed(format!("Resource not found for the segment '{segment}'."))
    }

    pub(super) fn method_not_allowed() -> Self {
        let message = "Specified HTTP method is not allowed for the request target.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "Request_BadRequest", message)
    }

    pub(super) fn denied() -> Self {
        let message = "Insufficient privileges to complete the operation.";
        Self::new(StatusCode::FORBIDDEN, "Authorization_RequestDenied", message)
    }

    pub(super) fn unauthorized(message: &str) -> Self {
        let challenge = HeaderValue::from_static("Bearer realm=\"\", authorization_uri=\"/oauth2/authorize\"");
        let mut error = Self::new(StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken", message);
        error.headers.push((header::WWW_AUTHENTICATE, challenge));
        error
    }

    /// The real service has this and the sandbox does not: saying so beats an answer that looks like "none".
    pub(super) fn not_in_sandbox(what: &str) -> Self {
        let message = format!("The sandbox does not keep '{what}'.");
        Self::new(StatusCode::NOT_IMPLEMENTED, "notImplemented", message)
    }

    pub(super) fn unavailable() -> Self {
        Self::ordered(StatusCode::SERVICE_UNAVAILABLE, None)
    }

    /// What a service out of order says, with the code and text usual for the status.
    pub(super) fn ordered(status: StatusCode, retry_after: Option<HeaderValue>) -> Self {
        let (code, message) = match status.as_u16() {
            401 => ("InvalidAuthenticationToken", "Access token validation failure."),
            403 => ("Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
            409 => (
                "Directory_ConcurrencyViolation",
                "Error due to concurrent requests being made to the tenant. Please wait briefly and retry.",
            ),
            429 => ("TooManyRequests", "Too many requests. Please try again later."),
            500 => ("generalException", "An unspecified error has occurred."),
            502 => ("BadGateway", "The gateway received an invalid response from the service behind it."),
            503 => ("serviceNotAvailable", "The service is temporarily unavailable. Please try again later."),
            504 => ("GatewayTimeout", "The service behind the gateway did not answer in time."),
            _ => ("UnknownError", "The call did not succeed."),
        };
        let mut error = Self::new(status, code, message);
        error.headers.extend(retry_after.map(|value| (header::RETRY_AFTER, value)));
        error
    }

    /// The refusal as it goes out.
    pub(super) fn reply(self, meta: &Meta) -> Reply {
        let body = json!({
            "error": {
                "code": self.code,
                "message": self.message,
                "innerError": {
                    "date": meta.now.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
                    "request-id": meta.request_id,
                    "client-request-id": meta.client_request_id,
                }
            }
        });
        Reply { status: self.status, headers: self.headers, body: Some(body), plain: false }
    }
}
