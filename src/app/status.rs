//! What somebody holds. Somebody who does not exist and somebody whom the caller may not see are answered in the same words,
//! after the same reads.

use super::resolve::{NAMESAKES, label_in_full, shortened};
use super::{App, AppError, Caller, Outcome};
use crate::domain::audit;
use crate::domain::command::{Command, Who};
use crate::domain::ids::PersonId;
use crate::domain::person::{Facts, Person, PersonFacts};
use crate::domain::request::Request;
use crate::domain::text::Phrase;
use crate::domain::view::reading::{self, PersonReading};
use crate::ports::Listing;

impl App {
    pub(super) async fn status(&self, caller: &Caller, who: Option<&Who>) -> Result<Outcome, AppError> {
        match who {
            None | Some(Who::Me) => self.own_status(caller).await,
            Some(Who::Named(typed)) => self.status_of(caller, typed).await,
        }
    }

    async fn own_status(&self, caller: &Caller) -> Result<Outcome, AppError> {
        let facts = self.facts_about([caller.person]).await?;
        match facts.people.get(&caller.person) {
            Some(person) if self.sees(caller.person, caller.person, &facts) => {
                self.show_person(caller, person, &facts).await
            }
            _ => Ok(self.refuse(Phrase::new("reading-own-forbidden"))),
        }
    }

    async fn status_of(&self, caller: &Caller, typed: &str) -> Result<Outcome, AppError> {
        let mut found = self.world.directory.find(typed).await?;
        found.truncate(NAMESAKES);
        let facts = self.facts_about(found.iter().map(|person| person.id).chain([caller.person])).await?;
        found.retain(|person| self.sees(caller.person, person.id, &facts));
        match found.as_slice() {
            [] => Ok(self.refuse(Phrase::new("reading-person-hidden").with("typed", shortened(typed)))),
            [only] => match facts.people.get(&only.id) {
                Some(person) => self.show_person(caller, person, &facts).await,
                None => Ok(self.refuse(Phrase::new("reading-person-hidden").with("typed", shortened(typed)))),
            },
            several => Ok(self.which_status(typed, several)),
        }
    }

    /// Several people of that name whom the caller may see.
    fn which_status(&self, typed: &str, several: &[Person]) -> Outcome {
        let command = |person: &Person| Command::Status { who: None }.about(&person.id.to_string()).to_text();
        let choices = several.iter().map(|person| (command(person), label_in_full(person))).collect();
        self.choose(Phrase::new("person-several").with("typed", shortened(typed)), choices)
    }

    /// May the caller see what this person holds?
    pub(super) fn sees(&self, caller: PersonId, person: PersonId, facts: &Facts) -> bool {
        self.viewer(caller, person, facts).sees_person
    }

    async fn show_person(&self, caller: &Caller, person: &PersonFacts, facts: &Facts) -> Result<Outcome, AppError> {
        let own = person.person.id == caller.person;
        let requests = self.under_way(caller.person, person.person.id, facts).await?;
        let mut names = self.names(Some(facts)).await?;
        self.add_names_in(&mut names, &requests).await?;
        if !own {
            self.record_reading(caller, audit::Reading::Person(person.person.id)).await?;
        }
        let reading = PersonReading { facts: person, own, requests: &requests, names: &names };
        Ok(self.answer(reading::person(reading)))
    }

    /// The requests about a person that were confirmed and have not ended, as far as the caller may see them. Whom the policy lets
    /// see which is not the store's to know, so all of them are read.
    async fn under_way(&self, caller: PersonId, person: PersonId, facts: &Facts) -> Result<Vec<Request>, AppError> {
        let mut requests = self.world.store.list(&Listing::UnderWay(person), u32::MAX).await?.requests;
        requests.retain(|request| self.may_see_request(caller, request, facts));
        Ok(requests)
    }
}
