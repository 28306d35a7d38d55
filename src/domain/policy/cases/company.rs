//! The people of a text of cases, as facts. Never more than the text says: no one is in a group that no one names.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::BadCases;
use super::form::PersonForm;
use crate::domain::catalog::products;
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};
use crate::domain::person::{Facts, GroupFacts, Holdings, Person, PersonFacts, UserType};
use crate::domain::policy::explain::Names;
use crate::domain::text::Arg;

/// The group of everybody who is said to be `protected`. No directory gives this id to a group.
pub(super) const PROTECTED: GroupId = GroupId(Uuid::max());

/// Everyone in the text.
pub(super) struct Company {
    ids: BTreeMap<String, PersonId>,
    facts: Facts,
}

impl Company {
    pub(super) fn of(people: &BTreeMap<String, PersonForm>) -> Result<Self, BadCases> {
        let accounts: BTreeMap<&str, Person> =
            people.iter().zip(1..).map(|((name, form), number)| (name.as_str(), account(name, form, number))).collect();
        let mut facts = Facts::default();
        for (name, form) in people {
            let Some(person) = accounts.get(name.as_str()) else { continue };
            for group in &form.groups {
                group_facts(&mut facts, *group).members.push(person.clone());
            }
            facts.people.insert(person.id, person_facts(name, person, form, &accounts)?);
        }
        let ids = accounts.iter().map(|(name, person)| ((*name).to_owned(), person.id)).collect();
        Ok(Self { ids, facts })
    }

    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    pub(super) fn person(&self, name: &str) -> Result<&PersonFacts, String> {
        let facts = self.ids.get(name).and_then(|id| self.facts.people.get(id));
        facts.ok_or_else(|| format!("there is no person `{name}`; add `[people.{name}]`"))
    }

    /// The groups that the text names, each with those who are in it.
    pub(super) fn groups(&self) -> impl Iterator<Item = &GroupFacts> {
        self.facts.groups.values()
    }

    pub(super) fn name(&self, person: PersonId) -> String {
        let named = self.facts.people.get(&person).map(|facts| facts.person.display_name.clone());
        named.unwrap_or_else(|| person.to_string())
    }
}

fn account(name: &str, form: &PersonForm, number: u128) -> Person {
    Person {
        id: form.id.unwrap_or(PersonId(Uuid::from_u128(number))),
        display_name: name.to_owned(),
        user_principal_name: name.to_owned(),
        nickname: Some(name.to_owned()),
        job_title: None,
        department: form.department.clone(),
        enabled: form.enabled,
        user_type: if form.guest { UserType::Guest } else { UserType::Member },
        usage_location: form.usage_location,
        preferred_language: None,
    }
}

fn person_facts(
    name: &str,
    person: &Person,
    form: &PersonForm,
    accounts: &BTreeMap<&str, Person>,
) -> Result<PersonFacts, BadCases> {
    let manager = |manager: &String| {
        accounts.get(manager.as_str()).cloned().ok_or_else(|| BadCases::Person {
            person: name.to_owned(),
            problem: format!("there is no manager `{manager}`; add `[people.{manager}]`"),
        })
    };
    Ok(PersonFacts {
        person: person.clone(),
        holdings: Holdings::default(),
        manager: form.manager.as_ref().map(manager).transpose()?,
        groups: form.groups.iter().copied().chain(form.protected.then_some(PROTECTED)).collect(),
    })
}

fn group_facts(facts: &mut Facts, group: GroupId) -> &mut GroupFacts {
    facts.groups.entry(group).or_insert_with(|| GroupFacts {
        id: group,
        display_name: group.to_string(),
        members: Vec::new(),
    })
}

impl Names for Company {
    fn person(&self, person: PersonId) -> Arg {
        self.name(person).into()
    }

    fn product(&self, sku: SkuId) -> Arg {
        products().product(sku).map_or_else(|| sku.to_string(), |product| product.name.to_owned()).into()
    }

    fn app(&self, plan: PlanId) -> Arg {
        products().plan(plan).map_or_else(|| plan.to_string(), |plan| plan.name.to_owned()).into()
    }

    fn group(&self, group: GroupId) -> Arg {
        group.to_string().into()
    }
}
