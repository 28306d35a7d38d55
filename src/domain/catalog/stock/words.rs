//! Graph's words for what a product is for and how its subscription fares. Never refuses one that is newer than this program:
//! it is kept as it came.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Graph's `appliesTo`, of products and of plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum AppliesTo {
    /// For persons.
    User,
    /// For the organisation as a whole.
    Company,
    /// A value that this program does not know.
    Other(String),
}

impl AppliesTo {
    /// Graph's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::User => "User",
            Self::Company => "Company",
            Self::Other(text) => text,
        }
    }
}

impl From<String> for AppliesTo {
    fn from(text: String) -> Self {
        match text.as_str() {
            "User" => Self::User,
            "Company" => Self::Company,
            _ => Self::Other(text),
        }
    }
}

impl From<AppliesTo> for String {
    fn from(applies_to: AppliesTo) -> Self {
        applies_to.as_str().to_owned()
    }
}

impl fmt::Display for AppliesTo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Graph's `capabilityStatus`: the life of a subscription, from paid to gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum CapabilityStatus {
    /// At least one seat is active.
    Enabled,
    /// Expired and in its grace period; people keep what they have.
    Warning,
    /// Cancelled; people have lost access.
    Suspended,
    /// Gone.
    Deleted,
    /// Cancelled by the customer.
    LockedOut,
    /// A value that this program does not know.
    Other(String),
}

impl CapabilityStatus {
    /// Graph's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Enabled => "Enabled",
            Self::Warning => "Warning",
            Self::Suspended => "Suspended",
            Self::Deleted => "Deleted",
            Self::LockedOut => "LockedOut",
            Self::Other(text) => text,
        }
    }
}

impl From<String> for CapabilityStatus {
    fn from(text: String) -> Self {
        match text.as_str() {
            "Enabled" => Self::Enabled,
            "Warning" => Self::Warning,
            "Suspended" => Self::Suspended,
            "Deleted" => Self::Deleted,
            "LockedOut" => Self::LockedOut,
            _ => Self::Other(text),
        }
    }
}

impl From<CapabilityStatus> for String {
    fn from(status: CapabilityStatus) -> Self {
        status.as_str().to_owned()
    }
}

impl fmt::Display for CapabilityStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
