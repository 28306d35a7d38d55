//! What waits for the caller's vote, and what the caller asked for.

use super::{App, AppError, Caller, Outcome};
use crate::domain::ids::PersonId;
use crate::domain::request::{Request, State};
use crate::domain::view::reading::{self, OwnRequests};
use crate::ports::Listing;

/// How many requests are looked through: those that wait for anybody, and those that the caller asked for.
const LOOKED_THROUGH: u32 = 500;

/// How many of the caller's own requests are looked at.
const ASKED: u32 = 50;

impl App {
    pub(super) async fn requests(&self, caller: &Caller) -> Result<Outcome, AppError> {
        let waiting = self.waiting_for(caller.person).await?;
        let asked = self.asked_by(caller.person).await?;
        let mut names = self.names(None).await?;
        self.add_names_in(&mut names, &waiting).await?;
        self.add_names_in(&mut names, &asked).await?;
        let own = OwnRequests { waiting: &waiting, asked: &asked, names: &names };
        Ok(self.answer(reading::requests(own)))
    }

    /// The requests in whose open stage this person is asked and has not voted, oldest first.
    pub(super) async fn waiting_for(&self, person: PersonId) -> Result<Vec<Request>, AppError> {
        let mut waiting = self.world.store.list(&Listing::Waiting, LOOKED_THROUGH).await?;
        waiting.retain(|request| !self.is_past(request) && waits_for(request, person));
        Ok(waiting)
    }

    /// What this person asked for, newest first, without what has run out and was not noted yet.
    pub(super) async fn asked_by(&self, person: PersonId) -> Result<Vec<Request>, AppError> {
        let mut asked = self.world.store.list(&Listing::By(person), ASKED).await?;
        asked.retain(|request| !self.is_past(request));
        Ok(asked)
    }
}

/// Is this person asked now, and has not answered yet?
pub(super) fn waits_for(request: &Request, person: PersonId) -> bool {
    let State::AwaitingApproval { approval, .. } = &request.state else { return false };
    let four_eyes = person != request.requester && person != request.wish.subject;
    four_eyes && approval.asked.contains(&person) && !approval.has_voted(person)
}
