//! What the directory says no with, in our words, and the sentence that tells people what to do. Never matches texts: the
//! client that speaks to the directory does.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::change::Wish;
use super::ids::{PlanId, SkuId};
use super::text::{Arg, Phrase};
use super::view::Names;

/// A clean no to a write. The texts of the directory stay in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The person has no valid usage location.
    UsageLocation,
    /// No seat of this product is free (unknown product when the directory did not name it).
    NoSeats(Option<SkuId>),
    /// The company does not own this product.
    NotOwned(Option<SkuId>),
    /// The product belongs to the company and is never assigned to people.
    NotForPeople(Option<SkuId>),
    /// These apps cannot be on together.
    Conflict(Vec<PlanId>),
    /// An app needs one of others that would not be on.
    Dependency {
        /// The app.
        plan: Option<PlanId>,
        /// Any one of these would do.
        needs: Vec<PlanId>,
    },
    /// Another account has one of the person's mail addresses.
    AddressInUse,
    /// The person does not hold the product.
    NotHeld,
    /// The product comes from a group.
    Inherited,
    /// An app to switch off does not belong to the product.
    AppNotInProduct,
    /// The person is gone from the directory.
    PersonGone,
    /// The bot lacks the permission, or the product was bought by a user and cannot be assigned by anybody else.
    NotPermitted,
    /// Something this version does not know, with the directory's code.
    Other(String),
}

/// The sentence for people: what is wrong with what was asked for whom, and what to do next. Microsoft seldom says which product
/// it means; what was asked for tells which it can be.
pub fn phrase(refusal: &Refusal, wish: &Wish, names: &Names) -> Phrase {
    let all = products(wish);
    let meant = meant(refusal, wish);
    let meant = if meant.is_empty() { &all } else { &meant };
    said(refusal, names)
        .with("subject", names.person(wish.subject))
        .with("products", names.products(&all))
        .with("product", one_of(meant, names))
}

fn said(refusal: &Refusal, names: &Names) -> Phrase {
    match refusal {
        Refusal::UsageLocation => Phrase::new("refusal-usage-location"),
        Refusal::NoSeats(_) => Phrase::new("refusal-no-seats"),
        Refusal::NotOwned(_) => Phrase::new("refusal-not-owned"),
        Refusal::NotForPeople(_) => Phrase::new("refusal-not-for-people"),
        Refusal::Conflict(plans) => {
            Phrase::new("refusal-conflict").with("apps", names.apps(plans)).with("count", plans.len())
        }
        Refusal::Dependency { plan: Some(plan), needs } => Phrase::new("refusal-dependency")
            .with("app", names.app(*plan))
            .with("needs", names.apps(needs))
            .with("count", needs.len()),
        Refusal::Dependency { plan: None, .. } => Phrase::new("refusal-some-dependency"),
        Refusal::AddressInUse => Phrase::new("refusal-address-in-use"),
        Refusal::NotHeld => Phrase::new("refusal-not-held"),
        Refusal::Inherited => Phrase::new("refusal-inherited"),
        Refusal::AppNotInProduct => Phrase::new("refusal-app-not-in-product"),
        Refusal::PersonGone => Phrase::new("refusal-person-gone"),
        Refusal::NotPermitted => Phrase::new("refusal-not-permitted"),
        Refusal::Other(code) => Phrase::new("refusal-other").with("code", code),
    }
}

/// The products that the refusal can be about; none where it may be any of the wish.
fn meant(refusal: &Refusal, wish: &Wish) -> BTreeSet<SkuId> {
    match refusal {
        Refusal::NoSeats(Some(sku)) | Refusal::NotOwned(Some(sku)) | Refusal::NotForPeople(Some(sku)) => [*sku].into(),
        Refusal::NoSeats(None) | Refusal::NotForPeople(None) => wish.assign.keys().copied().collect(),
        Refusal::NotHeld | Refusal::Inherited => wish.unassign.clone(),
        Refusal::AppNotInProduct => {
            let assigned = wish.assign.iter().filter(|(_, off)| !off.is_empty()).map(|(sku, _)| sku);
            assigned.chain(wish.switch.keys()).copied().collect()
        }
        _ => BTreeSet::new(),
    }
}

