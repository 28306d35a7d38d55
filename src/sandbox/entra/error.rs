//! The token endpoint's refusals, in Entra's words (AADSTS codes). Clients show these texts to administrators.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::x509::Certificate;

/// Where Entra sends whoever made a wrong assertion.
const ASSERTIONS: &str = "https://learn.microsoft.com/entra/identity-platform/certificate-credentials";

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

    pub(super) fn wrong_secret(app: Uuid) -> Self {
        let text = format!(
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, \
             not the client secret ID, for a secret added to app '{app}'."
        );
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 7_000_215, text)
    }

    pub(super) fn expired_secret(app: Uuid) -> Self {
        let text = format!(
            "The provided client secret keys for app '{app}' are expired. Visit the Azure portal to create new keys for \
             your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: \
             https://aka.ms/certCreds."
        );
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 7_000_222, text)
    }

    pub(super) fn no_secret() -> Self {
        let text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 7_000_218, text.into())
    }

    /// Not three parts, not JSON, or without what every assertion has to say.
    pub(super) fn malformed_assertion() -> Self {
        let text = "JWT token is invalid or malformed.";
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", 50_027, text.into())
    }

    pub(super) fn no_certificate_named() -> Self {
        let text = "Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor keyId \
                    specified in token header.";
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 5_002_723, text.into())
    }

    pub(super) fn unsupported_algorithm() -> Self {
        let text = "Invalid JWT token. Unsupported key for the signing algorithm.";
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", 5_002_730, text.into())
    }

    pub(super) fn subject_is_not_issuer() -> Self {
        let text = "Subject must match the issuer claim in the client assertion.";
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 50_048, text.into())
    }

    pub(super) fn other_issuer() -> Self {
        let text = format!(
            "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at \
             {ASSERTIONS} ."
        );
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 700_021, text)
    }

    pub(super) fn other_audience() -> Self {
        let text = format!(
            "Client assertion audience claim does not match Realm issuer. Review the documentation at {ASSERTIONS} ."
        );
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 700_023, text)
    }

    pub(super) fn no_federation(subject: &str) -> Self {
        let text = format!(
            "No matching federated identity record found for presented assertion subject '{subject}'. Check your \
             federated identity credential Subject, Audience and Issuer against the presented assertion. \
             https://learn.microsoft.com/entra/workload-id/workload-identity-federation"
        );
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 700_213, text)
    }

    pub(super) fn not_now(now: Timestamp, from: Timestamp, until: Timestamp) -> Self {
        let [now, from, until] = [now, from, until].map(|time| time.strftime("%Y-%m-%dT%H:%M:%S%.7fZ").to_string());
        let text = format!(
            "Client assertion is not within its valid time range. Current time: {now}, assertion valid from {from}, \
             expiry time of assertion {until}. Review the documentation at {ASSERTIONS} ."
        );
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 700_024, text)
    }

    pub(super) fn unknown_certificate() -> Self {
        let text = "The certificate with identifier used to sign the client assertion is not registered on \
                    application. [Reason - The key was not found.]";
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 700_027, text.into())
    }

    pub(super) fn expired_certificate(thumbprint: &str, certificate: &Certificate) -> Self {
        Self::invalid_signature("The key used is expired.", thumbprint, certificate)
    }

    pub(super) fn wrong_signature(thumbprint: &str, certificate: &Certificate) -> Self {
        let reason = "The provided signature value did not match the expected signature value.";
        Self::invalid_signature(reason, thumbprint, certificate)
    }

    fn invalid_signature(reason: &str, thumbprint: &str, certificate: &Certificate) -> Self {
        let [start, end] = [certificate.not_before(), certificate.not_after()]
            .map(|time| time.strftime("%m/%d/%Y %H:%M:%S").to_string());
        let text = format!(
            "Client assertion contains an invalid signature. [Reason - {reason}, Thumbprint of key used by client: \
             '{thumbprint}', Found key 'Start={start}, End={end}']"
        );
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", 700_027, text)
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
