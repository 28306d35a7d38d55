//! Decisions in words: which rule decides, which route is taken, who may still vote, and why not. Never decides and never
//! looks up a name: names come in, and whoever asks for an explanation has checked that its reader may have it.

use std::collections::BTreeSet;

use super::decision::{Allowed, Decision, Denial, DenialReason, ElementAnswer};
use super::eligibility::{Asked, NoVoters, NobodyMayVote, Voters, WhyNot};
use super::route::{Approvers, Route, Stage};
use super::rule::RuleId;
use crate::domain::change::Element;
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};
use crate::domain::text::{Arg, Phrase};

/// What things are called, for people to read.
pub trait Names {
    /// An account.
    fn person(&self, person: PersonId) -> Arg;
    /// A product.
    fn product(&self, sku: SkuId) -> Arg;
    /// An app inside a product.
    fn app(&self, plan: PlanId) -> Arg;
    /// A group.
    fn group(&self, group: GroupId) -> Arg;
}

/// The two people of a change, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who {
    /// Who asks.
    pub requester: PersonId,
    /// Whose licenses change.
    pub subject: PersonId,
}

/// One stage of a route under way, or of one that would be taken.
#[derive(Clone, Copy, Debug)]
pub struct StageView<'a> {
    /// Which, from 1.
    pub step: usize,
    /// Of how many.
    pub steps: usize,
    /// The stage.
    pub stage: &'a Stage,
    /// Who may vote in it.
    pub voters: Result<&'a Voters, &'a NoVoters>,
    /// Who said yes in it already.
    pub voted: &'a BTreeSet<PersonId>,
}

/// What the policy said, and why: one sentence for each element, and one for the route.
pub fn explain(decision: &Decision, who: Who, names: &dyn Names) -> Vec<Phrase> {
    match decision {
        Decision::Denied(denial) => denial.phrases(who, names),
        Decision::Allowed(allowed) => allowed.phrases(who, names),
    }
}

impl Allowed {
    /// That nobody has to approve, if so; which rules permit what, on which route; and which route is taken.
    pub fn phrases(&self, who: Who, names: &dyn Names) -> Vec<Phrase> {
        let answers = self.answers.iter().map(|answer| answer_phrase(answer, who, names));
        match self.route.stages.len() {
            0 => std::iter::once(Phrase::new("policy-nobody-approves")).chain(answers).collect(),
            steps => answers.chain([route_phrase(&self.route.name, steps)]).collect(),
        }
    }
}

impl Denial {
    /// Every reason, and what to do.
    pub fn phrases(&self, who: Who, names: &dyn Names) -> Vec<Phrase> {
        let reasons = self.reasons.iter().map(|reason| reason.phrase(who, names));
        let any = |is: fn(&DenialReason) -> bool| self.reasons.iter().any(is);
        let next = if any(|why| matches!(why, DenialReason::PolicyFailed { .. } | DenialReason::Unaskable)) {
            "policy-tell-the-administrator"
        } else if any(|why| matches!(why, DenialReason::ForbiddenBy { .. })) {
            // A forbid may bind operators too, so they are no help.
            "policy-no-exception"
        } else {
            "policy-ask-an-operator"
        };
        reasons.chain([Phrase::new(next)]).collect()
    }
}

impl DenialReason {
    fn phrase(&self, who: Who, names: &dyn Names) -> Phrase {
        match self {
            Self::ForbiddenBy { rule, reason: None } => Phrase::new("policy-forbidden").with("rule", quoted(&rule.0)),
            Self::ForbiddenBy { rule, reason: Some(reason) } => {
                Phrase::new("policy-forbidden-because").with("rule", quoted(&rule.0)).with("reason", reason)
            }
            Self::NothingPermits { element } => Phrase::new("policy-nothing-permits")
                .with("requester", names.person(who.requester))
                .with("element", element_phrase(*element, who.subject, names)),
            Self::NothingPermitsReading => {
                Phrase::new("policy-nothing-permits-reading").with("reader", names.person(who.requester))
            }
            Self::PolicyFailed { rule } => Phrase::new("policy-rule-failed").with("rule", quoted(&rule.0)),
            Self::NothingAsked => Phrase::new("policy-nothing-asked"),
            Self::Unaskable => Phrase::new("policy-unaskable"),
        }
    }
}

fn answer_phrase(answer: &ElementAnswer, who: Who, names: &dyn Names) -> Phrase {
    let route = if answer.route == super::route::AT_ONCE { "policy-permitted-at-once" } else { "policy-permitted" };
    Phrase::new(route)
        .with("element", element_phrase(answer.element, who.subject, names))
        .with("rules", rule_list(answer.rules.iter().map(|RuleId(name)| name)))
        .with("count", answer.rules.len())
        .with("route", quoted(&answer.route))
}

