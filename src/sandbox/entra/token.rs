//! Access tokens: real three-part JWTs, signed with the tenant's key, because clients peek into them. Never stored:
//! whether one is good is computed at every call.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

use crate::domain::ids::TenantId;

/// What a token says. Names as Entra writes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::sandbox) struct Claims {
    pub(in crate::sandbox) aud: String,
    pub(in crate::sandbox) iss: String,
    pub(in crate::sandbox) iat: i64,
    pub(in crate::sandbox) nbf: i64,
    pub(in crate::sandbox) exp: i64,
    pub(in crate::sandbox) app_displayname: String,
    pub(in crate::sandbox) appid: Uuid,
    pub(in crate::sandbox) idtyp: String,
    pub(in crate::sandbox) oid: Uuid,
    /// Absent when an administrator consented to nothing; such a token is issued all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::sandbox) roles: Vec<String>,
    pub(in crate::sandbox) sub: Uuid,
    pub(in crate::sandbox) tid: TenantId,
    pub(in crate::sandbox) ver: String,
}

/// Why a token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum TokenFlaw {
    Empty,
    Malformed,
    Signature,
    Audience,
    Expired,
}

#[derive(Serialize)]
struct Header {
    typ: &'static str,
    alg: &'static str,
}

/// Signs the claims.
pub(in crate::sandbox) fn issue(claims: &Claims, key: &[u8]) -> String {
    let head = part(&Header { typ: "JWT", alg: "HS256" });
    let signed = format!("{head}.{}", part(claims));
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature(signed.as_bytes(), key)))
}

/// Checks signature and time and reads the claims. The audience is the caller's to check.
pub(in crate::sandbox) fn read(token: &str, key: &[u8], now: Timestamp) -> Result<Claims, TokenFlaw> {
    if token.is_empty() {
        return Err(TokenFlaw::Empty);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenFlaw::Malformed)?;
    let (head, claims) = signed.split_once('.').ok_or(TokenFlaw::Malformed)?;
    if head.is_empty() || claims.contains('.') {
        return Err(TokenFlaw::Malformed);
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenFlaw::Malformed)?;
    let right = mac(key).is_some_and(|mac| mac.chain_update(signed.as_bytes()).verify_slice(&signature).is_ok());
    if !right {
        return Err(TokenFlaw::Signature);
    }
    let claims = URL_SAFE_NO_PAD.decode(claims).map_err(|_| TokenFlaw::Malformed)?;
    let claims: Claims = serde_json::from_slice(&claims).map_err(|_| TokenFlaw::Malformed)?;
    let now = now.as_second();
    if now < claims.nbf || now >= claims.exp { Err(TokenFlaw::Expired) } else { Ok(claims) }
}

/// HMAC-SHA256 under the tenant's key.
pub(in crate::sandbox) fn signature(bytes: &[u8], key: &[u8]) -> Vec<u8> {
    mac(key).map(|mac| mac.chain_update(bytes).finalize().into_bytes().to_vec()).unwrap_or_default()
}

/// HMAC takes keys of any length, so that there always is one.
fn mac(key: &[u8]) -> Option<Hmac<Sha256>> {
    Hmac::new_from_slice(key).ok()
}

fn part(value: &impl Serialize) -> String {
    serde_json::to_vec(value).map(|json| URL_SAFE_NO_PAD.encode(json)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::seed::ids;

    fn claims() -> Claims {
        Claims {
            aud: "https://graph.microsoft.com".into(),
            iss: format!("https://sts.windows.net/{}/", ids::TENANT),
            iat: 1_000,
            nbf: 1_000,
            exp: 4_600,
            app_displayname: "licensebot".into(),
            appid: ids::APP,
            idtyp: "app".into(),
            oid: ids::APP,
            roles: vec!["User.Read.All".into()],
            sub: ids::APP,
            tid: ids::TENANT,
            ver: "1.0".into(),
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_token_is_good_until_the_second_it_expires() {
        let token = issue(&claims(), b"key");
        assert_eq!(token.split('.').count(), 3);
        assert_eq!(read(&token, b"key", at(4_599)), Ok(claims()));
        assert_eq!(read(&token, b"key", at(4_600)), Err(TokenFlaw::Expired));
        assert_eq!(read(&token, b"key", at(999)), Err(TokenFlaw::Expired));
    }

    #[test]
    fn a_token_that_was_touched_is_refused() {
        let token = issue(&claims(), b"key");
        assert_eq!(read(&token, b"another key", at(2_000)), Err(TokenFlaw::Signature));
        let (front, signature) = token.rsplit_once('.').unwrap();
        let more = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&Claims { exp: 9_999, ..claims() }).unwrap());
        let forged = format!("{}.{more}.{signature}", front.split_once('.').unwrap().0);
        assert_eq!(read(&forged, b"key", at(2_000)), Err(TokenFlaw::Signature));
        for garbage in ["abc", "a.b", ".b.c", "a.b.c.d", "a.b.!"] {
            assert_eq!(read(garbage, b"key", at(2_000)), Err(TokenFlaw::Malformed), "{garbage}");
        }
        assert_eq!(read("", b"key", at(2_000)), Err(TokenFlaw::Empty));
    }
}
