//! What Graph's directory is asked beyond single objects: counting, searching, sorting, and the header they need.

use licensebot::sandbox::seed::ids;
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Answer, Tenant, answer, northwind, sku};

/// A call that may use the advanced index.
async fn eventual(tenant: &Tenant, path: &str, options: &[(&str, &str)]) -> Answer {
    answer(tenant.request(Method::GET, path).header("ConsistencyLevel", "eventual").query(options)).await
}

fn names(body: &Value) -> Vec<&str> {
    body["value"].as_array().unwrap().iter().map(|one| one["displayName"].as_str().unwrap()).collect()
}

const NAME: (&str, &str) = ("$select", "displayName");
const COUNT: (&str, &str) = ("$count", "true");
const UNSUPPORTED: &str = "Request_UnsupportedQuery";

#[tokio::test]
async fn a_count_alone_is_a_bare_number_and_needs_the_header() {
    let tenant = Tenant::start().await;
    for path in ["/users/$count", "/groups/$count", "/users/ana@northwind.example/memberOf/$count"] {
        let refused = tenant.get(path).await;
        assert_eq!(refused.refused(400, "Request_BadRequest"), "$count is not currently supported.");
    }
    let people = eventual(&tenant, "/users/$count", &[]).await;
    assert_eq!((people.header("content-type"), &people.body), ("text/plain", &json!(61)));
    assert_eq!(eventual(&tenant, "/groups/$count", &[]).await.ok(), northwind().groups.len());
    let guests = eventual(&tenant, "/users/$count", &[("$filter", "userType eq 'Guest'")]).await;
    assert_eq!(guests.ok(), 1);
    let operators = format!("/groups/{}/members/$count", ids::LICENSE_OPERATORS);
    assert_eq!(eventual(&tenant, &operators, &[]).await.ok(), 2);
    let lost = eventual(&tenant, "/subscribedSkus/$count", &[]).await;
    assert_eq!(lost.refused(400, "BadRequest"), "Resource not found for the segment '$count'.");
}

#[tokio::test]
async fn counting_without_the_header_is_silently_ignored() {
    let tenant = Tenant::start().await;
    let plain = tenant.get("/users?$count=true&$top=1").await.ok();
    assert_eq!(plain.get("@odata.count"), None);
    let counted = eventual(&tenant, "/users", &[COUNT, ("$top", "1")]).await.ok();
    assert_eq!(counted["@odata.count"], 61);
    assert_eq!(tenant.get("/users?$count=yes").await.status, 400);
}

#[tokio::test]
async fn searching_needs_the_header_and_quoted_clauses() {
    let tenant = Tenant::start().await;
    let refused = tenant.get("/users?$search=\"displayName:ana\"").await;
    let header = "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'";
    assert_eq!(refused.refused(400, UNSUPPORTED), header);
    let search = async |text: &str| eventual(&tenant, "/users", &[("$search", text), NAME]).await;
    assert_eq!(names(&search("\"displayName:kim alex\"").await.ok()), ["Alex Kim", "Alex Kim"]);
    assert_eq!(names(&search("\"displayName:SILV\" OR \"mail:bo@\"").await.ok()), ["Ana Silva", "Bo Lindqvist"]);
    assert_eq!(search("\"displayName:ilva\"").await.ok()["value"], json!([]));
    let bare = search("displayName:ana").await;
    let message = "Syntax error: character ':' is not valid at position 11 in 'displayName:ana'.";
    assert_eq!(bare.refused(400, "BadRequest"), message);
    assert_eq!(search("\"shoeSize:44\"").await.status, 400);

    let filter = ("$filter", "accountEnabled eq false");
    let both = eventual(&tenant, "/users", &[("$search", "\"displayName:dana\""), filter, NAME]).await.ok();
    assert_eq!(both["value"].as_array().unwrap().len(), 1);
    let groups = eventual(&tenant, "/groups", &[("$search", "\"description:nested department\""), NAME]).await.ok();
    assert_eq!(names(&groups), ["All Staff"]);
}

#[tokio::test]
async fn sorting_is_by_name_and_pages_follow_the_order() {
    let tenant = Tenant::start().await;
    let all = tenant.get("/users?$orderby=displayName&$select=displayName").await.ok();
    let mut expected: Vec<String> = names(&all).into_iter().map(str::to_lowercase).collect();
    expected.sort();
    assert_eq!(names(&all).into_iter().map(str::to_lowercase).collect::<Vec<_>>(), expected);
    assert_eq!(expected.len(), 61);

    let mut seen = Vec::new();
    let mut url =
        format!("{}/v1.0/users?$orderby=displayName%20desc&$select=displayName&$top=20", tenant.facts.base_url);
    loop {
        let page = answer(tenant.http.get(&url).bearer_auth(tenant.bearer())).await.ok();
        seen.extend(names(&page).into_iter().map(str::to_lowercase));
        let Some(next) = page.get("@odata.nextLink") else { break };
        url = next.as_str().unwrap().to_owned();
    }
    seen.reverse();
    assert_eq!(seen, expected);
    let groups = tenant.get("/groups?$orderby=displayName&$select=displayName&$top=1").await.ok();
    assert_eq!(names(&groups), ["All Staff"]);
}