/// The route that a request is on, with the rules that led to it, as the request keeps them.
pub fn taken_phrase(rules: &[String], route: &Route) -> Phrase {
    let key = if route.stages.is_empty() { "policy-taken-at-once" } else { "policy-taken" };
    Phrase::new(key).with("rules", rule_list(rules)).with("count", rules.len()).with("route", quoted(&route.name))
}

fn route_phrase(name: &str, steps: usize) -> Phrase {
    Phrase::new("policy-route").with("route", quoted(name)).with("steps", steps)
}

/// What the element is, as part of a sentence: "assigning Microsoft 365 E5 to Ana Silva".
pub fn element_phrase(element: Element, subject: PersonId, names: &dyn Names) -> Phrase {
    let about = |key, sku| Phrase::new(key).with("product", names.product(sku)).with("subject", names.person(subject));
    match element {
        Element::Assign(sku) => about("policy-assigning", sku),
        Element::Unassign(sku) => about("policy-unassigning", sku),
        Element::SwitchOn(sku, plan) => about("policy-switching-on", sku).with("app", names.app(plan)),
        Element::SwitchOff(sku, plan) => about("policy-switching-off", sku).with("app", names.app(plan)),
        Element::SetUsageLocation => Phrase::new("policy-setting-location").with("subject", names.person(subject)),
    }
}

/// Who may still vote in a stage, or who has, or why nobody can.
pub fn stage_phrase(view: StageView<'_>, subject: PersonId, names: &dyn Names) -> Phrase {
    let said_yes = u32::try_from(view.voted.len()).unwrap_or(u32::MAX);
    let missing = view.stage.quorum.get().saturating_sub(said_yes);
    let step = |key| Phrase::new(key).with("step", view.step).with("steps", view.steps);
    if missing == 0 {
        return step("policy-stage-passed").with("people", people(view.voted, names));
    }
    let voters = match view.voters {
        Ok(voters) => voters,
        Err(nobody) => return step("policy-stage-nobody").with("why", nobody.phrase(subject, names)),
    };
    let still: BTreeSet<PersonId> = voters.people.difference(view.voted).copied().collect();
    let asked = match voters.source {
        Asked::Approvers => step("policy-stage-open"),
        Asked::Fallback => {
            step("policy-stage-fallback").with("approvers", approvers_phrase(&view.stage.approvers, subject, names))
        }
    };
    asked.with("people", people(&still, names)).with("missing", missing)
}

impl NoVoters {
    /// Why nobody can decide, and what to do.
    pub fn phrase(&self, subject: PersonId, names: &dyn Names) -> Phrase {
        match self {
            Self::MissingFacts(group) => Phrase::new("policy-group-missing").with("group", names.group(*group)),
            Self::NobodyMayVote(NobodyMayVote { stage, eligible }) => {
                let phrase = Phrase::new(match stage.fallback {
                    Some(_) => "policy-nobody-may-vote-either",
                    None => "policy-nobody-may-vote",
                });
                let fallback = stage.fallback.iter();
                let fallback = fallback.map(|fallback| ("fallback", approvers_phrase(fallback, subject, names)));
                let phrase = phrase
                    .with("approvers", approvers_phrase(&stage.approvers, subject, names))
                    .with("wanted", stage.quorum.get())
                    .with("eligible", *eligible);
                fallback.fold(phrase, |phrase, (name, fallback)| phrase.with(name, fallback))
            }
        }
    }
}

impl WhyNot {
    /// Why the one who reads this may not vote.
    pub fn phrase(&self, subject: PersonId, names: &dyn Names) -> Phrase {
        match self {
            Self::OwnRequest => Phrase::new("policy-vote-own-request"),
            Self::IsSubject => Phrase::new("policy-vote-is-subject"),
            Self::AlreadyVoted => Phrase::new("policy-vote-already"),
            Self::NotAsked => Phrase::new("policy-vote-not-asked"),
            Self::NoVoters(nobody) => nobody.phrase(subject, names),
        }
    }
}

/// Who approves, as part of a sentence: "the manager of Ana Silva".
pub fn approvers_phrase(approvers: &Approvers, subject: PersonId, names: &dyn Names) -> Phrase {
    match approvers {
        Approvers::Manager => Phrase::new("policy-approvers-manager").with("subject", names.person(subject)),
        Approvers::Group(group) => Phrase::new("policy-approvers-group").with("group", names.group(*group)),
        Approvers::People(listed) => Phrase::new("policy-approvers-people").with("people", people(listed, names)),
    }
}

pub(super) fn people(people: &BTreeSet<PersonId>, names: &dyn Names) -> Vec<Arg> {
    let mut names: Vec<Arg> = people.iter().map(|person| names.person(*person)).collect();
    names.sort();
    names
}

fn rule_list<'a>(rules: impl IntoIterator<Item = &'a String>) -> Arg {
    Arg::List(rules.into_iter().map(|rule| quoted(rule).into()).collect())
}

fn quoted(name: &str) -> Phrase {
    Phrase::new("policy-name").with("name", name)
}

#[cfg(test)]
mod tests;
