//! One rule: a Cedar policy with its annotations. Never decides: it is read and checked here, once, when the policy is loaded.

use std::collections::BTreeMap;
use std::fmt;

use cedar_policy::{ActionConstraint, Effect, EntityUid};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PolicySource;
use super::problem::{PolicyProblem, position};
use super::route::{AT_ONCE, Route};
use super::vocabulary::vocabulary;

/// The name of a rule: its `@id`, else file and line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(pub String);

impl fmt::Display for RuleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A rule as decisions need it.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) id: RuleId,
    /// Where a permit leads; nothing for a forbid.
    pub(super) route: Option<Route>,
    /// What people are told; the operator's own words.
    pub(super) reason: Option<String>,
}

/// A Cedar policy where it stands.
#[derive(Clone, Debug)]
pub(super) struct Statement<'a> {
    pub(super) source: &'a PolicySource,
    /// Byte offset in the source.
    pub(super) offset: usize,
    pub(super) policy: cedar_policy::Policy,
}

impl Statement<'_> {
    /// A problem at the whole statement, or at one of its annotations.
    pub(super) fn problem(&self, annotation: Option<&str>, message: impl Into<String>) -> PolicyProblem {
        let here = self.source.text.get(self.offset..).unwrap_or_default();
        let within = annotation.and_then(|key| here.find(&format!("@{key}"))).unwrap_or_default();
        PolicyProblem::in_text(&self.source.name, &self.source.text, self.offset + within, message)
    }

    /// The rule, and everything that is wrong with it apart from what the schema says.
    pub(super) fn read(&self, routes: &BTreeMap<String, Route>) -> (Rule, Vec<PolicyProblem>) {
        let mut problems = self.unknown_annotations();
        problems.extend(self.ids_in_another_form());
        let id = self.id().unwrap_or_else(|problem| {
            problems.push(problem);
            self.place()
        });
        let route = self.route(routes).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let reason = self.policy.annotation("reason").map(str::to_owned);
        if reason.as_deref().is_some_and(|reason| reason.trim().is_empty()) {
            problems
                .push(self.problem(Some("reason"), "`@reason` says nothing; write what people are told, or remove it"));
        }
        (Rule { id: RuleId(id), route, reason }, problems)
    }

    fn id(&self) -> Result<String, PolicyProblem> {
        match self.policy.annotation("id") {
            Some(id) if id.trim().is_empty() => {
                Err(self.problem(Some("id"), "`@id` is empty; name the rule in a word or two"))
            }
            Some(id) => Ok(id.to_owned()),
            None => Ok(self.place()),
        }
    }

    fn place(&self) -> String {
        format!("{}:{}", self.source.name, position(&self.source.text, self.offset).0)
    }

    fn route(&self, routes: &BTreeMap<String, Route>) -> Result<Option<Route>, PolicyProblem> {
        let named = self.policy.annotation("route");
        match (self.policy.effect(), named) {
            (Effect::Forbid, None) => Ok(None),
            (Effect::Forbid, Some(_)) => {
                Err(self.problem(Some("route"), "a forbid leads nowhere; remove `@route`, or write permit"))
            }
            (Effect::Permit, None) => Err(self.problem(
                None,
                format!("this permit names no route; put `@route(\"{AT_ONCE}\")` or a configured route before it"),
            )),
            (Effect::Permit, Some(name)) => self.permitted_route(name, routes).map(Some),
        }
    }

    fn permitted_route(&self, name: &str, routes: &BTreeMap<String, Route>) -> Result<Route, PolicyProblem> {
        let known = || routes.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let Some(route) = routes.get(name) else {
            let message = format!("there is no route `{name}`; write one of {}, or configure a `[[route]]`", known());
            return Err(self.problem(Some("route"), message));
        };
        if route.rank > 0 && self.covers_reading() {
            let message = format!(
                "reading asks nobody, so its route is `{AT_ONCE}`; let `{name}` stand for changes only, \
                 with `action in Action::\"change\"`"
            );
            return Err(self.problem(Some("route"), message));
        }
        Ok(route.clone())
    }

    fn covers_reading(&self) -> bool {
        let reads = |action: &EntityUid| vocabulary().reading.contains(action);
        match self.policy.action_constraint() {
            ActionConstraint::Any => true,
            ActionConstraint::In(actions) => actions.iter().any(reads),
            ActionConstraint::Eq(action) => reads(&action),
        }
    }

    fn unknown_annotations(&self) -> Vec<PolicyProblem> {
        let known = ["id", "route", "reason"];
        let unknown = self.policy.annotations().filter(|(key, _)| !known.contains(key));
        unknown
            .map(|(key, _)| {
                self.problem(Some(key), format!("`@{key}` means nothing here; there are `@id`, `@route` and `@reason`"))
            })
            .collect()
    }

    /// Cedar compares ids letter by letter, so one in another form would never match anything.
    fn ids_in_another_form(&self) -> Vec<PolicyProblem> {
        let from_directory =
            self.policy.entity_literals().into_iter().filter(|uid| vocabulary().is_directory_type(uid.type_name()));
        let other_form = from_directory.filter(|uid| !is_lower_case_guid(uid.id().unescaped()));
        other_form
            .map(|uid| {
                let message = format!(
                    "`{uid}` matches nothing: name it by the directory's id, in lower case, \
                     such as \"ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9\""
                );
                self.problem(None, message)
            })
            .collect()
    }
}

fn is_lower_case_guid(id: &str) -> bool {
    Uuid::try_parse(id).is_ok_and(|guid| guid.as_hyphenated().to_string() == id)
}
