//! One group of the directory.

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
}
