//! A certificate and its private key, and the assertions that they sign: how an app proves who it is without a secret that
//! travels. Never shows the key, and never sends anything.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use ring::digest;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PSS_SHA256, RsaKeyPair};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::x509::{Certificate, X509Error};

/// How long an assertion is worth something: as long as Microsoft recommends at most.
const LIFE: SignedDuration = SignedDuration::from_mins(10);

/// So long before the end an administrator is warned.
const NOTICE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A certificate that is registered on the app, with its private key.
pub struct ClientCertificate {
    certificate: Certificate,
    /// Lives as long as the client does; the text that it was read from does not.
    key: RsaKeyPair,
}

/// Why a certificate and a key cannot be used, to stand behind the name of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// The certificate's file.
    #[error("{0}; write the certificate as PEM, for an RSA key")]
    Certificate(#[from] X509Error),
    /// There is no key in the file.
    #[error("holds no private key, which begins with -----BEGIN PRIVATE KEY-----; write the key as PEM")]
    NoKey,
    /// There is one, under a passphrase.
    #[error("holds a private key under a passphrase; write it without one: `openssl pkey -in OLD -out NEW`")]
    Locked,
    /// There is one that signs nothing for Entra.
    #[error("holds a private key that cannot be used; RSA with 2048 to 4096 bits is wanted")]
    UnusableKey,
    /// Each is fine, and they do not belong together.
    #[error("holds the private key of another certificate; name the key that [graph] certificate was made with")]
    OtherKey,
}

/// When a certificate ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// Not in the next 30 days, or nobody knows.
    Far,
    /// In the next 30 days, then.
    Soon(Timestamp),
    /// It has ended, then.
    Past(Timestamp),
    /// It is not valid before then.
    NotYet(Timestamp),
}

/// What an assertion is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claims<'a> {
    /// The token endpoint, as Microsoft names it.
    pub(super) audience: &'a str,
    pub(super) client_id: Uuid,
    /// Different each time.
    pub(super) id: Uuid,
    pub(super) now: Timestamp,
}

impl ClientCertificate {
    /// Reads both from PEM: of several certificates the first, of keys PKCS#8 or PKCS#1.
    ///
    /// # Errors
    /// One of them cannot be used, or they do not belong together.
    pub fn from_pem(certificate: &str, private_key: &SecretString) -> Result<Self, CertificateError> {
        let certificate = Certificate::from_pem(certificate)?;
        let key = key(private_key.expose_secret())?;
        if key.public().as_ref() != certificate.public_key() {
            return Err(CertificateError::OtherKey);
        }
        Ok(Self { certificate, key })
    }

    /// When it ends, seen from `now`.
    pub fn expiry(&self, now: Timestamp) -> Expiry {
        let (start, end) = (self.certificate.not_before(), self.certificate.not_after());
        match end.duration_since(now) {
            left if left.is_negative() => Expiry::Past(end),
            _ if now < start => Expiry::NotYet(start),
            left if left <= NOTICE => Expiry::Soon(end),
            _ => Expiry::Far,
        }
    }

    /// An assertion that this app asks for a token, good for ten minutes. None when the key signs nothing, which no key does
    /// that could be read.
    pub(super) fn assertion(&self, claims: &Claims<'_>) -> Option<SecretString> {
        let thumbprint = digest::digest(&digest::SHA256, self.certificate.der());
        let header = json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": URL_SAFE_NO_PAD.encode(thumbprint) });
        let from = claims.now.as_second();
        let said = json!({
            "aud": claims.audience, "iss": claims.client_id, "sub": claims.client_id, "jti": claims.id,
            "nbf": from, "iat": from, "exp": from + LIFE.as_secs(),
        });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(&said));
        let mut signature = vec![0; self.key.public().modulus_len()];
        // The salt and the blinding: ring takes randomness for them from nobody but itself.
        self.key.sign(&RSA_PSS_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).ok()?;
        Some(SecretString::from(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))))
    }
}

