//! Random but legal lives of requests: at each step one of the arrows that the state knows. Written against the words of the
//! machine, not against its table, so that the table is tested too.

use std::collections::BTreeSet;

use jiff::Timestamp;
use licensebot::domain::change::Effect;
use licensebot::domain::ids::{PersonId, RequestId, SkuId};
use licensebot::domain::person::{Holdings, UsageLocation};
use licensebot::domain::refusal::Refusal;
use licensebot::domain::request::{Answer, CallId, Failure, Request, StartOver, State, Step};
use uuid::Uuid;

use super::support::*;

/// What drives one step: which request, which of its arrows, and with which arguments.
pub type Dice = (u8, u8, u8);

/// The same dice every time, for stories that need many (splitmix64).
pub fn dice(count: usize) -> Vec<Dice> {
    let mut state = 0u64;
    let mut throw = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed.to_be_bytes()[7] ^ mixed.to_be_bytes()[3]
    };
    (0..count).map(|_| (throw(), throw(), throw())).collect()
}

/// The next step of a request, or its first.
pub fn step(request: Option<Request>, id: RequestId, at: Timestamp, (_, arrow, luck): Dice) -> Option<Step> {
    let Some(request) = request else { return Some(open(id, ANA, pick(&[ANA, BO, MEGAN], luck), at)) };
    let step = match request.state.clone() {
        State::Draft { .. } => match arrow % 9 {
            0 => request.expire(at),
            1 => request.cancel(at, ANA),
            _ => request.confirm(at, confirmation(stages(luck)), country(luck)),
        },
        State::AwaitingApproval { approval, .. } => match arrow % 17 {
            0 => request.expire(at),
            1 => request.cancel(at, OSKAR),
            2 => request.deny(at, Some(MEGAN), Some(text("not this quarter").reference)),
            3 => request.start_over(at, confirmation(stages(luck)), StartOver::RouteChanged),
            _ => {
                let voter = if approval.has_voted(MEGAN) { OSKAR } else { MEGAN };
                request.vote(at, voter, BTreeSet::from([BO, OSKAR]), country(luck))
            }
        },
        State::Approved { .. } => match arrow % 11 {
            0 => request.cancel(at, ANA),
            1 => request.start_over(at, confirmation(stages(luck)), StartOver::VoterGone),
            2 => request.deny(at, None, None),
            3 => request.fail(at, Failure::NobodyMayVote),
            _ => request.begin_execution(at),
        },
        State::Executing(execution) if execution.intent.is_some() => request.answered(at, answer(luck)),
        State::Executing(_) => match arrow % 9 {
            0 => request.applied(at, holdings(&[])),
            1 => request.fail(at, Failure::Inherited(E5)),
            2 => request.start_over(at, confirmation(stages(luck)), StartOver::RouteChanged),
            _ => request.intend(at, write(luck), CallId(Uuid::from_u128(luck.into())), seen(luck)),
        },
        State::Verifying(_) => match arrow % 6 {
            0 => request.shown(at, holdings(&[TEAMS])),
            1 => request.put_back(at),
            2 => request.needs_human(at),
            3 => request.fail(at, Failure::Refused(Refusal::Conflict(vec![TEAMS]))),
            _ => request.applied(at, holdings(&[TEAMS])),
        },
        State::NeedsHuman { .. } => {
            let after = (luck % 2 == 0).then(|| holdings(&[]));
            request.resolve(at, arrow % 2 == 0, after, text("I looked at it myself").reference)
        }
        State::Applied { .. }
        | State::Failed { .. }
        | State::Denied { .. }
        | State::Cancelled { .. }
        | State::Expired => {
            return None;
        }
    };
    Some(step.unwrap())
}

fn pick(people: &[PersonId], luck: u8) -> PersonId {
    people[usize::from(luck) % people.len()]
}

fn stages(luck: u8) -> Vec<licensebot::domain::policy::route::Stage> {
    match luck % 4 {
        0 => vec![],
        1 => vec![stage(1)],
        2 => vec![stage(2)],
        _ => vec![stage(1), stage(2)],
    }
}

fn country(luck: u8) -> Option<UsageLocation> {
    luck.is_multiple_of(3).then(|| "SE".parse().unwrap())
}

fn answer(luck: u8) -> Answer {
    match luck % 4 {
        0 => Answer::Accepted,
        1 => Answer::Refused(Refusal::NoSeats(Some(SkuId(Uuid::from_u128(5))))),
        2 => Answer::NotSent,
        _ => Answer::Unknown,
    }
}

fn write(luck: u8) -> Effect {
    if luck.is_multiple_of(3) { Effect::SetUsageLocation("SE".parse().unwrap()) } else { effect() }
}

fn seen(luck: u8) -> Holdings {
    if luck.is_multiple_of(2) { Holdings::default() } else { holdings(&[]) }
}
