//! Reading people, groups and holdings. Never writes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use async_trait::async_trait;

use super::PortError;
use crate::domain::ids::{GroupId, PersonId, SkuId};
use crate::domain::person::{Facts, Person};

/// What to read about people and groups, in one go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactsQuestion {
    /// Account, holdings, manager and groups of each.
    pub people: BTreeSet<PersonId>,
    /// Name and members of each.
    pub groups: BTreeSet<GroupId>,
    /// The company's products and seats too.
    pub stock: bool,
}

/// People, groups and holdings.
#[async_trait]
pub trait Directory: Send + Sync + Debug {
    /// Everything asked for, read now and whole, in one round trip where it fits; never from a cache. A person or group that
    /// does not exist is absent from the answer.
    ///
    /// # Errors
    /// Anything that could not be read whole: never a part of it.
    async fn read(&self, question: &FactsQuestion) -> Result<Facts, PortError>;

    /// The accounts that a typed name may mean: an object id, UPN, mail nickname or display name, exact in this order; the
    /// first kind with matches wins. For choosing only: rights are judged on facts read by id. May be minutes old.
    ///
    /// # Errors
    /// The directory could not be read.
    async fn find(&self, typed: &str) -> Result<Vec<Person>, PortError>;

    /// Accounts whose names begin like this, for completing; and those nearest to it, for suggesting. May be minutes old.
    ///
    /// # Errors
    /// The directory could not be read.
    async fn similar(&self, typed: &str, limit: usize) -> Result<Vec<Person>, PortError>;

    /// Names of groups, as far as earlier reads told them. For showing alone; asks nobody.
    fn group_names(&self, groups: &BTreeSet<GroupId>) -> BTreeMap<GroupId, String>;

    /// Everybody who holds a product on any path, read now and whole.
    ///
    /// # Errors
    /// Anything that could not be read whole.
    async fn holders(&self, sku: SkuId) -> Result<Vec<Person>, PortError>;
}
