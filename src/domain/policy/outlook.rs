//! What a route will ask for, in one plain sentence: who must approve, and why others than the manager. Never judges who may
//! vote and never looks up a name: both come in.

use std::collections::BTreeSet;

use super::eligibility::Parties;
use super::explain::{Names, Who, people};
use super::route::{Approvers, Route, Stage};
use crate::domain::ids::PersonId;
use crate::domain::text::{Arg, Phrase};

/// What the policy will ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// Nobody has to approve.
    AtOnce,
    /// These stages, in their order.
    Stages(Vec<StageOutlook>),
}

/// One stage of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageOutlook {
    /// Those who may vote.
    pub voters: BTreeSet<PersonId>,
    /// How many of them must.
    pub quorum: u32,
    /// What the subject's manager has to do with it.
    pub manager: ManagerPart,
}

/// What a stage and the subject's manager have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManagerPart {
    /// The stage asks others.
    NotWanted,
    /// This is the manager, and decides.
    Decides(PersonId),
    /// There is none, so others stand in.
    Missing,
    /// It is the manager who asks, so others stand in.
    Asks,
    /// The manager may not vote, so others stand in.
    MayNotVote,
}

/// Who reads the sentence, and what of the people in it.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Nobody in particular, when absent.
    pub person: Option<PersonId>,
    /// May see the subject, and so who the subject's manager is not.
    pub sees_subject: bool,
    /// Wants to be told who of the approvers is the manager.
    pub wants_ties: bool,
}

impl Outlook {
    /// What a route asks for. `voters` are those who may vote, stage by stage.
    pub fn of(route: &Route, voters: &[BTreeSet<PersonId>], parties: Parties<'_>) -> Self {
        if route.stages.is_empty() {
            return Self::AtOnce;
        }
        let stages = route.stages.iter().zip(voters).map(|(stage, voters)| StageOutlook {
            voters: voters.clone(),
            quorum: stage.quorum.get(),
            manager: manager_part(stage, voters, parties),
        });
        Self::Stages(stages.collect())
    }

    /// Who must approve: "Li Wei or Oskar Nyström must approve, then the other one."
    pub fn phrase(&self, who: Who, reader: Reader, names: &dyn Names) -> Phrase {
        let Self::Stages(stages) = self else { return Phrase::new("outlook-at-once") };
        let mut named = named(stages, who, reader, names).into_iter();
        let first = named.next().unwrap_or(Arg::List(Vec::new()));
        let rest: Vec<Phrase> = named.map(|stage| Phrase::new("outlook-then").with("stage", stage)).collect();
        let sentence = if rest.is_empty() {
            Phrase::new("outlook-one-stage").with("first", first)
        } else {
            Phrase::new("outlook-stages").with("first", first).with("rest", rest)
        };
        match stages.first().and_then(|stage| stand_in(stage.manager, who, reader)) {
            Some(key) => Phrase::new(key)
                .with("subject", names.person(who.subject))
                .with("requester", names.person(who.requester))
                .with("outlook", sentence),
            None => sentence,
        }
    }
}

fn manager_part(stage: &Stage, voters: &BTreeSet<PersonId>, parties: Parties<'_>) -> ManagerPart {
    match (&stage.approvers, &parties.subject.manager) {
        (Approvers::Group(_) | Approvers::People(_), _) => ManagerPart::NotWanted,
        (Approvers::Manager, None) => ManagerPart::Missing,
        (Approvers::Manager, Some(manager)) if manager.id == parties.requester => ManagerPart::Asks,
        (Approvers::Manager, Some(manager)) if voters.contains(&manager.id) => ManagerPart::Decides(manager.id),
        (Approvers::Manager, Some(_)) => ManagerPart::MayNotVote,
    }
}

/// The beginning of the sentence, where others stand in for the manager and the reader may know why.
fn stand_in(manager: ManagerPart, who: Who, reader: Reader) -> Option<&'static str> {
    let (asks, is_subject) = (reader.person == Some(who.requester), reader.person == Some(who.subject));
    match manager {
        ManagerPart::NotWanted | ManagerPart::Decides(_) => None,
        ManagerPart::Asks => Some(if asks { "outlook-you-manage" } else { "outlook-requester-manages" }),
        ManagerPart::Missing | ManagerPart::MayNotVote if !reader.sees_subject => None,
        ManagerPart::Missing => Some(if is_subject { "outlook-you-have-no-manager" } else { "outlook-no-manager" }),
        ManagerPart::MayNotVote => {
            Some(if is_subject { "outlook-your-manager-cannot" } else { "outlook-manager-cannot" })
        }
    }
}

/// Who is asked in each stage. Whoever has voted is not asked again where enough others are left.
fn named(stages: &[StageOutlook], who: Who, reader: Reader, names: &dyn Names) -> Vec<Arg> {
    let mut voted = BTreeSet::new();
    let mut before: Option<(BTreeSet<PersonId>, u32)> = None;
    let mut named = Vec::with_capacity(stages.len());
    for stage in stages {
        let asked = super::eligibility::asked_anew(&stage.voters, &voted, stage.quorum);
        let others_of = before.filter(|(people, _)| *people == asked).map(|(_, votes)| votes);
        named.push(stage_phrase(&asked, stage, others_of, (who, reader), names));
        if asked.len() == count(stage.quorum) {
            voted.extend(&asked);
        }
        before = Some((asked, stage.quorum));
    }
    named
}

/// `others_of`: the same people are asked in the stage before, and so many of them have voted by then.
fn stage_phrase(
    asked: &BTreeSet<PersonId>,
    stage: &StageOutlook,
    others_of: Option<u32>,
    (who, reader): (Who, Reader),
    names: &dyn Names,
) -> Arg {
    if let ManagerPart::Decides(manager) = stage.manager
        && reader.wants_ties
    {
        let yours = reader.person == Some(who.subject);
        let key = if yours { "outlook-your-manager" } else { "outlook-the-manager" };
        let phrase = Phrase::new(key).with("manager", names.person(manager));
        return phrase.with("subject", names.person(who.subject)).into();
    }
    let left = others_of.map(|votes| asked.len().saturating_sub(count(votes)));
    match (left, stage.quorum, asked.len()) {
        (Some(1), 1, _) => Phrase::new("outlook-the-other").into(),
        (Some(2..), 1, _) => Phrase::new("outlook-somebody-else").into(),
        (_, wanted, there) if count(wanted) == there => some(asked, names, Arg::List),
        (_, 1, ..=NAMED_EACH) => some(asked, names, Arg::AnyOf),
        (_, 1, _) => Phrase::new("outlook-one-of").with("people", some(asked, names, Arg::List)).into(),
        (_, quorum, _) => {
            let people = some(asked, names, Arg::List);
            Phrase::new("outlook-some-of").with("quorum", quorum).with("people", people).into()
        }
    }
}

/// So many are told apart with "or"; more of them are a list.
const NAMED_EACH: usize = 3;
/// A longer list is cut.
const NAMES_SHOWN: usize = 4;

fn some(asked: &BTreeSet<PersonId>, names: &dyn Names, kind: fn(Vec<Arg>) -> Arg) -> Arg {
    let all = people(asked, names);
    let rest = all.len().saturating_sub(NAMES_SHOWN);
    let rest = (rest > 0).then(|| Arg::from(Phrase::new("and-more").with("count", rest)));
    kind(all.into_iter().take(NAMES_SHOWN).chain(rest).collect())
}

fn count(votes: u32) -> usize {
    usize::try_from(votes).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
