//! Which rule decides, by which route, who may still vote, and the reasons, in the policy's own sentences. Never a right or a
//! vote: it tells what the judgement said, and to whoever may not see the person only what follows from what was asked.

use std::collections::BTreeSet;

use super::parts_of;
use crate::domain::card::Card;
use crate::domain::change::{Element, Wish};
use crate::domain::ids::{PersonId, SkuId};
use crate::domain::policy::eligibility::{NoVoters, Voters, WhyNot};
use crate::domain::policy::explain::{StageView, Who, stage_phrase, taken_phrase};
use crate::domain::policy::outlook::{Outlook, Reader};
use crate::domain::policy::route::Route;
use crate::domain::policy::{Allowed, Decision};
use crate::domain::preflight::Finding;
use crate::domain::request::{Approval, State, Vote};
use crate::domain::text::{Arg, Phrase};
use crate::domain::view::{Extent, Names, Scene, Viewer, asked_for, finding, parts};

/// For each stage of a route, who may vote in it now.
pub type StageVoters = Vec<Result<Voters, NoVoters>>;

/// A change that nobody has confirmed, and what would come of it.
#[derive(Clone, Copy, Debug)]
pub struct ChangeExplained<'a> {
    /// Who asks, or would.
    pub requester: PersonId,
    /// For what.
    pub wish: &'a Wish,
    /// What the policy says.
    pub decision: &'a Decision,
    /// Who would be asked, when it says yes.
    pub voters: &'a StageVoters,
    /// What it would ask for, when everybody whom it asks is there.
    pub outlook: Option<&'a Outlook>,
    /// What else there is to know, as far as the reader may.
    pub findings: &'a [Finding],
    /// What the reader may see of the person.
    pub viewer: Viewer,
}

/// How a request stands, judged on facts of now.
#[derive(Clone, Debug)]
pub enum Now<'a> {
    /// A draft: what the policy will ask for.
    Draft(ChangeExplained<'a>),
    /// It waits for votes.
    Waits {
        /// Who may vote.
        voters: &'a StageVoters,
        /// What the next vote will do instead of counting, if so.
        instead: Vec<Phrase>,
        /// Why the reader has no vote in the open stage, if not.
        reader: Option<WhyNot>,
    },
    /// It was decided, or is not a matter of votes.
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

/// The card for changes that somebody thinks about, one after the other. `held` is what the reader may know to be held already,
/// and what is therefore explained as going away.
pub fn why_change<'a>(
    changes: impl IntoIterator<Item = ChangeExplained<'a>>,
    held: Option<SkuId>,
    names: &Names,
) -> Card {
    let explained = changes.into_iter().flat_map(|change| {
        let subject = change.wish.subject;
        let for_self = change.requester == subject;
        let held = held.map(|sku| {
            let key = if for_self { "why-held-self" } else { "why-held-other" };
            Phrase::new(key).with("subject", names.person(subject)).with("product", names.product(sku))
        });
        let asking = Phrase::new(if for_self { "why-asking-self" } else { "why-asking-other" })
            .with("subject", names.person(subject))
            .with("change", Arg::List(asked_for(change.wish, names)));
        held.into_iter().chain([asking]).chain(answer(change, names))
    });
    let text = explained.chain([Phrase::new("why-nothing-asked")]).collect();
    Card::saying(Phrase::new("why-change-title"), text)
}

/// The card for a request.
pub fn why_request(explained: &RequestExplained<'_>) -> Card {
    let RequestExplained { scene, approval, now, viewer } = explained;
    let names = scene.names;
    let mut card = parts_of(*scene);
    card.title = Phrase::new("why-title").with("request", scene.request.id.as_str());
    card.text.extend(approval.map(|approval| taken_phrase(&approval.rules, &approval.route)));
    card.text.extend(stands(now, *approval, scene.request.wish.subject, names));
    if let State::Failed { failure, .. } = &scene.request.state
        && viewer.sees_person
    {
        card.text.push(parts::failure(failure, *scene));
    }
    card.text.extend(scene.denial.map(|denial| Phrase::new("denial-reason").with("reason", denial)));
    card
}

