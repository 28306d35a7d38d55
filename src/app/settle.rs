//! An operator settles a request that needs a human, from the command line. Never decides by itself, and never touches a
//! request that nobody asked about.

use super::{App, AppError};
use crate::domain::command::Reason;
use crate::domain::ids::RequestId;
use crate::domain::person::{Facts, Holdings};
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

/// Why it was not settled.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// There is no such request.
    #[error("there is no request {0}; see its card for the id")]
    Unknown(RequestId),
    /// It does not wait for an operator.
    #[error("{0} does not need an operator: it is {name}", name = .1.as_str())]
    NotAsked(RequestId, StateName),
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
        if !matches!(request.state, State::NeedsHuman { .. }) {
            return Err(SettleError::NotAsked(id.clone(), request.state.name()));
        }
        let after = self.seen_now(request.wish.subject).await;
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

    async fn seen_now(&self, subject: crate::domain::ids::PersonId) -> Option<Holdings> {
        let question = FactsQuestion { people: [subject].into(), ..FactsQuestion::default() };
        let facts = self.world.directory.read(&question).await.ok()?;
        facts.people.get(&subject).map(|facts| facts.holdings.clone())
    }
}
