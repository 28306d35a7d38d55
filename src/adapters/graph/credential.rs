//! What the app proves with who it is. Never shows it.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::certificate::{Claims, ClientCertificate, Expiry};

/// How an assertion is to be read, for Entra.
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A secret, which travels, or a certificate, whose key never does.
#[derive(Clone, Debug)]
pub enum Credential {
    /// The Value of a client secret.
    Secret(SecretString),
    /// A registered certificate with its private key.
    Certificate(Arc<ClientCertificate>),
}

impl Credential {
    /// When it ends, as far as it says so itself: a secret does not.
    pub fn expiry(&self, now: Timestamp) -> Expiry {
        match self {
            Self::Secret(_) => Expiry::Far,
            Self::Certificate(certificate) => certificate.expiry(now),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Secret(secret) if secret.expose_secret().trim().is_empty())
    }

    /// The fields of a token request that prove who asks; none when nothing could be signed.
    pub(super) fn fields(&self, claims: &Claims<'_>) -> Option<Vec<(&'static str, SecretString)>> {
        match self {
            Self::Secret(secret) => Some(vec![("client_secret", secret.clone())]),
            Self::Certificate(certificate) => {
                let assertion = certificate.assertion(claims)?;
                Some(vec![("client_assertion_type", ASSERTION_TYPE.into()), ("client_assertion", assertion)])
            }
        }
    }
}
