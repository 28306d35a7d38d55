//! Which rule decides, by which route, who may still vote, and the reasons, in sentences. Never a right or a vote: it tells
//! what the judgement said.

use std::collections::BTreeSet;

use super::parts_of;
use crate::domain::card::Card;
use crate::domain::change::{Element, Wish};
use crate::domain::ids::PersonId;
use crate::domain::policy::route::{Approvers, Route, Stage};
use crate::domain::policy::{Denial, DenialReason};
use crate::domain::request::{Approval, StartOver, State};
use crate::domain::text::{Arg, Phrase};
use crate::domain::view::{Insight, Names, Scene, Viewer, asked_for, finding_phrase, parts};

/// A change that may be asked for, and how it would go.
#[derive(Clone, Copy, Debug)]
pub struct Way<'a> {
    /// The rules that lead to the route.
    pub rules: &'a [String],
    /// The route.
    pub route: &'a Route,
    /// What the change would do, and who would be asked.
    pub insight: &'a Insight,
}

/// What the judgement says to a change that nobody has asked for yet.
#[derive(Clone, Debug)]
pub enum Verdict<'a> {
    /// It may be asked for.
    Open(Way<'a>),
    /// It may not; the reasons that the reader may know.
    Closed(Vec<Phrase>),
}

/// A change that somebody thinks about.
#[derive(Clone, Debug)]
pub struct ChangeExplained<'a> {
    /// Who would ask.
    pub requester: PersonId,
    /// For what.
    pub wish: &'a Wish,
    /// What would come of it.
    pub verdict: Verdict<'a>,
    /// What the one who thinks may see of the person.
    pub viewer: Viewer,
    /// Names of everybody and everything in it.
    pub names: &'a Names,
}

/// How a request stands, judged on facts of now.
#[derive(Clone, Debug)]
pub enum Now<'a> {
    /// A draft: what the policy will ask for.
    WouldGo(Way<'a>),
    /// The open stage: who may vote in it.
    Waits(BTreeSet<PersonId>),
    /// The stages begin again with the next vote.
    StartsOver(StartOver),
    /// It is not allowed any more, for these reasons.
    Closed(Vec<Phrase>),
    /// It was decided.
    Decided,
}

/// A request to explain.
#[derive(Clone, Debug)]
pub struct RequestExplained<'a> {
    /// The request; its denial only where the reader may read it.
    pub scene: Scene<'a>,
    /// The approval under way, or the last one; none for a draft.
    pub approval: Option<&'a Approval>,
    /// How it stands now.
    pub now: Now<'a>,
    /// What the reader may see of the person.
    pub viewer: Viewer,
}

/// The card for a change that somebody thinks about.
pub fn why_change(change: &ChangeExplained<'_>) -> Card {
    let names = change.names;
    let subject = change.wish.subject;
    let key = if change.requester == subject { "why-asking-self" } else { "why-asking-other" };
    let asking = Phrase::new(key)
        .with("subject", names.person(subject))
        .with("change", Arg::List(asked_for(change.wish, names)));
    let mut text = vec![asking];
    match &change.verdict {
        Verdict::Open(open) => text.extend(way(*open, change.wish, change.viewer, names)),
        Verdict::Closed(reasons) => text.extend(reasons.iter().cloned()),
    }
    text.push(Phrase::new("why-nothing-asked"));
    Card::saying(Phrase::new("why-change-title"), text)
}

/// The card for a request.
pub fn why_request(explained: &RequestExplained<'_>) -> Card {
    let RequestExplained { scene, approval, now, viewer } = explained;
    let (names, subject) = (scene.names, scene.request.wish.subject);
    let mut card = parts_of(*scene);
    card.title = Phrase::new("why-title").with("request", scene.request.id.as_str());
    if let Some(approval) = approval {
        card.text.extend(rules(&approval.rules));
        card.text.push(route(&approval.route, subject, names));
    }
    card.text.extend(stands(now, *approval, &scene.request.wish, *viewer, names));
    if let State::Failed { failure, .. } = &scene.request.state
        && viewer.sees_person
    {
        card.text.push(parts::failure(failure, names));
    }
    card.text.extend(scene.denial.map(|denial| Phrase::new("denial-reason").with("reason", denial)));
    card
}

fn stands(now: &Now<'_>, approval: Option<&Approval>, wish: &Wish, viewer: Viewer, names: &Names) -> Vec<Phrase> {
    match (now, approval) {
        (Now::WouldGo(open), _) => way(*open, wish, viewer, names),
        (Now::Waits(voters), Some(approval)) => {
            vec![may_vote(voters, approval, names), Phrase::new("why-four-eyes")]
        }
        (Now::StartsOver(StartOver::RouteChanged), _) => vec![Phrase::new("why-starts-over-route")],
        (Now::StartsOver(StartOver::VoterGone), _) => vec![Phrase::new("why-starts-over-voter")],
        (Now::Closed(reasons), _) => reasons.clone(),
        (Now::Decided, Some(approval)) if !approval.votes.is_empty() => {
            vec![Phrase::new("why-voted").with("approved", voted(approval, names))]
        }
        (Now::Waits(_) | Now::Decided, _) => Vec::new(),
    }
}

