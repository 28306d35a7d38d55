//! The directory in memory: people, groups, subscriptions and who holds what. Pure: it neither keeps itself on disk nor
//! speaks HTTP, and it changes only by [`Tenant::apply`].

mod build;
mod change;
mod group;
mod inherit;
mod membership;
mod names;
mod objection;
mod person;
mod plans;
mod processing;
mod products;
mod subscription;

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::domain::ids::{GroupId, PersonId, SkuId, TenantId};

pub(super) use change::{Addition, Entry, Mutation, after};
pub(super) use group::Group;
pub(super) use objection::Objection;
pub(super) use person::{LicensePath, Person, merged};
pub(super) use subscription::{Plan, Subscription};

/// Everything the tenant knows at one moment. People and groups have a place in their lists that never changes: paging
/// stands on it.
#[derive(Clone, Debug)]
pub(super) struct Tenant {
    pub(super) company: Company,
    pub(super) settings: Settings,
    pub(super) apps: Vec<App>,
    pub(super) subscriptions: Vec<Subscription>,
    people: Vec<Person>,
    groups: Vec<Group>,
    person_places: HashMap<PersonId, usize>,
    upn_places: HashMap<String, usize>,
    group_places: HashMap<GroupId, usize>,
    /// The groups that hold this person or group directly, in the groups' order.
    parents: HashMap<Uuid, Vec<GroupId>>,
    /// Addresses that more than one person has, in small letters: Entra lets only one of them have a mailbox.
    shared_addresses: HashSet<String>,
    processing: processing::Queue,
}

/// The tenant as a whole.
#[derive(Clone, Debug)]
pub(super) struct Company {
    pub(super) tenant: TenantId,
    pub(super) name: String,
    pub(super) domain: String,
    /// What group licensing gives to whoever has no location.
    pub(super) usage_location: String,
    pub(super) token_lifetime: u32,
    pub(super) created: Timestamp,
    /// How long a service works on a plan that was switched on.
    pub(super) provisioning: SignedDuration,
    pub(super) app_only_license_details: bool,
    pub(super) page_size: usize,
}

/// How the tenant behaves where nobody has proven how Microsoft's does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) warning_seats_assignable: bool,
    pub(super) group_queue: SignedDuration,
    pub(super) group_work: SignedDuration,
}

/// An app registration.
#[derive(Clone, Debug)]
pub(super) struct App {
    pub(super) name: String,
    pub(super) client_id: Uuid,
    pub(super) object_id: Uuid,
    pub(super) secret_expires: Option<Timestamp>,
    pub(super) roles: Vec<String>,
}

/// What a group may hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Member<'a> {
    Person(&'a Person),
    Group(&'a Group),
}

impl Tenant {
    /// Finds a person by object id or user principal name (any case).
    pub(super) fn person(&self, key: &str) -> Option<&Person> {
        match key.parse() {
            Ok(id) => self.person_by_id(id),
            Err(_) => self.upn_places.get(&key.to_lowercase()).and_then(|place| self.people.get(*place)),
        }
    }

    pub(super) fn person_by_id(&self, id: PersonId) -> Option<&Person> {
        self.person_places.get(&id).and_then(|place| self.people.get(*place))
    }

    pub(super) fn group(&self, id: GroupId) -> Option<&Group> {
        self.group_places.get(&id).and_then(|place| self.groups.get(*place))
    }

    pub(super) fn people(&self) -> &[Person] {
        &self.people
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub(super) fn subscription(&self, sku: SkuId) -> Option<&Subscription> {
        self.subscriptions.iter().find(|subscription| subscription.sku == sku)
    }

    pub(super) fn app(&self, client_id: Uuid) -> Option<&App> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    /// The groups that a person or group is a direct member of.
    pub(super) fn member_of(&self, id: Uuid) -> Vec<&Group> {
        self.parents.get(&id).into_iter().flatten().filter_map(|group| self.group(*group)).collect()
    }

    /// The groups that a person or group is a member of, directly or through other groups; each once, in the groups'
    /// order. Nesting in a circle is survived.
    pub(super) fn transitive_member_of(&self, id: Uuid) -> Vec<&Group> {
        let mut found = HashSet::new();
        let mut open = vec![id];
        while let Some(member) = open.pop() {
            for group in self.parents.get(&member).into_iter().flatten() {
                if found.insert(*group) {
                    open.push(group.0);
                }
            }
        }
        self.groups.iter().filter(|group| found.contains(&group.id)).collect()
    }

    /// The direct members: people first, then groups.
    pub(super) fn members<'a>(&'a self, group: &'a Group) -> Vec<Member<'a>> {
        let people = group.members.iter().filter_map(|id| self.person_by_id(*id)).map(Member::Person);
        let groups = group.nested.iter().filter_map(|id| self.group(*id)).map(Member::Group);
        people.chain(groups).collect()
    }

    /// All members, of nested groups too; each once, in the directory's order, people first.
    pub(super) fn transitive_members<'a>(&'a self, group: &'a Group) -> Vec<Member<'a>> {
        let mut groups = HashSet::new();
        let mut people = HashSet::new();
        let mut open = vec![group];
        while let Some(group) = open.pop() {
            people.extend(group.members.iter().copied());
            open.extend(group.nested.iter().filter(|id| groups.insert(**id)).filter_map(|id| self.group(*id)));
        }
        let people = self.people.iter().filter(|person| people.contains(&person.id)).map(Member::Person);
        let groups = self.groups.iter().filter(|group| groups.contains(&group.id)).map(Member::Group);
        people.chain(groups).collect()
    }
}
