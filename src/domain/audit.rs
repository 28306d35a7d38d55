//! The audit trail's records and the chain that binds them. Never holds a name, a UPN or a reason: object ids, and texts by
//! salted hash. Never stores anything: it says what a record is and how it is sealed.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::ids::{PersonId, RequestId, SkuId, TenantId};
use super::request::{Actor, Digest, Event, NotADigest, TextRef};

/// One line of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// From 1, without gaps.
    pub seq: u64,
    /// When, in UTC.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    #[serde(flatten)]
    pub happening: Happening,
}

impl Record {
    /// The text that is sealed and stored. Fields stand in the order of the types, maps in the order of their keys.
    ///
    /// # Errors
    /// Never for the types of this version: nothing in them is beyond JSON.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads a stored text.
    ///
    /// # Errors
    /// It is not a record, or one of a newer version.
    pub fn from_text(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The request whose arrow this is; none when somebody read.
    pub fn request(&self) -> Option<&RequestId> {
        match &self.happening {
            Happening::Request { id, .. } => Some(id),
            Happening::Read(_) => None,
        }
    }
}

/// What a record is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// One arrow of a request.
    Request {
        /// Which.
        id: RequestId,
        /// The arrow.
        #[serde(flatten)]
        event: Box<Event>,
    },
    /// Somebody read about others.
    Read(Reading),
}

/// What was read about others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// What a person holds.
    Person(PersonId),
    /// Who holds a product.
    Holders(SkuId),
    /// A request of others.
    Request(RequestId),
}

/// The seal of a record: an HMAC under a key outside the database, over the seal before it and the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal(pub Digest);

/// A place in the trail to hold it against later: `seq:hash`. Kept outside, it shows a rollback of the whole database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// How many records there were; 0 before the first.
    pub seq: u64,
    /// The seal of the last of them.
    pub seal: Seal,
}

/// The text is not an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an anchor is a sequence number, a colon and 64 hexadecimal digits, as `licensebot audit head` prints it")]
pub struct NotAnAnchor;

impl From<NotADigest> for NotAnAnchor {
    fn from(_: NotADigest) -> Self {
        Self
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.seq, self.seal.0)
    }
}

impl FromStr for Anchor {
    type Err = NotAnAnchor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (seq, seal) = text.trim().split_once(':').ok_or(NotAnAnchor)?;
        Ok(Self { seq: seq.parse().map_err(|_| NotAnAnchor)?, seal: Seal(seal.parse()?) })
    }
}

const ZERO: Seal = Seal(Digest([0; 32]));

/// The key of the chain. Its bytes never show.
#[derive(Clone)]
pub struct AuditKey([u8; 32]);

impl fmt::Debug for AuditKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AuditKey(hidden)")
    }
}

impl AuditKey {
    /// Any secret of at least 32 bytes becomes a key; shorter ones are refused by whoever reads them.
    pub fn from_secret(secret: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"licensebot audit key v1\0");
        hash.update(secret);
        Self(hash.finalize().into())
    }

    /// What the first record of a tenant's trail is chained to, so that one tenant's trail never passes for another's.
    pub fn genesis(&self, tenant: TenantId) -> Seal {
        self.mac(b"genesis", ZERO, 0, tenant.0.as_bytes())
    }

    /// Names the key without telling it, so that a wrong key is not mistaken for a broken trail.
    pub fn fingerprint(&self) -> Digest {
        self.mac(b"fingerprint", ZERO, 0, b"").0
    }

    /// Seals the text of a record. The domain word keeps a record's seal from ever being taken for a head's.
    pub fn seal(&self, previous: Seal, seq: u64, record: &str) -> Seal {
        self.mac(b"record", previous, seq, record.as_bytes())
    }

    /// Seals the head: how long the trail is and where it ends. Without the key nobody can write one for a shorter trail.
    pub fn seal_head(&self, last: Seal, seq: u64) -> Seal {
        self.mac(b"head", last, seq, b"")
    }

    fn mac(&self, word: &[u8], previous: Seal, seq: u64, text: &[u8]) -> Seal {
        // The same as HMAC under the 32 bytes themselves: a shorter key is filled up with zeros to one block.
        let mut block = [0; 64];
        block.iter_mut().zip(self.0).for_each(|(filled, byte)| *filled = byte);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(word);
        mac.update(&previous.0.0);
        mac.update(&seq.to_be_bytes());
        mac.update(text);
        Seal(Digest(mac.finalize().into_bytes().into()))
    }
}

