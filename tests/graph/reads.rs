//! Facts: in one call where they fit, whole or not at all.

use std::collections::BTreeSet;

use licensebot::domain::person::{
    Assignment, AssignmentState, Facts, GroupFacts, Holdings, Path, Person, PersonFacts, UserType,
};
use licensebot::ports::{Directory, FactsQuestion};
use serde_json::{Value, json};

use super::facts::{about_bo, about_sales, bo, failure, in_sales, lasts, passes, paths};
use super::support::{
    ACCOUNT_FIELDS, Answer, BO, E3, E5, MEGAN, OK, SALES, TEAMS, World, account, batch, changed, error, page, refusal,
    reply, sku, typed,
};

fn person(id: &str, name: &str) -> Person {
    Person {
        id: id.parse().unwrap(),
        display_name: name.into(),
        user_principal_name: format!("{}@northwind.example", name.to_lowercase()),
        nickname: Some(name.to_lowercase()),
        job_title: Some("Account Manager".into()),
        department: Some("Sales".into()),
        enabled: true,
        user_type: UserType::Member,
        usage_location: "SE".parse().ok(),
        preferred_language: Some("sv-SE".into()),
    }
}

#[tokio::test]
async fn everything_that_decides_is_one_call() {
    let world = World::new().await;
    let question = FactsQuestion {
        people: [BO.parse().unwrap(), MEGAN.parse().unwrap()].into(),
        groups: [SALES.parse().unwrap()].into(),
        stock: true,
    };
    let nobody = error("Request_ResourceNotFound", "Resource does not exist");
    world.server.answer(batch(&[
        // In another order than asked: Graph promises none.
        ("6", 200, page(&[sku(E3, "SPE_E3", 60, 40)])),
        ("3", 200, in_sales()),
        ("2", 200, bo()),
        ("0", 404, nobody.clone()),
        ("1", 404, nobody),
        (
            "5",
            200,
            page(&[typed("user", account(BO, "Bo")), typed("device", json!({ "id": E5, "displayName": null }))]),
        ),
        ("4", 200, json!({ "id": SALES, "displayName": "Sales" })),
    ]));
    let facts = world.client.read(&question).await.unwrap();

    let calls = world.server.calls();
    assert_eq!(calls.len(), 1);
    let held = "assignedLicenses,licenseAssignmentStates";
    let expected = [
        format!("/users/{MEGAN}?$select={ACCOUNT_FIELDS},{held}&$expand=manager($select={ACCOUNT_FIELDS})"),
        format!("/users/{MEGAN}/transitiveMemberOf?$select=id,displayName&$top=999"),
        format!("/users/{BO}?$select={ACCOUNT_FIELDS},{held}&$expand=manager($select={ACCOUNT_FIELDS})"),
        format!("/users/{BO}/transitiveMemberOf?$select=id,displayName&$top=999"),
        format!("/groups/{SALES}?$select=id,displayName"),
        format!("/groups/{SALES}/transitiveMembers?$select={ACCOUNT_FIELDS}&$top=999"),
        "/subscribedSkus".to_owned(),
    ];
    assert_eq!(paths(&calls[0]), expected);
    assert_eq!(calls[0].header("authorization"), "Bearer token-1");
    assert!(calls[0].header("user-agent").starts_with("licensebot/"));
    assert!(uuid::Uuid::parse_str(calls[0].header("client-request-id")).is_ok());

    let assignment = Assignment {
        sku: E3.parse().unwrap(),
        path: Path::Group(SALES.parse().unwrap()),
        disabled: BTreeSet::new(),
        state: AssignmentState::Active,
    };
    let about_bo = PersonFacts {
        person: person(BO, "Bo"),
        holdings: Holdings { assignments: vec![assignment] },
        manager: Some(person(MEGAN, "Megan")),
        groups: [SALES.parse().unwrap()].into(),
    };
    let about_sales =
        GroupFacts { id: SALES.parse().unwrap(), display_name: "Sales".into(), members: vec![person(BO, "Bo")] };
    let expected = Facts {
        read_at: "2026-11-24T10:00:00Z".parse().unwrap(),
        people: [(BO.parse().unwrap(), about_bo)].into(),
        groups: [(SALES.parse().unwrap(), about_sales)].into(),
        group_names: [(SALES.parse().unwrap(), "Sales".to_owned())].into(),
        stock: facts.stock.clone(),
    };
    assert_eq!(facts, expected, "megan is gone, and the device is nobody");
    assert_eq!(facts.stock.unwrap().sku(E3.parse().unwrap()).unwrap().free(), 20);
}

