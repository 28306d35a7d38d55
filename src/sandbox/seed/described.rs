//! The words of a tenant file: what can be said about a company, and what is meant where nothing is said. Only shapes; what
//! the words stand for is found in `complete` and in the tenant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::ids::{GroupId, PersonId, TenantId};

/// The tenant as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedCompany {
    /// Without one, made of the domain: the same file always gives the same tenant.
    #[serde(default = "no_tenant")]
    pub tenant_id: TenantId,
    pub name: String,
    /// The verified domain; user principal names end in it and the token endpoint answers to it.
    pub domain: String,
    /// ISO 3166-1 alpha-2. Group licensing gives it to members without a location of their own.
    pub usage_location: String,
    #[serde(default = "long_ago")]
    pub created: Timestamp,
    /// When the licenses of the seed were assigned.
    #[serde(default = "long_ago")]
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

fn no_tenant() -> TenantId {
    TenantId(Uuid::nil())
}

fn no_person() -> PersonId {
    PersonId(Uuid::nil())
}

fn no_group() -> GroupId {
    GroupId(Uuid::nil())
}

fn long_ago() -> Timestamp {
    Timestamp::constant(1_577_869_200, 0)
}

fn default_token_lifetime() -> u32 {
    3599
}

fn default_page_size() -> u16 {
    100
}

/// How the tenant behaves where nobody has proven how Microsoft's does. Every key can be left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SeedSettings {
    /// Seats in grace (`warning`) can be given to somebody new. Public answers contradict each other.
    pub warning_seats_assignable: bool,
    /// How long a change of a group's licenses or members waits before it is worked on. Microsoft names no time; big
    /// groups take hours.
    pub group_queue_seconds: u32,
    /// How long the work on it takes.
    pub group_work_seconds: u32,
}

impl Default for SeedSettings {
    fn default() -> Self {
        Self { warning_seats_assignable: true, group_queue_seconds: 2, group_work_seconds: 3 }
    }
}

/// An app registration. Its secret is drawn when the tenant is first opened, never written here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedApp {
    pub name: String,
    /// Without one, made of the name.
    #[serde(default)]
    pub client_id: Uuid,
    /// The service principal's objectId (`oid` in tokens). Without one, made of the name.
    #[serde(default)]
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
    /// Part number, or the product's id.
    pub sku: String,
    /// The subscription's id (`subscriptionIds`). Without one, made of the product.
    #[serde(default)]
    pub id: Uuid,
    #[serde(default)]
    pub enabled: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub warning: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub suspended: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub locked_out: u32,
    /// `capabilityStatus`, where it shall not follow from the units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<SeedState>,
    /// Seats taken by people who are not in this directory.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub other_holders: u32,
    #[serde(default)]
    pub applies_to: SeedScope,
    /// Bought by an employee: assignLicense refuses it to everyone.
    #[serde(default, skip_serializing_if = "is_false")]
    pub self_service: bool,
    /// Countries where nobody may hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prohibited_in: Vec<String>,
}

/// Whether people can hold a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeedScope {
    #[default]
    User,
    Company,
}

/// The life of a subscription, in Graph's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeedState {
    Enabled,
    Warning,
    Suspended,
    Deleted,
    LockedOut,
}

/// One account. `name` or `upn` must be there; the other follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedPerson {
    /// How the description names the person elsewhere, and in front of an `@` the `mailNickname`.
    #[serde(default)]
    pub name: String,
    /// The user principal name, where it is not the name at the company's domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upn: Option<String>,
    /// Without one, made of the user principal name.
    #[serde(default = "no_person")]
    pub id: PersonId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub given: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
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
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2. The country's, unless said; an empty text means that there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage_location: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The manager's name or user principal name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    /// Sign-in is blocked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub blocked: bool,
    /// The home domain of a guest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_of: Option<String>,
    /// The primary address, where it is not the name at the company's (or a guest's home) domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Assigned directly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licenses: Vec<SeedLicense>,
}

/// A product with some of its plans switched off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedLicense {
    /// Part number, or the product's id.
    pub sku: String,
    /// Names of the plans that are off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<String>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedGroup {
    pub name: String,
    /// Without one, made of the name.
    #[serde(default = "no_group")]
    pub id: GroupId,
    /// Without one, made of the name.
    #[serde(default)]
    pub mail_nickname: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A Microsoft 365 group; else a security group.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unified: bool,
    /// `Public` or `Private`; Microsoft 365 groups only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
    /// The rule of a dynamic group. The sandbox does not evaluate it: `members` says who matches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub membership_rule: Option<String>,
    /// Names or user principal names of people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<String>,
    /// Names or user principal names of people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// Names of groups that are members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// What direct members inherit. Nested groups pass nothing on, as in Entra.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licenses: Vec<SeedLicense>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

impl SeedPerson {
    /// `userPrincipalName`. Guests keep their home address in front of the mark that Entra puts there.
    pub(in crate::sandbox) fn principal_name(&self, domain: &str) -> String {
        match (&self.upn, &self.guest_of) {
            (Some(upn), _) => upn.clone(),
            (None, Some(home)) => format!("{}_{home}#EXT#@{domain}", self.nickname()),
            (None, None) if self.name.contains('@') => self.name.clone(),
            (None, None) => format!("{}@{domain}", self.name),
        }
    }

    /// `mailNickname`.
    pub(in crate::sandbox) fn nickname(&self) -> &str {
        self.name.split_once('@').map_or(self.name.as_str(), |(local, _)| local)
    }

    /// The primary address.
    pub(in crate::sandbox) fn address(&self, domain: &str) -> String {
        match (&self.mail, &self.guest_of) {
            (Some(mail), _) => mail.clone(),
            (None, Some(home)) => format!("{}@{home}", self.nickname()),
            (None, None) => self.principal_name(domain),
        }
    }

    /// `usageLocation`: the country, unless another or none was said.
    pub(in crate::sandbox) fn location(&self) -> Option<&str> {
        let said = self.usage_location.as_deref().or(self.country.as_deref());
        said.filter(|country| !country.is_empty())
    }

    /// `displayName`.
    pub(in crate::sandbox) fn shown(&self) -> String {
        self.display.clone().unwrap_or_else(|| format!("{} {}", self.given, self.surname).trim().to_owned())
    }
}

impl SeedState {
    /// As Graph writes it.
    pub(in crate::sandbox) fn name(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Warning => "Warning",
            Self::Suspended => "Suspended",
            Self::Deleted => "Deleted",
            Self::LockedOut => "LockedOut",
        }
    }
}
