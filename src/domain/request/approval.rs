//! A route under way: which stage is asked, who was asked, and who said yes. Never judges who may vote.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Digest;
use crate::domain::ids::PersonId;
use crate::domain::policy::route::{Route, Stage};

/// A route under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The route as it was when the stages began; a later policy can only make it stricter.
    pub route: Route,
    /// The rules that led to it.
    pub rules: Vec<String>,
    /// The policy it comes from.
    pub policy: Digest,
    /// The stage that is asked now; equal to the number of stages when all said yes.
    pub stage: usize,
    /// Who was asked when the stage opened: for showing, and for telling that nobody is left of them; never for judging a vote.
    pub asked: BTreeSet<PersonId>,
    /// The votes that count, in order.
    pub votes: Vec<Vote>,
}

/// One yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Whose.
    pub by: PersonId,
    /// In which stage.
    pub stage: usize,
    /// When.
    pub at: Timestamp,
}

impl Approval {
    /// The stage that is asked now; none when all said yes.
    pub fn open_stage(&self) -> Option<&Stage> {
        self.route.stages.get(self.stage)
    }

    /// The votes of the stage that is asked now.
    pub fn votes_in_stage(&self) -> impl Iterator<Item = &Vote> {
        self.votes.iter().filter(|vote| vote.stage == self.stage)
    }

    /// Has this person voted in the stage that is asked now?
    pub fn has_voted(&self, person: PersonId) -> bool {
        self.votes_in_stage().any(|vote| vote.by == person)
    }

    /// How many more votes the open stage wants.
    pub fn votes_missing(&self) -> u32 {
        let have = u32::try_from(self.votes_in_stage().count()).unwrap_or(u32::MAX);
        self.open_stage().map_or(0, |stage| stage.quorum.get().saturating_sub(have))
    }
}