#[tokio::test]
async fn a_question_about_nothing_is_no_call() {
    let world = World::new().await;
    let facts = world.client.read(&FactsQuestion::default()).await.unwrap();
    assert_eq!((facts.people.len(), facts.groups.len(), facts.stock), (0, 0, None));
    assert_eq!(world.server.received().len(), 0);
}

#[tokio::test]
async fn more_than_twenty_reads_are_several_calls_of_twenty() {
    let world = World::new().await;
    let people = (0..25u128).map(|number| licensebot::domain::ids::PersonId(uuid::Uuid::from_u128(number)));
    let question = FactsQuestion { people: people.collect(), ..FactsQuestion::default() };
    for _ in 0..3 {
        world.server.answer(Answer::To(Box::new(|call| {
            let gone = |place: usize| {
                json!({ "id": place.to_string(), "status": 404, "body": error("Request_ResourceNotFound", "") })
            };
            let responses: Vec<Value> = (0..paths(call).len()).map(gone).collect();
            reply(OK, &json!({ "responses": responses }))
        })));
    }
    assert_eq!(world.client.read(&question).await.unwrap().people.len(), 0);
    let mut sizes: Vec<usize> = world.server.calls().iter().map(|call| paths(call).len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [10, 20, 20]);
}

#[tokio::test]
async fn a_part_that_is_forbidden_fails_the_whole() {
    let denied = error("Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    for answer in [
        batch(&[("0", 200, bo()), ("1", 403, denied.clone())]),
        batch(&[("0", 403, denied.clone()), ("1", 200, in_sales())]),
        batch(&[("0", 404, error("Request_ResourceNotFound", "")), ("1", 403, denied.clone())]),
        refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
    ] {
        let (error, calls) = failure(&about_bo(), vec![answer]).await;
        assert!(lasts(&error, "consent") && calls == 1, "{error:?} {calls}");
    }
}

#[tokio::test]
async fn only_graphs_own_word_makes_somebody_absent() {
    for gone in [error("UnknownError", ""), json!({}), Value::Null, json!("<html>")] {
        let (error, _) = failure(&about_bo(), vec![batch(&[("0", 404, gone), ("1", 200, in_sales())])]).await;
        assert!(lasts(&error, "404"), "{error:?}");
    }
    let (error, _) =
        failure(&about_bo(), vec![batch(&[("0", 200, bo()), ("1", 404, error("Request_ResourceNotFound", ""))])]).await;
    assert!(passes(&error), "there, and nowhere a member: a replica is behind: {error:?}");
}

#[tokio::test]
async fn an_account_that_is_not_whole_is_not_believed() {
    let changes = [
        (json!({ "accountEnabled": null }), "User.Read.All"),
        (json!({ "userPrincipalName": null }), "User.Read.All"),
        (json!({ "manager": typed("user", json!({ "id": MEGAN })) }), "User.Read.All"),
        (json!({ "licenseAssignmentStates": null }), "licenseAssignmentStates"),
        (json!({ "assignedLicenses": null }), "assignedLicenses"),
        (json!({ "licenseAssignmentStates": [{ "skuId": E3 }] }), "shape"),
        (json!({ "id": "bo" }), "shape"),
    ];
    for (change, words) in changes {
        let answer = batch(&[("0", 200, changed(bo(), &change)), ("1", 200, in_sales())]);
        let (error, calls) = failure(&about_bo(), vec![answer]).await;
        assert!(lasts(&error, words) && calls == 1, "{change}: {error:?}");
    }
    let changes = [json!({ "id": MEGAN }), json!({ "licenseAssignmentStates": [] })];
    for change in changes {
        let answer = batch(&[("0", 200, changed(bo(), &change)), ("1", 200, in_sales())]);
        let (error, _) = failure(&about_bo(), vec![answer]).await;
        assert!(passes(&error), "{change}: {error:?}");
    }
}

#[tokio::test]
async fn nobody_and_a_contact_are_no_manager() {
    let mut alone = bo();
    alone.as_object_mut().unwrap().remove("manager");
    let contact = typed("orgContact", json!({ "id": MEGAN, "displayName": "Megan", "accountEnabled": null }));
    for account in [alone, changed(bo(), &json!({ "manager": null })), changed(bo(), &json!({ "manager": contact }))] {
        let world = World::new().await;
        world.server.answer(batch(&[("0", 200, account), ("1", 200, in_sales())]));
        let facts = world.client.read(&about_bo()).await.unwrap();
        assert_eq!(facts.people[&BO.parse().unwrap()].manager, None);
    }
}

