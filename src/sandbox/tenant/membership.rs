//! Changes of groups: their licenses, their members, their end. What follows for the members is queued, not done.

use jiff::Timestamp;
use uuid::Uuid;

use super::change::NotApplicable;
use super::{Addition, Group, Tenant};
use crate::domain::ids::{GroupId, PersonId, SkuId};

impl Tenant {
    pub(super) fn changed_group(&mut self, id: GroupId) -> Option<&mut Group> {
        let place = self.group_places.get(&id).copied();
        place.and_then(|place| self.groups.get_mut(place))
    }

    fn known_group(&mut self, id: GroupId) -> Result<&mut Group, NotApplicable> {
        self.changed_group(id).ok_or_else(|| NotApplicable(format!("there is no group {id}")))
    }

    pub(super) fn license_group(
        &mut self,
        id: GroupId,
        add: &[Addition],
        remove: &[SkuId],
        at: Timestamp,
    ) -> Result<(), NotApplicable> {
        if let Some(unknown) = add.iter().find(|addition| self.subscription(addition.sku_id).is_none()) {
            return Err(NotApplicable(format!("there is no subscription with SKU {}", unknown.sku_id)));
        }
        let group = self.known_group(id)?;
        group.licenses.retain(|(sku, _)| !remove.contains(sku));
        for addition in add {
            let off = addition.disabled_plans.iter().copied().collect();
            match group.licenses.iter_mut().find(|(sku, _)| *sku == addition.sku_id) {
                Some(license) => license.1 = off,
                None => group.licenses.push((addition.sku_id, off)),
            }
        }
        self.queue_group(id, at);
        Ok(())
    }

    pub(super) fn add_member(&mut self, id: GroupId, member: Uuid, at: Timestamp) -> Result<(), NotApplicable> {
        let person = self.person_by_id(PersonId(member)).map(|person| person.id);
        let nested = self.group(GroupId(member)).map(|group| group.id);
        let group = self.known_group(id)?;
        match (person, nested) {
            (Some(person), _) => group.members.push(person),
            (None, Some(nested)) => group.nested.push(nested),
            (None, None) => return Err(NotApplicable(format!("there is nobody {member}"))),
        }
        let place = group.place;
        let before = |tenant: &Self, parent: GroupId| tenant.group(parent).is_some_and(|parent| parent.place < place);
        let parents = self.parents.get(&member).map(Vec::as_slice).unwrap_or_default();
        let at_place = parents.iter().take_while(|parent| before(self, **parent)).count();
        self.parents.entry(member).or_default().insert(at_place, id);
        self.membership_changed(id, person, at);
        Ok(())
    }

    pub(super) fn remove_member(&mut self, id: GroupId, member: Uuid, at: Timestamp) -> Result<(), NotApplicable> {
        let person = self.person_by_id(PersonId(member)).map(|person| person.id);
        let group = self.known_group(id)?;
        group.members.retain(|person| person.0 != member);
        group.nested.retain(|nested| nested.0 != member);
        self.parents.entry(member).or_default().retain(|parent| *parent != id);
        self.membership_changed(id, person, at);
        Ok(())
    }

    /// Only people inherit: what a nested group has is not passed on.
    fn membership_changed(&mut self, id: GroupId, person: Option<PersonId>, at: Timestamp) {
        let Some(person) = person else { return };
        let gives = self.group(id).is_some_and(|group| !group.licenses.is_empty());
        let gave = || {
            let licenses = self.person_by_id(person).map(|person| person.licenses.as_slice()).unwrap_or_default();
            licenses.iter().any(|path| path.group == Some(id))
        };
        if gives || gave() {
            self.queue_person(id, person, at);
        }
    }

    /// The group goes, and what it still gave goes with it.
    pub(super) fn delete_group(&mut self, id: GroupId, at: Timestamp) -> Result<(), NotApplicable> {
        let group = self.known_group(id)?;
        let mut people = std::mem::take(&mut group.members);
        people.extend(group.in_error.iter().copied());
        group.licenses.clear();
        self.groups.retain(|group| group.id != id);
        self.group_places = self.groups.iter().enumerate().map(|(index, group)| (group.id, index)).collect();
        for parents in self.parents.values_mut() {
            parents.retain(|parent| *parent != id);
        }
        self.parents.remove(&id.0);
        for group in &mut self.groups {
            group.nested.retain(|nested| *nested != id);
        }
        people.into_iter().for_each(|person| self.settle(id, person, at));
        Ok(())
    }
}
