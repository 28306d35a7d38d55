//! One request, with its history and what the caller may do about it. A request that does not exist and one that the caller
//! may not see are answered in the same words.

use super::{App, AppError, Caller, Outcome};
use crate::domain::audit;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::judge::judge;
use crate::domain::person::Facts;
use crate::domain::request::{Approval, Event, Request, State};
use crate::domain::text::Phrase;
use crate::domain::view::reading::{self, Entry, RequestReading, Role, Words};
use crate::domain::view::{Insight, Names, Scene};

/// A request that the caller may see, with everything read for showing it.
pub(super) struct Seen {
    pub(super) request: Request,
    pub(super) trail: Vec<Entry>,
    pub(super) facts: Facts,
    pub(super) names: Names,
    /// The approval under way, or the last one.
    pub(super) approval: Option<Approval>,
    /// Why it was asked for, for those who may read that.
    pub(super) reason: Option<String>,
    /// Why somebody said no, the same.
    pub(super) denial: Option<String>,
}

impl App {
    pub(super) async fn show_request(&self, caller: &Caller, id: &RequestId) -> Result<Outcome, AppError> {
        let Some(seen) = self.see_request(caller, id).await? else {
            return Ok(self.refuse(Phrase::new("request-unknown")));
        };
        let words = self.words_in_trail(caller.person, &seen).await?;
        let insight = self.insight_of(&seen);
        let scene = seen.scene(insight.as_ref());
        let role = self.role(caller.person, &seen);
        let approval = seen.approval.as_ref();
        let reading = RequestReading { scene, role, approval, trail: &seen.trail, words: &words };
        Ok(self.answer(reading::request(reading)))
    }

    /// Reads a request for the caller and records it when it is others'. Nothing when the caller may not see it.
    pub(super) async fn see_request(&self, caller: &Caller, id: &RequestId) -> Result<Option<Seen>, AppError> {
        let Some(request) = self.world.store.proven_request(id).await? else { return Ok(None) };
        let trail = self.world.store.trail(id).await?;
        let facts = self.facts_for(&request, &[caller.person]).await?;
        if !self.may_see_now(caller.person, &request, &trail, &facts) {
            return Ok(None);
        }
        if caller.person != request.requester && caller.person != request.wish.subject {
            self.record_reading(caller, audit::Reading::Request(request.id.clone())).await?;
        }
        self.gather_seen(caller, request, trail, facts).await.map(Some)
    }

    async fn gather_seen(
        &self,
        caller: &Caller,
        request: Request,
        trail: Vec<Entry>,
        facts: Facts,
    ) -> Result<Seen, AppError> {
        let mut names = self.names_for(&request, Some(&facts)).await?;
        self.add_names(&mut names, reading::people_in_trail(&trail)).await?;
        let approval = reading::last_approval(&request.id, &trail);
        let sees_person = self.viewer(caller.person, request.wish.subject, &facts).sees_person;
        let trail =
            if sees_person || was_asked(caller.person, &trail) { trail } else { reading::without_location(trail) };
        let told = self.may_read_words(caller.person, &request, &trail, &facts);
        let denied = match &request.state {
            State::Denied { reason, .. } => *reason,
            _ => None,
        };
        let reason = self.words(request.reason.filter(|_| told)).await?;
        let denial = self.words(denied.filter(|_| told)).await?;
        Ok(Seen { request, trail, facts, names, approval, reason, denial })
    }

    /// Whoever was ever asked may see what became of it.
    fn may_see_now(&self, person: PersonId, request: &Request, trail: &[Entry], facts: &Facts) -> bool {
        self.may_see_request(person, request, facts) || was_asked(person, trail)
    }

    /// What people wrote is for the requester, for those asked to decide, and for whoever the policy lets read the request;
    /// never for the subject as such, who reads what happens and not what others wrote to each other about it.
    fn may_read_words(&self, person: PersonId, request: &Request, trail: &[Entry], facts: &Facts) -> bool {
        if person == request.requester {
            return true;
        }
        if person == request.wish.subject {
            return false;
        }
        if was_asked(person, trail) {
            return true;
        }
        self.policy_lets_see(person, request, facts)
    }

    async fn words_in_trail(&self, person: PersonId, seen: &Seen) -> Result<Words, AppError> {
        let mut words = Words::new();
        if !self.may_read_words(person, &seen.request, &seen.trail, &seen.facts) {
            return Ok(words);
        }
        for reference in reading::texts_in_trail(&seen.trail) {
            words.extend(self.world.store.text(reference).await?.map(|text| (reference, text)));
        }
        Ok(words)
    }

    fn role(&self, person: PersonId, seen: &Seen) -> Role {
        let request = &seen.request;
        if person == request.requester {
            return Role::Requester(self.viewer(person, request.wish.subject, &seen.facts));
        }
        if person != request.wish.subject && was_asked(person, &seen.trail) {
            return Role::Voter { person, may_set_location: self.settings.may_set_usage_location };
        }
        let open = matches!(request.state, State::AwaitingApproval { .. } | State::Approved { .. });
        Role::Onlooker {
            sees_person: self.sees(person, request.wish.subject, &seen.facts),
            may_cancel: open && self.is_operator_for(person, request, &seen.facts),
        }
    }

    /// What the change would do, while it is not decided. One that is not allowed any more shows nothing.
    fn insight_of(&self, seen: &Seen) -> Option<Insight> {
        let request = &seen.request;
        if !matches!(request.state, State::Draft { .. } | State::AwaitingApproval { .. }) {
            return None;
        }
        let may_set = self.settings.may_set_usage_location;
        let permitted = judge(&self.policy, request.requester, &request.wish, &seen.facts, may_set);
        permitted.ok().map(|permitted| permitted.insight)
    }
}

impl Seen {
    pub(super) fn scene<'a>(&'a self, insight: Option<&'a Insight>) -> Scene<'a> {
        Scene {
            request: &self.request,
            names: &self.names,
            reason: self.reason.as_deref(),
            denial: self.denial.as_deref(),
            insight,
            // Said by whoever answers.
            rehearsal: false,
        }
    }
}

/// Was this person ever asked to decide?
fn was_asked(person: PersonId, trail: &[Entry]) -> bool {
    let asked = |event: &Event| match event {
        Event::Confirmed { asked, .. } | Event::StartedOver { asked, .. } => asked.contains(&person),
        Event::Voted { by, asked, .. } => *by == person || asked.contains(&person),
        Event::Denied { by, .. } => *by == Some(person),
        _ => false,
    };
    trail.iter().any(|(_, _, event)| asked(event))
}