/// Binds a text that people wrote: the trail holds this, the words stand in an erasable row with the salt.
pub fn bind_text(salt: &[u8; 16], text: &str) -> TextRef {
    let mut hash = Sha256::new();
    hash.update(b"licensebot text v1\0");
    hash.update(salt);
    hash.update(text.as_bytes());
    TextRef(Digest(hash.finalize().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> AuditKey {
        AuditKey::from_secret(b"a secret of more than thirty-two bytes")
    }

    fn tenant(number: u128) -> TenantId {
        TenantId(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn a_seal_is_over_what_was_before_and_the_number_and_the_text_and_the_key() {
        let (first, second) = (key().genesis(tenant(1)), key().genesis(tenant(2)));
        let seal = key().seal(first, 1, "text");
        assert_eq!(key().seal(first, 1, "text"), seal);
        for other in [
            key().seal(second, 1, "text"),
            key().seal(first, 2, "text"),
            key().seal(first, 1, "Text"),
            AuditKey::from_secret(b"another secret of more than 32 bytes").seal(first, 1, "text"),
        ] {
            assert_ne!(other, seal);
        }
    }

    #[test]
    fn a_seal_for_one_purpose_never_passes_for_another() {
        let last = key().genesis(tenant(1));
        let record = key().seal(last, 1, "");
        assert_ne!(key().seal_head(last, 1), record);
        assert_ne!(key().fingerprint(), key().seal(ZERO, 0, "").0);
        assert_ne!(key().fingerprint(), key().seal_head(ZERO, 0).0);
    }

    #[test]
    fn the_chain_is_hmac_sha256_as_everybody_computes_it() {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key().0).unwrap();
        mac.update(b"record");
        mac.update(&[7; 32]);
        mac.update(&3u64.to_be_bytes());
        mac.update(b"text");
        let expected: [u8; 32] = mac.finalize().into_bytes().into();
        assert_eq!(key().seal(Seal(Digest([7; 32])), 3, "text"), Seal(Digest(expected)));
    }

    #[test]
    fn the_key_never_shows() {
        assert_eq!(format!("{:?}", key()), "AuditKey(hidden)");
    }

    #[test]
    fn an_anchor_is_read_as_it_is_printed() {
        let anchor = Anchor { seq: 42, seal: Seal(Digest([0xab; 32])) };
        let text = anchor.to_string();
        assert_eq!(text, format!("42:{}", "ab".repeat(32)));
        assert_eq!(format!(" {text}\n").parse(), Ok(anchor));
        for text in ["", "42", "42:", ":ab", "42:abc", &format!("-1:{}", "ab".repeat(32)), &"ab".repeat(32)] {
            assert_eq!(text.parse::<Anchor>(), Err(NotAnAnchor), "{text}");
        }
    }

    #[test]
    fn a_text_is_bound_with_its_salt() {
        let bound = bind_text(&[1; 16], "Please");
        assert_eq!(bind_text(&[1; 16], "Please"), bound);
        assert_ne!(bind_text(&[2; 16], "Please"), bound, "the same words twice do not look the same");
        assert_ne!(bind_text(&[1; 16], "please"), bound);
    }

    #[test]
    fn a_record_is_one_line_with_its_number_first() {
        let person = PersonId(uuid::Uuid::from_u128(0xa4a));
        let at = Timestamp::UNIX_EPOCH;
        let record =
            Record { seq: 7, at, actor: Actor::Person(person), happening: Happening::Read(Reading::Person(person)) };
        let text = record.to_text().unwrap();
        let id = "00000000-0000-0000-0000-000000000a4a";
        let expected = format!(
            r#"{{"seq":7,"at":"1970-01-01T00:00:00Z","actor":{{"person":"{id}"}},"read":{{"person":"{id}"}}}}"#
        );
        assert_eq!(text, expected);
        assert_eq!((Record::from_text(&text).unwrap(), record.request()), (record.clone(), None));
    }
}
