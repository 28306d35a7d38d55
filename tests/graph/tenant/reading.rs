//! What the client reads of the sandbox tenant, and in how many calls.

use std::collections::BTreeSet;

use licensebot::domain::ids::{PersonId, SkuId};
use licensebot::domain::person::{AssignmentState, Holdings, Path, UserType};
use licensebot::ports::{Directory, FactsQuestion, Licensing, PortError};
use serde_json::json;

use super::{ALL_STAFF, OPERATORS, SALES, Tenant, group, plan, sku};

fn paths(holdings: &Holdings) -> Vec<(SkuId, Path, AssignmentState)> {
    holdings.assignments.iter().map(|held| (held.sku, held.path, held.state.clone())).collect()
}

#[tokio::test]
async fn bo_holds_e3_through_sales_and_megan_is_his_manager() {
    let tenant = Tenant::start().await;
    let bo = tenant.facts("bo").await;
    assert_eq!(paths(&bo.holdings), [(sku("SPE_E3"), Path::Group(group(SALES)), AssignmentState::Active)]);
    assert_eq!(bo.manager.map(|manager| manager.nickname), Some(Some("megan".into())));
    assert!(bo.groups.contains(&group(SALES)) && bo.groups.contains(&group(ALL_STAFF)), "through Sales too");
    assert!(!bo.groups.contains(&group(OPERATORS)));
}

#[tokio::test]
async fn evas_apps_that_are_off_are_known() {
    let eva = Tenant::start().await.facts("eva").await;
    let off = [plan("SPE_E3", "TEAMS1"), plan("SPE_E3", "SWAY")].into();
    assert_eq!(eva.holdings.direct_state(), [(sku("SPE_E3"), off)].into());
}

#[tokio::test]
async fn accounts_are_what_they_are() {
    let tenant = Tenant::start().await;
    let (dana, gus, lee, nil) =
        (tenant.facts("dana").await, tenant.facts("gus").await, tenant.facts("lee").await, tenant.facts("nil").await);
    assert!(!dana.person.enabled && dana.person.user_type == UserType::Member);
    assert!(gus.person.enabled && gus.person.user_type == UserType::Guest);
    assert_eq!(lee.person.usage_location, None);
    assert_eq!(nil.manager, None);
}

#[tokio::test]
async fn a_group_is_read_with_everyone_in_it_through_other_groups_too() {
    let tenant = Tenant::start().await;
    let nobody = group("00000000-0000-4000-8000-000000000000");
    let question =
        FactsQuestion { groups: [group(OPERATORS), group(ALL_STAFF), nobody].into(), ..FactsQuestion::default() };
    let facts = tenant.client.read(&question).await.unwrap();
    let names = |id: &str| -> BTreeSet<String> {
        facts.groups[&group(id)].members.iter().filter_map(|person| person.nickname.clone()).collect()
    };
    assert_eq!(names(OPERATORS), ["li".to_owned(), "oskar".into()].into());
    assert!(names(ALL_STAFF).is_superset(&["ana".to_owned(), "bo".into(), "dana".into(), "gus".into()].into()));
    assert_eq!(facts.groups.get(&nobody), None);
}

#[tokio::test]
async fn facts_are_one_call_and_everybodys_are_seven() {
    let tenant = Tenant::start().await;
    tenant.client.warm().await.unwrap();
    let before = tenant.calls().await;
    assert_eq!(before, 2, "the stock and the list of people");
    let id = tenant.id("bo").await;
    let question = FactsQuestion { people: [id].into(), groups: [group(OPERATORS)].into(), stock: true };
    let facts = tenant.client.read(&question).await.unwrap();
    assert!(facts.stock.unwrap().owns(sku("SPE_E5")));
    assert_eq!(tenant.calls().await - before, 1, "a batch is one call");

    let everybody = tenant.client.similar("", 100).await.unwrap();
    assert_eq!(everybody.len(), 61);
    let people: BTreeSet<PersonId> = everybody.iter().map(|person| person.id).collect();
    let question = FactsQuestion { people: people.clone(), ..FactsQuestion::default() };
    let facts = tenant.client.read(&question).await.unwrap();
    assert_eq!(facts.people.keys().copied().collect::<BTreeSet<_>>(), people);
    assert_eq!(tenant.calls().await - before, 8, "two reads for each of 61, twenty to a call");
    for person in everybody {
        assert_eq!(facts.people[&person.id].person, person, "the list knows what the facts say");
    }
}

#[tokio::test]
async fn faults_inside_a_batch_are_tried_through() {
    let tenant = Tenant::start().await;
    let id = tenant.id("bo").await;
    let before = tenant.calls().await;
    tenant.order(json!({ "match": "transitiveMemberOf", "kind": "status", "status": 503, "times": 2 })).await;
    let question = FactsQuestion { people: [id].into(), ..FactsQuestion::default() };
    assert!(tenant.client.read(&question).await.unwrap().people[&id].groups.contains(&group(SALES)));
    assert_eq!(tenant.calls().await - before, 3);
    tenant.order(json!({ "match": "transitiveMemberOf", "kind": "status", "status": 503, "times": 3 })).await;
    assert!(matches!(tenant.client.read(&question).await, Err(PortError::Passing { .. })), "no partial answer");
}

#[tokio::test]
async fn holders_are_everyone_on_any_path() {
    let tenant = Tenant::start().await;
    let holders = tenant.client.holders(sku("SPE_E3")).await.unwrap();
    let holders: BTreeSet<PersonId> = holders.into_iter().map(|person| person.id).collect();
    let everybody = tenant.client.similar("", 100).await.unwrap().into_iter().map(|person| person.id).collect();
    let question = FactsQuestion { people: everybody, ..FactsQuestion::default() };
    let facts = tenant.client.read(&question).await.unwrap();
    let holding = facts.people.values().filter(|facts| facts.holdings.effective().contains_key(&sku("SPE_E3")));
    assert_eq!(holders, holding.map(|facts| facts.person.id).collect());
    let stock = tenant.client.stock().await.unwrap();
    assert_eq!(u32::try_from(holders.len()).unwrap(), stock.sku(sku("SPE_E3")).unwrap().consumed);
}

#[tokio::test]
async fn two_with_one_name_are_both_found_and_a_guest_by_his_odd_name() {
    let tenant = Tenant::start().await;
    let names = |people: Vec<licensebot::domain::person::Person>| -> BTreeSet<String> {
        people.into_iter().filter_map(|person| person.nickname).collect()
    };
    let twins = names(tenant.client.find("alex kim").await.unwrap());
    assert_eq!(twins, ["alex".to_owned(), "alexandra".into()].into());
    let guest = tenant.client.find("gus_fabrikam.example#EXT#@northwind.example").await.unwrap();
    assert_eq!(guest[0].user_type, UserType::Guest);
    assert!(tenant.client.find("nobody@northwind.example").await.unwrap().is_empty());
    assert!(tenant.client.find("nobody").await.unwrap().is_empty());
    assert!(tenant.client.find("o'nobody").await.unwrap().is_empty());
    assert_eq!(names(tenant.client.similar("lindkvist", 1).await.unwrap()), ["bo".to_owned()].into());
}
