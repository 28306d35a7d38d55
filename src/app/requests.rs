//! What waits for the caller's vote, and what the caller asked for. What is too much to show is counted, exactly.

use super::{App, AppError, Caller, Outcome};
use crate::domain::ids::PersonId;
use crate::domain::view::reading::{self, Beginning, OwnRequests};
use crate::ports::{Listed, Listing};

/// How many of each kind are read at once; the rest are counted by the store.
const READ: u32 = 100;

/// How many ended requests of the caller are looked at.
const ENDED: u32 = 20;

impl App {
    pub(super) async fn requests(&self, caller: &Caller) -> Result<Outcome, AppError> {
        let waiting = self.waiting_for(caller.person).await?;
        let open = self.open_by(caller.person).await?;
        let ended = self.ended_by(caller.person).await?;
        let mut names = self.names(None).await?;
        for listed in [&waiting, &open, &ended] {
            self.add_names_in(&mut names, &listed.requests).await?;
        }
        let own =
            OwnRequests { waiting: beginning(&waiting), open: beginning(&open), ended: &ended.requests, names: &names };
        Ok(self.answer(reading::requests(own)))
    }

    /// The requests in whose open stage this person is asked and has not voted, oldest first.
    pub(super) async fn waiting_for(&self, person: PersonId) -> Result<Listed, AppError> {
        self.list_living(&Listing::Awaiting(person)).await
    }

    /// What this person asked for and has not ended, newest first.
    pub(super) async fn open_by(&self, person: PersonId) -> Result<Listed, AppError> {
        self.list_living(&Listing::OpenBy(person)).await
    }

    /// What this person asked for and has ended, newest first.
    pub(super) async fn ended_by(&self, person: PersonId) -> Result<Listed, AppError> {
        Ok(self.world.store.list(&Listing::EndedBy(person), ENDED).await?)
    }

    /// Without what has run out in this moment; the worker is about to note it.
    async fn list_living(&self, listing: &Listing) -> Result<Listed, AppError> {
        let mut listed = self.world.store.list(listing, READ).await?;
        let read = listed.requests.len();
        listed.requests.retain(|request| !self.is_past(request));
        listed.all -= read - listed.requests.len();
        Ok(listed)
    }
}

fn beginning(listed: &Listed) -> Beginning<'_> {
    Beginning { requests: &listed.requests, all: listed.all }
}
