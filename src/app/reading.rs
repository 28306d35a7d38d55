//! What every answer to a question needs: may this person read it, is the reading recorded, and the names in it. Never shows
//! anything.

use std::collections::BTreeSet;

use super::facts::people_in;
use super::{App, AppError, Caller};
use crate::domain::audit;
use crate::domain::ids::PersonId;
use crate::domain::person::Facts;
use crate::domain::policy::{ReadQuestion, ReadWhat};
use crate::domain::request::{Actor, Request};
use crate::domain::view::{Names, Viewer};

impl App {
    /// May this person read this? Not without facts about the person.
    pub(super) fn may_read(&self, person: PersonId, facts: &Facts, what: ReadWhat<'_>) -> bool {
        let Some(reader) = facts.people.get(&person) else { return false };
        self.policy.may_read(&ReadQuestion { reader, what }).is_allowed()
    }

    /// What the caller may see of the subject, and whether the caller may set the usage location.
    pub(super) fn viewer(&self, caller: PersonId, subject: PersonId, facts: &Facts) -> Viewer {
        let (Some(asker), Some(about)) = (facts.people.get(&caller), facts.people.get(&subject)) else {
            return Viewer { sees_person: false, may_set_location: false };
        };
        let what = if caller == subject { ReadWhat::Own } else { ReadWhat::Person(about) };
        let sees_person = self.policy.may_read(&ReadQuestion { reader: asker, what }).is_allowed();
        Viewer { sees_person, may_set_location: self.may_set_location_now(asker, about) }
    }

    /// Writes down that somebody reads about others. Comes before anything is shown.
    pub(super) async fn record_reading(&self, caller: &Caller, reading: audit::Reading) -> Result<(), AppError> {
        Ok(self.world.store.record_reading(self.now(), Actor::Person(caller.person), reading).await?)
    }

    /// Adds the names of everybody in these requests.
    pub(super) async fn add_names_in(&self, names: &mut Names, requests: &[Request]) -> Result<(), AppError> {
        let people: BTreeSet<PersonId> = requests.iter().flat_map(people_in).collect();
        self.add_names(names, people).await
    }

    /// Adds these names, as far as they can be found.
    pub(super) async fn add_names(
        &self,
        names: &mut Names,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<(), AppError> {
        for person in people {
            self.add_name(names, person).await?;
        }
        Ok(())
    }
}