fn products(wish: &Wish) -> BTreeSet<SkuId> {
    wish.assign.keys().chain(&wish.unassign).chain(wish.switch.keys()).copied().collect()
}

fn one_of(products: &BTreeSet<SkuId>, names: &Names) -> Arg {
    match products.first() {
        Some(sku) if products.len() == 1 => names.product(*sku),
        _ => Phrase::new("refusal-one-of").with("products", names.products(products)).into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use jiff::tz::TimeZone;
    use uuid::Uuid;

    use super::*;
    use crate::domain::catalog::{Catalog, Nicknames, Stock, products};
    use crate::domain::ids::PersonId;
    use crate::domain::person::testing::member;
    use crate::domain::text::{Locale, Texts};

    const ANA: PersonId = PersonId(Uuid::from_u128(1));

    fn sku(part_number: &str) -> SkuId {
        products().by_part_number(part_number).unwrap().sku
    }

    /// Ana is to get these products, and to lose these.
    fn wish(assign: &[&str], unassign: &[&str]) -> Wish {
        let assign = assign.iter().map(|product| (sku(product), BTreeSet::new())).collect();
        let unassign = unassign.iter().map(|product| sku(product)).collect();
        Wish { assign, unassign, ..Wish::nothing_for(ANA) }
    }

    fn told(locale: Locale, refusal: &Refusal, wish: &Wish) -> String {
        let names = Names {
            people: BTreeMap::from([(ANA, member(ANA, "Ana Lima"))]),
            groups: BTreeMap::new(),
            catalog: Arc::new(Catalog::new(Nicknames::default(), Stock::default())),
        };
        Texts::new(locale, TimeZone::UTC).say(&phrase(refusal, wish, &names))
    }

    fn say(locale: Locale, refusal: &Refusal) -> String {
        told(locale, refusal, &wish(&["SPE_E5"], &["SPE_E3"]))
    }

    fn mailboxes() -> Vec<PlanId> {
        let plans = ["9aaf7827-d63c-4b61-89c3-182f06f82e5c", "efb87545-963c-4e0d-99df-69c6916d9eb0"];
        plans.iter().map(|plan| plan.parse().unwrap()).collect()
    }

    #[test]
    fn a_refusal_names_the_product_whether_microsoft_does_or_not() {
        for refusal in [Refusal::NoSeats(Some(sku("SPE_E5"))), Refusal::NoSeats(None)] {
            assert_eq!(
                say(Locale::En, &refusal),
                "No seat of Microsoft 365 E5 (SPE_E5) is free: ask a license operator to buy or free one, then ask again."
            );
            assert_eq!(
                say(Locale::Sv, &refusal),
                "Ingen licens för Microsoft 365 E5 (SPE_E5) är ledig: be en licensansvarig köpa eller frigöra en, och begär \
                 sedan igen."
            );
        }
        let several = wish(&["SPE_E5", "POWER_BI_PRO"], &["SPE_E3"]);
        assert_eq!(
            told(Locale::En, &Refusal::NoSeats(None), &several),
            "No seat of one of Microsoft 365 E5 (SPE_E5) and Power BI Pro (POWER_BI_PRO) is free: ask a license operator to \
             buy or free one, then ask again."
        );
        assert_eq!(
            told(Locale::Sv, &Refusal::NotForPeople(None), &several),
            "Microsoft tilldelar inte en av Microsoft 365 E5 (SPE_E5) och Power BI Pro (POWER_BI_PRO) till personer, för att den \
             hör till företaget som helhet: välj en produkt för personer."
        );
    }

    #[test]
    fn what_is_taken_is_about_the_product_that_was_to_go() {
        assert_eq!(
            say(Locale::En, &Refusal::NotHeld),
            "Ana Lima does not hold Microsoft 365 E3 (SPE_E3) directly: see what is held with /license status, then ask again."
        );
        assert_eq!(
            say(Locale::Sv, &Refusal::Inherited),
            "Ana Lima har Microsoft 365 E3 (SPE_E3) genom en grupp, så den kan inte tas bort för bara en person: be gruppens \
             ägare ta Ana Lima ur den."
        );
    }

    #[test]
    fn what_may_be_about_any_product_names_them_all_and_the_person() {
        assert_eq!(
            say(Locale::En, &Refusal::NotPermitted),
            "Microsoft does not let the bot change Microsoft 365 E3 (SPE_E3) and Microsoft 365 E5 (SPE_E5) for Ana Lima, \
             because the bot lacks a permission or because an employee bought the product on their own: tell an \
             administrator."
        );
        assert_eq!(
            say(Locale::Sv, &Refusal::UsageLocation),
            "Microsoft tilldelar licenser bara till personer med en giltig användningsplats, och Ana Lima har ingen: begär \
             igen och välj landet på kortet."
        );
    }

    #[test]
    fn apps_that_exclude_each_other_are_named() {
        assert_eq!(
            say(Locale::En, &Refusal::Conflict(mailboxes())),
            "Exchange Online (Plan 1) and Exchange Online (Plan 2) cannot be on together: ask again with one of them \
             switched off."
        );
        assert_eq!(
            told(Locale::En, &Refusal::Conflict(Vec::new()), &wish(&["SPE_E5"], &[])),
            "Some of the apps of Microsoft 365 E5 (SPE_E5) cannot be on together: ask again with one of them switched off."
        );
    }

    #[test]
    fn a_dependency_is_told_as_far_as_it_is_known() {
        let teams_phone = "4828c8ec-dc2e-4779-b502-87ac9ce28ab7".parse().ok();
        let told = |plan, needs: &[PlanId]| say(Locale::En, &Refusal::Dependency { plan, needs: needs.to_vec() });
        let mailboxes = mailboxes();
        assert_eq!(
            told(teams_phone, &mailboxes[..1]),
            "Microsoft 365 Phone System works only together with Exchange Online (Plan 1): leave that one on, or switch \
             Microsoft 365 Phone System off as well."
        );
        assert!(
            told(teams_phone, &mailboxes).contains("one of Exchange Online (Plan 1) and Exchange Online (Plan 2):")
        );
        assert!(told(teams_phone, &[]).contains("works only together with another app that would be off:"));
        assert!(
            told(None, &mailboxes).starts_with("One of the apps of Microsoft 365 E3 (SPE_E3) and Microsoft 365 E5")
        );
    }

    #[test]
    fn every_refusal_is_one_sentence_about_something_in_every_language() {
        let all = [
            Refusal::UsageLocation,
            Refusal::NoSeats(None),
            Refusal::NotOwned(Some(sku("SPE_E5"))),
            Refusal::NotOwned(None),
            Refusal::NotForPeople(None),
            Refusal::NotForPeople(Some(sku("SPE_E5"))),
            Refusal::Conflict(Vec::new()),
            Refusal::Dependency { plan: None, needs: Vec::new() },
            Refusal::AddressInUse,
            Refusal::NotHeld,
            Refusal::Inherited,
            Refusal::AppNotInProduct,
            Refusal::PersonGone,
            Refusal::NotPermitted,
            Refusal::Other("Request_BadRequest".into()),
        ];
        for refusal in &all {
            let [english, swedish] = Locale::ALL.map(|locale| say(locale, refusal));
            assert_ne!(english, swedish, "{refusal:?}");
            for sentence in [english, swedish] {
                assert_eq!(sentence.matches(". ").count(), 0, "one sentence: {sentence}");
                assert!(sentence.ends_with('.') && sentence.contains(": "), "what to do: {sentence}");
                assert!(
                    sentence.contains("Ana Lima") || sentence.contains("Microsoft 365 E"),
                    "about what: {sentence}"
                );
                assert!(!sentence.contains(['$', '{']), "{sentence}");
            }
        }
    }
}
