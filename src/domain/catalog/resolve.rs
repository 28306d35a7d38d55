//! From what someone typed to a product. Takes a product only when exactly one that the tenant owns is meant; asks or
//! suggests otherwise, and never passes over what was typed exactly for something that merely contains it.

use std::borrow::Cow;
use std::sync::Arc;

use super::closeness::{self, closeness};
use super::nickname::Nicknames;
use super::stock::{OwnedSku, Stock};
use super::table::{FoldedNames, PlanClass, products};
use super::{familiar, fold};
use crate::domain::ids::{PlanId, SkuId};

/// Names of products and apps as this tenant knows them. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// Short names.
    pub nicknames: Arc<Nicknames>,
    /// What the tenant owns.
    pub stock: Arc<Stock>,
}

/// What a typed text stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Exactly one owned product, found at this step.
    One(SkuId, Step),
    /// Several owned products, in the order of their names: the person chooses.
    Several(Vec<SkuId>),
    /// Only products that the tenant does not own; the nearest few of them. Never assigned.
    NotOwned {
        /// What was meant.
        skus: Vec<SkuId>,
        /// Owned products for people with a similar name.
        suggestions: Vec<SkuId>,
    },
    /// Nothing at any step.
    Unknown {
        /// Owned products for people with a similar name.
        suggestions: Vec<SkuId>,
    },
}

/// How a product was found. The first step with a match decides; steps are tried in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The product's GUID or its exact part number.
    Id,
    /// A nickname.
    Nickname,
    /// The whole name.
    Name,
    /// The part number as one says it, with spaces. After the name: `Microsoft_365_E5` is not the "Microsoft 365 E5".
    SpokenPartNumber,
    /// A part of the name, from the start of a word on.
    PartOfName,
}

/// The order of steps.
const STEPS: [Step; 5] = [Step::Id, Step::Nickname, Step::Name, Step::SpokenPartNumber, Step::PartOfName];

/// A single letter is no part of a name that anyone means.
pub(super) const SHORTEST_PART: usize = 2;

impl Catalog {
    /// The names of a tenant that owns this stock.
    pub fn new(nicknames: impl Into<Arc<Nicknames>>, stock: impl Into<Arc<Stock>>) -> Self {
        Self { nicknames: nicknames.into(), stock: stock.into() }
    }

    /// The product that `text` stands for.
    pub fn resolve(&self, text: &str) -> Resolution {
        let typed = Typed::new(text);
        for step in STEPS {
            let matches = self.matches(step, &typed);
            if !matches.is_empty() {
                return self.decide(step, matches, &typed);
            }
        }
        Resolution::Unknown { suggestions: self.suggest(&typed.name) }
    }

    /// Does the text stand for any product, owned or not? Cheaper than resolving: nothing is suggested.
    pub fn knows(&self, text: &str) -> bool {
        let typed = Typed::new(text);
        STEPS.into_iter().any(|step| !self.matches(step, &typed).is_empty())
    }

    /// Is the text a product's id, nickname or whole name, owned or not?
    pub fn knows_exactly(&self, text: &str) -> bool {
        let typed = Typed::new(text);
        let exact = STEPS.into_iter().filter(|step| *step != Step::PartOfName);
        exact.into_iter().any(|step| !self.matches(step, &typed).is_empty())
    }

    /// The name that people read: Microsoft's, else the part number, else the id.
    pub fn name(&self, sku: SkuId) -> String {
        match (products().product(sku), self.stock.sku(sku)) {
            (Some(product), _) => product.name.to_owned(),
            (None, Some(owned)) => owned.part_number.clone(),
            (None, None) => sku.to_string(),
        }
    }

    /// The part number as the tenant reports it, else as Microsoft lists it.
    pub fn part_number(&self, sku: SkuId) -> Option<&str> {
        let owned = self.stock.sku(sku).map(|owned| owned.part_number.as_str());
        owned.or_else(|| products().product(sku).map(|product| product.part_number))
    }

    /// The name of an app that people read: Microsoft's, else the part name as the tenant reports it, else the id.
    pub fn app_name(&self, plan: PlanId) -> String {
        self.stock.app_name(plan)
    }

    /// What somebody may type for this product: a nickname that stands for nothing else, else the part number, else the id.
    pub fn typed_name(&self, sku: SkuId) -> String {
        let nickname = self.nicknames.iter().find(|(_, skus)| *skus == [sku]).map(|(nickname, _)| nickname);
        nickname.or_else(|| self.part_number(sku)).map_or_else(|| sku.to_string(), str::to_owned)
    }

    /// How well people know an app: the lower, the better.
    pub fn app_rank(&self, plan: PlanId) -> usize {
        let known = products().plan(plan).map(|known| known.part_name);
        familiar::rank(known.or_else(|| self.stock.part_name(plan)).unwrap_or_default(), self.app_class(plan))
    }

    /// What losing this app means. For an app newer than the table it is told from its part name.
    pub fn app_class(&self, plan: PlanId) -> PlanClass {
        self.stock.app_class(plan)
    }

