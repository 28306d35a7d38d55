//! Ordered stages of approvers. Never knows who is asking: eligibility is judged against facts, elsewhere in this room.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::domain::ids::{GroupId, PersonId};

/// The name of the built-in route without stages, of rank 0.
pub const AT_ONCE: &str = "at-once";

/// Who is asked, stage after stage. The stricter of two routes is the one of higher rank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// As policies name it.
    pub name: String,
    /// How strict it is. Only the built-in `at-once` has rank 0.
    pub rank: u32,
    /// In order; empty only for `at-once`.
    pub stages: Vec<Stage>,
}

/// One step of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Who may vote.
    pub approvers: Approvers,
    /// How many different people must say yes.
    pub quorum: NonZeroU32,
    /// Who is asked when fewer than `quorum` of the approvers may vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Approvers>,
}

/// Where approvers come from. Groups and people by objectId: a name can change hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approvers {
    /// The subject's manager.
    Manager,
    /// The members of a group.
    Group(GroupId),
    /// These people.
    People(BTreeSet<PersonId>),
}

impl Route {
    /// The built-in route: nobody is asked.
    pub fn at_once() -> Self {
        Self { name: AT_ONCE.to_owned(), rank: 0, stages: Vec::new() }
    }

    /// How many votes the whole route wants.
    pub fn votes_wanted(&self) -> u32 {
        self.stages.iter().map(|stage| stage.quorum.get()).fold(0, u32::saturating_add)
    }

    /// The groups whose members must be known to judge who may vote.
    pub fn groups(&self) -> BTreeSet<GroupId> {
        let sources = self.stages.iter().flat_map(|stage| std::iter::once(&stage.approvers).chain(&stage.fallback));
        sources
            .filter_map(|approvers| match approvers {
                Approvers::Group(group) => Some(*group),
                Approvers::Manager | Approvers::People(_) => None,
            })
            .collect()
    }

    /// The people named one by one.
    pub fn people(&self) -> BTreeSet<PersonId> {
        let sources = self.stages.iter().flat_map(|stage| std::iter::once(&stage.approvers).chain(&stage.fallback));
        sources
            .filter_map(|approvers| match approvers {
                Approvers::People(people) => Some(people.iter().copied()),
                Approvers::Manager | Approvers::Group(_) => None,
            })
            .flatten()
            .collect()
    }
}
