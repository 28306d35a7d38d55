//! May this person ask for this change, and who must approve? One question for each element of the change; any no is a no,
//! and the strictest route of all is the route. Never reads a fact, and never takes an error for a yes.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{
    AuthorizationError, Context, Entities, Entity, EntityUid, PolicyId, Request, Response, RestrictedExpression,
};

use super::Policy;
use super::decision::{Allowed, Decision, Denial, DenialReason, ElementAnswer};
use super::route::Route;
use super::rule::{Rule, RuleId};
use super::vocabulary::{Unaskable, losses, vocabulary};
use crate::domain::catalog::PlanClass;
use crate::domain::change::Element;
use crate::domain::ids::{PlanId, SkuId};
use crate::domain::person::PersonFacts;

/// A change that somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct ChangeQuestion<'a> {
    /// Who asks.
    pub requester: &'a PersonFacts,
    /// Whose licenses would change.
    pub subject: &'a PersonFacts,
    /// What would change, each thing on its own.
    pub elements: &'a [Element],
    /// The kinds of apps that the subject would lose.
    pub loses: &'a BTreeSet<PlanClass>,
}

impl From<Unaskable> for Denial {
    fn from(_: Unaskable) -> Self {
        Self { reasons: vec![DenialReason::Unaskable] }
    }
}

impl Policy {
    /// May this be asked for, and on which route?
    pub fn decide(&self, question: &ChangeQuestion<'_>) -> Decision {
        match self.answers(question) {
            Ok(allowed) => Decision::Allowed(allowed),
            Err(denial) => Decision::Denied(denial),
        }
    }

    fn answers(&self, question: &ChangeQuestion<'_>) -> Result<Allowed, Denial> {
        let entities = self.change_entities(question)?;
        let mut answers: Vec<(ElementAnswer, &Route)> = Vec::new();
        let mut reasons = Vec::new();
        for element in question.elements {
            match self.ask(&change_request(question, *element)?, &entities) {
                Answer::Permitted(permits) => answers.extend(strictest(*element, permits)),
                Answer::Denied(none) if none.is_empty() => {
                    reasons.push(DenialReason::NothingPermits { element: *element });
                }
                Answer::Denied(some) => reasons.extend(some),
            }
        }
        let strictest = answers.iter().map(|(_, route)| *route).max_by_key(|route| route.rank).cloned();
        match strictest {
            _ if !reasons.is_empty() => Err(Denial { reasons: distinct(reasons) }),
            Some(route) => Ok(Allowed { route, answers: answers.into_iter().map(|(answer, _)| answer).collect() }),
            None => Err(Denial { reasons: vec![DenialReason::NothingAsked] }),
        }
    }

    fn change_entities(&self, question: &ChangeQuestion<'_>) -> Result<Entities, Unaskable> {
        let words = vocabulary();
        let mut about = vec![words.person_entity(question.requester, &self.settings)?];
        if question.subject.person.id != question.requester.person.id {
            about.push(words.person_entity(question.subject, &self.settings)?);
        }
        let products: BTreeSet<_> = question.elements.iter().filter_map(|element| product(*element)).collect();
        let apps: BTreeSet<_> = question.elements.iter().filter_map(|element| app(*element)).collect();
        for sku in products {
            about.push(words.product_entity(sku, &self.settings)?);
        }
        for plan in apps {
            about.push(words.app_entity(plan)?);
        }
        entities(about)
    }

    /// Puts one question to Cedar.
    pub(super) fn ask(&self, request: &Request, entities: &Entities) -> Answer<'_> {
        let response = self.authorizer.is_authorized(request, &self.set, entities);
        let failed: BTreeSet<RuleId> = response
            .diagnostics()
            .errors()
            .map(|AuthorizationError::PolicyEvaluationError(error)| self.rule_id(error.policy_id()))
            .collect();
        if !failed.is_empty() {
            return Answer::Denied(failed.into_iter().map(|rule| DenialReason::PolicyFailed { rule }).collect());
        }
        let rules = self.determining(&response);
        match response.decision() {
            cedar_policy::Decision::Allow => Answer::Permitted(rules),
            cedar_policy::Decision::Deny => Answer::Denied(rules.into_iter().map(forbidden_by).collect()),
        }
    }

    fn determining(&self, response: &Response) -> Vec<&Rule> {
        let mut rules: Vec<&Rule> = response.diagnostics().reason().filter_map(|id| self.rules.get(id)).collect();
        rules.sort_by_key(|rule| &rule.id);
        rules
    }

    fn rule_id(&self, id: &PolicyId) -> RuleId {
        self.rules.get(id).map_or_else(|| RuleId(id.to_string()), |rule| rule.id.clone())
    }
}