    /// Owned products that are not in Microsoft's table. They go by their part number.
    pub(super) fn unlisted(&self) -> impl Iterator<Item = &OwnedSku> {
        self.stock.skus.iter().filter(|owned| products().product(owned.sku).is_none())
    }

    fn matches(&self, step: Step, typed: &Typed) -> Vec<SkuId> {
        match step {
            Step::Id => self.with_id(typed),
            Step::Nickname => self.nicknames.find(&typed.name).to_vec(),
            Step::Name => self.with_names(|names| names.name == typed.name),
            Step::SpokenPartNumber => self.with_names(|names| names.spoken == typed.name),
            Step::PartOfName if typed.name.len() < SHORTEST_PART => Vec::new(),
            Step::PartOfName => self.with_names(|names| fold::holds(&names.name, &typed.name)),
        }
    }

    fn with_id(&self, typed: &Typed) -> Vec<SkuId> {
        if let Ok(sku) = typed.part_number.parse::<SkuId>() {
            let known = products().product(sku).is_some() || self.stock.owns(sku);
            return if known { vec![sku] } else { Vec::new() };
        }
        let listed = products().with_part_number(&typed.part_number).map(|product| product.sku);
        let owned = self.stock.skus.iter().filter(|owned| fold::part_number(&owned.part_number) == typed.part_number);
        let mut skus: Vec<_> = listed.chain(owned.map(|owned| owned.sku)).collect();
        skus.sort_unstable();
        skus.dedup();
        skus
    }

    fn with_names(&self, wanted: impl Fn(&FoldedNames) -> bool) -> Vec<SkuId> {
        let listed = products().products().iter().filter(|product| wanted(&product.folded)).map(|product| product.sku);
        let own = self.unlisted().filter(|owned| wanted(&FoldedNames::of(&owned.part_number, &owned.part_number)));
        listed.chain(own.map(|owned| owned.sku)).collect()
    }

    fn decide(&self, step: Step, matches: Vec<SkuId>, typed: &Typed) -> Resolution {
        match self.owned_among(&matches).as_slice() {
            [] => Resolution::NotOwned {
                skus: self.nearest_to(&typed.name, matches),
                suggestions: self.suggest(&typed.name),
            },
            [one] => Resolution::One(*one, step),
            several => Resolution::Several(several.to_vec()),
        }
    }

    /// What the tenant owns of these, in the order of names. What belongs to the company as a whole is no choice beside
    /// what people can have; alone it is taken, and whoever would assign it is told why that cannot be.
    fn owned_among(&self, matches: &[SkuId]) -> Vec<SkuId> {
        let mut owned: Vec<_> = matches.iter().filter_map(|sku| self.stock.sku(*sku)).collect();
        if owned.iter().any(|owned| owned.for_people()) {
            owned.retain(|owned| owned.for_people());
        }
        let mut skus: Vec<_> = owned.into_iter().map(|owned| owned.sku).collect();
        skus.sort_by_cached_key(|sku| (self.name(*sku), *sku));
        skus
    }

    /// The few that are named to a person of what may be a hundred: those with the least besides what was typed.
    fn nearest_to(&self, typed: &str, mut skus: Vec<SkuId>) -> Vec<SkuId> {
        skus.sort_by_cached_key(|sku| {
            let name = fold::name(&self.name(*sku));
            (name != typed, name.len(), name, *sku)
        });
        skus.truncate(closeness::MOST);
        skus
    }

    /// What the tenant owns and people can have, whose name comes near.
    fn suggest(&self, typed: &str) -> Vec<SkuId> {
        let owned = self.stock.skus.iter().filter(|owned| owned.for_people());
        closeness::nearest(owned.filter_map(|owned| Some((owned.sku, self.nearness(typed, owned)?))))
    }

    fn nearness(&self, typed: &str, owned: &OwnedSku) -> Option<f64> {
        let nicknames =
            self.nicknames.folded().filter(|(_, skus)| skus.contains(&owned.sku)).map(|(nickname, _)| nickname);
        let names = self.folded_names(owned);
        let names = [names.name.as_str(), names.spoken.as_str()].into_iter().chain(nicknames);
        names.filter_map(|name| closeness(typed, name)).reduce(f64::max)
    }

    /// Microsoft's names of an owned product; one that is not in the table goes by its part number.
    pub(super) fn folded_names(&self, owned: &OwnedSku) -> Cow<'static, FoldedNames> {
        match products().product(owned.sku) {
            Some(listed) => Cow::Borrowed(&listed.folded),
            None => Cow::Owned(FoldedNames::of(&owned.part_number, &owned.part_number)),
        }
    }
}

/// A typed text in the two forms in which it is compared.
struct Typed {
    name: String,
    part_number: String,
}

impl Typed {
    fn new(text: &str) -> Self {
        Self { name: fold::name(text), part_number: fold::part_number(text) }
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
