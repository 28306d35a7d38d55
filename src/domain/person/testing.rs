//! Accounts for the tests of what people hold, ask and may.

use std::collections::BTreeSet;

use super::{Holdings, Person, PersonFacts, UserType};
use crate::domain::ids::PersonId;

/// A member who signs in, of whom nothing else is known.
pub(crate) fn member(id: PersonId, name: &str) -> Person {
    Person {
        id,
        display_name: name.to_owned(),
        user_principal_name: format!("{}@northwind.example", name.to_lowercase().replace(' ', ".")),
        nickname: None,
        job_title: None,
        department: None,
        enabled: true,
        user_type: UserType::Member,
        usage_location: None,
        preferred_language: None,
    }
}

/// The same person with nothing and nobody.
pub(crate) fn alone(person: Person) -> PersonFacts {
    PersonFacts { person, holdings: Holdings::default(), manager: None, groups: BTreeSet::new() }
}
