//! One group of the directory.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};

/// One group: a security group or a Microsoft 365 group, with what its direct members inherit.
#[derive(Clone, Debug)]
pub(in crate::sandbox) struct Group {
    pub(in crate::sandbox) id: GroupId,
    pub(in crate::sandbox) place: usize,
    pub(in crate::sandbox) display_name: String,
    pub(in crate::sandbox) mail_nickname: String,
    pub(in crate::sandbox) description: Option<String>,
    pub(in crate::sandbox) unified: bool,
    pub(in crate::sandbox) visibility: Option<String>,
    pub(in crate::sandbox) membership_rule: Option<String>,
    pub(in crate::sandbox) mail: Option<String>,
    pub(in crate::sandbox) created: Timestamp,
    pub(in crate::sandbox) owners: Vec<PersonId>,
    pub(in crate::sandbox) members: Vec<PersonId>,
    pub(in crate::sandbox) nested: Vec<GroupId>,
    /// Products with the plans that are off.
    pub(in crate::sandbox) licenses: Vec<(SkuId, Vec<PlanId>)>,
    pub(in crate::sandbox) processing: Processing,
    /// People to whom not all of the licenses could be given.
    pub(in crate::sandbox) in_error: BTreeSet<PersonId>,
}

impl Group {
    /// There are no licenses, nor is their end still to be worked on.
    pub(in crate::sandbox) fn has_nothing_to_process(&self) -> bool {
        self.licenses.is_empty() && self.processing == Processing::Complete
    }
}

/// How far the work on the newest change of a group's licenses is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::sandbox) enum Processing {
    /// The number of the change.
    Queued(u64),
    InProgress(u64),
    #[default]
    Complete,
}

impl Processing {
    /// `licenseProcessingState`.
    pub(in crate::sandbox) fn name(self) -> &'static str {
        match self {
            Self::Queued(_) => "QueuedForProcessing",
            Self::InProgress(_) => "ProcessingInProgress",
            Self::Complete => "ProcessingComplete",
        }
    }
}
