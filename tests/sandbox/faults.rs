use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Tenant, held, sku, with};

#[tokio::test]
async fn a_504_after_the_change_hides_that_it_was_made() {
    let tenant = Tenant::start().await;
    tenant.order(json!([{ "match": "assignLicense", "kind": "status", "status": 504, "when": "after" }])).await;
    let lost = tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await;
    lost.refused(504, "GatewayTimeout");
    assert_eq!(tenant.licenses("ana").await, json!([held("FLOW_FREE", &[]), held("SPE_E5", &[])]));
    assert_eq!(tenant.ledger().await.len(), 1);
}

#[tokio::test]
async fn a_429_before_the_change_says_when_to_come_back_and_happens_once() {
    let tenant = Tenant::start().await;
    let fault = json!({ "match": "assignLicense", "kind": "status", "status": 429, "retryAfter": "1" });
    tenant.order(fault).await;
    let throttled = tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await;
    throttled.refused(429, "TooManyRequests");
    assert_eq!(throttled.header("retry-after"), "1");
    assert_eq!(tenant.ledger().await, Vec::<Value>::new());
    tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await.ok();
}

#[tokio::test]
async fn a_cut_connection_gives_no_byte_of_an_answer() {
    let tenant = Tenant::start().await;
    tenant
        .order(json!([
            { "match": "assignLicense", "kind": "cut", "when": "after" },
            { "match": "GET /users/{id}", "kind": "cut", "when": "before" },
        ]))
        .await;
    let body = json!({ "addLicenses": [with("SPE_E5", &[])], "removeLicenses": [] });
    let cut = tenant.request(Method::POST, "/users/ana@northwind.example/assignLicense").json(&body).send().await;
    let error = cut.unwrap_err();
    assert!(error.is_request() && error.status().is_none(), "{error:?}");
    assert_eq!(tenant.ledger().await.len(), 1, "it was made before the cut");
    assert!(tenant.request(Method::GET, "/users/ana@northwind.example").send().await.is_err());
    assert_eq!(tenant.get("/users/ana@northwind.example").await.status, 200);
}

#[tokio::test]
async fn a_held_call_is_made_when_it_is_released_even_if_nobody_waits() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "assignLicense", "kind": "hold", "until": "release" })).await;
    let body = json!({ "addLicenses": [with("SPE_E5", &[])], "removeLicenses": [] });
    let call = tenant.request(Method::POST, "/users/ana@northwind.example/assignLicense").json(&body);
    let waiting = tokio::spawn(call.send());
    let held = tenant.control(Method::GET, "/held?atLeast=1", &Value::Null).await.ok();
    assert_eq!(held, json!({ "held": 1 }));
    assert_eq!(tenant.ledger().await, Vec::<Value>::new());
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    let released = tenant.control(Method::POST, "/release", &Value::Null).await.ok();
    assert_eq!(released, json!({ "released": 1 }));
    let made = async {
        while tenant.ledger().await.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), made).await.expect("the released call is made");
    assert_eq!(tenant.ledger().await[0]["what"]["assignLicense"]["addLicenses"][0]["skuId"], sku("SPE_E5"));
}

#[tokio::test]
async fn a_call_can_be_held_between_its_change_and_its_answer() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "assignLicense", "kind": "hold", "when": "after" })).await;
    let released = async {
        tenant.control(Method::GET, "/held?atLeast=1", &Value::Null).await.ok();
        let ledger = tenant.ledger().await.len();
        tenant.control(Method::POST, "/release", &Value::Null).await.ok();
        ledger
    };
    let e5 = [with("SPE_E5", &[])];
    let (done, ledger) = tokio::join!(tenant.assign("ana", &e5, &[]), released);
    assert_eq!((done.status, ledger), (200, 1));
}

#[tokio::test]
async fn a_fault_reaches_into_a_batch_and_meets_its_item_only() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "/manager", "kind": "status", "status": 429, "retryAfter": "7" })).await;
    let body = tenant
        .batch(json!([
            { "id": "1", "method": "GET", "url": "/users/ana@northwind.example" },
            { "id": "2", "method": "GET", "url": "/users/ana@northwind.example/manager" },
        ]))
        .await
        .ok();
    let (second, first) = (&body["responses"][0], &body["responses"][1]);
    assert_eq!((&first["status"], &second["status"]), (&json!(200), &json!(429)));
    assert_eq!(second["headers"]["Retry-After"], "7");
}

#[tokio::test]
async fn the_token_endpoint_fails_on_demand_too() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "token", "kind": "status", "status": 503, "retryAfter": "3", "times": 2 })).await;
    for _ in 0..2 {
        let down = tenant.token(&[]).await;
        assert_eq!((down.status, down.header("retry-after")), (503, "3"));
        assert_eq!(down.body["error"], "temporarily_unavailable");
    }
    assert_eq!(tenant.token(&[]).await.status, 200);
}

#[tokio::test]
async fn orders_can_be_seen_and_withdrawn_and_wrong_ones_are_refused_whole() {
    let tenant = Tenant::start().await;
    let wrong = json!([{ "match": "a", "kind": "cut" }, { "match": "b", "kind": "status" }]);
    let refused = tenant.control(Method::POST, "/faults", &wrong).await;
    assert_eq!(refused.refused(400, "SandboxControl"), "Fault 2: `status` is missing.");
    let none = tenant.control(Method::GET, "/faults", &Value::Null).await.ok();
    assert_eq!(none, json!({ "faults": [] }));
    tenant.order(json!({ "match": "x", "kind": "hold", "until": "release" })).await;
    let pending = tenant.control(Method::GET, "/faults", &Value::Null).await.ok();
    let hold = json!({ "match": "x", "kind": "hold", "times": 1, "until": "release" });
    assert_eq!(pending, json!({ "faults": [hold] }));
    assert_eq!(tenant.control(Method::DELETE, "/faults", &Value::Null).await.status, 204);
    let none = tenant.control(Method::GET, "/faults", &Value::Null).await.ok();
    assert_eq!(none, json!({ "faults": [] }));
}
