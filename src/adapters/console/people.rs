//! The people whom one can be in the demo. Known by their short names, which the directory gives; everything else is keyed by
//! the person's id.

use std::collections::HashMap;

use crate::domain::ids::PersonId;

/// One person to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// The account.
    pub id: PersonId,
    /// The short name (`mailNickname`).
    pub name: String,
    /// The whole name.
    pub display_name: String,
    /// What they work as.
    pub title: Option<String>,
    /// The short name of their manager.
    pub manager: Option<String>,
}

/// Everybody, in the order of the list given.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    people: Vec<DemoPerson>,
    by_name: HashMap<String, PersonId>,
    names: HashMap<PersonId, String>,
}

impl Roster {
    /// A roster of these people. Of two with the same short name, the first is meant by it.
    pub fn new(people: Vec<DemoPerson>) -> Self {
        let mut by_name = HashMap::new();
        for person in &people {
            by_name.entry(person.name.clone()).or_insert(person.id);
        }
        let names = people.iter().map(|person| (person.id, person.name.clone())).collect();
        Self { people, by_name, names }
    }

    /// Everybody.
    pub fn all(&self) -> &[DemoPerson] {
        &self.people
    }

    /// The person of a short name.
    pub fn find(&self, name: &str) -> Option<PersonId> {
        self.by_name.get(name).copied()
    }

    /// The short name of a person.
    pub fn name(&self, person: PersonId) -> Option<&str> {
        self.names.get(&person).map(String::as_str)
    }
}
