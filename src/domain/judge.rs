//! The one judgement behind preflight, confirmation, vote and execution: what the wish means now, what the policy says to it
//! now, and who may vote now. Pure: facts come in, read together and whole; without them nothing is allowed.

use std::collections::BTreeSet;

use super::catalog::Stock;
use super::change::{Element, Impossible, Plan, Wish, plan};
use super::ids::PersonId;
use super::person::{Facts, Holdings, PersonFacts};
use super::policy::eligibility::{self, NoVoters, Parties, standing, voters};
use super::policy::outlook::Outlook;
use super::policy::route::Route;
use super::policy::settle::{RouteNow, settle_route};
use super::policy::{ChangeQuestion, Decision, Denial, Policy};
use super::preflight::{Finding, findings, impossible};
use super::request::{Approval, Digest, Request};
use super::view::Insight;

/// A change that may go on, and how.
#[derive(Clone, Debug)]
pub struct Permitted {
    /// The route to take.
    pub route: Route,
    /// The rules that led to it.
    pub rules: Vec<String>,
    /// The policy asked.
    pub policy: Digest,
    /// For each stage, who may vote.
    pub voters: Vec<BTreeSet<PersonId>>,
    /// What it would do.
    pub insight: Insight,
}

/// A change that may not go on.
#[derive(Clone, Debug)]
pub enum Forbidden {
    /// An account in it is gone from the directory.
    PersonGone(PersonId),
    /// The policy says no.
    Policy(Denial),
    /// A stage has too few people who may vote, and no fallback that has enough.
    NobodyMayVote(NoVoters),
    /// The stock was not read: a mistake of ours, which denies.
    NotRead,
}

/// Judges what somebody asks for, on facts that hold requester, subject, every group that routes name, and the stock.
///
/// # Errors
/// [`Forbidden`]: deny by default.
pub fn judge(
    policy: &Policy,
    requester: PersonId,
    wish: &Wish,
    facts: &Facts,
    may_set_location: bool,
) -> Result<Permitted, Forbidden> {
    let (asker, subject, stock) = read(requester, wish, facts)?;
    let planned = plan(wish, &subject.holdings, subject.person.usage_location, stock);
    let (route, rules) = match ask_policy(policy, asker, subject, wish, &planned) {
        Decision::Allowed(allowed) => (allowed.route.clone(), allowed.rules()),
        Decision::Denied(denial) => return Err(Forbidden::Policy(denial)),
    };
    let voters = voters_of(&route, requester, subject, facts)?;
    let found = match &planned {
        Ok(plan) => findings(wish, plan, subject, stock, may_set_location),
        Err(why) => vec![impossible(why, &subject.holdings)],
    };
    let outlook = Outlook::of(&route, &voters, Parties { requester, subject });
    let insight = Insight { plan: planned, findings: found, subject: subject.clone(), stock: stock.clone(), outlook };
    Ok(Permitted { route, rules, policy: policy.hash(), voters, insight })
}

/// What the policy alone says to a wish, element by element, for explaining it.
///
/// # Errors
/// [`Forbidden`], for every reason but the policy's.
pub fn decision(policy: &Policy, requester: PersonId, wish: &Wish, facts: &Facts) -> Result<Decision, Forbidden> {
    let (asker, subject, stock) = read(requester, wish, facts)?;
    let planned = plan(wish, &subject.holdings, subject.person.usage_location, stock);
    Ok(ask_policy(policy, asker, subject, wish, &planned))
}

fn read<'a>(
    requester: PersonId,
    wish: &Wish,
    facts: &'a Facts,
) -> Result<(&'a PersonFacts, &'a PersonFacts, &'a Stock), Forbidden> {
    let subject = facts.people.get(&wish.subject).ok_or(Forbidden::PersonGone(wish.subject))?;
    let asker = facts.people.get(&requester).ok_or(Forbidden::PersonGone(requester))?;
    Ok((asker, subject, facts.stock.as_ref().ok_or(Forbidden::NotRead)?))
}

fn ask_policy(
    policy: &Policy,
    asker: &PersonFacts,
    subject: &PersonFacts,
    wish: &Wish,
    planned: &Result<Plan, Impossible>,
) -> Decision {
    // What cannot be planned is asked about all the same, so that a refusal of the policy tells nothing about holdings.
    let location = subject.person.usage_location;
    let unplanned = || plan(&assigning_only(wish), &Holdings::default(), location, &Stock::default());
    let fallback = match planned {
        Ok(_) => None,
        Err(_) => unplanned().ok(),
    };
    let (elements, loses) = match (planned, &fallback) {
        (Ok(plan), _) | (Err(_), Some(plan)) => (elements(wish, plan), plan.classes_lost.clone()),
        (Err(_), None) => (Vec::new(), BTreeSet::new()),
    };
    policy.decide(&ChangeQuestion { requester: asker, subject, elements: &elements, loses: &loses })
}

fn assigning_only(wish: &Wish) -> Wish {
    Wish { unassign: BTreeSet::new(), switch: std::collections::BTreeMap::new(), ..wish.clone() }
}

/// What changes, and all that was asked for in so many words, whether or not it changes anything: what somebody holds must not
/// show in the answer.
fn elements(wish: &Wish, plan: &Plan) -> Vec<Element> {
    let unassigned = wish.unassign.iter().map(|sku| Element::Unassign(*sku));
    let left_off = wish.assign.iter().flat_map(|(sku, apps)| apps.iter().map(|app| Element::SwitchOff(*sku, *app)));
    let switched = wish.switch.iter().flat_map(|(sku, switches)| {
        let on = switches.on.iter().map(|app| Element::SwitchOn(*sku, *app));
        on.chain(switches.off.iter().map(|app| Element::SwitchOff(*sku, *app)))
    });
    let all: BTreeSet<_> = plan.elements.iter().copied().chain(unassigned).chain(left_off).chain(switched).collect();
    all.into_iter().collect()
}

