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
