//! What the directory says no with, in our words, and the sentence that tells people what to do. Never matches texts: the
//! client that speaks to the directory does.

use serde::{Deserialize, Serialize};

use super::catalog::Catalog;
use super::ids::{PlanId, SkuId};
use super::text::{Arg, Phrase};

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

/// The sentence for people: what is wrong, and what to do next. Names come from the catalog, as the tenant knows them.
pub fn phrase(refusal: &Refusal, names: &Catalog) -> Phrase {
    match refusal {
        Refusal::UsageLocation => Phrase::new("refusal-usage-location"),
        Refusal::NoSeats(sku) => Phrase::new("refusal-no-seats").with("product", product(*sku, names)),
        Refusal::NotOwned(sku) => Phrase::new("refusal-not-owned").with("product", product(*sku, names)),
        Refusal::NotForPeople(sku) => {
            let known = if sku.is_some() { "yes" } else { "no" };
            Phrase::new("refusal-not-for-people").with("product", product(*sku, names)).with("known", known)
        }
        Refusal::Conflict(plans) => {
            Phrase::new("refusal-conflict").with("apps", apps(plans, names)).with("count", plans.len())
        }
        Refusal::Dependency { plan: Some(plan), needs } => Phrase::new("refusal-dependency")
            .with("app", names.app_name(*plan))
            .with("needs", apps(needs, names))
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

fn product(sku: Option<SkuId>, names: &Catalog) -> Arg {
    sku.map_or_else(|| Phrase::new("refusal-some-product").into(), |sku| names.name(sku).into())
}

fn apps(plans: &[PlanId], names: &Catalog) -> Vec<String> {
    plans.iter().map(|plan| names.app_name(*plan)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::catalog::{Nicknames, Stock};
    use crate::domain::text::{Locale, Texts};

    fn say(locale: Locale, refusal: &Refusal) -> String {
        let names = Catalog::new(Nicknames::default(), Stock::default());
        Texts::new(locale, TimeZone::UTC).say(&phrase(refusal, &names))
    }

    fn e5() -> Option<SkuId> {
        "06ebc4ee-1bb5-47dd-8120-11324bc54e06".parse().ok()
    }

    fn mailboxes() -> Vec<PlanId> {
        let plans = ["9aaf7827-d63c-4b61-89c3-182f06f82e5c", "efb87545-963c-4e0d-99df-69c6916d9eb0"];
        plans.iter().map(|plan| plan.parse().unwrap()).collect()
    }

    #[test]
    fn a_refusal_names_what_it_is_about_and_what_to_do() {
        assert_eq!(
            say(Locale::En, &Refusal::NoSeats(e5())),
            "No seat of Microsoft 365 E5 is free: ask a license operator to buy or free one, then ask again."
        );
        assert_eq!(
            say(Locale::Sv, &Refusal::NoSeats(None)),
            "Ingen licens för en av produkterna är ledig: be en licensansvarig köpa eller frigöra en, och begär sedan igen."
        );
        assert_eq!(
            say(Locale::En, &Refusal::Conflict(mailboxes())),
            "Exchange Online (Plan 1) and Exchange Online (Plan 2) cannot be on together: ask again with one of them \
             switched off."
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
        assert!(told(None, &mailboxes).starts_with("One of the apps works only together with another"));
    }

    #[test]
    fn every_refusal_is_one_sentence_in_every_language() {
        let all = [
            Refusal::UsageLocation,
            Refusal::NoSeats(None),
            Refusal::NotOwned(e5()),
            Refusal::NotForPeople(None),
            Refusal::NotForPeople(e5()),
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
                assert!(!sentence.contains(['$', '{']), "{sentence}");
            }
        }
    }
}