#[tokio::test]
async fn a_group_whose_members_cannot_be_seen_is_not_empty() {
    let group = || ("0", 200, json!({ "id": SALES, "displayName": "Sales" }));
    let hidden = page(&[typed("user", account(BO, "Bo")), typed("user", json!({ "id": MEGAN, "displayName": null }))]);
    let (error, _) = failure(&about_sales(), vec![batch(&[group(), ("1", 200, hidden)])]).await;
    assert!(lasts(&error, "User.Read.All"), "{error:?}");
    let nameless = ("0", 200, json!({ "id": SALES, "displayName": null }));
    let (error, _) = failure(&about_sales(), vec![batch(&[nameless, ("1", 200, page(&[]))])]).await;
    assert!(lasts(&error, "GroupMember.Read.All"), "{error:?}");
}

#[tokio::test]
async fn long_lists_are_read_to_their_end() {
    let world = World::new().await;
    let link =
        |token: u32| format!("{}/v1.0/groups/{SALES}/transitiveMembers?$skiptoken={token}", world.server.address());
    let part = |id: &str, name: &str, next: Option<String>| {
        let page = page(&[typed("user", account(id, name))]);
        next.map_or_else(|| page.clone(), |next| changed(page.clone(), &json!({ "@odata.nextLink": next })))
    };
    world
        .server
        .answer(batch(&[
            ("0", 200, json!({ "id": SALES, "displayName": "Sales" })),
            ("1", 200, part(BO, "Bo", Some(link(1)))),
        ]))
        .answer(reply(OK, &changed(page(&[]), &json!({ "@odata.nextLink": link(2) }))))
        .answer(reply(OK, &part(MEGAN, "Megan", None)));
    let facts = world.client.read(&about_sales()).await.unwrap();
    let members = &facts.groups[&SALES.parse().unwrap()].members;
    assert_eq!(members[..], [person(BO, "Bo"), person(MEGAN, "Megan")]);
    let targets: Vec<String> = world.server.calls().into_iter().skip(1).map(|call| call.target).collect();
    assert_eq!(targets, [1, 2].map(|token| format!("/v1.0/groups/{SALES}/transitiveMembers?$skiptoken={token}")));
}

#[tokio::test]
async fn a_list_that_leads_in_a_circle_ends_as_an_error() {
    let world = World::new().await;
    let link = |token: u32| {
        let next = format!("{}/v1.0/subscribedSkus?$skiptoken={token}", world.server.address());
        json!({ "value": [], "@odata.nextLink": next })
    };
    world.server.answer(batch(&[("0", 200, link(1))])).answer(reply(OK, &link(2))).answer(reply(OK, &link(1)));
    let question = FactsQuestion { stock: true, ..FactsQuestion::default() };
    let error = world.client.read(&question).await.unwrap_err();
    assert!(lasts(&error, "circle"), "{error:?}");
    world.server.assert_all_told();
}

#[tokio::test]
async fn everybody_who_holds_a_product_is_listed_from_all_pages() {
    let world = World::new().await;
    let link = format!("{}/v1.0/users?$skiptoken=2", world.server.address());
    world
        .server
        .answer(reply(OK, &changed(page(&[account(BO, "Bo")]), &json!({ "@odata.nextLink": link }))))
        .answer(reply(OK, &page(&[account(MEGAN, "Megan")])));
    let holders = world.client.holders(E3.parse().unwrap()).await.unwrap();
    assert_eq!(holders, [person(BO, "Bo"), person(MEGAN, "Megan")]);
    let filter = format!("assignedLicenses%2Fany%28s%3As%2FskuId%20eq%20{E3}%29");
    assert_eq!(
        world.server.calls()[0].target,
        format!("/v1.0/users?$filter={filter}&$select={ACCOUNT_FIELDS}&$top=999")
    );
}

#[tokio::test]
async fn holders_are_listed_whole_or_not_at_all() {
    let world = World::new().await;
    let link = format!("{}/v1.0/users?$skiptoken=2", world.server.address());
    world
        .server
        .answer(reply(OK, &changed(page(&[account(BO, "Bo")]), &json!({ "@odata.nextLink": link }))))
        .answer(refusal(403, "Authorization_RequestDenied", ""));
    assert!(lasts(&world.client.holders(E3.parse().unwrap()).await.unwrap_err(), "consent"));
}

#[tokio::test]
async fn a_path_to_a_license_keeps_its_apps_that_are_off() {
    let path = json!({
        "skuId": E3, "disabledPlans": [TEAMS.to_uppercase()], "assignedByGroup": null, "state": "Active", "error": null,
    });
    let world = World::new().await;
    let eva = changed(bo(), &json!({ "licenseAssignmentStates": [path] }));
    world.server.answer(batch(&[("0", 200, eva), ("1", 200, page(&[]))]));
    let facts = world.client.read(&about_bo()).await.unwrap();
    let direct = facts.people[&BO.parse().unwrap()].holdings.direct_state();
    assert_eq!(direct, [(E3.parse().unwrap(), [TEAMS.parse().unwrap()].into())].into());
}
