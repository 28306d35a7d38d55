//! Who may vote on a request: the one place that knows. Four eyes, one vote a person and stage, and the stage's fallback
//! when its approvers are too few. Never reads facts: they come in, read fresh, and a group that is missing from them is
//! an error and not an empty group.

use std::collections::{BTreeMap, BTreeSet};

use super::route::{Approvers, Route, Stage};
use crate::domain::ids::{GroupId, PersonId};
use crate::domain::person::{Facts, Person, PersonFacts};
use crate::domain::request::Vote;

/// Who a stage asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voters {
    /// Everyone who may vote; at least as many as the stage's quorum.
    pub people: BTreeSet<PersonId>,
    /// Where they come from.
    pub source: Asked,
}

/// Which side of a stage is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The stage's approvers.
    Approvers,
    /// Its fallback: too few of the approvers may vote.
    Fallback,
}

/// A stage that cannot be asked. A command that would need it is refused at once; it never waits for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoVoters {
    /// Too few people may vote.
    NobodyMayVote(NobodyMayVote),
    /// The members of this group are not among the facts: it does not exist any more, or was not read.
    MissingFacts(GroupId),
}

/// Too few people may vote, on either side of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NobodyMayVote {
    /// The stage.
    pub stage: Stage,
    /// The most who may vote, on the better of its sides; fewer than the quorum.
    pub eligible: u32,
}

/// Why somebody may not vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// He asked for it himself.
    OwnRequest,
    /// It is for him.
    IsSubject,
    /// He voted in this stage already.
    AlreadyVoted,
    /// He is not among those who are asked.
    NotAsked,
    /// It is not known who may.
    NoVoters(NoVoters),
}

/// What becomes of the votes that were cast, when facts are read anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Every vote still counts.
    Stands,
    /// These people voted and may not vote any more.
    VotersGone(BTreeSet<PersonId>),
}

/// The two people that every question about voting is about.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    /// Who asked.
    pub requester: PersonId,
    /// Whose licenses change.
    pub subject: &'a PersonFacts,
}

/// Everyone who may vote in a stage. A person that a stage names and that is absent from the facts has left the directory
/// and does not vote.
///
/// # Errors
/// [`NoVoters`]: too few people on both sides, or the facts lack a group that had to be looked at.
pub fn voters(stage: &Stage, parties: Parties<'_>, facts: &Facts) -> Result<Voters, NoVoters> {
    let quorum = usize::try_from(stage.quorum.get()).unwrap_or(usize::MAX);
    let approvers = eligible(&stage.approvers, parties, facts)?;
    if approvers.len() >= quorum {
        return Ok(Voters { people: approvers, source: Asked::Approvers });
    }
    let fallback = stage.fallback.as_ref().map(|fallback| eligible(fallback, parties, facts));
    let fallback = fallback.transpose()?.unwrap_or_default();
    if fallback.len() >= quorum {
        return Ok(Voters { people: fallback, source: Asked::Fallback });
    }
    let eligible = u32::try_from(approvers.len().max(fallback.len())).unwrap_or(u32::MAX);
    Err(NoVoters::NobodyMayVote(NobodyMayVote { stage: stage.clone(), eligible }))
}

/// Who of a stage's voters is asked: those who said nothing in an earlier stage, so that several stages mean several people;
/// all of them only where too few others are left.
pub fn asked_anew(voters: &BTreeSet<PersonId>, earlier: &BTreeSet<PersonId>, quorum: u32) -> BTreeSet<PersonId> {
    let others: BTreeSet<PersonId> = voters.difference(earlier).copied().collect();
    let enough = u32::try_from(others.len()).unwrap_or(u32::MAX) >= quorum;
    if enough { others } else { voters.clone() }
}

/// May this person vote in a stage now? `voted` are those who did.
///
/// # Errors
/// [`WhyNot`], the most personal reason first.
pub fn may_vote(
    voter: PersonId,
    stage: &Stage,
    parties: Parties<'_>,
    facts: &Facts,
    voted: &BTreeSet<PersonId>,
) -> Result<(), WhyNot> {
    if voter == parties.requester {
        return Err(WhyNot::OwnRequest);
    }
    if voter == parties.subject.person.id {
        return Err(WhyNot::IsSubject);
    }
    if voted.contains(&voter) {
        return Err(WhyNot::AlreadyVoted);
    }
    let voters = voters(stage, parties, facts).map_err(WhyNot::NoVoters)?;
    if voters.people.contains(&voter) { Ok(()) } else { Err(WhyNot::NotAsked) }
}

/// Do the votes still count on these facts? Asked again right before the write.
///
/// # Errors
/// [`NoVoters`] of the first stage that was voted in and could not be asked any more.
pub fn standing(route: &Route, votes: &[Vote], parties: Parties<'_>, facts: &Facts) -> Result<Standing, NoVoters> {
    let mut by_stage: BTreeMap<usize, BTreeSet<PersonId>> = BTreeMap::new();
    for vote in votes {
        by_stage.entry(vote.stage).or_default().insert(vote.by);
    }
    let mut gone = BTreeSet::new();
    for (place, voted) in by_stage {
        let eligible = match route.stages.get(place) {
            Some(stage) => voters(stage, parties, facts)?.people,
            None => BTreeSet::new(),
        };
        gone.extend(voted.difference(&eligible));
    }
    Ok(if gone.is_empty() { Standing::Stands } else { Standing::VotersGone(gone) })
}

fn eligible(approvers: &Approvers, parties: Parties<'_>, facts: &Facts) -> Result<BTreeSet<PersonId>, NoVoters> {
    let candidates = candidates(approvers, parties.subject, facts)?;
    let may_vote = candidates.into_iter().filter(|person| person.may_vote()).map(|person| person.id);
    // Four eyes.
    Ok(may_vote.filter(|person| *person != parties.requester && *person != parties.subject.person.id).collect())
}

fn candidates<'a>(
    approvers: &Approvers,
    subject: &'a PersonFacts,
    facts: &'a Facts,
) -> Result<Vec<&'a Person>, NoVoters> {
    match approvers {
        Approvers::Manager => Ok(subject.manager.iter().collect()),
        Approvers::Group(group) => match facts.groups.get(group) {
            Some(group) => Ok(group.members.iter().collect()),
            None => Err(NoVoters::MissingFacts(*group)),
        },
        Approvers::People(people) => {
            Ok(people.iter().filter_map(|person| facts.people.get(person)).map(|facts| &facts.person).collect())
        }
    }
}

#[cfg(test)]
mod tests;
