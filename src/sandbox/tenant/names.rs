//! What the names in a description stand for: people, groups, products, plans. Knows nothing of how they are used.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::build::unique;
use super::{Plan, Subscription};
use crate::domain::ids::{GroupId, PersonId, PlanId, SkuId};
use crate::sandbox::seed::{Key, SeedError, SeedLicense, SeedPerson, SeedTenant};

/// People by name and by user principal name (any case), groups by name.
pub(super) struct Names<'a> {
    people: HashMap<&'a str, PersonId>,
    principals: HashMap<String, PersonId>,
    groups: HashMap<&'a str, GroupId>,
}

impl<'a> Names<'a> {
    pub(super) fn of(seed: &'a SeedTenant) -> Result<Self, SeedError> {
        let people = || seed.people.iter().enumerate();
        let groups = || seed.groups.iter().enumerate();
        let person_key = |name: &'static str| move |place| Key::of("people").item(place).then(name);
        let group_key = |name: &'static str| move |place| Key::of("groups").item(place).then(name);
        let domain = &seed.company.domain;
        let ids = people().map(|(place, person)| (person.id.0, (), place));
        let ids = unique(ids, person_key("id"))?;
        let own = groups().map(|(place, group)| (group.id.0, (), place));
        let own = unique(own, group_key("id"))?;
        if let Some(both) = own.keys().find(|id| ids.contains_key(id)) {
            let why = format!("\"{both}\" is a person's and a group's; give each an id of its own");
            return Err(SeedError::at(Key::of("groups"), why));
        }
        let principal =
            |(place, person): (usize, &SeedPerson)| (person.principal_name(domain).to_lowercase(), person.id, place);
        Ok(Self {
            people: unique(people().map(|(place, one)| (one.name.as_str(), one.id, place)), person_key("name"))?,
            principals: unique(people().map(principal), person_key("upn"))?,
            groups: unique(groups().map(|(place, one)| (one.name.as_str(), one.id, place)), group_key("name"))?,
        })
    }

    pub(super) fn person(&self, name: &str, key: impl FnOnce() -> Key) -> Result<PersonId, SeedError> {
        let found = self.people.get(name).or_else(|| self.principals.get(&name.to_lowercase()));
        let why = || format!("there is no person \"{name}\"; write the `name` or `upn` of one of [[people]]");
        found.copied().ok_or_else(|| SeedError::at(key(), why()))
    }

    pub(super) fn people(&self, names: &[String], key: impl Fn() -> Key) -> Result<Vec<PersonId>, SeedError> {
        let found = each(names, &key, |name, key| self.person(name, key))?;
        once(names, &found, &key)?;
        Ok(found)
    }

    pub(super) fn groups(&self, names: &[String], key: impl Fn() -> Key) -> Result<Vec<GroupId>, SeedError> {
        let found = each(names, &key, |name, key| {
            let why = || format!("there is no group \"{name}\"; write the `name` of one of [[groups]]");
            self.groups.get(name).copied().ok_or_else(|| SeedError::at(key(), why()))
        })?;
        once(names, &found, &key)?;
        Ok(found)
    }
}

fn each<T>(
    names: &[String],
    key: &impl Fn() -> Key,
    find: impl Fn(&str, &dyn Fn() -> Key) -> Result<T, SeedError>,
) -> Result<Vec<T>, SeedError> {
    names.iter().enumerate().map(|(place, name)| find(name, &|| key().item(place))).collect()
}

/// Refuses a list that means the same thing twice, by whatever name.
fn once<T: Hash + Eq>(names: &[String], found: &[T], key: &impl Fn() -> Key) -> Result<(), SeedError> {
    let mut seen = HashSet::with_capacity(found.len());
    let again = found.iter().position(|one| !seen.insert(one));
    again.map_or(Ok(()), |place| {
        let name = names.get(place).map_or("", String::as_str);
        Err(SeedError::at(key().item(place), format!("\"{name}\" appears twice; each must be there once")))
    })
}

/// The products of the tenant and the plans inside, as a description names them.
pub(super) struct Owned {
    plans: HashMap<SkuId, Vec<Plan>>,
    by_number: HashMap<String, SkuId>,
}

impl Owned {
    pub(super) fn of(subscriptions: &[Subscription]) -> Result<Self, SeedError> {
        let each = || subscriptions.iter().enumerate();
        let key = |place| Key::of("subscriptions").item(place).then("sku");
        let by_number = each().map(|(place, one)| (one.part_number.to_ascii_uppercase(), one.sku, place));
        let plans = each().map(|(_, one)| (one.sku, one.plans.clone())).collect();
        Ok(Self { plans, by_number: unique(by_number, key)? })
    }

    /// Products with the plans that are off.
    pub(super) fn licenses(
        &self,
        seeds: &[SeedLicense],
        key: impl Fn() -> Key,
    ) -> Result<Vec<(SkuId, Vec<PlanId>)>, SeedError> {
        let mut found: Vec<(SkuId, Vec<PlanId>)> = Vec::with_capacity(seeds.len());
        for (place, seed) in seeds.iter().enumerate() {
            let (sku, off) = self.license(seed, || key().item(place))?;
            if found.iter().any(|(earlier, _)| *earlier == sku) {
                let why = format!("\"{}\" appears twice; each must be there once", seed.sku);
                return Err(SeedError::at(key().item(place), why));
            }
            found.push((sku, off));
        }
        Ok(found)
    }

    fn license(&self, seed: &SeedLicense, key: impl Fn() -> Key) -> Result<(SkuId, Vec<PlanId>), SeedError> {
        let sku = seed.sku.parse().ok().or_else(|| self.by_number.get(&seed.sku.to_ascii_uppercase()).copied());
        let owned = sku.and_then(|sku| Some((sku, self.plans.get(&sku)?)));
        let (sku, plans) = owned.ok_or_else(|| {
            let why = format!("\"{}\" is no subscription of this company; add it to [[subscriptions]]", seed.sku);
            SeedError::at(key().then("sku"), why)
        })?;
        let plan = |(place, name): (usize, &String)| {
            let plan = plans.iter().find(|plan| plan.name == *name);
            let why = || format!("\"{}\" holds no plan \"{name}\"; write the plan's name as Graph does", seed.sku);
            plan.map(|plan| plan.id).ok_or_else(|| SeedError::at(key().then("off").item(place), why()))
        };
        Ok((sku, seed.off.iter().enumerate().map(plan).collect::<Result<_, _>>()?))
    }
}
