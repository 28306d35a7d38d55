//! What the client changes in the sandbox tenant, and what it is told when the tenant refuses.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use licensebot::domain::change::ChangeSet;
use licensebot::domain::ids::{PersonId, PlanId};
use licensebot::domain::refusal::Refusal;
use licensebot::ports::{Directory, FactsQuestion, Licensing, PortError, WriteAnswer};
use licensebot::sandbox::SeedTenant;
use serde_json::{Value, json};

use super::{OPERATORS, Tenant, add, call, group, plan, remove, sku};

#[tokio::test]
async fn an_execution_is_three_calls() {
    let tenant = Tenant::start().await;
    tenant.client.warm().await.unwrap();
    let (ana, megan) = (tenant.id("ana").await, tenant.id("megan").await);
    let before = tenant.calls().await;
    let question = FactsQuestion { people: [ana, megan].into(), groups: [group(OPERATORS)].into(), stock: true };
    let facts = tenant.client.read(&question).await.unwrap();
    let change = add("SPE_E5", &[plan("SPE_E5", "SWAY")]);
    assert_eq!(tenant.client.set_licenses(ana, &change, call()).await, WriteAnswer::Accepted);
    let question = FactsQuestion { people: [ana].into(), ..FactsQuestion::default() };
    let after = tenant.client.read(&question).await.unwrap();
    assert_eq!(tenant.calls().await - before, 3);

    let (before, after) = (&facts.people[&ana].holdings, &after.people[&ana].holdings);
    assert_eq!(after.direct_state(), change.applied_to(&before.direct_state()));
    assert!(change.shown_by(&after.direct_state()));
    let ledger = tenant.ledger().await;
    assert_eq!(ledger.len(), 1);
    assert_eq!(ledger[0]["clientRequestId"], call().0.to_string());
    assert_eq!(tenant.control("calls").await["tokens"], 1);
}

#[tokio::test]
async fn a_swap_is_one_call() {
    let tenant = Tenant::start().await;
    let off: BTreeSet<PlanId> = [plan("SPE_E5", "TEAMS1"), plan("SPE_E5", "SWAY")].into();
    let swap = ChangeSet { add: [(sku("SPE_E5"), off.clone())].into(), remove: [sku("SPE_E3")].into() };
    assert_eq!(tenant.set("eva", &swap).await, WriteAnswer::Accepted);
    assert_eq!(tenant.facts("eva").await.holdings.direct_state(), [(sku("SPE_E5"), off)].into());
    assert_eq!(tenant.ledger().await.len(), 1);
}

#[tokio::test]
async fn lee_needs_a_country_first() {
    let tenant = Tenant::start().await;
    assert_eq!(tenant.set("lee", &add("SPE_E5", &[])).await, WriteAnswer::Refused(Refusal::UsageLocation));
    let lee = tenant.id("lee").await;
    let set = |country: &str| tenant.client.set_usage_location(lee, country.parse().unwrap(), call());
    assert_eq!(set("XX").await, WriteAnswer::Refused(Refusal::UsageLocation), "no such country");
    assert_eq!(set("SE").await, WriteAnswer::Accepted);
    assert_eq!(tenant.facts("lee").await.person.usage_location, "SE".parse().ok());
    assert_eq!(tenant.set("lee", &add("SPE_E5", &[])).await, WriteAnswer::Accepted);
}

