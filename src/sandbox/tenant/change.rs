//! The changes a tenant can undergo, as they stand in the journal, and how each acts. Never asks whether a change is
//! allowed: an entry of the journal was accepted once and for all.

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::person::PathState;
use super::{LicensePath, Person, Tenant};
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};

/// One accepted change: who, when, what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::sandbox) struct Entry {
    /// Counts from 1 without gaps.
    pub(in crate::sandbox) seq: u64,
    pub(in crate::sandbox) at: Timestamp,
    /// The caller's app registration (`appId`).
    pub(in crate::sandbox) app: Uuid,
    pub(in crate::sandbox) request_id: Uuid,
    pub(in crate::sandbox) client_request_id: String,
    pub(in crate::sandbox) what: Mutation,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::sandbox) enum Mutation {
    #[serde(rename_all = "camelCase")]
    AssignLicense { user: PersonId, add_licenses: Vec<Addition>, remove_licenses: Vec<SkuId> },
    #[serde(rename_all = "camelCase")]
    SetUsageLocation { user: PersonId, usage_location: String },
    /// Accepted; the members get what changed when it was worked on.
    #[serde(rename_all = "camelCase")]
    AssignGroupLicense { group: GroupId, add_licenses: Vec<Addition>, remove_licenses: Vec<SkuId> },
    #[serde(rename_all = "camelCase")]
    AddMember { group: GroupId, member: Uuid },
    #[serde(rename_all = "camelCase")]
    RemoveMember { group: GroupId, member: Uuid },
    #[serde(rename_all = "camelCase")]
    DeleteGroup { group: GroupId },
    #[serde(rename_all = "camelCase")]
    ReprocessLicenses { user: PersonId },
}

/// One product to assign directly, with the plans that shall be off afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::sandbox) struct Addition {
    pub(in crate::sandbox) sku_id: SkuId,
    pub(in crate::sandbox) disabled_plans: BTreeSet<PlanId>,
}

/// An entry speaks of something that this tenant does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sandbox) struct NotApplicable(pub(super) String);

impl fmt::Display for NotApplicable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Tenant {
    /// Makes the change of an accepted entry, after everything that was due before it.
    pub(in crate::sandbox) fn apply(&mut self, entry: &Entry) -> Result<(), NotApplicable> {
        self.run_due(entry.at);
        match &entry.what {
            Mutation::AssignLicense { user, add_licenses, remove_licenses } => {
                let licenses = after(self.changed(*user)?, add_licenses, remove_licenses, entry.at);
                self.set_licenses(*user, licenses)
            }
            Mutation::SetUsageLocation { user, usage_location } => {
                self.changed(*user)?.usage_location = Some(usage_location.clone());
                Ok(())
            }
            Mutation::AssignGroupLicense { group, add_licenses, remove_licenses } => {
                self.license_group(*group, add_licenses, remove_licenses, entry.at)
            }
            Mutation::AddMember { group, member } => self.add_member(*group, *member, entry.at),
            Mutation::RemoveMember { group, member } => self.remove_member(*group, *member, entry.at),
            Mutation::DeleteGroup { group } => self.delete_group(*group, entry.at),
            Mutation::ReprocessLicenses { user } => {
                self.changed(*user)?;
                self.reprocess(*user, entry.at);
                Ok(())
            }
        }
    }

    pub(super) fn changed(&mut self, id: PersonId) -> Result<&mut Person, NotApplicable> {
        let place = self.person_places.get(&id).copied();
        let person = place.and_then(|place| self.people.get_mut(place));
        person.ok_or_else(|| NotApplicable(format!("there is no person {id}")))
    }

    /// Gives a person these licenses in place of what they held, and keeps the count of seats.
    pub(super) fn set_licenses(&mut self, id: PersonId, licenses: Vec<LicensePath>) -> Result<(), NotApplicable> {
        if let Some(path) = licenses.iter().find(|path| self.subscription(path.sku).is_none()) {
            return Err(NotApplicable(format!("there is no subscription with SKU {}", path.sku)));
        }
        let plan_history = self.person_by_id(id).map(|person| self.plan_history_with(person, &licenses));
        let person = self.changed(id)?;
        person.plan_history = plan_history.unwrap_or_default();
        let before = used_seats(&person.licenses);
        let now = used_seats(&licenses);
        person.licenses = licenses;
        for subscription in &mut self.subscriptions {
            match (before.contains(&subscription.sku), now.contains(&subscription.sku)) {
                (false, true) => subscription.consumed = subscription.consumed.saturating_add(1),
                (true, false) => subscription.consumed = subscription.consumed.saturating_sub(1),
                _ => {}
            }
        }
        Ok(())
    }
}

fn used_seats(paths: &[LicensePath]) -> BTreeSet<SkuId> {
    paths.iter().filter(|path| path.is_active()).map(|path| path.sku).collect()
}

/// The paths a person would have after a call: what is removed loses its direct path only; what is added gets one, or
/// has the list of plans that are off replaced. An SKU in both lists ends up added.
pub(in crate::sandbox) fn after(
    person: &Person,
    add: &[Addition],
    remove: &[SkuId],
    at: Timestamp,
) -> Vec<LicensePath> {
    let mut paths = person.licenses.clone();
    paths.retain(|path| path.group.is_some() || !remove.contains(&path.sku));
    for addition in add {
        let path = LicensePath {
            sku: addition.sku_id,
            disabled: addition.disabled_plans.clone(),
            group: None,
            updated: at,
            state: PathState::Active,
        };
        match paths.iter_mut().find(|old| old.group.is_none() && old.sku == path.sku) {
            Some(old) => *old = path,
            None => paths.push(path),
        }
    }
    paths
}
