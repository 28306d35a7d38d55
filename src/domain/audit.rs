//! The audit trail's records and the chain that binds them. Never holds a name, a UPN or a reason: object ids, and texts by
//! salted hash. Never stores anything: it says what a record is and how it is sealed.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::ids::{PersonId, RequestId, SkuId};
use super::request::{Actor, Digest, Event, TextRef};

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

impl Seal {
    /// What the first record is chained to.
    pub const GENESIS: Self = Self(Digest([0; 32]));
}

/// The key of the chain. Its bytes never show.
#[derive(Clone)]
pub struct AuditKey([u8; 32]);

impl std::fmt::Debug for AuditKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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

    /// Seals the text of a record. The domain word keeps a record's seal from ever being taken for a head's.
    pub fn seal(&self, previous: Seal, seq: u64, record: &str) -> Seal {
        self.mac(b"record", previous, seq, record.as_bytes())
    }

    /// Seals the head: how long the trail is and where it ends. Without the key nobody can write one for a shorter trail.
    pub fn seal_head(&self, last: Seal, seq: u64) -> Seal {
        self.mac(b"head", last, seq, b"")
    }

    fn mac(&self, word: &[u8], previous: Seal, seq: u64, text: &[u8]) -> Seal {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            // HMAC takes keys of every length; should that ever change, no seal will match and verification says so.
            return Seal::GENESIS;
        };
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
