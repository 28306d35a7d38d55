//! Answers to somebody who comes late: to what they have done already, to what others were faster with, and to what cannot be
//! done any more. Never more than the asker may know, and never a refusal where somebody else has decided.

use super::{App, AppError, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::ids::PersonId;
use crate::domain::request::{Actor, Event, Request, State};
use crate::domain::text::Phrase;
use crate::domain::view::{self, Scene};

/// Somebody wants to do something to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attempt {
    pub(super) by: PersonId,
    pub(super) verb: ActionVerb,
}

impl Attempt {
    /// What a person tried with this event; nothing for what only the bot or the command line does.
    pub(super) fn of(actor: Actor, event: &Event) -> Option<Self> {
        let Actor::Person(by) = actor else { return None };
        let verb = match event {
            Event::Confirmed { .. } => ActionVerb::Confirm,
            Event::Voted { .. } => ActionVerb::Approve,
            Event::Denied { .. } => ActionVerb::Deny,
            Event::Cancelled { .. } => ActionVerb::Cancel,
            _ => return None,
        };
        Some(Self { by, verb })
    }

    /// Is the request where it is because this person did this very thing?
    pub(super) fn is_done(self, request: &Request) -> bool {
        match (self.verb, &request.state) {
            (ActionVerb::Confirm, state) => self.by == request.requester && state.approval().is_some(),
            (ActionVerb::Approve, state) => {
                state.approval().is_some_and(|approval| approval.votes.iter().any(|vote| vote.by == self.by))
            }
            (ActionVerb::Deny, State::Denied { by, .. }) => *by == Some(self.by),
            (ActionVerb::Cancel, State::Cancelled { by, .. }) => *by == self.by,
            _ => false,
        }
    }

    /// Did others decide what this person wanted to decide? Not while it still waits for this person too.
    pub(super) fn is_overtaken(self, request: &Request) -> bool {
        match &request.state {
            State::Draft { .. } | State::Expired => false,
            State::AwaitingApproval { approval, .. } => {
                self.is_a_vote() && !approval.votes.is_empty() && !self.is_possible(request)
            }
            State::Cancelled { .. } | State::Denied { .. } => true,
            _ => self.is_a_vote(),
        }
    }

    /// Could it be done to the request as it is, as far as its state says?
    pub(super) fn is_possible(self, request: &Request) -> bool {
        match (self.verb, &request.state) {
            (ActionVerb::Approve | ActionVerb::Deny, _) => request.awaited_voters().any(|voter| voter == self.by),
            (ActionVerb::Cancel, State::Draft { .. } | State::AwaitingApproval { .. } | State::Approved { .. }) => true,
            _ => false,
        }
    }

    fn is_a_vote(self) -> bool {
        matches!(self.verb, ActionVerb::Approve | ActionVerb::Deny)
    }

    /// What happened to it, in a few words.
    fn title(self, request: &Request) -> &'static str {
        match request.state {
            _ if self.is_done(request) => "already-title",
            _ if self.is_overtaken(request) => "overtaken-title",
            // It goes on, and so may whoever tried.
            State::Draft { .. } | State::AwaitingApproval { .. } | State::Approved { .. } => "refused-title",
            _ => "late-title",
        }
    }
}

impl App {
    /// Somebody was first, or time was: the answer says what became of it.
    pub(super) async fn too_late(&self, attempt: Attempt, request: &Request) -> Result<Outcome, AppError> {
        let names = self.names_for(request, None).await?;
        let scene = Scene { request, names: &names, reason: None, denial: None, insight: None, rehearsal: false };
        let text = Phrase::new(if attempt.is_possible(request) { "late-try-again" } else { "too-late" });
        let text = text.with("progress", view::progress(scene)).with("request", request.id.as_str());
        Ok(self.say(attempt.title(request), text))
    }

    /// The same for whoever lost a race while it was written down; without a person, nobody reads it.
    pub(super) async fn overtaken(&self, attempt: Option<Attempt>, newest: &Request) -> Result<Outcome, AppError> {
        match attempt {
            Some(attempt) => self.too_late(attempt, newest).await,
            None => Ok(self.refuse(Phrase::new("try-again"))),
        }
    }

    /// The same for something that this person may not be allowed to know of.
    pub(super) async fn too_late_for(&self, attempt: Attempt, request: &Request) -> Result<Outcome, AppError> {
        let person = attempt.by;
        if self.was_told(person, request).await?
            || self.may_see_request(person, request, &self.facts_for(request, &[person]).await?)
        {
            return self.too_late(attempt, request).await;
        }
        Ok(self.refuse(Phrase::new("request-unknown")))
    }

    /// Lets a request die whose time has run out, and says so.
    pub(super) async fn expired_now(&self, attempt: Attempt, request: Request) -> Result<Outcome, AppError> {
        let id = request.id.clone();
        self.expire_request(request).await?;
        match self.world.store.request(&id).await? {
            Some(newest) => self.too_late(attempt, &newest).await,
            None => Ok(self.refuse(Phrase::new("request-unknown"))),
        }
    }

