//! Is the same asked for already? Two equal requests would ask the same people twice and wait for each other. Never looks at
//! drafts: they are their authors' alone, and die by themselves.

use super::{App, AppError, Outcome};
use crate::domain::change::Wish;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::person::Facts;
use crate::domain::request::Request;
use crate::domain::text::Phrase;
use crate::domain::view::{self, Scene};
use crate::ports::Listing;

/// What was found.
pub(super) enum Asked {
    /// The same person asked; once is enough.
    ByOneself(Outcome),
    /// Somebody else did, in a request that this person may see: worth knowing, and no obstacle.
    ByAnother(Phrase),
}

impl App {
    /// Looks through what is under way for the subject, but for `draft`, which is asked about. The usage location is no part of
    /// what is wished for.
    pub(super) async fn asked_already(
        &self,
        by: PersonId,
        (draft, wish): (Option<&RequestId>, &Wish),
        facts: &Facts,
    ) -> Result<Option<Asked>, AppError> {
        let under_way = self.world.store.list(&Listing::UnderWay(wish.subject), u32::MAX).await?.requests;
        let other = under_way.into_iter().filter(|request| Some(&request.id) != draft);
        let mut same: Vec<Request> = other.filter(|request| is_same(&request.wish, wish)).collect();
        same.retain(|request| !self.is_past(request) && self.may_see_request(by, request, facts));
        let own = same.iter().find(|request| request.requester == by);
        let Some(request) = own.or(same.first()) else { return Ok(None) };
        let names = self.names_for(request, Some(facts)).await?;
        let scene = Scene { request, names: &names, reason: None, denial: None, insight: None, rehearsal: false };
        let told = |key| Phrase::new(key).with("request", request.id.as_str()).with("progress", view::progress(scene));
        Ok(Some(match own {
            Some(_) => Asked::ByOneself(self.say("already-title", told("asked-already"))),
            None => Asked::ByAnother(told("asked-by-another")),
        }))
    }
}

fn is_same(one: &Wish, other: &Wish) -> bool {
    let without_location = |wish: &Wish| Wish { usage_location: None, ..wish.clone() };
    without_location(one) == without_location(other)
}
