//! What a tenant starts from: a company described in one TOML text. Says what is true on the first day, never what
//! happened since (that is the journal's).

pub mod ids;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::ids::{GroupId, PersonId, TenantId};

/// The company that the program brings with it.
const NORTHWIND: &str = include_str!("northwind.toml");

/// A company on its first day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedTenant {
    pub company: SeedCompany,
    /// App registrations. The first one is the bot's, whose id and secret `GET /sandbox/app` tells.
    pub apps: Vec<SeedApp>,
    #[serde(default)]
    pub subscriptions: Vec<SeedSubscription>,
    #[serde(default)]
    pub people: Vec<SeedPerson>,
    #[serde(default)]
    pub groups: Vec<SeedGroup>,
}

/// The tenant as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedCompany {
    pub tenant_id: TenantId,
    pub name: String,
    /// The verified domain; user principal names end in it and the token endpoint answers to it.
    pub domain: String,
    /// ISO 3166-1 alpha-2. Group licensing gives it to members without a location of their own.
    pub usage_location: String,
    pub created: Timestamp,
    /// When the licenses of the seed were assigned.
    pub licensed: Timestamp,
    /// Seconds that an access token lives. Entra's default is about an hour.
    #[serde(default = "default_token_lifetime")]
    pub token_lifetime: u32,
    /// Items on a page when a caller names no `$top`. Graph's default is 100.
    #[serde(default = "default_page_size")]
    pub page_size: u16,
    /// Seconds that a plan stays `PendingProvisioning` after it was switched on. Real services take minutes, up to a day.
    #[serde(default = "default_provisioning_seconds")]
    pub provisioning_seconds: u32,
    /// Whether `licenseDetails` answers an app. Microsoft's permission tables say that it does not; apps that call it
    /// report that it does.
    #[serde(default = "yes")]
    pub app_only_license_details: bool,
}

fn default_provisioning_seconds() -> u32 {
    900
}

fn yes() -> bool {
    true
}

fn default_token_lifetime() -> u32 {
    3599
}

fn default_page_size() -> u16 {
    100
}

/// An app registration. Its secret is drawn when the tenant is first opened, never written here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedApp {
    pub name: String,
    pub client_id: Uuid,
    /// The service principal's objectId (`oid` in tokens).
    pub object_id: Uuid,
    /// When the secret stops working. Without it, never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_expires: Option<Timestamp>,
    /// Application permissions with admin consent.
    #[serde(default)]
    pub roles: Vec<String>,
}

/// A product that the company bought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedSubscription {
    /// Part number.
    pub sku: String,
    /// The subscription's id (`subscriptionIds`).
    pub id: Uuid,
    #[serde(default)]
    pub enabled: u32,
    #[serde(default)]
    pub warning: u32,
    #[serde(default)]
    pub suspended: u32,
    #[serde(default)]
    pub locked_out: u32,
    /// Seats taken by people who are not in this directory.
    #[serde(default)]
    pub other_holders: u32,
    #[serde(default)]
    pub applies_to: SeedScope,
    /// Bought by an employee: assignLicense refuses it to everyone.
    #[serde(default)]
    pub self_service: bool,
}

/// Whether people can hold a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeedScope {
    #[default]
    User,
    Company,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedPerson {
    /// `mailNickname`, and how the seed names the person elsewhere.
    pub name: String,
    pub id: PersonId,
    pub given: String,
    pub surname: String,
    /// Given name and surname, unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// ISO 3166-1 alpha-2; also the usage location. Without it there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The manager's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    /// Sign-in is blocked.
    #[serde(default)]
    pub blocked: bool,
    /// The home domain of a guest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_of: Option<String>,
    /// Assigned directly.
    #[serde(default)]
    pub licenses: Vec<SeedLicense>,
}

/// A product with some of its plans switched off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedLicense {
    /// Part number.
    pub sku: String,
    /// Names of the plans that are off.
    #[serde(default)]
    pub off: Vec<String>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedGroup {
    pub name: String,
    pub id: GroupId,
    pub mail_nickname: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A Microsoft 365 group; else a security group.
    #[serde(default)]
    pub unified: bool,
    /// `Public` or `Private`; Microsoft 365 groups only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
    /// The rule of a dynamic group. The sandbox does not evaluate it: `members` says who matches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub membership_rule: Option<String>,
    /// Names of people.
    #[serde(default)]
    pub owners: Vec<String>,
    /// Names of people.
    #[serde(default)]
    pub members: Vec<String>,
    /// Names of groups that are members.
    #[serde(default)]
    pub groups: Vec<String>,
    /// What direct members inherit. Nested groups pass nothing on, as in Entra.
    #[serde(default)]
    pub licenses: Vec<SeedLicense>,
}

impl SeedTenant {
    /// The seeded company of the demo.
    ///
    /// # Errors
    /// Never in a build whose tests passed: a test reads the same text.
    pub fn northwind() -> Result<Self, SeedError> {
        Self::parse(NORTHWIND)
    }

    /// Reads a company from TOML. Unknown keys are errors; names that point nowhere are found by `Sandbox::open`.
    ///
    /// # Errors
    /// When the text is not such a description; the message names the line.
    pub fn parse(text: &str) -> Result<Self, SeedError> {
        toml::from_str(text).map_err(|error| SeedError(error.to_string()))
    }

    /// The description as TOML, to be kept beside the journal that continues it.
    pub(super) fn to_toml(&self) -> Result<String, SeedError> {
        toml::to_string(self).map_err(|error| SeedError(error.to_string()))
    }
}

/// The description of a company is not usable; the text says where and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError(pub(super) String);

impl fmt::Display for SeedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the tenant description cannot be used: {}", self.0.trim_end())
    }
}

impl std::error::Error for SeedError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seeded_company_survives_being_written_and_read() {
        let seed = SeedTenant::northwind().unwrap();
        assert_eq!(seed.people.len(), 61);
        assert_eq!(SeedTenant::parse(&seed.to_toml().unwrap()).unwrap(), seed);
    }

    #[test]
    fn a_misspelled_key_is_named_with_its_line() {
        let text = NORTHWIND.replacen("given = \"Ana\"", "givn = \"Ana\"", 1);
        let error = SeedTenant::parse(&text).unwrap_err().to_string();
        assert!(error.contains("unknown field `givn`"), "{error}");
    }
}
