//! An operator settles a request that needs a human, from the command line. Never decides by itself, and never touches a
//! request that nobody asked about.

use super::execute::shows;
use super::{App, AppError};
use crate::domain::command::Reason;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::person::{Facts, PersonFacts};
use crate::domain::request::{Actor, State, StateName};
use crate::ports::{Commit, FactsQuestion};

/// What the operator found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// The change is there.
    Applied,
    /// It is not.
    NotApplied,
}

impl Settlement {
    /// What the directory shows where this is not so.
    fn shown(self) -> &'static str {
        match self {
            Self::Applied => "no such change",
            Self::NotApplied => "the change",
        }
    }
}

/// Why it was not settled.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// There is no such request.
    #[error("there is no request {0}; see its card for the id")]
    Unknown(RequestId),
    /// It does not wait for an operator.
    #[error("{0} does not need an operator: it is {name}", name = .1.as_str())]
    NotAsked(RequestId, StateName),
    /// The directory, which can be read, says otherwise. Nobody is told that a change was made that is not there.
    #[error("Microsoft 365 shows {seen}, so {0} cannot be settled like that: look again, and settle it as it is", seen = .1.shown())]
    Contradicted(RequestId, Settlement),
    /// Somebody changed it meanwhile.
    #[error("{0} changed meanwhile; look again")]
    Changed(RequestId),
    /// We broke.
    #[error(transparent)]
    Broken(#[from] AppError),
}

impl App {
    /// Records the operator's word, with what the directory shows where it can be read.
    ///
    /// # Errors
    /// [`SettleError`].
    pub async fn settle(
        &self,
        id: &RequestId,
        settlement: Settlement,
        reason: &Reason,
    ) -> Result<StateName, SettleError> {
        let request = self.world.store.proven_request(id).await.map_err(AppError::from)?;
        let request = request.ok_or_else(|| SettleError::Unknown(id.clone()))?;
        let State::NeedsHuman { execution } = &request.state else {
            return Err(SettleError::NotAsked(id.clone(), request.state.name()));
        };
        let seen = self.seen_now(request.wish.subject).await;
        if let (Some(seen), Some(intent)) = (&seen, &execution.intent)
            && shows(&intent.effect, &seen.person, &seen.holdings) != (settlement == Settlement::Applied)
        {
            return Err(SettleError::Contradicted(id.clone(), settlement));
        }
        let after = seen.map(|seen| seen.holdings);
        let at = self.now();
        let text = self.private_text(reason);
        let applied = settlement == Settlement::Applied;
        let step = request.resolve(at, applied, after, text.reference).map_err(AppError::from)?;
        let name = step.request.state.name();
        let cards = self.outcome_cards(&step.request, &Facts::default());
        let mut unit = self.unit(at, Actor::CommandLine, step, cards, &Facts::default());
        unit.texts.push(text);
        match self.world.store.commit(unit).await.map_err(AppError::from)? {
            Commit::Done => Ok(name),
            _ => Err(SettleError::Changed(id.clone())),
        }
    }

    async fn seen_now(&self, subject: PersonId) -> Option<PersonFacts> {
        let question = FactsQuestion { people: [subject].into(), ..FactsQuestion::default() };
        let facts = self.world.directory.read(&question).await.ok()?;
        facts.people.get(&subject).cloned()
    }
}
