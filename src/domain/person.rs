//! People and what they hold, as the directory last said. Never a cache: whoever built one of these knows how fresh it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::catalog::Stock;
use super::ids::{GroupId, PersonId, PlanId, SkuId};

/// One account in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The only thing that rules compare.
    pub id: PersonId,
    /// For people to read. Not unique, and not to be trusted as markup.
    pub display_name: String,
    /// Unique at any one time; may be given to somebody else later.
    pub user_principal_name: String,
    /// The short name (`mailNickname`), when there is one.
    pub nickname: Option<String>,
    /// What they work as.
    pub job_title: Option<String>,
    /// Where they work.
    pub department: Option<String>,
    /// False: sign-in is blocked.
    pub enabled: bool,
    /// Member, guest, or something newer.
    pub user_type: UserType,
    /// The country whose rules the licenses follow.
    pub usage_location: Option<UsageLocation>,
    /// The language the directory knows.
    pub preferred_language: Option<String>,
}

impl Person {
    /// May this account vote at all: signs in, and is no guest. An unknown kind of account may not.
    pub fn may_vote(&self) -> bool {
        self.enabled && self.user_type == UserType::Member
    }
}

/// The directory's `userType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserType {
    /// Belongs to the company.
    Member,
    /// Was invited.
    Guest,
    /// The directory did not say, or said something that this version does not know.
    Unknown,
}

/// Two letters of ISO 3166-1. The license rules of this country apply to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UsageLocation([u8; 2]);

/// The text is not two letters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a usage location is two letters, such as SE or US")]
pub struct NotAUsageLocation;

impl FromStr for UsageLocation {
    type Err = NotAUsageLocation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().as_bytes() {
            [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Ok(Self([first.to_ascii_uppercase(), second.to_ascii_uppercase()]))
            }
            _ => Err(NotAUsageLocation),
        }
    }
}

impl fmt::Display for UsageLocation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.0;
        write!(formatter, "{}{}", char::from(first), char::from(second))
    }
}

impl TryFrom<String> for UsageLocation {
    type Error = NotAUsageLocation;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<UsageLocation> for String {
    fn from(location: UsageLocation) -> Self {
        location.to_string()
    }
}

/// Everything a person holds: one assignment for each product and path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holdings {
    /// In the directory's order.
    pub assignments: Vec<Assignment>,
}

/// One product on one path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The product.
    pub sku: SkuId,
    /// How it came to the person.
    pub path: Path,
    /// The apps switched off on this path.
    pub disabled: BTreeSet<PlanId>,
    /// What became of it.
    pub state: AssignmentState,
}

/// How a license came to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// Assigned to the person.
    Direct,
    /// Inherited from a group; cannot be changed on the person.
    Group(GroupId),
}

/// The directory's word on an assignment. Direct ones are always active; groups can fail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentState {
    /// In force.
    Active,
    /// Not, or not wholly, in force; with the directory's own word for why.
    Error(String),
    /// A word that this version does not know. Treated as held: absence needs proof.
    Unknown(String),
}

impl Holdings {
    /// The products in force, each with the apps that are off on every path (one path with an app on is enough).
    pub fn effective(&self) -> BTreeMap<SkuId, BTreeSet<PlanId>> {
        let mut effective: BTreeMap<SkuId, BTreeSet<PlanId>> = BTreeMap::new();
        for assignment in self.assignments.iter().filter(|assignment| assignment.in_force()) {
            effective
                .entry(assignment.sku)
                .and_modify(|disabled| disabled.retain(|plan| assignment.disabled.contains(plan)))
                .or_insert_with(|| assignment.disabled.clone());
        }
        effective
    }

    /// The direct assignment of a product, if there is one.
    pub fn direct(&self, sku: SkuId) -> Option<&Assignment> {
        self.assignments.iter().find(|assignment| assignment.sku == sku && assignment.path == Path::Direct)
    }

    /// The direct assignments: product and disabled apps. This is what one write changes.
    pub fn direct_state(&self) -> BTreeMap<SkuId, BTreeSet<PlanId>> {
        let direct = self.assignments.iter().filter(|assignment| assignment.path == Path::Direct);
        direct.map(|assignment| (assignment.sku, assignment.disabled.clone())).collect()
    }

    /// The groups that a product is inherited from.
    pub fn inherited_from(&self, sku: SkuId) -> Vec<GroupId> {
        let of_sku = self.assignments.iter().filter(|assignment| assignment.sku == sku);
        of_sku
            .filter_map(|assignment| match assignment.path {
                Path::Group(group) => Some(group),
                Path::Direct => None,
            })
            .collect()
    }

    /// Is the product held on any path, in force or not?
    pub fn holds(&self, sku: SkuId) -> bool {
        self.assignments.iter().any(|assignment| assignment.sku == sku)
    }
}

impl Assignment {
    /// Counts as held: everything but a group path in error.
    pub fn in_force(&self) -> bool {
        !matches!(self.state, AssignmentState::Error(_))
    }
}

/// A person with everything that decides about them, read together and completely.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// The account.
    pub person: Person,
    /// What they hold, read whole.
    pub holdings: Holdings,
    /// Their manager's account, if they have one.
    pub manager: Option<Person>,
    /// Every group they are in, through other groups too.
    pub groups: BTreeSet<GroupId>,
}

/// A group with its members, through other groups too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// The group.
    pub id: GroupId,
    /// For people to read.
    pub display_name: String,
    /// Every member account.
    pub members: Vec<Person>,
}

/// Facts read in one go from the directory, at one instant. What was not asked for, or could not be read whole, is absent:
/// the reader fails instead of guessing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// When they were read.
    pub read_at: Timestamp,
    /// By person.
    pub people: BTreeMap<PersonId, PersonFacts>,
    /// By group.
    pub groups: BTreeMap<GroupId, GroupFacts>,
    /// Names of the groups above and of those that people are in, as far as they may be read. For showing alone.
    pub group_names: BTreeMap<GroupId, String>,
    /// The company's products and seats, when asked for.
    pub stock: Option<Stock>,
}

#[cfg(test)]
pub(crate) mod testing;