    /// Does this person have a card of the request that nobody else has?
    pub(super) async fn was_told(&self, person: PersonId, request: &Request) -> Result<bool, AppError> {
        Ok(self.world.store.cards(&request.id).await?.iter().any(|card| card.to.only == Some(person)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::domain::change::Wish;
    use crate::domain::ids::{RequestId, SkuId};
    use crate::domain::policy::route::{Approvers, Route, Stage};
    use crate::domain::request::{Confirmation, Digest, Origin, Place, Platform};

    const ANA: PersonId = PersonId(Uuid::from_u128(1));
    const MEGAN: PersonId = PersonId(Uuid::from_u128(2));
    const OSKAR: PersonId = PersonId(Uuid::from_u128(3));
    const LI: PersonId = PersonId(Uuid::from_u128(4));
    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    /// Ana asks for a product; megan and oskar are asked, so many votes are wanted in each stage.
    fn asked(quorums: &[u32]) -> Request {
        let mut wish = Wish::nothing_for(ANA);
        wish.assign.insert(SkuId(Uuid::from_u128(0xe5)), BTreeSet::new());
        let origin = Origin { platform: Platform::Console, place: Place::Direct };
        let opened = Request::open(RequestId::from_random([7; 5]), NOW, (ANA, wish, None), origin, NOW);
        let stage = |quorum: &u32| Stage {
            approvers: Approvers::Manager,
            quorum: (*quorum).try_into().unwrap(),
            fallback: None,
        };
        let confirmation = Confirmation {
            route: Route { name: "people".to_owned(), rank: 10, stages: quorums.iter().map(stage).collect() },
            rules: Vec::new(),
            policy: Digest([7; 32]),
            asked: BTreeSet::from([MEGAN, OSKAR]),
            expires_at: NOW,
        };
        opened.unwrap().request.confirm(NOW, confirmation, None).unwrap().request
    }

    fn approved_by(request: Request, voter: PersonId, next: &[PersonId]) -> Request {
        request.vote(NOW, voter, next.iter().copied().collect(), None).unwrap().request
    }

    fn title(by: PersonId, verb: ActionVerb, request: &Request) -> &'static str {
        Attempt { by, verb }.title(request)
    }

    #[test]
    fn whoever_is_overtaken_in_a_stage_is_not_told_that_it_did_not_work() {
        let next_stage = approved_by(asked(&[1, 1]), MEGAN, &[LI]);
        for verb in [ActionVerb::Approve, ActionVerb::Deny] {
            let oskar = Attempt { by: OSKAR, verb };
            assert_eq!((oskar.title(&next_stage), oskar.is_possible(&next_stage)), ("overtaken-title", false));
        }
        assert_eq!(title(MEGAN, ActionVerb::Approve, &next_stage), "already-title");
        let done = approved_by(next_stage, LI, &[]);
        assert_eq!(title(OSKAR, ActionVerb::Approve, &done), "overtaken-title");
        assert_eq!(title(MEGAN, ActionVerb::Approve, &done), "already-title");
    }

    #[test]
    fn whoever_is_still_waited_for_may_try_again() {
        let of_two = approved_by(asked(&[2]), MEGAN, &[]);
        let oskar = Attempt { by: OSKAR, verb: ActionVerb::Approve };
        assert_eq!((oskar.title(&of_two), oskar.is_possible(&of_two)), ("refused-title", true));
        let both_stages = approved_by(asked(&[1, 1]), MEGAN, &[OSKAR, LI]);
        assert!(!oskar.is_overtaken(&both_stages), "the next stage waits for him as well");
        let cancels = Attempt { by: ANA, verb: ActionVerb::Cancel };
        assert_eq!((cancels.title(&of_two), cancels.is_possible(&of_two)), ("refused-title", true));
    }

    #[test]
    fn an_end_is_named_by_what_it_was_and_whose() {
        let denied = asked(&[1]).deny(NOW, Some(MEGAN), None).unwrap().request;
        let cancelled = asked(&[1]).cancel(NOW, ANA).unwrap().request;
        let expired = asked(&[1]).expire(NOW).unwrap().request;
        let executing = approved_by(asked(&[1]), MEGAN, &[]).begin_execution(NOW).unwrap().request;
        for (by, verb, request, expected) in [
            (MEGAN, ActionVerb::Deny, &denied, "already-title"),
            (OSKAR, ActionVerb::Deny, &denied, "overtaken-title"),
            (ANA, ActionVerb::Cancel, &denied, "overtaken-title"),
            (ANA, ActionVerb::Confirm, &cancelled, "overtaken-title"),
            (ANA, ActionVerb::Cancel, &cancelled, "already-title"),
            (MEGAN, ActionVerb::Approve, &expired, "late-title"),
            (ANA, ActionVerb::Cancel, &executing, "late-title"),
            (ANA, ActionVerb::Confirm, &executing, "already-title"),
            (OSKAR, ActionVerb::Deny, &executing, "overtaken-title"),
        ] {
            assert_eq!(title(by, verb, request), expected, "{verb:?} in {:?}", request.state.name());
        }
    }
}
