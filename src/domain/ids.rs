//! Identities as types of their own, so that a group can never stand where a person is meant. Never resolves a name:
//! whoever holds an id has already decided whom it means.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! directory_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            /// Reads a GUID in any case. Microsoft's own samples write some in capitals.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

directory_id!(
    /// One account in the directory (Entra `objectId`). Rules compare these, never chat accounts or names.
    PersonId
);
directory_id!(
    /// A group in the directory.
    GroupId
);
directory_id!(
    /// A license product (`skuId`).
    SkuId
);
directory_id!(
    /// A service plan: one app inside a product.
    PlanId
);
directory_id!(
    /// The Entra tenant. One process serves exactly one.
    TenantId
);

/// What people type and read: `R-` and eight characters of Crockford's base 32 (40 random bits). Not a secret: knowing
/// one grants nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RequestId(String);

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl RequestId {
    /// Makes an id from random bytes that the caller drew.
    pub fn from_random(bytes: [u8; 5]) -> Self {
        let bits = bytes.iter().fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
        let symbols = (0..8).rev().filter_map(|place| {
            let value = usize::try_from((bits >> (5 * place)) & 31).ok()?;
            CROCKFORD.get(value).map(|symbol| char::from(*symbol))
        });
        Self(format!("R-{}", symbols.collect::<String>()))
    }

    /// The id as people write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The text is not a request id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a request id")]
pub struct NotARequestId(String);

impl FromStr for RequestId {
    type Err = NotARequestId;

    /// Forgives what people confuse: case, and O, I and L for 0 and 1 (Crockford's rule).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || NotARequestId(text.chars().take(40).collect());
        let upper = text.trim().to_ascii_uppercase();
        let symbols = upper.strip_prefix("R-").ok_or_else(error)?;
        let symbols: String = symbols
            .chars()
            .map(|symbol| match symbol {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let known = symbols.bytes().all(|symbol| CROCKFORD.contains(&symbol));
        if symbols.len() == 8 && known { Ok(Self(format!("R-{symbols}"))) } else { Err(error()) }
    }
}

impl TryFrom<String> for RequestId {
    type Error = NotARequestId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RequestId> for String {
    fn from(id: RequestId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_survives_how_people_type_it() {
        let id = RequestId::from_random([0xff, 0x00, 0x10, 0x20, 0x7f]);
        assert_eq!(id.as_str().len(), 10);
        let typed = id.as_str().to_lowercase().replace('0', "o").replace('1', "l");
        assert_eq!(typed.parse::<RequestId>(), Ok(id));
    }

    #[test]
    fn what_is_no_request_id_is_refused() {
        for text in ["", "R-", "R-1234567", "R-123456789", "R-ÅÄÖ12345", "E5", "R-U2345678"] {
            assert!(text.parse::<RequestId>().is_err(), "{text}");
        }
    }
}
