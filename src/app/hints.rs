//! What is remembered of a person for hints while they type, so that a key costs no call to the directory. Never decides
//! about a command: those read afresh.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::ids::PersonId;
use crate::domain::person::PersonFacts;
use crate::ports::{FactsQuestion, PortError};

/// How long it is good enough for hints.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(5);

/// More people than this are not remembered at once.
const MOST: usize = 1_000;

/// By person, with the instant of the reading.
#[derive(Debug, Default)]
pub(super) struct Hints(Mutex<HashMap<PersonId, (Timestamp, Arc<PersonFacts>)>>);

impl Hints {
    fn of(&self, person: PersonId, now: Timestamp) -> Option<Arc<PersonFacts>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (read_at, facts) = known.get(&person)?;
        let age = now.duration_since(*read_at);
        (SignedDuration::ZERO..GOOD_FOR).contains(&age).then(|| Arc::clone(facts))
    }

    fn keep(&self, person: PersonId, now: Timestamp, facts: &Arc<PersonFacts>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST && !known.contains_key(&person) {
            known.clear();
        }
        known.insert(person, (now, Arc::clone(facts)));
    }
}

impl App {
    /// The facts about somebody who types, some minutes old at most; nothing for somebody who does not exist.
    pub(super) async fn hinted(&self, person: PersonId) -> Result<Option<Arc<PersonFacts>>, PortError> {
        let now = self.now();
        if let Some(facts) = self.hints.of(person, now) {
            return Ok(Some(facts));
        }
        let question = FactsQuestion { people: BTreeSet::from([person]), ..FactsQuestion::default() };
        let facts = self.world.directory.read(&question).await?.people.remove(&person).map(Arc::new);
        if let Some(facts) = &facts {
            self.hints.keep(person, now, facts);
        }
        Ok(facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::testing::{alone, member};

    fn facts(id: PersonId) -> Arc<PersonFacts> {
        Arc::new(alone(member(id, "Ana Silva")))
    }

    #[test]
    fn a_reading_is_good_for_five_minutes() {
        let (hints, ana) = (Hints::default(), PersonId(uuid::Uuid::from_u128(1)));
        let read_at: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
        assert_eq!(hints.of(ana, read_at), None);
        hints.keep(ana, read_at, &facts(ana));
        assert_eq!(hints.of(ana, read_at), Some(facts(ana)));
        assert_eq!(hints.of(ana, read_at + SignedDuration::from_secs(299)), Some(facts(ana)));
        assert_eq!(hints.of(ana, read_at + GOOD_FOR), None);
        assert_eq!(hints.of(ana, read_at - SignedDuration::from_secs(1)), None, "a clock that went back");
    }

    #[test]
    fn nobody_fills_the_memory() {
        let hints = Hints::default();
        for number in 0..=1_000 {
            let id = PersonId(uuid::Uuid::from_u128(number));
            hints.keep(id, Timestamp::UNIX_EPOCH, &facts(id));
        }
        assert_eq!(hints.0.lock().unwrap().len(), 1);
    }
}