fn key(pem: &str) -> Result<RsaKeyPair, CertificateError> {
    if pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || pem.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(CertificateError::Locked);
    }
    let mut der = match PrivateKeyDer::from_pem_slice(pem.as_bytes()) {
        Ok(der) => der,
        Err(rustls_pki_types::pem::Error::NoItemsFound) => return Err(CertificateError::NoKey),
        Err(_) => return Err(CertificateError::UnusableKey),
    };
    let key = match &der {
        PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).ok(),
        PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()).ok(),
        _ => None,
    };
    der.zeroize();
    key.ok_or(CertificateError::UnusableKey)
}

impl CertificateError {
    /// Whether it is the private key's file that is wrong, and not the certificate's.
    pub fn is_of_key(self) -> bool {
        !matches!(self, Self::Certificate(_))
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let until = self.certificate.not_after();
        formatter.debug_struct("ClientCertificate").field("not_after", &until).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOT: &str = include_str!("../../../tests/certificates/bot.pem");
    const RENEWED: &str = include_str!("../../../tests/certificates/renewed.pem");
    const OTHER: &str = include_str!("../../../tests/certificates/other.pem");
    const KEY: &str = include_str!("../../../tests/certificates/bot.key");
    const PKCS1: &str = include_str!("../../../tests/certificates/bot.pkcs1.key");
    const LOCKED: &str = include_str!("../../../tests/certificates/bot.locked.key");

    fn read(certificate: &str, key: &str) -> Result<ClientCertificate, CertificateError> {
        ClientCertificate::from_pem(certificate, &SecretString::from(key))
    }

    #[test]
    fn both_forms_of_a_key_are_read_and_a_file_with_both_parts_too() {
        for (certificate, key) in [(BOT, KEY), (BOT, PKCS1), (RENEWED, KEY)] {
            assert!(read(certificate, key).is_ok());
        }
        let both = format!("{KEY}{BOT}{OTHER}");
        assert!(read(&both, &both).is_ok());
    }

    #[test]
    fn what_cannot_be_used_is_told_with_what_to_do_and_of_the_right_file() {
        let why = |certificate: &str, key: &str| read(certificate, key).unwrap_err();
        assert_eq!(why(KEY, KEY), CertificateError::Certificate(X509Error::NoPem));
        assert_eq!(why(BOT, BOT), CertificateError::NoKey);
        assert_eq!(why(BOT, LOCKED), CertificateError::Locked);
        assert_eq!(why(BOT, &KEY.replace('M', "!")), CertificateError::UnusableKey);
        assert_eq!(why(OTHER, KEY), CertificateError::OtherKey);
        let curve = include_str!("../../../tests/certificates/ec.pem");
        assert_eq!(why(curve, KEY), CertificateError::Certificate(X509Error::NotRsa));
        assert_eq!(why(BOT, include_str!("../../../tests/certificates/ec.key")), CertificateError::UnusableKey);
        let small = (
            include_str!("../../../tests/certificates/small.pem"),
            include_str!("../../../tests/certificates/small.key"),
        );
        assert_eq!(why(small.0, small.1), CertificateError::UnusableKey);
        assert!(why(OTHER, KEY).is_of_key() && !why(KEY, KEY).is_of_key());
        assert_eq!(
            why(KEY, KEY).to_string(),
            "holds no certificate, which begins with -----BEGIN CERTIFICATE-----; write the certificate as PEM, for an RSA key"
        );
    }

    #[test]
    fn the_end_is_announced_thirty_days_before() {
        let certificate = read(RENEWED, KEY).unwrap();
        let (start, end): (Timestamp, Timestamp) =
            ("2026-01-01T00:00:00Z".parse().unwrap(), "2027-01-01T00:00:00Z".parse().unwrap());
        let at = |time: &str| certificate.expiry(time.parse().unwrap());
        assert_eq!(at("2025-12-31T23:59:59Z"), Expiry::NotYet(start));
        assert_eq!(at("2026-12-01T23:59:59Z"), Expiry::Far);
        assert_eq!(at("2026-12-02T00:00:00Z"), Expiry::Soon(end));
        assert_eq!(at("2027-01-01T00:00:00Z"), Expiry::Soon(end));
        assert_eq!(at("2027-01-01T00:00:01Z"), Expiry::Past(end));
    }

    #[test]
    fn it_can_be_shown_without_the_key() {
        let shown = format!("{:?}", read(BOT, KEY).unwrap());
        assert_eq!(shown, "ClientCertificate { not_after: 2125-01-01T00:00:00Z, .. }");
    }
}
