//! Certificates of made-up apps, and assertions signed with their keys as any client would sign them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use serde_json::Value;

/// The bot's: from 2025 to 2125.
pub const BOT: &str = include_str!("../certificates/bot.pem");
pub const BOT_KEY: &str = include_str!("../certificates/bot.key");
/// Another certificate for the bot's key: the year 2026.
pub const RENEWED: &str = include_str!("../certificates/renewed.pem");
/// Another: the year 2020.
pub const EXPIRED: &str = include_str!("../certificates/expired.pem");
/// Another app's.
pub const OTHER: &str = include_str!("../certificates/other.pem");
pub const OTHER_KEY: &str = include_str!("../certificates/other.key");
/// On an elliptic curve.
pub const ELLIPTIC: &str = include_str!("../certificates/ec.pem");

/// As `openssl x509 -fingerprint` shows the bot's.
pub const BOT_SHA1: &str = "B3B6107EC47542536CDC096B631DD67E9BACCB02";
pub const BOT_SHA256: &str = "1EC6F3B06FB73D23BD76A11BDA8270A50E36E9875E7E43AD7254EF2656DFF6FA";

/// `x5t#S256` of a certificate.
pub fn sha256(certificate: &str) -> String {
    thumbprint(&digest::SHA256, certificate)
}

/// `x5t` of a certificate.
pub fn sha1(certificate: &str) -> String {
    thumbprint(&digest::SHA1_FOR_LEGACY_USE_ONLY, certificate)
}

fn thumbprint(algorithm: &'static digest::Algorithm, certificate: &str) -> String {
    let der = CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap();
    URL_SAFE_NO_PAD.encode(digest::digest(algorithm, &der))
}

/// A JWT over these parts, signed as its `alg` says; what is neither PS256 nor RS256 gets an RS256 signature all the same.
pub fn sign(header: &Value, claims: &Value, key: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let key = PrivatePkcs8KeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let key = RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    let random = SystemRandom::new();
    let signing = if header["alg"] == "PS256" {
        key.sign(&RSA_PSS_SHA256, &random, signed.as_bytes(), &mut signature)
    } else {
        key.sign(&RSA_PKCS1_SHA256, &random, signed.as_bytes(), &mut signature)
    };
    signing.unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The claims of a JWT, whoever signed it.
pub fn part(token: &str, number: usize) -> Value {
    let text = token.split('.').nth(number).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}
