//! Graph's JSON, as far as this client reads it, and what it means to the domain. Never fills in a guess: a field that was
//! asked for and is missing is an error, because an app without the right to read accounts gets them back empty.

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Deserializer};

use crate::domain::catalog::{OwnedPlan, OwnedSku, Stock};
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};
use crate::domain::person::{Assignment, AssignmentState, Holdings, Path, Person, UserType};

/// The account's fields, as `$select` names them.
pub(super) const ACCOUNT_FIELDS: &str = "id,displayName,userPrincipalName,mailNickname,jobTitle,department,\
    accountEnabled,userType,usageLocation,preferredLanguage";

/// What is held, as `$select` names it.
pub(super) const HOLDING_FIELDS: &str = "assignedLicenses,licenseAssignmentStates";

/// Something in an answer makes no sense; for the log, without names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Senseless {
    /// Will not change until somebody changes something.
    Lasting(String),
    /// A replica may be behind.
    Passing(String),
}

/// One page of a list.
#[derive(Debug, Deserialize)]
pub(super) struct Page<T> {
    pub(super) value: Vec<T>,
    #[serde(rename = "@odata.nextLink")]
    pub(super) next: Option<String>,
}

/// A user.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account {
    #[serde(rename = "@odata.type")]
    pub(super) kind: Option<String>,
    pub(super) id: PersonId,
    display_name: Option<String>,
    user_principal_name: Option<String>,
    mail_nickname: Option<String>,
    job_title: Option<String>,
    department: Option<String>,
    account_enabled: Option<bool>,
    user_type: Option<String>,
    usage_location: Option<String>,
    preferred_language: Option<String>,
}

impl Account {
    /// A user, not a contact, device or group. Where every element is a user, Graph leaves the type out.
    pub(super) fn is_user(&self) -> bool {
        self.kind.as_deref().is_none_or(|kind| kind.eq_ignore_ascii_case("#microsoft.graph.user"))
    }

    /// The account.
    ///
    /// # Errors
    /// A field is missing that every account has.
    pub(super) fn into_person(self) -> Result<Person, Senseless> {
        let unreadable = || {
            Senseless::Lasting(
                "Graph shows accounts without their fields: the app lacks the right to read accounts \
                 (User.Read.All)"
                    .to_owned(),
            )
        };
        let (Some(user_principal_name), Some(enabled)) = (self.user_principal_name, self.account_enabled) else {
            return Err(unreadable());
        };
        let location = self.usage_location.filter(|location| !location.is_empty()).map(|location| location.parse());
        let usage_location = location
            .transpose()
            .map_err(|_| Senseless::Lasting(format!("the usage location of {} is not two letters", self.id)))?;
        Ok(Person {
            id: self.id,
            display_name: self.display_name.unwrap_or_else(|| user_principal_name.clone()),
            user_principal_name,
            nickname: self.mail_nickname,
            job_title: self.job_title,
            department: self.department,
            enabled,
            user_type: match self.user_type.as_deref() {
                Some("Member") => UserType::Member,
                Some("Guest") => UserType::Guest,
                _ => UserType::Unknown,
            },
            usage_location,
            preferred_language: self.preferred_language,
        })
    }
}

