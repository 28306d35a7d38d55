//! What the members of a group inherit: all of the group's licenses or none of them, person by person.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::objection::is_mailbox;
use super::person::{PathError, PathState};
use super::{LicensePath, Objection, Person, Tenant};
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};

/// What becomes of a person's paths through one group.
struct Settled {
    paths: Vec<LicensePath>,
    objection: Option<Objection>,
    /// The group has something for the person.
    gives: bool,
}

impl Tenant {
    /// Gives every member what the group has for them.
    pub(super) fn settle_all(&mut self, group: GroupId, at: Timestamp) {
        let Some(found) = self.group(group) else { return };
        let mut people = found.members.clone();
        people.extend(found.in_error.iter().copied());
        people.into_iter().for_each(|person| self.settle(group, person, at));
    }

    /// Gives one person what a group has for its members, or takes it from whoever is none: all of it, or nothing.
    pub(super) fn settle(&mut self, group: GroupId, person: PersonId, at: Timestamp) {
        let Some(found) = self.person_by_id(person) else { return };
        let (old, mut licenses): (Vec<_>, Vec<_>) =
            found.licenses.iter().cloned().partition(|path| path.group == Some(group));
        let settled = self.settled(group, found, &old, &licenses, at);
        if settled.paths != old {
            licenses.extend(settled.paths);
            if let Err(error) = self.set_licenses(person, licenses) {
                tracing::error!(%error, "a group's licenses could not be given");
            }
        }
        let location = self.company.usage_location.clone();
        if let (true, None, Ok(person)) = (settled.gives, &settled.objection, self.changed(person)) {
            // Group licensing gives the tenant's location to whoever has none and never overwrites one.
            person.usage_location.get_or_insert(location);
        }
        if let Some(group) = self.changed_group(group) {
            match settled.objection {
                Some(_) => group.in_error.insert(person),
                None => group.in_error.remove(&person),
            };
        }
    }

    /// Why the licenses of his groups cannot all be given to a person now; the first of the reasons.
    pub(in crate::sandbox) fn objection_of_groups(&self, person: &Person, at: Timestamp) -> Option<Objection> {
        self.giving(person).into_iter().find_map(|group| {
            let (old, others): (Vec<_>, Vec<_>) =
                person.licenses.iter().cloned().partition(|path| path.group == Some(group));
            self.settled(group, person, &old, &others, at).objection
        })
    }

    /// Works on all groups of a person anew.
    pub(super) fn reprocess(&mut self, person: PersonId, at: Timestamp) {
        let groups = self.person_by_id(person).map(|person| self.giving(person)).unwrap_or_default();
        groups.into_iter().for_each(|group| self.settle(group, person, at));
    }

    /// The groups that give a person something, or should.
    fn giving(&self, person: &Person) -> Vec<GroupId> {
        let mut groups: Vec<GroupId> = self.member_of(person.id.0).into_iter().map(|group| group.id).collect();
        let through = person.licenses.iter().filter_map(|path| path.group);
        for group in through {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    fn settled(
        &self,
        group: GroupId,
        person: &Person,
        old: &[LicensePath],
        others: &[LicensePath],
        at: Timestamp,
    ) -> Settled {
        let wanted = self.wanted(group, person.id, old, at);
        let skus: Vec<SkuId> = wanted.iter().map(|path| path.sku).collect();
        let inherited = (!wanted.is_empty()).then_some(self.company.usage_location.as_str());
        let location = person.usage_location.as_deref().or(inherited);
        let all: Vec<LicensePath> = others.iter().chain(&wanted).cloned().collect();
        // Nothing keeps what a group gave that is no more.
        let objection = self.group(group).and_then(|_| self.objection(person, location, &skus, &all));
        let gives = !wanted.is_empty();
        let paths = match &objection {
            None => wanted,
            Some(objection) => self.in_error(objection, person, location, old, &wanted),
        };
        Settled { paths, objection, gives }
    }

    /// The paths that a person should have through a group. One that stays as it was keeps its date.
    fn wanted(&self, group: GroupId, person: PersonId, old: &[LicensePath], at: Timestamp) -> Vec<LicensePath> {
        let is_member = self.parents.get(&person.0).is_some_and(|groups| groups.contains(&group));
        let licenses = self.group(group).filter(|_| is_member).map(|group| group.licenses.as_slice());
        let path = |(sku, off): &(SkuId, Vec<PlanId>)| {
            let new = LicensePath {
                sku: *sku,
                disabled: off.iter().copied().collect(),
                group: Some(group),
                updated: at,
                state: PathState::Active,
            };
            let same =
                |old: &&LicensePath| old.sku == new.sku && old.disabled == new.disabled && old.state == new.state;
            old.iter().find(same).cloned().unwrap_or(new)
        };
        licenses.unwrap_or_default().iter().map(path).collect()
    }

    /// What was given stays and says why nothing changed; what was to come gives nothing and says why.
    fn in_error(
        &self,
        objection: &Objection,
        person: &Person,
        location: Option<&str>,
        old: &[LicensePath],
        wanted: &[LicensePath],
    ) -> Vec<LicensePath> {
        let error = |path: &LicensePath| {
            let guilty = self.is_guilty(objection, person, location, path, wanted);
            if guilty { word(objection) } else { PathError::Other }
        };
        let kept = old.iter().filter(|path| path.is_active()).map(|path| {
            let state = PathState::ActiveWithError(error(path));
            LicensePath { state, ..path.clone() }
        });
        let mut paths: Vec<LicensePath> = kept.collect();
        for path in wanted {
            if !paths.iter().any(|kept| kept.sku == path.sku) {
                let state = PathState::Error(error(path));
                let known = old.iter().find(|old| old.sku == path.sku && old.state == state);
                let updated = known.map_or(path.updated, |old| old.updated);
                paths.push(LicensePath { state, updated, ..path.clone() });
            }
        }
        paths
    }

    /// Whether a product is itself what the objection is about.
    fn is_guilty(
        &self,
        objection: &Objection,
        person: &Person,
        location: Option<&str>,
        path: &LicensePath,
        wanted: &[LicensePath],
    ) -> bool {
        let on: BTreeSet<PlanId> =
            self.enabled(std::slice::from_ref(&LicensePath { state: PathState::Active, ..path.clone() }));
        match objection {
            Objection::ProhibitedThere(_) => {
                location.is_some_and(|place| self.prohibited(&[path.sku], place).is_some())
            }
            Objection::NoSeat(_) => self.no_seat(person, &[path.sku]).is_some(),
            Objection::Exclusive(one, other) => on.contains(one) || on.contains(other),
            Objection::Needs(missing) => {
                // Either it brings the plan that lacks another, or it is what the plan would lack.
                let leaves = !wanted.iter().any(|kept| kept.sku == path.sku);
                on.contains(&missing.plan) || (leaves && missing.needs.iter().any(|need| on.contains(need)))
            }
            Objection::AddressTaken => on.iter().any(|plan| is_mailbox(*plan)),
        }
    }
}

fn word(objection: &Objection) -> PathError {
    match objection {
        Objection::ProhibitedThere(_) => PathError::ProhibitedInUsageLocationViolation,
        Objection::NoSeat(_) => PathError::CountViolation,
        Objection::Exclusive(..) => PathError::MutuallyExclusiveViolation,
        Objection::Needs(_) => PathError::DependencyViolation,
        Objection::AddressTaken => PathError::UniquenessViolation,
    }
}
