//! What a policy answers: yes with a route, or no, always with reasons. Never says more than that; the sentences for it stand
//! in [`super::explain`].

use std::collections::BTreeSet;

use serde::Serialize;

use super::route::Route;
use super::rule::RuleId;
use crate::domain::change::Element;

/// What the policy says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// No.
    Denied(Denial),
    /// Yes, when the route is taken.
    Allowed(Allowed),
}

/// A yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allowed {
    /// The strictest of all routes.
    pub route: Route,
    /// What was answered, element by element.
    pub answers: Vec<ElementAnswer>,
}

/// A yes to one element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ElementAnswer {
    /// What was asked about.
    pub element: Element,
    /// The rules that permit it on this route, in the order of their names.
    pub rules: Vec<RuleId>,
    /// The strictest route of all the rules that permit it.
    pub route: String,
}

/// A no, with every reason for it. Never without one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Denial {
    /// Why.
    pub reasons: Vec<DenialReason>,
}

/// One reason for a no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DenialReason {
    /// A rule forbids it.
    ForbiddenBy {
        /// The rule.
        rule: RuleId,
        /// The operator's own words for it.
        reason: Option<String>,
    },
    /// No rule permits this element.
    NothingPermits {
        /// The element.
        element: Element,
    },
    /// No rule permits this reading.
    NothingPermitsReading,
    /// A rule could not be evaluated. What it would have said is not known, so nothing is allowed.
    PolicyFailed {
        /// The rule.
        rule: RuleId,
    },
    /// No element was asked about: the change is none, and a bug stands behind it.
    NothingAsked,
    /// The question could not be put into Cedar's words: a bug stands behind it.
    Unaskable,
}

impl Allowed {
    /// The rules that led to the route, by name: what a request keeps.
    pub fn rules(&self) -> Vec<String> {
        let decisive = self.answers.iter().filter(|answer| answer.route == self.route.name);
        let rules: BTreeSet<&RuleId> = decisive.flat_map(|answer| &answer.rules).collect();
        rules.into_iter().map(RuleId::to_string).collect()
    }
}

impl Denial {
    /// The rules that stand in the way, if it is rules.
    pub fn rules(&self) -> Vec<RuleId> {
        let rules = self.reasons.iter().filter_map(|reason| match reason {
            DenialReason::ForbiddenBy { rule, .. } | DenialReason::PolicyFailed { rule } => Some(rule.clone()),
            _ => None,
        });
        rules.collect()
    }
}