/// What a user holds, and the user's manager.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Held {
    assigned_licenses: Option<Vec<AssignedLicense>>,
    license_assignment_states: Option<Vec<LicenseState>>,
    pub(super) manager: Option<Account>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AssignedLicense {
    sku_id: SkuId,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LicenseState {
    sku_id: SkuId,
    disabled_plans: BTreeSet<PlanId>,
    /// Null is a path of its own (direct), so a missing field must not pass for it.
    #[serde(deserialize_with = "present")]
    assigned_by_group: Option<GroupId>,
    state: String,
    error: Option<String>,
}

fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

impl Held {
    /// The holdings, one for each product and path.
    ///
    /// # Errors
    /// Paths are missing: some tenants no longer tell direct and inherited apart, and a license without a path cannot be
    /// changed safely. Or the two lists contradict each other, as replicas may for a while.
    pub(super) fn holdings(&self) -> Result<Holdings, Senseless> {
        let Some(licenses) = &self.assigned_licenses else {
            return Err(Senseless::Lasting("Graph does not show what people hold (assignedLicenses)".into()));
        };
        let states = match &self.license_assignment_states {
            Some(states) => states.as_slice(),
            None if licenses.is_empty() => &[],
            None => {
                return Err(Senseless::Lasting(
                    "Graph does not show how people came to their licenses (licenseAssignmentStates)".into(),
                ));
            }
        };
        let (mut with_path, mut paths) = (HashSet::new(), HashSet::new());
        for state in states {
            with_path.insert(state.sku_id);
            if !paths.insert((state.sku_id, state.assigned_by_group)) {
                return Err(Senseless::Passing("Graph names the same path to a license twice".into()));
            }
        }
        if licenses.iter().any(|license| !with_path.contains(&license.sku_id)) {
            return Err(Senseless::Passing("Graph shows a license and no path to it".into()));
        }
        Ok(Holdings { assignments: states.iter().map(LicenseState::assignment).collect() })
    }
}

impl LicenseState {
    fn assignment(&self) -> Assignment {
        let word = self.error.clone().filter(|error| !error.is_empty() && error != "None");
        Assignment {
            sku: self.sku_id,
            path: self.assigned_by_group.map_or(Path::Direct, Path::Group),
            disabled: self.disabled_plans.clone(),
            state: match self.state.as_str() {
                "Active" => AssignmentState::Active,
                "Error" | "Disabled" => AssignmentState::Error(word.unwrap_or_else(|| self.state.clone())),
                // Also `ActiveWithError`: the license stands, a later change of the group's licenses failed.
                _ => AssignmentState::Unknown(self.state.clone()),
            },
        }
    }
}

/// A group, without its members.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    pub(super) id: GroupId,
    pub(super) display_name: Option<String>,
}

/// What a user is a member of: a group, a directory role, an administrative unit.
#[derive(Debug, Deserialize)]
pub(super) struct Membership {
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    id: GroupId,
    #[serde(rename = "displayName")]
    display_name: Option<String>,
}

impl Membership {
    /// The name, where the app may read it.
    pub(super) fn name(self) -> Option<(GroupId, String)> {
        self.display_name.map(|name| (self.id, name))
    }

    /// The group, if it is one.
    pub(super) fn group(&self) -> Option<GroupId> {
        let other = self.kind.as_deref().is_some_and(|kind| !kind.eq_ignore_ascii_case("#microsoft.graph.group"));
        (!other).then_some(self.id)
    }
}

/// A product that the tenant owns.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubscribedSku {
    sku_id: SkuId,
    sku_part_number: String,
    applies_to: Option<String>,
    capability_status: Option<String>,
    consumed_units: u32,
    prepaid_units: PrepaidUnits,
    service_plans: Vec<PlanOfSku>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrepaidUnits {
    enabled: u32,
    suspended: u32,
    warning: u32,
    /// Younger than the other three.
    #[serde(default)]
    locked_out: u32,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlanOfSku {
    service_plan_id: PlanId,
    service_plan_name: String,
    applies_to: Option<String>,
}

/// Everything that the tenant owns.
pub(super) fn stock(skus: Vec<SubscribedSku>) -> Stock {
    Stock { skus: skus.into_iter().map(SubscribedSku::owned).collect() }
}

impl SubscribedSku {
    fn owned(self) -> OwnedSku {
        OwnedSku {
            sku: self.sku_id,
            part_number: self.sku_part_number,
            applies_to: self.applies_to.unwrap_or_default().into(),
            capability: self.capability_status.unwrap_or_default().into(),
            enabled: self.prepaid_units.enabled,
            warning: self.prepaid_units.warning,
            suspended: self.prepaid_units.suspended,
            locked_out: self.prepaid_units.locked_out,
            consumed: self.consumed_units,
            plans: self.service_plans.into_iter().map(PlanOfSku::owned).collect(),
        }
    }
}

impl PlanOfSku {
    fn owned(self) -> OwnedPlan {
        OwnedPlan {
            id: self.service_plan_id,
            name: self.service_plan_name,
            applies_to: self.applies_to.unwrap_or_default().into(),
        }
    }
}

#[cfg(test)]
mod tests;
