//! Seats, and the two writes. Never tries one twice, and never says what an answer means.

use std::fmt::Debug;

use async_trait::async_trait;

use super::PortError;
use crate::domain::catalog::Stock;
use crate::domain::change::ChangeSet;
use crate::domain::ids::PersonId;
use crate::domain::person::UsageLocation;
use crate::domain::refusal::Refusal;
use crate::domain::request::CallId;

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteAnswer {
    /// A clean yes. Not knowledge yet: read back.
    Accepted,
    /// A clean no.
    Refused(Refusal),
    /// Certainly not sent: no connection, no token.
    NotSent(PortError),
    /// Anything else. Perhaps written, perhaps later.
    Unknown(PortError),
}

/// Licenses and seats.
#[async_trait]
pub trait Licensing: Send + Sync + Debug {
    /// The company's products and seats. May be a minute old; for showing and for resolving names.
    ///
    /// # Errors
    /// They could not be read.
    async fn stock(&self) -> Result<Stock, PortError>;

    /// The one `assignLicense` call. Tries exactly once.
    async fn set_licenses(&self, person: PersonId, change: &ChangeSet, call: CallId) -> WriteAnswer;

    /// Sets the country of a person. Tries exactly once.
    async fn set_usage_location(&self, person: PersonId, location: UsageLocation, call: CallId) -> WriteAnswer;
}