fn voters_of(
    route: &Route,
    requester: PersonId,
    subject: &PersonFacts,
    facts: &Facts,
) -> Result<Vec<BTreeSet<PersonId>>, Forbidden> {
    let parties = Parties { requester, subject };
    let stages = route.stages.iter().map(|stage| voters(stage, parties, facts).map(|found| found.people));
    stages.collect::<Result<_, _>>().map_err(Forbidden::NobodyMayVote)
}

/// How an approval under way stands, judged again.
#[derive(Clone, Debug)]
pub enum Standing {
    /// The stored route goes on; for each of its stages, who may vote now.
    GoesOn {
        /// By stage of the stored route.
        voters: Vec<BTreeSet<PersonId>>,
        /// What it would do now.
        insight: Insight,
    },
    /// The policy wants another route now: the stages begin again on it.
    StartsOver(Permitted),
    /// A vote that counted is by somebody who may not vote any more: the stages begin again on the stored route.
    VoterGone(Permitted),
    /// Too few of those who were asked may still vote: the stages begin again on the stored route, and others are asked.
    AskedGone(Permitted),
}

/// Judges an approval under way again, on facts read now.
///
/// # Errors
/// [`Forbidden`]: the policy, or the facts, do not allow it any more.
pub fn judge_again(
    policy: &Policy,
    request: &Request,
    approval: &Approval,
    facts: &Facts,
    may_set_location: bool,
) -> Result<Standing, Forbidden> {
    let permitted = judge(policy, request.requester, &request.wish, facts, may_set_location)?;
    let subject = facts.people.get(&request.wish.subject).ok_or(Forbidden::PersonGone(request.wish.subject))?;
    if let RouteNow::StartOver(route) = settle_route(&approval.route, &permitted.route) {
        let voters = voters_of(&route, request.requester, subject, facts)?;
        return Ok(Standing::StartsOver(Permitted { route, voters, ..permitted }));
    }
    let voters = voters_of(&approval.route, request.requester, subject, facts)?;
    let parties = Parties { requester: request.requester, subject };
    match standing(&approval.route, &approval.votes, parties, facts).map_err(Forbidden::NobodyMayVote)? {
        eligibility::Standing::Stands if !is_stuck(approval, &voters) => {
            Ok(Standing::GoesOn { voters, insight: permitted.insight })
        }
        stands => {
            let again = match stands {
                eligibility::Standing::Stands => Standing::AskedGone,
                eligibility::Standing::VotersGone(_) => Standing::VoterGone,
            };
            let (route, rules) = (approval.route.clone(), approval.rules.clone());
            Ok(again(Permitted { route, rules, voters, ..permitted }))
        }
    }
}

/// Can those who were asked not bring the open stage to its end any more? Then nobody who may vote knows of it.
fn is_stuck(approval: &Approval, voters: &[BTreeSet<PersonId>]) -> bool {
    let Some(may_vote) = voters.get(approval.stage) else { return false };
    let left = may_vote.intersection(&approval.asked).filter(|person| !approval.has_voted(**person)).count();
    u32::try_from(left).is_ok_and(|left| left < approval.votes_missing())
}

/// Proof that the policy and the votes allow exactly this request to be executed, on facts read for this execution. Only
/// [`authorize`] makes one; whatever writes takes one.
#[derive(Debug)]
pub struct Authorized {
    plan: Plan,
    before: Holdings,
}

impl Authorized {
    /// What the wish means now.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What the person held when it was authorized.
    pub fn before(&self) -> &Holdings {
        &self.before
    }
}

/// What an execution may do.
#[derive(Debug)]
pub enum Verdict {
    /// Write.
    Go(Authorized),
    /// The stages begin again.
    StartOver(Box<Permitted>, super::request::StartOver),
    /// It cannot be done any more.
    Cannot(Impossible),
    /// It is not allowed any more.
    Forbidden(Forbidden),
}

/// The last judgement before a write.
pub fn authorize(
    policy: &Policy,
    request: &Request,
    approval: &Approval,
    facts: &Facts,
    may_set_location: bool,
) -> Verdict {
    let standing = match judge_again(policy, request, approval, facts, may_set_location) {
        Ok(standing) => standing,
        Err(forbidden) => return Verdict::Forbidden(forbidden),
    };
    match standing {
        Standing::StartsOver(permitted) => {
            Verdict::StartOver(Box::new(permitted), super::request::StartOver::RouteChanged)
        }
        Standing::VoterGone(permitted) => Verdict::StartOver(Box::new(permitted), super::request::StartOver::VoterGone),
        Standing::AskedGone(permitted) => Verdict::StartOver(Box::new(permitted), super::request::StartOver::AskedGone),
        Standing::GoesOn { insight, .. } if approval.open_stage().is_none() => match insight.plan {
            Ok(plan) => Verdict::Go(Authorized { plan, before: insight.subject.holdings }),
            Err(why) => Verdict::Cannot(why),
        },
        // Approved on paper, yet a stage is open: the paper is wrong.
        Standing::GoesOn { .. } => Verdict::Forbidden(Forbidden::NotRead),
    }
}

/// Does the change still have findings that block it?
pub fn blockers(insight: &Insight) -> Vec<&Finding> {
    insight.findings.iter().filter(|finding| finding.blocks()).collect()
}
