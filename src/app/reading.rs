//! What every answer to a question needs: may this person read it, is the reading recorded, and the names in it. Never shows
//! anything.

use std::collections::BTreeSet;

use super::facts::people_in;
use super::{App, AppError, Caller};
use crate::domain::audit;
use crate::domain::ids::{GroupId, PersonId};
use crate::domain::person::{Facts, Holdings};
use crate::domain::policy::{ReadQuestion, ReadWhat};
use crate::domain::request::{Actor, Request};
use crate::domain::view::Names;
use crate::ports::FactsQuestion;

impl App {
    /// May this person read this? Not without facts about the person.
    pub(super) fn may_read(&self, person: PersonId, facts: &Facts, what: ReadWhat<'_>) -> bool {
        let Some(reader) = facts.people.get(&person) else { return false };
        self.policy.may_read(&ReadQuestion { reader, what }).is_allowed()
    }

    /// Writes down that somebody reads about others. Comes before anything is shown.
    pub(super) async fn record_reading(&self, caller: &Caller, reading: audit::Reading) -> Result<(), AppError> {
        Ok(self.world.store.record_reading(self.now(), Actor::Person(caller.person), reading).await?)
    }

    /// Adds the names of the groups that licenses come from. Facts know only the groups that the policy names.
    pub(super) async fn add_group_names(&self, names: &mut Names, holdings: &Holdings) -> Result<(), AppError> {
        let skus: BTreeSet<_> = holdings.assignments.iter().map(|assignment| assignment.sku).collect();
        let groups = skus.into_iter().flat_map(|sku| holdings.inherited_from(sku));
        let unknown: BTreeSet<GroupId> = groups.filter(|group| !names.groups.contains_key(group)).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let question = FactsQuestion { groups: unknown, ..FactsQuestion::default() };
        let found = self.world.directory.read(&question).await?.groups;
        names.groups.extend(found.into_values().map(|group| (group.id, group.display_name)));
        Ok(())
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
