use licensebot::sandbox::seed::ids;
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Answer, Tenant, answer, held, northwind, plan, sku};

fn names(body: &Value, property: &str) -> Vec<String> {
    body["value"].as_array().unwrap().iter().map(|one| one[property].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn one_person_shows_eleven_properties_and_nothing_of_licenses() {
    let tenant = Tenant::start().await;
    let by_id = tenant.get(&format!("/users/{}", ids::ANA)).await;
    assert_eq!(
        by_id.body,
        json!({
            "@odata.context": format!("{}/v1.0/$metadata#users/$entity", tenant.facts.base_url),
            "businessPhones": [],
            "displayName": "Ana Silva",
            "givenName": "Ana",
            "id": ids::ANA,
            "jobTitle": "Account Executive",
            "mail": "ana@northwind.example",
            "mobilePhone": null,
            "officeLocation": "Seattle",
            "preferredLanguage": "en-US",
            "surname": "Silva",
            "userPrincipalName": "ana@northwind.example",
        })
    );
    let by_name = tenant.get("/users/ANA@northwind.example").await;
    assert_eq!(by_name.body, by_id.body);
    let keyed = tenant.get("/users('ana@northwind.example')").await;
    assert_eq!(keyed.body, by_id.body);
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_graph() {
    let tenant = Tenant::start().await;
    let own = tenant.get("/subscribedSkus").await;
    let kind = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
    assert_eq!(own.header("content-type"), kind);
    assert_eq!((own.header("odata-version"), own.header("cache-control")), ("4.0", "no-cache"));
    assert_eq!(own.header("request-id").len(), 36);
    assert_eq!(own.header("client-request-id"), own.header("request-id"));
    let named = tenant.request(Method::GET, "/users/nobody").header("client-request-id", "attempt-1");
    let named = answer(named).await;
    assert_eq!(named.header("client-request-id"), "attempt-1");
    assert_eq!(
        named.body,
        json!({
            "error": {
                "code": "Request_ResourceNotFound",
                "message": "Resource 'nobody' does not exist or one of its queried reference-property objects are not present.",
                "innerError": {
                    "date": "2026-03-02T09:00:00",
                    "request-id": named.header("request-id"),
                    "client-request-id": "attempt-1",
                }
            }
        })
    );
}

#[tokio::test]
async fn a_guest_is_found_by_a_name_that_must_be_encoded() {
    let tenant = Tenant::start().await;
    let select = "?$select=id,userType,userPrincipalName";
    let gus = tenant.get(&format!("/users/gus_fabrikam.example%23EXT%23%40northwind.example{select}")).await.ok();
    assert_eq!((&gus["id"], &gus["userType"]), (&json!(ids::GUS), &json!("Guest")));
    assert_eq!(gus["userPrincipalName"], "gus_fabrikam.example#EXT#@northwind.example");
}

#[tokio::test]
async fn select_shows_what_is_asked_for_and_the_context_says_so() {
    let tenant = Tenant::start().await;
    let eva = tenant.get(&format!("/users/{}?$select=id,usageLocation,assignedLicenses", ids::EVA)).await.ok();
    let context = format!("{}/v1.0/$metadata#users(id,usageLocation,assignedLicenses)/$entity", tenant.facts.base_url);
    let licenses = json!([held("SPE_E3", &["TEAMS1", "SWAY"])]);
    let expected =
        json!({ "@odata.context": context, "id": ids::EVA, "usageLocation": "DE", "assignedLicenses": licenses });
    assert_eq!(eva, expected);
    let wrong = tenant.get("/users?$select=id,shoeSize").await;
    assert_eq!(
        wrong.refused(400, "BadRequest"),
        "Parsing OData Select and Expand failed: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'."
    );
    let absent = tenant.get("/users?$select=signInActivity").await;
    assert_eq!(absent.refused(501, "notImplemented"), "The sandbox does not keep 'signInActivity'.");
}

#[tokio::test]
async fn each_path_to_a_license_has_its_own_state() {
    let tenant = Tenant::start().await;
    let path = |person| format!("/users/{person}?$select=assignedLicenses,licenseAssignmentStates");
    let state = |group: Value, off: Value| {
        json!({
            "assignedByGroup": group,
            "disabledPlans": off,
            "error": "None",
            "lastUpdatedDateTime": "2025-03-03T08:30:00Z",
            "skuId": sku("SPE_E3"),
            "state": "Active",
        })
    };
    let bo = tenant.get(&path(ids::BO)).await.ok();
    assert_eq!(bo["licenseAssignmentStates"], json!([state(json!(ids::SALES), json!([]))]));
    assert_eq!(bo["assignedLicenses"], json!([held("SPE_E3", &[])]));
    let pia = tenant.get(&path(ids::PIA)).await.ok();
    let both = json!([state(Value::Null, json!([])), state(json!(ids::SALES), json!([]))]);
    assert_eq!(pia["licenseAssignmentStates"], both);
    assert_eq!(pia["assignedLicenses"], json!([held("SPE_E3", &[])]));
}

#[tokio::test]
async fn a_plan_is_off_only_when_every_path_has_it_off() {
    let tenant = Tenant::start().await;
    let off = super::support::with("SPE_E3", &["TEAMS1", "SWAY"]);
    tenant.assign("bo", &[off], &[]).await.ok();
    assert_eq!(tenant.licenses("bo").await, json!([held("SPE_E3", &[])]));
}

#[tokio::test]
async fn managers_are_found_alone_and_expanded() {
    let tenant = Tenant::start().await;
    let base = &tenant.facts.base_url;
    let manager = tenant.get(&format!("/users/{}/manager?$select=id,mailNickname", ids::ANA)).await.ok();
    assert_eq!(
        manager,
        json!({
            "@odata.context": format!("{base}/v1.0/$metadata#directoryObjects(id,mailNickname)/$entity"),
            "@odata.type": "#microsoft.graph.user",
            "id": ids::MEGAN,
            "mailNickname": "megan",
        })
    );
    let path = "/users/ana@northwind.example?$select=id&$expand=manager($select=id,accountEnabled)";
    assert_eq!(
        tenant.get(path).await.ok(),
        json!({
            "@odata.context": format!("{base}/v1.0/$metadata#users(id,manager(id,accountEnabled))/$entity"),
            "id": ids::ANA,
            "manager": { "@odata.type": "#microsoft.graph.user", "id": ids::MEGAN, "accountEnabled": true },
        })
    );
    let nil = tenant.get("/users/nil@northwind.example?$select=id&$expand=manager").await.ok();
    assert_eq!(nil.get("manager"), None);
    let none = tenant.get(&format!("/users/{}/manager", ids::NIL)).await;
    let message = none.refused(404, "Request_ResourceNotFound");
    assert!(message.starts_with("Resource 'manager' does not exist"), "{message}");
}

#[tokio::test]
async fn people_are_filtered_as_graph_filters() {
    let tenant = Tenant::start().await;
    let found = async |filter: &str| {
        let request = tenant.request(Method::GET, "/users").query(&[("$filter", filter), ("$select", "mailNickname")]);
        names(&answer(request).await.ok(), "mailNickname")
    };
    assert_eq!(found("mailNickname eq 'EVA'").await, ["eva"]);
    assert_eq!(found("displayName eq 'Alex Kim'").await, ["alex", "alexandra"]);
    assert_eq!(found("displayName eq 'Siobhán \"Shiv\" O''Connor'").await, ["siobhan"]);
    assert_eq!(found("startsWith(displayName,'mei chen')").await, ["mei"]);
    assert_eq!(found("accountEnabled eq false or userType eq 'Guest'").await, ["dana", "gus"]);
    assert_eq!(found("mailNickname in ('bo','ana') and department eq 'Sales'").await, ["ana", "bo"]);
    let visio = format!("assignedLicenses/any(x:x/skuId eq {})", sku("VISIOCLIENT"));
    assert_eq!(found(&visio).await, ["sofia", "viktor", "bjorn"]);
}

#[tokio::test]
async fn what_the_plain_index_cannot_do_is_refused_without_the_headers() {
    let tenant = Tenant::start().await;
    let refused = async |path: &str, code: &str| {
        let answer: Answer = tenant.get(path).await;
        answer.refused(400, code).to_owned()
    };
    let unsupported = "Request_UnsupportedQuery";
    assert_eq!(refused("/users?$filter=endsWith(mail,'x')", unsupported).await, "Unsupported Query.");
    assert_eq!(refused("/users?$filter=userType ne 'Guest'&$count=true", unsupported).await, "Unsupported Query.");
    let message = refused("/users?$filter=officeLocation eq 'Oslo'", unsupported).await;
    assert_eq!(message, "The request uses a filter property that is not indexed");
    assert_eq!(refused("/subscribedSkus?$filter=skuPartNumber eq 'SPE_E3'", unsupported).await, "Unsupported Query.");
    let message = refused("/users?$filter=displayName eq ana", "BadRequest").await;
    assert_eq!(message, "Invalid filter clause: Syntax error at position 15 in 'displayName eq ana'.");
    assert_eq!(refused("/users?$skip=5", "Request_BadRequest").await, "'$skip' is not supported by the service.");
    let eventual = tenant
        .request(Method::GET, "/users?$filter=userType ne 'Member'&$count=true&$select=id")
        .header("ConsistencyLevel", "eventual");
    let body = answer(eventual).await.ok();
    assert_eq!((&body["@odata.count"], &body["value"]), (&json!(1), &json!([{ "id": ids::GUS }])));
}

#[tokio::test]
async fn pages_follow_each_other_by_absolute_links_until_all_were_seen() {
    let tenant = Tenant::start().await;
    let mut seen = Vec::new();
    let mut url = format!("{}/v1.0/users?$select=mailNickname&$top=25", tenant.facts.base_url);
    let mut sizes = Vec::new();
    loop {
        let page = answer(tenant.http.get(&url).bearer_auth(tenant.bearer())).await.ok();
        let names = names(&page, "mailNickname");
        sizes.push(names.len());
        seen.extend(names);
        let Some(next) = page.get("@odata.nextLink") else { break };
        url = next.as_str().unwrap().to_owned();
        assert!(url.starts_with(&format!("{}/v1.0/users?", tenant.facts.base_url)), "{url}");
    }
    assert_eq!(sizes, [25, 25, 11]);
    let people: Vec<String> = northwind().people.into_iter().map(|person| person.name).collect();
    assert_eq!(seen, people);
}

#[tokio::test]
async fn page_sizes_and_page_tokens_are_checked() {
    let tenant = Tenant::start().await;
    for (top, text) in [("0", "'0'"), ("1000", "'1000'"), ("-1", "'-1'")] {
        let answer = tenant.get(&format!("/users?$top={top}")).await;
        let expected = format!("Invalid page size specified: {text}. Must be between 1 and 999 inclusive.");
        assert_eq!(answer.refused(400, "Request_UnsupportedQuery"), expected);
    }
    assert_eq!(tenant.get("/users?$top=many").await.status, 400);
    let page = tenant.get("/users?$top=1").await.ok();
    let token = page["@odata.nextLink"].as_str().unwrap().split("skiptoken=").nth(1).unwrap();
    for (path, token) in [("/users", "invented"), ("/groups", token), ("/users", &token.to_lowercase())] {
        let answer = tenant.get(&format!("{path}?$skiptoken={token}")).await;
        answer.refused(400, "Directory_ExpiredPageToken");
    }
}

#[tokio::test]
async fn memberships_are_direct_or_through_groups() {
    let tenant = Tenant::start().await;
    let direct = tenant.get("/users/bo@northwind.example/memberOf?$select=id,displayName").await.ok();
    assert_eq!(direct["value"][0]["@odata.type"], "#microsoft.graph.group");
    assert_eq!(names(&direct, "displayName"), ["Sales", "Lunch in Stockholm", "Based in Sweden"]);
    let path = "/users/bo@northwind.example/transitiveMemberOf/microsoft.graph.group?$select=id,displayName";
    let all = tenant.get(path).await.ok();
    assert_eq!(all["value"][0], json!({ "id": ids::SALES, "displayName": "Sales" }));
    assert_eq!(names(&all, "displayName"), ["Sales", "All Staff", "Lunch in Stockholm", "Based in Sweden"]);
    let context = format!("{}/v1.0/$metadata#groups(id,displayName)", tenant.facts.base_url);
    assert_eq!(all["@odata.context"], context);
}

#[tokio::test]
async fn groups_show_their_members_and_what_they_license() {
    let tenant = Tenant::start().await;
    let operators = format!("/groups/{}", ids::LICENSE_OPERATORS);
    let members = tenant.get(&format!("{operators}/members/microsoft.graph.user?$select=id")).await.ok();
    assert_eq!(members["value"], json!([{ "id": ids::OSKAR }, { "id": ids::LI }]));
    let first = tenant.get(&format!("{operators}/transitiveMembers?$select=id&$top=1")).await.ok();
    assert_eq!(first["value"], json!([{ "@odata.type": "#microsoft.graph.user", "id": ids::OSKAR }]));
    let rest = tenant.http.get(first["@odata.nextLink"].as_str().unwrap()).bearer_auth(tenant.bearer());
    let rest = answer(rest).await.ok();
    assert_eq!(rest["value"], json!([{ "@odata.type": "#microsoft.graph.user", "id": ids::LI }]));
    assert_eq!(rest.get("@odata.nextLink"), None);

    let select = "$select=displayName,securityEnabled,assignedLicenses,licenseProcessingState";
    let sales = tenant.get(&format!("/groups/{}?{select}", ids::SALES)).await.ok();
    assert_eq!(sales["assignedLicenses"], json!([{ "skuId": sku("SPE_E3"), "disabledPlans": [] }]));
    assert_eq!(sales["licenseProcessingState"], json!({ "state": "ProcessingComplete" }));
    let owners = tenant.get(&format!("/groups/{}/owners?$select=id", ids::SALES)).await.ok();
    assert_eq!(owners["value"], json!([{ "@odata.type": "#microsoft.graph.user", "id": ids::MEGAN }]));

    let found = tenant.get("/groups?$filter=displayName eq 'License auditors'&$select=id").await.ok();
    assert_eq!(found["value"], json!([{ "id": ids::LICENSE_AUDITORS }]));
    let odd = tenant.get("/groups/sales").await;
    assert_eq!(odd.refused(400, "Request_BadRequest"), "Invalid object identifier 'sales'.");
    tenant.get(&format!("/groups/{}", ids::ANA)).await.refused(404, "Request_ResourceNotFound");
}

#[tokio::test]
async fn the_stock_is_what_the_story_needs() {
    let tenant = Tenant::start().await;
    let body = tenant.get("/subscribedSkus").await.ok();
    let seats = |part_number: &str| {
        let skus = body["value"].as_array().unwrap();
        let sku = skus.iter().find(|sku| sku["skuPartNumber"] == part_number).unwrap();
        let units = |name: &str| sku["prepaidUnits"][name].as_i64().unwrap();
        let free = units("enabled") - sku["consumedUnits"].as_i64().unwrap();
        (sku["capabilityStatus"].as_str().unwrap().to_owned(), free, units("suspended"))
    };
    assert_eq!(seats("SPE_E5"), ("Enabled".into(), 3, 0));
    assert_eq!(seats("ENTERPRISEPREMIUM"), ("Enabled".into(), 8, 0));
    assert_eq!(seats("VISIOCLIENT"), ("Enabled".into(), 0, 0));
    assert_eq!(seats("PROJECTPROFESSIONAL"), ("Suspended".into(), -2, 5));
    assert!(seats("SPE_E3").1 > 5 && seats("POWER_BI_PRO").1 > 0 && seats("Microsoft_365_Copilot").1 > 0);

    let e3 = &body["value"][1];
    assert_eq!(e3["id"], format!("{}_{}", ids::TENANT, sku("SPE_E3")));
    let foundation = json!({
        "appliesTo": "User",
        "provisioningStatus": "Success",
        "servicePlanId": plan("TEAMS1"),
        "servicePlanName": "TEAMS1",
    });
    assert!(e3["servicePlans"].as_array().unwrap().contains(&foundation));
    let one = tenant.get(&format!("/subscribedSkus/{}?$select=skuPartNumber", e3["id"].as_str().unwrap())).await.ok();
    assert_eq!(one["skuPartNumber"], "SPE_E3");
}

#[tokio::test]
async fn metadata_none_leaves_annotations_out_but_not_the_next_page() {
    let tenant = Tenant::start().await;
    let path = format!("/groups/{}/members?$select=id&$top=1", ids::LICENSE_OPERATORS);
    let request = tenant.request(Method::GET, &path).header("Accept", "application/json; odata.metadata=none");
    let bare = answer(request).await;
    assert_eq!(bare.body["value"], json!([{ "id": ids::OSKAR }]));
    assert_eq!(bare.body.get("@odata.context"), None);
    assert!(bare.body["@odata.nextLink"].is_string());
    assert!(bare.header("content-type").contains("odata.metadata=none"));
}

#[tokio::test]
async fn metadata_full_names_type_and_place_of_every_object() {
    let tenant = Tenant::start().await;
    let base = &tenant.facts.base_url;
    let full = async |path: &str| {
        let request = tenant.request(Method::GET, path).header("Accept", "application/json;odata.metadata=full");
        answer(request).await
    };
    let place = format!("users('{}')", ids::ANA);
    let ana = full("/users/ana@northwind.example?$select=id").await;
    assert!(ana.header("content-type").contains("odata.metadata=full"));
    let expected = json!({
        "@odata.context": format!("{base}/v1.0/$metadata#users(id)/$entity"),
        "@odata.type": "#microsoft.graph.user",
        "@odata.id": format!("{base}/v1.0/{place}"),
        "@odata.editLink": place,
        "id": ids::ANA,
    });
    assert_eq!(ana.body, expected);
    for (path, kind) in [
        ("/groups", "group"),
        ("/subscribedSkus", "subscribedSku"),
        ("/directory/subscriptions", "companySubscription"),
        ("/organization", "organization"),
        ("/users/eva@northwind.example/licenseDetails", "licenseDetails"),
        ("/users/bo@northwind.example/memberOf", "group"),
    ] {
        let body = full(path).await.ok();
        let one = &body["value"][0];
        assert_eq!(one["@odata.type"], format!("#microsoft.graph.{kind}"), "{path}");
        let id = one["id"].as_str().unwrap();
        assert!(one["@odata.editLink"].as_str().unwrap().ends_with(&format!("('{id}')")), "{one}");
    }
}

#[tokio::test]
async fn casts_may_name_the_alias_of_the_namespace() {
    let tenant = Tenant::start().await;
    let path = |cast: &str| format!("/groups/{}/members/{cast}?$select=id", ids::LICENSE_OPERATORS);
    let long = tenant.get(&path("microsoft.graph.user")).await.ok();
    assert_eq!(tenant.get(&path("graph.user")).await.ok(), long);
    tenant.get(&path("graph.shoe")).await.refused(400, "BadRequest");
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused_as_graph_does() {
    let tenant = Tenant::start().await;
    let lost = tenant.get("/users/ana@northwind.example/shoes").await;
    assert_eq!(lost.refused(400, "BadRequest"), "Resource not found for the segment 'shoes'.");
    let lost = tenant.get("/licenses").await;
    assert_eq!(lost.refused(400, "BadRequest"), "Resource not found for the segment 'licenses'.");
    let wrong = answer(tenant.request(Method::DELETE, "/subscribedSkus")).await;
    let message = wrong.refused(405, "Request_BadRequest");
    assert_eq!(message, "Specified HTTP method is not allowed for the request target.");
    for method in [Method::HEAD, Method::OPTIONS] {
        assert_eq!(answer(tenant.request(method, "/users")).await.status, 405);
    }
    let me = tenant.get("/me").await;
    assert_eq!(me.refused(400, "BadRequest"), "/me request is only valid with delegated authentication flow.");
}
