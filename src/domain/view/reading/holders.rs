//! Everybody who holds a product.

use super::stock::seats;
use super::{fact, words};
use crate::domain::card::{Card, Fact};
use crate::domain::catalog::OwnedSku;
use crate::domain::ids::SkuId;
use crate::domain::person::{Person, UserType};
use crate::domain::text::Phrase;
use crate::domain::view::Names;

/// How many people are shown by name; the rest are counted.
const SHOWN: usize = 25;

/// A product and its holders, for somebody who may see them.
#[derive(Clone, Copy, Debug)]
pub struct Holders<'a> {
    /// The product.
    pub sku: SkuId,
    /// Everybody who holds it, in any order.
    pub people: &'a [Person],
    /// Its seats, when the company owns it.
    pub owned: Option<&'a OwnedSku>,
    /// The name of the product.
    pub names: &'a Names,
}

/// The card of the holders: how many, then who, by name.
pub fn holders(holders: Holders<'_>) -> Card {
    let Holders { sku, people, owned, names } = holders;
    let product = names.product(sku);
    let count = Phrase::new("holders-count").with("count", people.len()).with("product", product.clone());
    let mut card = Card::saying(Phrase::new("holders-title").with("product", product), vec![count]);
    card.facts.extend(owned.map(|owned| fact(Phrase::new("fact-seats"), seats(owned))));
    card.facts.extend(by_name(people).into_iter().take(SHOWN).map(holder));
    let rest = people.len().saturating_sub(SHOWN);
    if rest > 0 {
        card.text.push(Phrase::new("reading-more").with("count", rest));
    }
    card
}

fn by_name(people: &[Person]) -> Vec<&Person> {
    let mut people: Vec<&Person> = people.iter().collect();
    people.sort_by_cached_key(|person| (person.display_name.to_lowercase(), person.user_principal_name.to_lowercase()));
    people
}

fn holder(person: &Person) -> Fact {
    let key = match (person.enabled, person.user_type) {
        (true, UserType::Guest) => "holder-guest",
        (false, UserType::Guest) => "holder-blocked-guest",
        (true, UserType::Member | UserType::Unknown) => "holder",
        (false, UserType::Member | UserType::Unknown) => "holder-blocked",
    };
    fact(words(&person.display_name), Phrase::new(key).with("address", &person.user_principal_name))
}
