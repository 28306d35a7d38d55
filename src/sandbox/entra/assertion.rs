//! An app that proves by a signature that it holds a registered certificate's key (RFC 7523). Never takes a key from the
//! assertion itself: what is not registered proves nothing.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::EntraError;
use super::{CLOUDS, is_own};
use crate::sandbox::store::{Credentials, Registered, Thumbprint, hex};
use crate::sandbox::tenant::{App, Tenant};

/// `client_assertion_type`
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// For whom tokens of other issuers are made, which an app could trust instead of a certificate.
const FEDERATED: &str = "api://AzureADTokenExchange";

/// How far a client's clock may be off. Believed: it is the default of Microsoft's own libraries.
const LEEWAY: SignedDuration = SignedDuration::from_mins(5);

/// An assertion that has the right form, and nothing more.
pub(super) struct Assertion<'a> {
    signed: &'a [u8],
    signature: Vec<u8>,
    header: Header,
    claims: Claims,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(rename = "x5t#S256")]
    x5t_s256: Option<String>,
    x5t: Option<String>,
    kid: Option<String>,
}

/// Times are seconds; some clients write fractions of them.
#[derive(Deserialize)]
struct Claims {
    aud: String,
    iss: String,
    sub: String,
    exp: f64,
    #[serde(default)]
    nbf: f64,
    /// Required, and not remembered: MSAL for JavaScript presents an assertion again until it expires.
    jti: String,
}

impl<'a> Assertion<'a> {
    pub(super) fn read(text: &'a str) -> Result<Self, EntraError> {
        let malformed = EntraError::malformed_assertion;
        let (signed, signature) = text.rsplit_once('.').ok_or_else(malformed)?;
        let (header, claims) = signed.split_once('.').ok_or_else(malformed)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| malformed())?;
        let (header, claims) = (part::<Header>(header)?, part::<Claims>(claims)?);
        if claims.jti.is_empty() || seconds(claims.exp).is_none() || seconds(claims.nbf).is_none() {
            return Err(malformed());
        }
        Ok(Self { signed: signed.as_bytes(), signature, header, claims })
    }

    /// Is it this app's, for this tenant, now, and signed by a registered certificate? The order is believed, not proven.
    pub(super) fn check(
        &self,
        tenant: &Tenant,
        app: &App,
        now: Timestamp,
        credentials: &Credentials,
    ) -> Result<(), EntraError> {
        let claims = &self.claims;
        if claims.aud == FEDERATED {
            return Err(EntraError::no_federation(&claims.sub));
        }
        if claims.iss != claims.sub {
            return Err(EntraError::subject_is_not_issuer());
        }
        if !claims.iss.eq_ignore_ascii_case(&app.client_id.to_string()) {
            return Err(EntraError::other_issuer());
        }
        if !is_for(tenant, &claims.aud) {
            return Err(EntraError::other_audience());
        }
        self.check_time(now)?;
        self.check_signature(&credentials.certificates(app.client_id), now)
    }

    fn check_time(&self, now: Timestamp) -> Result<(), EntraError> {
        let (Some(from), Some(until)) = (seconds(self.claims.nbf), seconds(self.claims.exp)) else {
            return Err(EntraError::malformed_assertion());
        };
        let (after, before) = (now.duration_since(from), until.duration_since(now));
        let is_in_time = after >= -LEEWAY && before > -LEEWAY;
        if is_in_time { Ok(()) } else { Err(EntraError::not_now(now, from, until)) }
    }

    /// The certificate is found by its name, never by its key: the same key in another certificate is not registered.
    fn check_signature(&self, registered: &[Arc<Registered>], now: Timestamp) -> Result<(), EntraError> {
        let algorithm = algorithm(&self.header.alg).ok_or_else(EntraError::unsupported_algorithm)?;
        let (kind, thumbprint) = self.header.certificate()?;
        let found = registered.iter().find(|registered| registered.is(kind, &thumbprint));
        let certificate = &found.ok_or_else(EntraError::unknown_certificate)?.certificate;
        let thumbprint = hex(&thumbprint);
        let key = UnparsedPublicKey::new(algorithm, certificate.public_key());
        if key.verify(self.signed, &self.signature).is_err() {
            return Err(EntraError::wrong_signature(&thumbprint, certificate));
        }
        if !certificate.is_valid_at(now) {
            return Err(EntraError::expired_certificate(&thumbprint, certificate));
        }
        Ok(())
    }
}

impl Header {
    /// What the client calls the certificate. A `kid` is the SHA-1 thumbprint in hexadecimal digits.
    fn certificate(&self) -> Result<(Thumbprint, Vec<u8>), EntraError> {
        let named = |kind, bytes: Option<Vec<u8>>| bytes.map(|bytes| (kind, bytes));
        let base64 = |text: &String| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        match (&self.x5t_s256, &self.x5t, &self.kid) {
            (Some(sha256), _, _) => named(Thumbprint::Sha256, base64(sha256)),
            (None, Some(sha1), _) => named(Thumbprint::Sha1, base64(sha1)),
            (None, None, Some(kid)) => named(Thumbprint::Sha1, bytes_of(kid)),
            (None, None, None) => return Err(EntraError::no_certificate_named()),
        }
        .ok_or_else(EntraError::unknown_certificate)
    }
}

fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&String::from_iter(pair), 16).ok()).collect()
}

fn algorithm(name: &str) -> Option<&'static dyn VerificationAlgorithm> {
    match name {
        "PS256" => Some(&RSA_PSS_2048_8192_SHA256),
        "RS256" => Some(&RSA_PKCS1_2048_8192_SHA256),
        _ => None,
    }
}

/// The token endpoint or the issuer of this tenant, in any cloud or at the sandbox itself.
fn is_for(tenant: &Tenant, audience: &str) -> bool {
    let ends = ["/oauth2/v2.0/token", "/v2.0"];
    let Some(realm) = ends.iter().find_map(|end| audience.strip_suffix(end)) else { return false };
    let Some((root, name)) = realm.rsplit_once('/') else { return false };
    let is_entra = is_own(root) || CLOUDS.iter().any(|(login, _)| *login == root);
    is_entra && super::check_tenant(tenant, name).is_ok()
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, EntraError> {
    let json = URL_SAFE_NO_PAD.decode(text).ok();
    json.and_then(|json| serde_json::from_slice(&json).ok()).ok_or_else(EntraError::malformed_assertion)
}

/// The instant so many seconds after 1970; none that the calendar does not have.
fn seconds(seconds: f64) -> Option<Timestamp> {
    let since = SignedDuration::try_from_secs_f64(seconds).ok()?;
    Timestamp::UNIX_EPOCH.checked_add(since).ok()
}