#[tokio::test]
async fn sorting_has_its_limits() {
    let tenant = Tenant::start().await;
    let refused = async |path: &str| {
        let answer = tenant.get(path).await;
        assert_eq!(answer.refused(400, UNSUPPORTED), "Sorting not supported for current query.", "{path}");
    };
    refused("/users?$orderby=jobTitle").await;
    refused("/users?$orderby=createdDateTime").await;
    refused("/users?$orderby=displayName&$filter=userType eq 'Guest'").await;
    refused(&format!("/groups/{}/members?$orderby=displayName", ids::SALES)).await;
    assert_eq!(tenant.get("/users?$orderby=displayName sideways").await.status, 400);

    let options = [("$orderby", "displayName desc"), ("$filter", "startsWith(displayName,'al')"), COUNT, NAME];
    let body = eventual(&tenant, "/users", &options).await.ok();
    assert_eq!(names(&body)[..2], ["Alex Kim", "Alex Kim"]);
    assert_eq!(eventual(&tenant, "/users", &[("$orderby", "createdDateTime"), COUNT]).await.status, 200);
}

#[tokio::test]
async fn who_holds_nothing_is_asked_of_the_advanced_index() {
    let tenant = Tenant::start().await;
    let filter = ("$filter", "assignedLicenses/$count eq 0");
    let unsupported = answer(tenant.request(Method::GET, "/users").query(&[filter, COUNT])).await;
    assert_eq!(unsupported.refused(400, UNSUPPORTED), "Unsupported Query.");
    let without_count = eventual(&tenant, "/users", &[filter]).await;
    assert_eq!(without_count.refused(400, UNSUPPORTED), "Unsupported Query.", "the header alone is not enough");

    let none = eventual(&tenant, "/users", &[filter, COUNT]).await.ok()["@odata.count"].as_u64().unwrap();
    let some = eventual(&tenant, "/users", &[("$filter", "assignedLicenses/$count ne 0"), COUNT]).await.ok();
    assert_eq!(none + some["@odata.count"].as_u64().unwrap(), 61);
    let licensed = [("$filter", "assignedLicenses/$count ne 0"), COUNT, NAME];
    assert_eq!(names(&eventual(&tenant, "/groups", &licensed).await.ok()), ["Sales"]);
}

#[tokio::test]
async fn what_is_filtered_by_which_index_is_documented_property_by_property() {
    let tenant = Tenant::start().await;
    let ask =
        async |set: &str, filter: &str| answer(tenant.request(Method::GET, set).query(&[("$filter", filter)])).await;
    for (set, filter) in [
        ("/users", "proxyAddresses/any(p:startsWith(p,'SMTP:ana'))".to_owned()),
        ("/users", format!("assignedLicenses/any(l:l/skuId eq {})", sku("SPE_E5").to_uppercase())),
        ("/users", "createdDateTime ge 2019-01-01T00:00:00Z and createdDateTime le 2020-01-01".to_owned()),
        ("/groups", "groupTypes/any(g:g eq 'Unified')".to_owned()),
        ("/groups", "securityEnabled eq true and mailEnabled eq false".to_owned()),
    ] {
        let body = ask(set, &filter).await.ok();
        assert!(!body["value"].as_array().unwrap().is_empty(), "{set} {filter}");
    }
    let not_filterable = |property: &str, resource: &str| {
        format!(
            "Unsupported or invalid query filter clause specified for property '{property}' of resource '{resource}'."
        )
    };
    for (set, filter, message) in [
        ("/users", "officeLocation eq 'Oslo'", "The request uses a filter property that is not indexed".to_owned()),
        ("/users", "department eq null", "Unsupported Query.".to_owned()),
        ("/users", "not (department eq 'Sales')", "Unsupported Query.".to_owned()),
        ("/users", "externalUserState eq 'Accepted'", not_filterable("externalUserState", "User")),
        ("/users", "proxyAddresses eq 'x'", not_filterable("proxyAddresses", "User")),
        ("/users", "endsWith(displayName,'a')", not_filterable("displayName", "User")),
        ("/users", "surname gt 'a'", not_filterable("surname", "User")),
        ("/groups", "createdDateTime ge 2021-11-01", not_filterable("createdDateTime", "Group")),
    ] {
        assert_eq!(ask(set, filter).await.refused(400, UNSUPPORTED), message, "{filter}");
    }
    let types = "Invalid filter clause: A binary operator with incompatible types was detected. Found operand types 'Edm.Boolean' and 'Edm.String' for operator kind 'Equal'.";
    assert_eq!(ask("/users", "accountEnabled eq 'true'").await.refused(400, "BadRequest"), types);
    let unknown = "Invalid filter clause: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.";
    assert_eq!(ask("/users", "shoeSize eq '44'").await.refused(400, "BadRequest"), unknown);
    let advanced = eventual(&tenant, "/users", &[("$filter", "officeLocation eq 'Seattle'"), COUNT, NAME]).await.ok();
    assert!(names(&advanced).contains(&"Ana Silva"));
    let still_not = eventual(&tenant, "/groups", &[("$filter", "createdDateTime ge 2021-11-01"), COUNT]).await;
    assert_eq!(still_not.refused(400, UNSUPPORTED), not_filterable("createdDateTime", "Group"));
}

#[tokio::test]
async fn members_are_filtered_by_the_advanced_index_only() {
    let tenant = Tenant::start().await;
    let path = format!("/groups/{}/transitiveMembers", ids::SALES);
    let filter = ("$filter", "startsWith(displayName,'bo')");
    let plain = answer(tenant.request(Method::GET, &path).query(&[filter])).await;
    assert_eq!(plain.refused(400, UNSUPPORTED), "Unsupported Query.");
    let found = eventual(&tenant, &path, &[filter, COUNT, ("$select", "id")]).await.ok();
    let bo = json!({ "@odata.type": "#microsoft.graph.user", "id": ids::BO });
    assert_eq!((&found["@odata.count"], &found["value"]), (&json!(1), &json!([bo])));
    let groups =
        eventual(&tenant, "/users/bo@northwind.example/memberOf", &[("$search", "\"displayName:sales\""), NAME]);
    assert_eq!(names(&groups.await.ok()), ["Sales"]);
}