/// Cedar's answer to one question.
pub(super) enum Answer<'a> {
    /// These permits, and no forbid.
    Permitted(Vec<&'a Rule>),
    /// These reasons; none when nothing permits it.
    Denied(Vec<DenialReason>),
}

fn forbidden_by(rule: &Rule) -> DenialReason {
    DenialReason::ForbiddenBy { rule: rule.id.clone(), reason: rule.reason.clone() }
}

/// The strictest route of the permits, with the rules that want it. None only if no permit names a route, which no loaded
/// policy has.
fn strictest(element: Element, permits: Vec<&Rule>) -> Option<(ElementAnswer, &Route)> {
    let route = permits.iter().filter_map(|rule| rule.route.as_ref()).max_by_key(|route| route.rank)?;
    let decisive = permits.iter().filter(|rule| rule.route.as_ref() == Some(route));
    let rules = decisive.map(|rule| rule.id.clone()).collect();
    Some((ElementAnswer { element, rules, route: route.name.clone() }, route))
}

fn change_request(question: &ChangeQuestion<'_>, element: Element) -> Result<Request, Unaskable> {
    let words = vocabulary();
    let mut context: BTreeMap<String, RestrictedExpression> = losses(question.loses).into_iter().collect();
    context.insert("swap".to_owned(), RestrictedExpression::new_bool(is_swap(question.elements)));
    let reference = |uid: EntityUid| RestrictedExpression::new_entity_uid(uid);
    context.extend(product(element).map(|sku| ("product".to_owned(), reference(words.product(sku)))));
    context.extend(app(element).map(|plan| ("app".to_owned(), reference(words.app(plan)))));
    request(question.requester, action(element), words.person(question.subject.person.id), context)
}

pub(super) fn request(
    principal: &PersonFacts,
    action: &str,
    resource: EntityUid,
    context: BTreeMap<String, RestrictedExpression>,
) -> Result<Request, Unaskable> {
    let words = vocabulary();
    let context = Context::from_pairs(context).map_err(|_| Unaskable)?;
    Request::new(words.person(principal.person.id), words.action(action), resource, context, schema_check())
        .map_err(|_| Unaskable)
}

/// Questions are well formed by construction; tests have Cedar check every one.
fn schema_check() -> Option<&'static cedar_policy::Schema> {
    cfg!(debug_assertions).then(|| &vocabulary().schema)
}

pub(super) fn entities(about: Vec<Entity>) -> Result<Entities, Unaskable> {
    let actions = vocabulary().actions.iter().cloned();
    Entities::from_entities(actions.chain(about), schema_check()).map_err(|_| Unaskable)
}

fn is_swap(elements: &[Element]) -> bool {
    let brings = |element: &Element| matches!(element, Element::Assign(_) | Element::SwitchOn(..));
    let takes = |element: &Element| matches!(element, Element::Unassign(_) | Element::SwitchOff(..));
    elements.iter().any(brings) && elements.iter().any(takes)
}

fn action(element: Element) -> &'static str {
    match element {
        Element::Assign(_) => "assign",
        Element::Unassign(_) => "unassign",
        Element::SwitchOn(..) => "switchOn",
        Element::SwitchOff(..) => "switchOff",
        Element::SetUsageLocation => "setUsageLocation",
    }
}

fn product(element: Element) -> Option<SkuId> {
    match element {
        Element::Assign(sku) | Element::Unassign(sku) | Element::SwitchOn(sku, _) | Element::SwitchOff(sku, _) => {
            Some(sku)
        }
        Element::SetUsageLocation => None,
    }
}

fn app(element: Element) -> Option<PlanId> {
    match element {
        Element::SwitchOn(_, plan) | Element::SwitchOff(_, plan) => Some(plan),
        Element::Assign(_) | Element::Unassign(_) | Element::SetUsageLocation => None,
    }
}

/// One reason is enough, however many elements it stands in the way of.
fn distinct(reasons: Vec<DenialReason>) -> Vec<DenialReason> {
    let mut distinct: Vec<DenialReason> = Vec::with_capacity(reasons.len());
    for reason in reasons {
        if !distinct.contains(&reason) {
            distinct.push(reason);
        }
    }
    distinct
}

#[cfg(test)]
mod tests;
