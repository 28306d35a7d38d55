//! What groups are called, as reads told it on the way. For showing alone; never asks, and never grows without bound.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::domain::ids::GroupId;

/// More groups than this are not remembered at once.
const MOST: usize = 10_000;

/// Names by group.
#[derive(Debug, Default)]
pub(super) struct GroupNames(Mutex<BTreeMap<GroupId, String>>);

impl GroupNames {
    pub(super) fn learn(&self, names: &BTreeMap<GroupId, String>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + names.len() > MOST {
            known.clear();
        }
        known.extend(names.iter().map(|(group, name)| (*group, name.clone())));
    }

    pub(super) fn of(&self, groups: &BTreeSet<GroupId>) -> BTreeMap<GroupId, String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        groups.iter().filter_map(|group| Some((*group, known.get(group)?.clone()))).collect()
    }
}