fn stands(now: &Now<'_>, approval: Option<&Approval>, subject: PersonId, names: &Names) -> Vec<Phrase> {
    match (now, approval) {
        (Now::Draft(change), _) => answer(*change, names),
        (Now::Waits { voters, instead, reader }, Some(approval)) => {
            let mut text = steps(&approval.route, voters, &approval.votes, subject, names);
            text.extend(instead.iter().cloned());
            text.extend(reader.as_ref().map(|why| why.phrase(subject, names)));
            text
        }
        (Now::Decided, Some(approval)) if !approval.votes.is_empty() => {
            let voted: BTreeSet<PersonId> = approval.votes.iter().map(|vote| vote.by).collect();
            vec![Phrase::new("why-voted").with("approved", names.some_people(&voted))]
        }
        (Now::Waits { .. } | Now::Decided, _) => Vec::new(),
    }
}

/// What the policy says, who would vote, and what else there is to know.
fn answer(change: ChangeExplained<'_>, names: &Names) -> Vec<Phrase> {
    let who = Who { requester: change.requester, subject: change.wish.subject };
    let sees = change.viewer.sees_person;
    let reader = Reader { person: Some(change.requester), sees_subject: sees, wants_ties: sees };
    let outlook = change.outlook.filter(|outlook| **outlook != Outlook::AtOnce);
    let mut text: Vec<Phrase> = outlook.map(|outlook| outlook.phrase(who, reader, names)).into_iter().collect();
    text.extend(match change.decision {
        Decision::Denied(denial) if sees => denial.phrases(who, names),
        Decision::Denied(_) => vec![Phrase::new("forbidden-by-policy")],
        Decision::Allowed(allowed) if sees => allowed.phrases(who, names),
        Decision::Allowed(allowed) => only_asked(allowed, change.wish).phrases(who, names),
    });
    if let Decision::Allowed(allowed) = change.decision {
        text.extend(steps(&allowed.route, change.voters, &[], who.subject, names));
    }
    let found = change.findings.iter();
    text.extend(found.map(|found| finding::phrase_to(found, change.wish, names, Extent::All)));
    text
}

/// The answers to what was asked for in so many words. What comes along, such as a missing country, tells about the person.
fn only_asked(allowed: &Allowed, wish: &Wish) -> Allowed {
    let asked = |element: &Element| match element {
        Element::Assign(sku) => wish.assign.contains_key(sku),
        Element::Unassign(sku) => wish.unassign.contains(sku),
        Element::SwitchOn(sku, app) => wish.switch.get(sku).is_some_and(|switches| switches.on.contains(app)),
        Element::SwitchOff(sku, app) => {
            wish.switch.get(sku).is_some_and(|switches| switches.off.contains(app))
                || wish.assign.get(sku).is_some_and(|off| off.contains(app))
        }
        Element::SetUsageLocation => wish.usage_location.is_some(),
    };
    let answers = allowed.answers.iter().filter(|answer| asked(&answer.element)).cloned().collect();
    Allowed { answers, ..allowed.clone() }
}

/// One sentence for each stage: passed, or who may still vote.
fn steps(route: &Route, voters: &StageVoters, votes: &[Vote], subject: PersonId, names: &Names) -> Vec<Phrase> {
    let stages = route.stages.iter().zip(voters).enumerate();
    stages
        .map(|(place, (stage, voters))| {
            let voted: BTreeSet<PersonId> =
                votes.iter().filter(|vote| vote.stage == place).map(|vote| vote.by).collect();
            let (step, steps) = (place + 1, route.stages.len());
            let view = StageView { step, steps, stage, voters: voters.as_ref(), voted: &voted };
            stage_phrase(view, subject, names)
        })
        .collect()
}
