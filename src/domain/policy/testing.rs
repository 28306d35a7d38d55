//! People, products and policies for the tests of this room.

use std::num::NonZeroU32;

use super::route::{Approvers, Route, Stage};
use super::{Policy, PolicyProblem, PolicySettings, PolicySource};
use crate::domain::catalog::products;
use crate::domain::ids::{GroupId, PersonId, SkuId};
use crate::domain::person::{Facts, GroupFacts, Person, PersonFacts, testing};

pub(super) fn sku(part_number: &str) -> SkuId {
    products().by_part_number(part_number).unwrap().sku
}

pub(super) fn person_id(number: u128) -> PersonId {
    PersonId(uuid::Uuid::from_u128(number))
}

pub(super) fn group_id(number: u128) -> GroupId {
    GroupId(uuid::Uuid::from_u128(0x6000 + number))
}

/// A member who may sign in.
pub(super) fn person(number: u128) -> Person {
    testing::member(person_id(number), &format!("Person {number}"))
}

/// The same person with nothing and nobody.
pub(super) fn alone(number: u128) -> PersonFacts {
    testing::alone(person(number))
}

/// The same person with a manager.
pub(super) fn managed(number: u128, manager: u128) -> PersonFacts {
    PersonFacts { manager: Some(person(manager)), ..alone(number) }
}

pub(super) fn facts_of_group(number: u128, members: &[Person]) -> Facts {
    let group = GroupFacts { id: group_id(number), display_name: "Group".into(), members: members.to_vec() };
    Facts { groups: [(group.id, group)].into(), ..Facts::default() }
}

pub(super) fn stage(approvers: Approvers, quorum: u32, fallback: Option<Approvers>) -> Stage {
    Stage { approvers, quorum: NonZeroU32::new(quorum).unwrap(), fallback }
}

pub(super) fn route(name: &str, rank: u32) -> Route {
    Route { name: name.into(), rank, stages: vec![stage(Approvers::Manager, 1, None)] }
}

pub(super) fn source(text: &str) -> PolicySource {
    PolicySource { name: "rules.cedar".into(), text: text.into() }
}

/// A policy with the routes `easy` and `hard`.
pub(super) fn load(text: &str) -> Result<Policy, Vec<PolicyProblem>> {
    Policy::load(&[source(text)], vec![route("easy", 1), route("hard", 2)], PolicySettings::default())
}

/// What is wrong with a text, as an operator reads it.
pub(super) fn problems(text: &str) -> Vec<String> {
    load(text).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}
