//! One account and the licenses it holds, path by path.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::plans::PlanHistory;
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};

/// One account.
#[derive(Clone, Debug)]
pub(in crate::sandbox) struct Person {
    pub(in crate::sandbox) id: PersonId,
    pub(in crate::sandbox) place: usize,
    pub(in crate::sandbox) display_name: String,
    pub(in crate::sandbox) given_name: String,
    pub(in crate::sandbox) surname: String,
    pub(in crate::sandbox) principal_name: String,
    pub(in crate::sandbox) mail: String,
    pub(in crate::sandbox) mail_nickname: String,
    pub(in crate::sandbox) job_title: Option<String>,
    pub(in crate::sandbox) department: Option<String>,
    pub(in crate::sandbox) office: Option<String>,
    pub(in crate::sandbox) country: Option<String>,
    pub(in crate::sandbox) language: Option<String>,
    pub(in crate::sandbox) usage_location: Option<String>,
    pub(in crate::sandbox) enabled: bool,
    pub(in crate::sandbox) guest: bool,
    pub(in crate::sandbox) created: Timestamp,
    pub(in crate::sandbox) manager: Option<PersonId>,
    pub(in crate::sandbox) licenses: Vec<LicensePath>,
    pub(in crate::sandbox) plan_history: PlanHistory,
}

/// One way in which a person holds a product: directly, or through one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sandbox) struct LicensePath {
    pub(in crate::sandbox) sku: SkuId,
    pub(in crate::sandbox) disabled: BTreeSet<PlanId>,
    /// `None`: directly.
    pub(in crate::sandbox) group: Option<GroupId>,
    pub(in crate::sandbox) updated: Timestamp,
    pub(in crate::sandbox) state: PathState,
}

/// Whether a path gives what it promises. A direct one always does: a call that could not keep its promise was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum PathState {
    Active,
    /// What it gave before is still given; what was to change about it could not be.
    ActiveWithError(PathError),
    /// It gives nothing.
    Error(PathError),
}

/// Why a group's licenses could not be given, in Graph's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum PathError {
    CountViolation,
    MutuallyExclusiveViolation,
    DependencyViolation,
    ProhibitedInUsageLocationViolation,
    UniquenessViolation,
    /// Another product of the same group could not be given, so none of them is.
    Other,
}

impl LicensePath {
    /// Whether the path gives its product, and so uses a seat.
    pub(in crate::sandbox) fn is_active(&self) -> bool {
        !matches!(self.state, PathState::Error(_))
    }
}

impl PathState {
    /// `state`.
    pub(in crate::sandbox) fn name(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::ActiveWithError(_) => "ActiveWithError",
            Self::Error(_) => "Error",
        }
    }

    /// `error`. The absence of one is the text `None`, not null.
    pub(in crate::sandbox) fn error(self) -> &'static str {
        match self {
            Self::Active => "None",
            Self::ActiveWithError(error) | Self::Error(error) => match error {
                PathError::CountViolation => "CountViolation",
                PathError::MutuallyExclusiveViolation => "MutuallyExclusiveViolation",
                PathError::DependencyViolation => "DependencyViolation",
                PathError::ProhibitedInUsageLocationViolation => "ProhibitedInUsageLocationViolation",
                PathError::UniquenessViolation => "UniquenessViolation",
                PathError::Other => "Other",
            },
        }
    }
}

impl Person {
    /// Whether the person holds the product at all. One seat is used, however many paths there are.
    pub(in crate::sandbox) fn holds(&self, sku: SkuId) -> bool {
        self.licenses.iter().any(|path| path.sku == sku && path.is_active())
    }

    /// Whether one of the paths is a direct one.
    pub(in crate::sandbox) fn holds_directly(&self, sku: SkuId) -> bool {
        self.licenses.iter().any(|path| path.sku == sku && path.group.is_none())
    }

    /// Each product held, once, with the plans that are off on every path: a plan that one path leaves on is on.
    pub(in crate::sandbox) fn assigned(&self) -> Vec<(SkuId, BTreeSet<PlanId>)> {
        merged(&self.licenses)
    }
}

/// The view of several paths as one assignment per product.
pub(in crate::sandbox) fn merged(paths: &[LicensePath]) -> Vec<(SkuId, BTreeSet<PlanId>)> {
    let mut assigned: Vec<(SkuId, BTreeSet<PlanId>)> = Vec::new();
    for path in paths.iter().filter(|path| path.is_active()) {
        match assigned.iter_mut().find(|(sku, _)| *sku == path.sku) {
            Some((_, disabled)) => disabled.retain(|plan| path.disabled.contains(plan)),
            None => assigned.push((path.sku, path.disabled.clone())),
        }
    }
    assigned
}
