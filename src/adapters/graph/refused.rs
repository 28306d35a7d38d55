//! Which refusal Graph's words mean. Every license failure has the code `Request_BadRequest`, so the words are all there
//! is; matched loosely, by fragments that were seen to stay the same. Never decides whether something is a refusal at all.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use crate::domain::ids::{PlanId, SkuId};
use crate::domain::refusal::Refusal;

/// Fragment, and what it means. The first that fits counts.
const FRAGMENTS: &[(&str, Meaning)] = &[
    (r"invalid usage ?location|usageLocation is invalid", Meaning::UsageLocation),
    (r"not have any available licenses|LicenseQuotaExceeded", Meaning::NoSeats),
    (r"does not correspond to a valid company license", Meaning::NotOwned),
    (r"cannot be assigned to a user", Meaning::NotForPeople),
    (r"mutually exclusive", Meaning::Conflict),
    (r"depends on the service plan|dependency on the service plan", Meaning::Dependency),
    (r"same value for property proxyAddresses|proxyAddresses already exists", Meaning::AddressInUse),
    (r"inherited from a group membership", Meaning::Inherited),
    (r"not have a corresponding license", Meaning::NotHeld),
    (
        r"(service ?plan|disabled ?plan).*\b(not (a part|part)|not belong|not exist|not found|not valid|invalid)\b",
        Meaning::AppNotInProduct,
    ),
];

#[derive(Clone, Copy, Debug)]
enum Meaning {
    UsageLocation,
    NoSeats,
    NotOwned,
    NotForPeople,
    Conflict,
    Dependency,
    AddressInUse,
    Inherited,
    NotHeld,
    AppNotInProduct,
}

#[expect(clippy::expect_used, reason = "fixed patterns, compiled in the first test that runs")]
static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = FRAGMENTS.iter().map(|(pattern, _)| format!("(?is){pattern}"));
    RegexSet::new(patterns).expect("the fragments are valid patterns")
});

#[expect(clippy::expect_used, reason = "a fixed pattern, compiled in the first test that runs")]
static GUID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b").expect("a valid pattern")
});

/// What a clean no means. `code` is what stays when nobody knows.
pub(super) fn refusal(code: &str, message: &str) -> Refusal {
    let found = PATTERNS.matches(message).iter().next().and_then(|place| FRAGMENTS.get(place));
    let Some((_, meaning)) = found else { return Refusal::Other(code.to_owned()) };
    let sku = || guids(message).next().map(SkuId);
    let mut plans = guids(message).map(PlanId);
    match meaning {
        Meaning::UsageLocation => Refusal::UsageLocation,
        Meaning::NoSeats => Refusal::NoSeats(sku()),
        Meaning::NotOwned => Refusal::NotOwned(sku()),
        Meaning::NotForPeople => Refusal::NotForPeople(sku()),
        Meaning::Conflict => Refusal::Conflict(plans.collect()),
        Meaning::Dependency => Refusal::Dependency { plan: plans.next(), needs: plans.collect() },
        Meaning::AddressInUse => Refusal::AddressInUse,
        Meaning::Inherited => Refusal::Inherited,
        Meaning::NotHeld => Refusal::NotHeld,
        Meaning::AppNotInProduct => Refusal::AppNotInProduct,
    }
}

fn guids(message: &str) -> impl Iterator<Item = uuid::Uuid> {
    GUID.find_iter(message).filter_map(|found| found.as_str().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const E5: &str = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";
    const ONE: &str = "9aaf7827-d63c-4b61-89c3-182f06f82e5c";
    const TWO: &str = "EFB87545-963C-4E0D-99DF-69C6916D9EB0";

    fn told(message: &str) -> Refusal {
        refusal("Request_BadRequest", message)
    }

    #[test]
    fn each_known_text_is_its_refusal() {
        let sku = Some(E5.parse().unwrap());
        let cases = [
            ("License assignment cannot be done for user with invalid usage location.".into(), Refusal::UsageLocation),
            ("Property usageLocation is invalid.".into(), Refusal::UsageLocation),
            (format!("Subscription with SKU {E5} does not have any available licenses."), Refusal::NoSeats(sku)),
            (format!("License {E5} does not correspond to a valid company License."), Refusal::NotOwned(sku)),
            (format!("License {E5} cannot be assigned to a user."), Refusal::NotForPeople(sku)),
            (
                "Another object with the same value for property proxyAddresses already exists.".into(),
                Refusal::AddressInUse,
            ),
            ("User does not have a corresponding license.".into(), Refusal::NotHeld),
            (
                "User license is inherited from a group membership and it cannot be removed directly from the user."
                    .into(),
                Refusal::Inherited,
            ),
            (format!("Service plan {ONE} does not belong to the subscription."), Refusal::AppNotInProduct),
        ];
        for (message, expected) in cases {
            assert_eq!(told(&message), expected, "{message}");
        }
    }

    #[test]
    fn the_apps_of_a_conflict_are_found_however_they_are_punctuated() {
        let expected = Refusal::Conflict(vec![ONE.parse().unwrap(), TWO.parse().unwrap()]);
        for list in [format!("{ONE}, {TWO}"), format!("[{ONE}], [{TWO}]"), format!("{ONE},{TWO}")] {
            let message = format!("License assignment failed because service plans {list} are mutually exclusive");
            assert_eq!(told(&message), expected, "{message}");
        }
    }

    #[test]
    fn a_dependency_names_the_app_and_what_it_needs_if_graph_does() {
        let head = "License assignment failed because service plan";
        let plan = ONE.parse().ok();
        assert_eq!(
            told(&format!("{head} {ONE} depends on the service plan(s) {TWO}, {E5}")),
            Refusal::Dependency { plan, needs: vec![TWO.parse().unwrap(), E5.parse().unwrap()] }
        );
        assert_eq!(
            told(&format!("{head} {ONE} depends on the service plan(s) ")),
            Refusal::Dependency { plan, needs: Vec::new() }
        );
    }

    #[test]
    fn a_text_that_nobody_knows_keeps_only_its_code() {
        for message in ["", "No license changes provided. At least one license to add or remove must be specified."] {
            assert_eq!(told(message), Refusal::Other("Request_BadRequest".into()));
        }
    }
}
