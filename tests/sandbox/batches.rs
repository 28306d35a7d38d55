use licensebot::sandbox::seed::ids;
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Tenant, answer, held, with};

/// The answer to one item.
fn item<'a>(body: &'a Value, id: &str) -> &'a Value {
    body["responses"].as_array().unwrap().iter().find(|response| response["id"] == id).unwrap()
}

#[tokio::test]
async fn a_batch_reads_many_things_in_one_call() {
    let tenant = Tenant::start().await;
    let body = tenant
        .batch(json!([
            { "id": "who", "method": "GET", "url": "/users/ana@northwind.example?$select=id" },
            { "id": "boss", "method": "GET", "url": format!("users/{}/manager?$select=id", ids::NIL) },
            { "id": "lost", "method": "GET", "url": "/licenses" },
            { "id": "wrong", "method": "DELETE", "url": "/subscribedSkus" },
        ]))
        .await
        .ok();
    let who = item(&body, "who");
    assert_eq!((&who["status"], &who["body"]["id"]), (&json!(200), &json!(ids::ANA)));
    assert_eq!(who["headers"]["OData-Version"], "4.0");
    let boss = item(&body, "boss");
    assert_eq!((&boss["status"], &boss["body"]["error"]["code"]), (&json!(404), &json!("Request_ResourceNotFound")));
    assert_eq!(boss["headers"]["Content-Type"], "application/json");
    assert_eq!(item(&body, "lost")["status"], 400);
    assert_eq!(item(&body, "wrong")["status"], 405);
    let order: Vec<&Value> = body["responses"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(order, ["wrong", "lost", "boss", "who"], "no client may rely on the order of the requests");
}

#[tokio::test]
async fn a_batch_writes_in_the_order_of_its_dependencies() {
    let tenant = Tenant::start().await;
    let json_type = json!({ "Content-Type": "application/json" });
    let body = tenant
        .batch(json!([
            { "id": "2", "method": "POST", "url": "/users/lee@northwind.example/assignLicense", "dependsOn": ["1"],
              "headers": json_type, "body": { "addLicenses": [with("SPE_E5", &[])], "removeLicenses": [] } },
            { "id": "1", "method": "PATCH", "url": "/users/lee@northwind.example",
              "headers": json_type, "body": { "usageLocation": "SE" } },
        ]))
        .await
        .ok();
    assert_eq!((&item(&body, "1")["status"], item(&body, "1").get("body")), (&json!(204), None));
    assert_eq!(item(&body, "2")["status"], 200);
    assert_eq!(tenant.licenses("lee").await, json!([held("SPE_E5", &[])]));
}

#[tokio::test]
async fn what_depends_on_a_failure_is_not_made() {
    let tenant = Tenant::start().await;
    let json_type = json!({ "Content-Type": "application/json" });
    let body = tenant
        .batch(json!([
            { "id": "a", "method": "PATCH", "url": "/users/lee@northwind.example",
              "headers": json_type, "body": { "usageLocation": "UK" } },
            { "id": "b", "method": "POST", "url": "/users/ana@northwind.example/assignLicense", "dependsOn": ["A"],
              "headers": json_type, "body": { "addLicenses": [with("SPE_E5", &[])], "removeLicenses": [] } },
            { "id": "c", "method": "GET", "url": "/users/ana@northwind.example", "dependsOn": ["b"] },
            { "id": "d", "method": "GET", "url": "/users/ana@northwind.example" },
        ]))
        .await
        .ok();
    let statuses = ["a", "b", "c", "d"].map(|id| item(&body, id)["status"].as_u64().unwrap());
    assert_eq!(statuses, [400, 424, 424, 200]);
    assert_eq!(tenant.ledger().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_batch_that_breaks_the_rules_is_refused_as_a_whole() {
    let tenant = Tenant::start().await;
    let get = |id: &str| json!({ "id": id, "method": "GET", "url": "/users" });
    let many: Vec<Value> = (1..=21).map(|id| get(&id.to_string())).collect();
    let message = tenant.batch(json!(many)).await;
    let message = message.refused(400, "MaximumValueExceeded");
    assert_eq!(message, "Number of batch request steps exceeds the maximum value of 20.");
    assert_eq!(tenant.batch(json!(many[..20])).await.status, 200);

    let write = json!({ "id": "1", "method": "PATCH", "url": "/users/x", "body": { "usageLocation": "SE" } });
    let answer = tenant.batch(json!([write])).await;
    let message = answer.refused(400, "BadRequest");
    assert_eq!(message, "Write request id : 1 does not contain Content-Type header or body.");
    for (requests, what) in [
        (json!([get("a"), get("A")]), "ids that differ by case only"),
        (json!([get("")]), "an empty id"),
        (json!([]), "nothing to do"),
        (json!([{ "id": "1", "method": "GET" }]), "no url"),
        (json!([{ "id": "1", "method": "GET", "url": "/users", "dependsOn": ["2"] }]), "a dependency on nothing"),
        (
            json!([
                { "id": "1", "method": "GET", "url": "/users", "dependsOn": ["2"] },
                { "id": "2", "method": "GET", "url": "/users", "dependsOn": ["1"] },
            ]),
            "a circle",
        ),
    ] {
        assert_eq!(tenant.batch(requests).await.status, 400, "{what}");
    }
}

#[tokio::test]
async fn a_batch_answers_in_every_detail_like_this() {
    let tenant = Tenant::start().await;
    let base = &tenant.facts.base_url;
    let eventual = json!({ "ConsistencyLevel": "eventual" });
    let requests = json!({ "requests": [
        { "id": "page", "method": "GET", "url": "users?$select=id&$top=1&$count=true", "headers": eventual },
        { "id": "number", "method": "GET", "url": "/groups/$count", "headers": eventual },
        { "id": "unheard", "method": "GET", "url": "/users/$count" },
        { "id": "absolute", "method": "GET", "url": format!("{base}/v1.0/users") },
    ] });
    // The header of the whole call counts for no item.
    let call = tenant.request(Method::POST, "/$batch").header("ConsistencyLevel", "eventual");
    let body = answer(call.header("client-request-id", "all").json(&requests)).await.ok();

    let mut page = item(&body, "page").clone();
    let link = page["body"]["@odata.nextLink"].take();
    let opaque =
        link.as_str().unwrap().strip_prefix(&format!("{base}/v1.0/users?%24select=id&%24top=1&%24count=true&"));
    assert!(opaque.unwrap().starts_with("%24skiptoken="), "{link}");
    let kind = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
    assert_eq!(
        page,
        json!({
            "id": "page",
            "status": 200,
            "headers": {
                "Cache-Control": "no-cache",
                "Content-Type": kind,
                "OData-Version": "4.0",
                "x-ms-resource-unit": "1",
            },
            "body": {
                "@odata.context": format!("{base}/v1.0/$metadata#users(id)"),
                "@odata.count": 61,
                "@odata.nextLink": null,
                "value": [{ "id": ids::ANA }],
            },
        })
    );
    let number = item(&body, "number");
    assert_eq!((&number["headers"]["Content-Type"], number["body"].is_u64()), (&json!("text/plain"), true));

    let mut unheard = item(&body, "unheard").clone();
    let id = unheard["body"]["error"]["innerError"]["request-id"].take();
    assert_eq!(id.as_str().unwrap().len(), 36);
    assert_eq!(
        unheard,
        json!({
            "id": "unheard",
            "status": 400,
            "headers": { "Cache-Control": "no-cache", "Content-Type": "application/json", "x-ms-resource-unit": "1" },
            "body": {
                "error": {
                    "code": "Request_BadRequest",
                    "message": "$count is not currently supported.",
                    "innerError": { "date": "2026-03-02T09:00:00", "request-id": null, "client-request-id": "all" },
                }
            },
        })
    );
    let absolute = &item(&body, "absolute")["body"]["error"];
    assert_eq!(absolute["message"], "Resource not found for the segment 'http:'.");
}

#[tokio::test]
async fn roles_gate_each_item_and_a_batch_holds_no_batch() {
    let tenant = Tenant::of(super::support::with_roles(&["User.Read.All"])).await;
    let body = tenant
        .batch(json!([
            { "id": "1", "method": "GET", "url": "/users/ana@northwind.example" },
            { "id": "2", "method": "GET", "url": "/subscribedSkus" },
            { "id": "3", "method": "POST", "url": "/$batch", "headers": { "content-type": "application/json" },
              "body": { "requests": [] } },
        ]))
        .await
        .ok();
    let statuses = ["1", "2", "3"].map(|id| item(&body, id)["status"].as_u64().unwrap());
    assert_eq!(statuses, [200, 403, 400]);
}
