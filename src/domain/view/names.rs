//! Names for ids, as far as they are known. Never a lookup: whoever builds a view gathers the names first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::catalog::Catalog;
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};
use crate::domain::person::Person;
use crate::domain::policy::explain;
use crate::domain::text::{Arg, Phrase};

/// How many names a list shows before it counts the rest.
const NAMES_SHOWN: usize = 4;

/// How many apps a card shows by name before it counts the rest.
const APPS_SHOWN: usize = 5;

/// How Microsoft begins the names of apps that are no more.
const RETIRED: &str = "retired - ";

/// How much of a list of apps is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The best known, and how many more: on a card that somebody decides by.
    Some,
    /// All of them: in an answer to whoever asks about a request, or why.
    All,
}

/// Names of people, groups, products and apps.
#[derive(Clone, Debug)]
pub struct Names {
    /// By id.
    pub people: BTreeMap<PersonId, Person>,
    /// By id.
    pub groups: BTreeMap<GroupId, String>,
    /// Products and apps.
    pub catalog: Arc<Catalog>,
}

impl Names {
    /// A person's name, or a word for somebody who is gone from the directory.
    pub fn person(&self, id: PersonId) -> Arg {
        match self.people.get(&id) {
            Some(person) => Arg::from(&person.display_name),
            None => Arg::from(Phrase::new("somebody-gone")),
        }
    }

    /// Some people: the first few by name, the rest as a number.
    pub fn some_people<'a>(&self, ids: impl IntoIterator<Item = &'a PersonId>) -> Arg {
        let ids: Vec<&PersonId> = ids.into_iter().collect();
        let named = ids.iter().take(NAMES_SHOWN).map(|id| self.person(**id));
        let rest = ids.len().saturating_sub(NAMES_SHOWN);
        let rest = (rest > 0).then(|| Arg::from(Phrase::new("and-more").with("count", rest)));
        Arg::List(named.chain(rest).collect())
    }

    /// A product by name and part number, so that look-alikes cannot be confused.
    pub fn product(&self, sku: SkuId) -> Arg {
        let name = self.catalog.name(sku);
        match self.catalog.part_number(sku) {
            Some(part_number) if part_number != name => Arg::from(format!("{name} ({part_number})")),
            _ => Arg::from(name),
        }
    }

    /// A product by its name alone.
    pub fn product_name(&self, sku: SkuId) -> Arg {
        Arg::from(self.catalog.name(sku))
    }

    /// An enumeration of products.
    pub fn products<'a>(&self, skus: impl IntoIterator<Item = &'a SkuId>) -> Arg {
        Arg::List(skus.into_iter().map(|sku| self.product(*sku)).collect())
    }

    /// An app by name.
    pub fn app(&self, plan: PlanId) -> Arg {
        Arg::from(self.catalog.app_name(plan))
    }

    /// An enumeration of apps.
    pub fn apps<'a>(&self, plans: impl IntoIterator<Item = &'a PlanId>) -> Arg {
        Arg::List(self.app_names(plans))
    }

    /// The names of apps, each once, in the order of the alphabet.
    pub fn app_names<'a>(&self, plans: impl IntoIterator<Item = &'a PlanId>) -> Vec<Arg> {
        let names: BTreeSet<String> = plans.into_iter().map(|plan| self.catalog.app_name(*plan)).collect();
        names.into_iter().map(Arg::from).collect()
    }

    /// Some apps, the best known first.
    pub fn best_known<'a>(&self, plans: impl IntoIterator<Item = &'a PlanId>, extent: Extent) -> Arg {
        let mut ranks: BTreeMap<String, usize> = BTreeMap::new();
        for plan in plans {
            let rank = self.catalog.app_rank(*plan);
            let best = ranks.entry(self.catalog.app_name(*plan)).or_insert(rank);
            *best = rank.min(*best);
        }
        let (retired, alive): (Vec<_>, Vec<_>) =
            ranks.into_iter().partition(|(name, _)| name.to_lowercase().starts_with(RETIRED));
        let mut told = alive;
        told.sort_by_key(|(_, rank)| *rank);
        if extent == Extent::All || told.is_empty() {
            told.extend(retired);
        }
        some_of(told.into_iter().map(|(name, _)| Arg::from(name)).collect(), extent)
    }

    /// A group by name.
    pub fn group(&self, id: GroupId) -> Arg {
        match self.groups.get(&id) {
            Some(name) => Arg::from(name),
            None => Arg::from(Phrase::new("some-group")),
        }
    }

    /// An enumeration of groups.
    pub fn group_list(&self, ids: &[GroupId]) -> Arg {
        Arg::List(ids.iter().map(|id| self.group(*id)).collect())
    }
}

/// The beginning of a list of apps, with the number of the others.
pub(super) fn some_of(mut told: Vec<Arg>, extent: Extent) -> Arg {
    let rest = told.len().saturating_sub(APPS_SHOWN);
    // A number in place of the only other name would spare nothing.
    if extent == Extent::Some && rest > 1 {
        told.truncate(APPS_SHOWN);
        told.push(Arg::from(Phrase::new("and-more").with("count", rest)));
    }
    Arg::List(told)
}

impl explain::Names for Names {
    fn person(&self, person: PersonId) -> Arg {
        self.person(person)
    }

    fn product(&self, sku: SkuId) -> Arg {
        self.product(sku)
    }

    fn app(&self, plan: PlanId) -> Arg {
        self.app(plan)
    }

    fn group(&self, group: GroupId) -> Arg {
        self.group(group)
    }
}