/// Rules, route, voters, and what else there is to know, as far as the reader may.
fn way(way: Way<'_>, wish: &Wish, viewer: Viewer, names: &Names) -> Vec<Phrase> {
    let asks = !way.route.stages.is_empty();
    let mut text: Vec<Phrase> = rules(way.rules).into_iter().collect();
    text.push(route(way.route, wish.subject, names));
    if asks {
        text.push(parts::outlook(&way.insight.outlook, names));
        text.push(Phrase::new("why-four-eyes"));
    }
    text.extend(way.insight.findings_for(viewer, wish).iter().map(|found| finding_phrase(found, names)));
    text
}

fn rules(rules: &[String]) -> Option<Phrase> {
    let list = Arg::List(rules.iter().map(|rule| Phrase::new("why-rule").with("rule", rule).into()).collect());
    (!rules.is_empty()).then(|| Phrase::new("why-rules").with("count", rules.len()).with("rules", list))
}

fn route(route: &Route, subject: PersonId, names: &Names) -> Phrase {
    let stages: Vec<Arg> = route.stages.iter().map(|asked| stage(asked, subject, names)).collect();
    let (key, stages) = match stages.len() {
        0 => return Phrase::new("why-route-at-once").with("route", &route.name),
        1 => ("why-route", stages),
        _ => ("why-route-in-order", stages.into_iter().enumerate().map(numbered).collect()),
    };
    Phrase::new(key).with("route", &route.name).with("stages", Arg::List(stages))
}

fn numbered((place, stage): (usize, Arg)) -> Arg {
    Phrase::new("why-stage-numbered").with("number", place + 1).with("stage", stage).into()
}

fn stage(stage: &Stage, subject: PersonId, names: &Names) -> Arg {
    let quorum = stage.quorum.get();
    let who = approvers(&stage.approvers, quorum, subject, names);
    match &stage.fallback {
        None => who,
        Some(fallback) => Phrase::new("why-stage-fallback")
            .with("who", who)
            .with("fallback", approvers(fallback, quorum, subject, names))
            .into(),
    }
}

fn approvers(approvers: &Approvers, quorum: u32, subject: PersonId, names: &Names) -> Arg {
    let who: Arg = match approvers {
        Approvers::Manager => return Phrase::new("why-manager").with("subject", names.person(subject)).into(),
        Approvers::Group(group) => Phrase::new("why-group").with("group", names.group(*group)).into(),
        Approvers::People(people) => match people.iter().next() {
            Some(only) if people.len() == 1 => return names.person(*only),
            _ => names.some_people(people),
        },
    };
    Phrase::new("why-stage-of").with("quorum", quorum).with("who", who).into()
}

fn may_vote(voters: &BTreeSet<PersonId>, approval: &Approval, names: &Names) -> Phrase {
    let open = voters.iter().filter(|voter| !approval.has_voted(**voter));
    let key = if approval.votes.is_empty() { "why-may-vote" } else { "why-may-vote-more" };
    let phrase = Phrase::new(key).with("people", names.some_people(open)).with("missing", approval.votes_missing());
    if approval.votes.is_empty() { phrase } else { phrase.with("approved", voted(approval, names)) }
}

fn voted(approval: &Approval, names: &Names) -> Arg {
    let people: BTreeSet<PersonId> = approval.votes.iter().map(|vote| vote.by).collect();
    names.some_people(&people)
}

/// Why the policy says no, with the rules that say so; for those who may see the person.
pub fn denied(denial: &Denial, names: &Names) -> Vec<Phrase> {
    denial.reasons.iter().map(|reason| denied_by(reason, names)).collect()
}

fn denied_by(reason: &DenialReason, names: &Names) -> Phrase {
    match reason {
        DenialReason::ForbiddenBy { rule, reason: Some(words) } => {
            Phrase::new("why-forbidden-saying").with("rule", rule.to_string()).with("words", words)
        }
        DenialReason::ForbiddenBy { rule, reason: None } => Phrase::new("why-forbidden").with("rule", rule.to_string()),
        DenialReason::NothingPermits { element } => {
            Phrase::new("why-nothing-permits").with("element", asked(*element, names))
        }
        DenialReason::PolicyFailed { rule } => Phrase::new("why-rule-failed").with("rule", rule.to_string()),
        DenialReason::NothingPermitsReading | DenialReason::NothingAsked | DenialReason::Unaskable => {
            Phrase::new("why-unaskable")
        }
    }
}

/// One element in the words of a request.
fn asked(element: Element, names: &Names) -> Phrase {
    match element {
        Element::Assign(sku) => Phrase::new("asked-assign").with("product", names.product(sku)),
        Element::Unassign(sku) => Phrase::new("asked-unassign").with("product", names.product(sku)),
        Element::SwitchOn(sku, app) => {
            Phrase::new("asked-apps-on").with("apps", names.app(app)).with("product", names.product(sku))
        }
        Element::SwitchOff(sku, app) => {
            Phrase::new("asked-apps-off").with("apps", names.app(app)).with("product", names.product(sku))
        }
        Element::SetUsageLocation => Phrase::new("why-set-location"),
    }
}