#[tokio::test]
async fn what_graph_refuses_is_the_refusal_that_it_means() {
    let tenant = Tenant::start().await;
    let cases = [
        ("bo", remove("SPE_E3"), Refusal::Inherited),
        ("ana", remove("SPE_E3"), Refusal::NotHeld),
        ("ana", add("VISIOCLIENT", &[]), Refusal::NoSeats(Some(sku("VISIOCLIENT")))),
        ("ana", add("PROJECTPROFESSIONAL", &[]), Refusal::NoSeats(Some(sku("PROJECTPROFESSIONAL")))),
        ("ana", add("SPB", &[]), Refusal::NotOwned(Some(sku("SPB")))),
        ("ana", add("SHAREPOINTSTORAGE", &[]), Refusal::NotForPeople(Some(sku("SHAREPOINTSTORAGE")))),
        ("ana", add("FLOW_PER_USER_DEPT", &[]), Refusal::NotPermitted),
        ("ana", add("POWER_BI_PRO", &[plan("SPE_E3", "TEAMS1")]), Refusal::AppNotInProduct),
        ("ana", ChangeSet::default(), Refusal::Other("Request_BadRequest".into())),
    ];
    for (who, change, expected) in cases {
        assert_eq!(tenant.set(who, &change).await, WriteAnswer::Refused(expected), "{who} {change:?}");
    }
    let nobody = PersonId("00000000-0000-4000-8000-000000000000".parse().unwrap());
    let answer = tenant.client.set_licenses(nobody, &add("SPE_E5", &[]), call()).await;
    assert_eq!(answer, WriteAnswer::Refused(Refusal::PersonGone));
    assert_eq!(tenant.ledger().await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_apps_behind_a_refusal_are_named() {
    let tenant = Tenant::start().await;
    let answer = tenant.set("eva", &add("EXCHANGESTANDARD", &[])).await;
    let WriteAnswer::Refused(Refusal::Conflict(apps)) = answer else { panic!("two mailboxes: {answer:?}") };
    let mailboxes = [plan("EXCHANGESTANDARD", "EXCHANGE_S_STANDARD"), plan("SPE_E3", "EXCHANGE_S_ENTERPRISE")];
    assert_eq!(apps.into_iter().collect::<BTreeSet<_>>(), mailboxes.into());

    let answer = tenant.set("ana", &add("MCOEV", &[])).await;
    let WriteAnswer::Refused(Refusal::Dependency { plan: phone, needs }) = answer else {
        panic!("a phone without Teams: {answer:?}")
    };
    assert_eq!(phone, Some(plan("MCOEV", "MCOEV")));
    assert!(needs.contains(&plan("SPE_E3", "TEAMS1")), "{needs:?}");
}

#[tokio::test]
async fn without_its_permissions_the_bot_is_told_and_sees_nothing() {
    let mut seed = SeedTenant::northwind().unwrap();
    seed.apps[0].roles = vec!["User.Read.All".into(), "Organization.Read.All".into()];
    let tenant = Tenant::of(seed).await;
    assert_eq!(tenant.set("ana", &add("SPE_E5", &[])).await, WriteAnswer::Refused(Refusal::NotPermitted));
    let question = FactsQuestion { groups: [group(OPERATORS)].into(), ..FactsQuestion::default() };
    let error = tenant.client.read(&question).await.unwrap_err();
    assert!(matches!(&error, PortError::Lasting { what } if what.contains("Authorization_RequestDenied")), "{error:?}");

    let mut seed = SeedTenant::northwind().unwrap();
    seed.apps[0].roles = vec!["GroupMember.Read.All".into()];
    let error = Tenant::of(seed).await.client.read(&question).await.unwrap_err();
    assert!(matches!(&error, PortError::Lasting { what } if what.contains("User.Read.All")), "bare ids: {error:?}");
}

#[tokio::test]
async fn an_outage_behind_a_write_is_unknown_and_the_write_is_there() {
    for fault in [
        json!({ "match": "assignLicense", "kind": "status", "status": 504, "when": "after" }),
        json!({ "match": "assignLicense", "kind": "status", "status": 429, "retryAfter": "1", "when": "after" }),
        json!({ "match": "assignLicense", "kind": "cut", "when": "after" }),
    ] {
        let tenant = Tenant::start().await;
        tenant.order(fault.clone()).await;
        let answer = tenant.set("ana", &add("SPE_E5", &[])).await;
        assert!(matches!(answer, WriteAnswer::Unknown(PortError::Passing { .. })), "{fault}: {answer:?}");
        assert!(tenant.facts("ana").await.holdings.holds(sku("SPE_E5")), "{fault}");
        assert_eq!(tenant.ledger().await.len(), 1, "{fault}");
    }
}

#[tokio::test]
async fn a_token_that_expires_is_replaced_and_the_write_is_done_once() {
    let tenant = Tenant::start().await;
    assert_eq!(tenant.facts("ana").await.person.nickname.as_deref(), Some("ana"));
    tenant.order(json!({ "match": "assignLicense", "kind": "status", "status": 401 })).await;
    assert_eq!(tenant.set("ana", &add("SPE_E5", &[])).await, WriteAnswer::Accepted);
    assert_eq!((tenant.ledger().await.len(), tenant.control("calls").await["tokens"].as_u64()), (1, Some(2)));
    tenant.clock.advance(SignedDuration::from_hours(2));
    assert!(tenant.facts("ana").await.holdings.holds(sku("SPE_E5")));
    assert_eq!(tenant.control("calls").await["tokens"], 3);
}
