//! What the app registration may do, as its token says. For telling an operator what is missing; never for deciding anything:
//! Graph decides.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

/// What is needed, and the permissions of which one is enough, least first (Microsoft's reference of each call).
const NEEDED: [&[&str]; 4] = [
    &["LicenseAssignment.ReadWrite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"],
    &["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    &[
        "Organization.Read.All",
        "LicenseAssignment.Read.All",
        "Organization.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
    &[
        "GroupMember.Read.All",
        "Group.Read.All",
        "GroupMember.ReadWrite.All",
        "Group.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
];

/// For setting a missing usage location.
const TO_SET_A_LOCATION: &[&str] = &["User.ReadWrite.All", "Directory.ReadWrite.All"];

/// The least permissions that are not granted.
pub(super) fn missing(granted: &BTreeSet<String>, may_set_location: bool) -> Vec<&'static str> {
    let location = may_set_location.then_some(TO_SET_A_LOCATION);
    let needed = NEEDED.into_iter().chain(location);
    needed
        .filter(|any| !any.iter().any(|permission| granted.contains(*permission)))
        .filter_map(|any| any.first().copied())
        .collect()
}

/// The roles that an access token names; none when it is not one that can be read.
pub(super) fn roles(access_token: &str) -> Option<BTreeSet<String>> {
    #[derive(Deserialize)]
    struct Claims {
        #[serde(default)]
        roles: BTreeSet<String>,
    }
    let claims = access_token.split('.').nth(1)?;
    let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
    Some(serde_json::from_slice::<Claims>(&claims).ok()?.roles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("head.{}.signature", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn the_least_permission_that_is_missing_is_named() {
        let granted = roles(&token(r#"{"roles":["User.Read.All","Directory.Read.All"],"aud":"x"}"#)).unwrap();
        assert_eq!(missing(&granted, false), ["LicenseAssignment.ReadWrite.All"]);
        assert_eq!(missing(&granted, true), ["LicenseAssignment.ReadWrite.All", "User.ReadWrite.All"]);
        assert_eq!(missing(&BTreeSet::from(["Directory.ReadWrite.All".to_owned()]), true), [""; 0]);
        assert_eq!(missing(&roles(&token("{}")).unwrap(), false).len(), 4);
    }

    #[test]
    fn a_token_that_cannot_be_read_says_nothing() {
        for opaque in ["", "opaque", "a.b.c", &token("not json"), &token(r#"{"roles":"User.Read.All"}"#)] {
            assert_eq!(roles(opaque), None, "{opaque}");
        }
    }
}
