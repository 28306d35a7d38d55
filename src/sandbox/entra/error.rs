//! The token endpoint's refusals, in Entra's words (AADSTS codes). Clients show these texts to administrators.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

/// One refusal: HTTP status, OAuth error, AADSTS number and text up to the trace lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntraError {
    pub(super) status: StatusCode,
    error: &'static str,
    code: u32,
    text: String,
}

/// The ids that Entra puts under every refusal.
pub(super) struct Trace {
    pub(super) trace: Uuid,
    pub(super) correlation: Uuid,
    pub(super) at: Timestamp,
}

impl EntraError {
    fn new(status: StatusCode, error: &'static str, code: u32, text: String) -> Self {
        Self { status, error, code, text }
    }

    pub(super) fn wrong_secret(app: &str) -> Self {
        let text = format!(
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, \
             not the client secret ID, for a secret added to app '{app}'."
        );
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 7_000_215, text)
    }

    pub(super) fn no_secret() -> Self {
        let text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 7_000_218, text.into())
    }

    pub(super) fn unknown_app(app: &str, tenant: &str) -> Self {
        let text = format!(
            "Application with identifier '{app}' was not found in the directory '{tenant}'. This can happen if the \
             application has not been installed by the administrator of the tenant or consented to by any user in the \
             tenant. You may have sent your authentication request to the wrong tenant."
        );
        Self::new(StatusCode::BAD_REQUEST, "unauthorized_client", 700_016, text)
    }

    pub(super) fn unknown_tenant(tenant: &str) -> Self {
        let text = format!(
            "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the \
             correct cloud. Check with your subscription administrator, this may happen if there are no active \
             subscriptions for the tenant."
        );
        Self::new(StatusCode::BAD_REQUEST, "invalid_tenant", 90_002, text)
    }

    pub(super) fn no_tenant_name(tenant: &str) -> Self {
        let text =
            format!("Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.");
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", 900_023, text)
    }

    pub(super) fn missing(parameter: &str) -> Self {
        let text = format!("The request body must contain the following parameter: '{parameter}'.");
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", 900_144, text)
    }

    pub(super) fn grant_type(grant: &str) -> Self {
        let text = format!("The app requested an unsupported grant type '{grant}'.");
        Self::new(StatusCode::BAD_REQUEST, "unsupported_grant_type", 70_003, text)
    }

    pub(super) fn scope(scope: &str) -> Self {
        let text =
            format!("The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.");
        Self::new(StatusCode::BAD_REQUEST, "invalid_scope", 70_011, text)
    }

    pub(super) fn only_post(method: &str) -> Self {
        let text = format!("The endpoint only accepts POST requests. Received a {method} request.");
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", 900_561, text)
    }

    /// The JSON body.
    pub(super) fn body(&self, trace: &Trace) -> Value {
        let at = trace.at.strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let description = format!(
            "AADSTS{}: {}\r\nTrace ID: {}\r\nCorrelation ID: {}\r\nTimestamp: {at}",
            self.code, self.text, trace.trace, trace.correlation
        );
        json!({
            "error": self.error,
            "error_description": description,
            "error_codes": [self.code],
            "timestamp": at,
            "trace_id": trace.trace,
            "correlation_id": trace.correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.code),
        })
    }
}
