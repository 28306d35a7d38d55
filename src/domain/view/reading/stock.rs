//! What the company owns, and how much of it is free. Never a negative number, and never a grace seat among the free ones.

use super::{fact, words};
use crate::domain::card::{Card, Fact};
use crate::domain::catalog::{AppliesTo, CapabilityStatus, OwnedSku, Stock};
use crate::domain::ids::PlanId;
use crate::domain::text::{Arg, Phrase};
use crate::domain::view::Names;

/// So many seats are not bought: products that cost nothing come with them.
const PLENTY: u32 = 10_000;

/// Words in a part number or name of products that people take for themselves.
const FREE_WORDS: [&str; 3] = ["FREE", "VIRAL", "TRIAL"];

/// The card of everything that the company owns: by name, what is for nobody alone and what costs nothing last.
pub fn stock(stock: &Stock, names: &Names) -> Card {
    let mut owned: Vec<&OwnedSku> = stock.skus.iter().collect();
    owned.sort_by_cached_key(|owned| (rank(owned, names), names.catalog.name(owned.sku)));
    let mut text = vec![Phrase::new("stock-count").with("count", owned.len())];
    if !owned.is_empty() {
        text.push(Phrase::new("stock-how"));
    }
    let mut card = Card::saying(Phrase::new("stock-title"), text);
    card.facts.extend(owned.into_iter().map(|owned| fact(words(names.product(owned.sku)), seats(owned))));
    card
}

/// The card of one product, with its apps.
pub fn stock_of(owned: &OwnedSku, names: &Names) -> Card {
    let product = names.product(owned.sku);
    let mut card = Card::saying(Phrase::new("stock-title-one").with("product", product), Vec::new());
    card.facts.push(fact(Phrase::new("fact-seats"), seats(owned)));
    card.facts.extend(apps(owned, names));
    card
}

/// The seats of a product in one line, with everything unusual about them.
pub(super) fn seats(owned: &OwnedSku) -> Phrase {
    if owned.applies_to != AppliesTo::User {
        return Phrase::new("stock-company");
    }
    let seats = Phrase::new("stock-seats")
        .with("free", owned.free())
        .with("enabled", owned.enabled)
        .with("consumed", owned.consumed);
    notes(owned).fold(seats, |seats, note| Phrase::new("stock-note").with("seats", seats).with("note", note))
}

fn notes(owned: &OwnedSku) -> impl Iterator<Item = Phrase> {
    let counted = |key, count: u32| (count > 0).then(|| Phrase::new(key).with("count", count));
    // Seats in grace, and those of a subscription that has lost its own, are in use by right, or are told about anyhow.
    let paid = owned.enabled.saturating_add(owned.warning);
    let over = if owned.open().is_ok() { owned.consumed.saturating_sub(paid) } else { 0 };
    // Where all of it is in a state, the state says so.
    let unless = |state, count| if owned.capability == state { 0 } else { count };
    let notes = [
        counted("stock-over", over),
        counted("stock-grace", owned.warning),
        counted("stock-on-hold", unless(CapabilityStatus::Suspended, owned.suspended)),
        counted("stock-given-up", unless(CapabilityStatus::LockedOut, owned.locked_out)),
        state(&owned.capability),
    ];
    notes.into_iter().flatten()
}

fn state(capability: &CapabilityStatus) -> Option<Phrase> {
    match capability {
        CapabilityStatus::Enabled => None,
        CapabilityStatus::Warning => Some(Phrase::new("stock-expired")),
        CapabilityStatus::Suspended => Some(Phrase::new("stock-suspended")),
        CapabilityStatus::Deleted => Some(Phrase::new("stock-deleted")),
        CapabilityStatus::LockedOut => Some(Phrase::new("stock-locked-out")),
        CapabilityStatus::Other(word) => Some(Phrase::new("stock-unknown-state").with("word", word)),
    }
}

fn apps(owned: &OwnedSku, names: &Names) -> Vec<Fact> {
    let (switchable, company): (Vec<_>, Vec<_>) =
        names.catalog.apps(owned.sku).into_iter().partition(|app| app.switchable);
    let ids = |apps: &[crate::domain::catalog::App]| apps.iter().map(|app| app.id).collect::<Vec<PlanId>>();
    let own = if switchable.is_empty() { none() } else { names.apps(&ids(&switchable)) };
    let company = (!company.is_empty()).then(|| fact(Phrase::new("stock-company-apps"), names.apps(&ids(&company))));
    std::iter::once(fact(Phrase::new("stock-apps"), own)).chain(company).collect()
}

fn none() -> Arg {
    Phrase::new("stock-no-apps").into()
}

/// What is for people, what is nobody's, what costs nothing.
fn rank(owned: &OwnedSku, names: &Names) -> u8 {
    if costs_nothing(owned, names) { 2 } else { u8::from(owned.applies_to != AppliesTo::User) }
}

fn costs_nothing(owned: &OwnedSku, names: &Names) -> bool {
    let name = names.catalog.name(owned.sku);
    let mut words = [owned.part_number.as_str(), name.as_str()]
        .into_iter()
        .flat_map(|text| text.split(|symbol: char| !symbol.is_alphanumeric()));
    owned.enabled >= PLENTY || words.any(|word| FREE_WORDS.iter().any(|free| word.eq_ignore_ascii_case(free)))
}
