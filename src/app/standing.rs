//! Whether a request still stands, and who may see or stop it. Never answers anybody.

use super::{App, AppError};
use crate::domain::change::Element;
use crate::domain::ids::PersonId;
use crate::domain::person::{Facts, PersonFacts};
use crate::domain::policy::{ChangeQuestion, Decision, ReadWhat};
use crate::domain::request::{Actor, Request, State};

impl App {
    /// Has its time run out, even if nobody noted it yet?
    pub(super) fn is_past(&self, request: &Request) -> bool {
        request.expires_at().is_some_and(|end| end <= self.now())
    }

    pub(super) async fn expire_request(&self, request: Request) -> Result<(), AppError> {
        let at = self.now();
        let waited = matches!(request.state, State::AwaitingApproval { .. });
        let step = request.expire(at)?;
        let cards = if waited { self.outcome_cards(&step.request, &Facts::default()) } else { Vec::new() };
        let unit = self.unit(at, Actor::Bot, step, cards, &Facts::default());
        self.commit_and_show(unit, None).await?;
        Ok(())
    }

    /// Requester, subject, everybody who is asked or voted, and whom the policy lets read it. A draft is its author's alone.
    pub(super) fn may_see_request(&self, person: PersonId, request: &Request, facts: &Facts) -> bool {
        if person == request.requester || matches!(request.state, State::Draft { .. }) {
            return person == request.requester;
        }
        if person == request.wish.subject {
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
