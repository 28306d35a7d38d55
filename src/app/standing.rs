//! Where a request stands for somebody who comes too late, and who may see or stop it. Never more than the asker may know.

use super::{App, AppError, Outcome};
use crate::domain::card::ActionVerb;
use crate::domain::change::Element;
use crate::domain::ids::PersonId;
use crate::domain::person::{Facts, PersonFacts};
use crate::domain::policy::{ChangeQuestion, Decision, ReadWhat};
use crate::domain::request::{Actor, Event, Request, State};
use crate::domain::text::Phrase;
use crate::domain::view::{self, Scene};

impl App {
    /// Somebody was first, or time was: the answer says what became of it. Whoever did the same thing before is told that it
    /// is done.
    pub(super) async fn too_late(
        &self,
        person: PersonId,
        wanted: ActionVerb,
        request: &Request,
    ) -> Result<Outcome, AppError> {
        let names = self.names_for(request, None).await?;
        let scene = Scene { request, names: &names, reason: None, denial: None, insight: None, rehearsal: false };
        let phrase = Phrase::new("too-late").with("progress", view::progress(scene));
        let phrase = phrase.with("request", request.id.as_str());
        Ok(if did_it(person, wanted, request) { self.already(phrase) } else { self.refuse(phrase) })
    }

    /// The same for whoever lost a race while writing it down.
    pub(super) async fn overtaken(
        &self,
        actor: Actor,
        wanted: Option<ActionVerb>,
        newest: &Request,
    ) -> Result<Outcome, AppError> {
        match (actor, wanted) {
            (Actor::Person(person), Some(wanted)) => self.too_late(person, wanted, newest).await,
            _ => Ok(self.refuse(Phrase::new("try-again"))),
        }
    }

    /// The same for a click on something that this person may not be allowed to know of.
    pub(super) async fn too_late_for(
        &self,
        person: PersonId,
        wanted: ActionVerb,
        request: &Request,
    ) -> Result<Outcome, AppError> {
        let was_told = self.world.store.cards(&request.id).await?.iter().any(|card| card.to.only == Some(person));
        if was_told || self.may_see_request(person, request, &self.facts_for(request, &[person]).await?) {
            return self.too_late(person, wanted, request).await;
        }
        Ok(self.refuse(Phrase::new("request-unknown")))
    }

    /// Has its time run out, even if nobody noted it yet?
    pub(super) fn is_past(&self, request: &Request) -> bool {
        request.expires_at().is_some_and(|end| end <= self.now())
    }

    /// Lets a request die whose time has run out, and says so.
    pub(super) async fn expired_now(
        &self,
        person: PersonId,
        wanted: ActionVerb,
        request: Request,
    ) -> Result<Outcome, AppError> {
        let id = request.id.clone();
        self.expire_request(request).await?;
        match self.world.store.request(&id).await? {
            Some(newest) => self.too_late(person, wanted, &newest).await,
            None => Ok(self.refuse(Phrase::new("request-unknown"))),
        }
    }

    pub(super) async fn expire_request(&self, request: Request) -> Result<(), AppError> {
        let at = self.now();
        let waited = matches!(request.state, State::AwaitingApproval { .. });
        let step = request.expire(at)?;
        let cards = if waited { self.outcome_cards(&step.request, &Facts::default()) } else { Vec::new() };
        let unit = self.unit(at, Actor::Bot, step, cards);
        self.commit_and_show(unit, None).await?;
        Ok(())
    }

    /// Requester, subject, everybody who is asked or voted, and whom the policy lets read it.
    pub(super) fn may_see_request(&self, person: PersonId, request: &Request, facts: &Facts) -> bool {
        if person == request.requester || person == request.wish.subject {
            return true;
        }
        let asked = request.state.approval().is_some_and(|approval| {
            approval.asked.contains(&person) || approval.votes.iter().any(|vote| vote.by == person)
        });
        asked || self.policy_lets_see(person, request, facts)
    }

    /// Does the policy itself let this person read the request?
    pub(super) fn policy_lets_see(&self, person: PersonId, request: &Request, facts: &Facts) -> bool {
        let subject = facts.people.get(&request.wish.subject);
        let what = ReadWhat::Request {
            requester: request.requester,
            subject: request.wish.subject,
            subject_manager: subject.and_then(|subject| subject.manager.as_ref()).map(|manager| manager.id),
        };
        self.may_read(person, facts, what)
    }

    /// May this person make exactly this change at once, were it theirs to ask for? That is what an operator is.
    pub(super) fn is_operator_for(&self, person: PersonId, request: &Request, facts: &Facts) -> bool {
        let (Some(asker), Some(subject)) = (facts.people.get(&person), facts.people.get(&request.wish.subject)) else {
            return false;
        };
        let assigned = request.wish.assign.keys().map(|sku| Element::Assign(*sku));
        let unassigned = request.wish.unassign.iter().map(|sku| Element::Unassign(*sku));
        let switched = request.wish.switch.iter().flat_map(|(sku, switches)| {
            let on = switches.on.iter().map(|app| Element::SwitchOn(*sku, *app));
            on.chain(switches.off.iter().map(|app| Element::SwitchOff(*sku, *app)))
        });
        let elements: Vec<Element> = assigned.chain(unassigned).chain(switched).collect();
        self.at_once(asker, subject, &elements)
    }

    /// May this person set the subject's usage location without asking anybody?
    pub(super) fn may_set_location_now(&self, asker: &PersonFacts, subject: &PersonFacts) -> bool {
        self.settings.may_set_usage_location && self.at_once(asker, subject, &[Element::SetUsageLocation])
    }

    fn at_once(&self, asker: &PersonFacts, subject: &PersonFacts, elements: &[Element]) -> bool {
        let loses = std::collections::BTreeSet::new();
        let question = ChangeQuestion { requester: asker, subject, elements, loses: &loses };
        match self.policy.decide(&question) {
            Decision::Allowed(allowed) => allowed.route.stages.is_empty(),
            Decision::Denied(_) => false,
        }
    }
}

/// Which button means this happening; none for what only the bot or the command line does.
pub(super) fn button_of(event: &Event) -> Option<ActionVerb> {
    match event {
        Event::Confirmed { .. } => Some(ActionVerb::Confirm),
        Event::Voted { .. } => Some(ActionVerb::Approve),
        Event::Denied { .. } => Some(ActionVerb::Deny),
        Event::Cancelled { .. } => Some(ActionVerb::Cancel),
        _ => None,
    }
}

/// Is the request where it is because this person did this very thing?
pub(super) fn did_it(person: PersonId, wanted: ActionVerb, request: &Request) -> bool {
    match (wanted, &request.state) {
        (ActionVerb::Confirm, state) => person == request.requester && state.approval().is_some(),
        (ActionVerb::Approve, state) => {
            state.approval().is_some_and(|approval| approval.votes.iter().any(|vote| vote.by == person))
        }
        (ActionVerb::Deny, State::Denied { by, .. }) => *by == Some(person),
        (ActionVerb::Cancel, State::Cancelled { by, .. }) => *by == person,
        _ => false,
    }
}
