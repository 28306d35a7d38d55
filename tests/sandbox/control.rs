use licensebot::sandbox::seed::ids;
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::support::{Tenant, answer, plan, sku, with};

#[tokio::test]
async fn the_control_surface_tells_a_client_how_to_begin() {
    let tenant = Tenant::start().await;
    let app = tenant.control(Method::GET, "/app", &Value::Null).await.ok();
    let base = &tenant.facts.base_url;
    assert_eq!(
        app,
        json!({
            "baseUrl": base,
            "loginUrl": base,
            "tenantId": ids::TENANT,
            "clientId": ids::APP,
            "clientSecret": tenant.facts.client_secret.expose_secret(),
        })
    );
}

#[tokio::test]
async fn the_clock_goes_forward_and_tokens_feel_it() {
    let tenant = Tenant::start().await;
    let clock = async |body: Value| tenant.control(Method::POST, "/clock", &body).await;
    let now = tenant.control(Method::GET, "/clock", &Value::Null).await.ok();
    assert_eq!(now, json!({ "now": "2026-03-02T09:00:00Z" }));
    assert_eq!(clock(json!({ "advance": "20m" })).await.ok(), json!({ "now": "2026-03-02T09:20:00Z" }));
    assert_eq!(clock(json!({ "advance": "3d" })).await.ok(), json!({ "now": "2026-03-05T09:20:00Z" }));
    let exact = json!({ "now": "2026-03-06T00:00:00Z" });
    assert_eq!(clock(exact.clone()).await.ok(), exact);
    for wrong in [json!({ "now": "2026-03-05T00:00:00Z" }), json!({ "advance": "soon" }), json!({ "back": "1d" })] {
        clock(wrong).await.refused(400, "SandboxControl");
    }
    assert_eq!(tenant.get("/users").await.status, 401);
}

#[tokio::test]
async fn the_ledger_says_who_changed_what_and_when() {
    let tenant = Tenant::start().await;
    let body = json!({ "addLicenses": [with("SPE_E5", &["SWAY"])], "removeLicenses": [sku("SPE_E3")] });
    let path = format!("/users/{}/assignLicense", ids::EVA);
    let call = tenant.request(Method::POST, &path).header("client-request-id", "attempt-7").json(&body);
    let done = answer(call).await;
    tenant.patch("/users/lee@northwind.example", &json!({ "usageLocation": "SE" })).await.ok();
    tenant.assign("ana", &[with("VISIOCLIENT", &[])], &[]).await.refused(400, "Request_BadRequest");
    let ledger = tenant.ledger().await;
    assert_eq!(
        ledger[0],
        json!({
            "seq": 1,
            "at": "2026-03-02T09:00:00Z",
            "app": ids::APP,
            "requestId": done.header("request-id"),
            "clientRequestId": "attempt-7",
            "what": {
                "assignLicense": {
                    "user": ids::EVA,
                    "addLicenses": [{ "skuId": sku("SPE_E5"), "disabledPlans": [plan("SWAY")] }],
                    "removeLicenses": [sku("SPE_E3")],
                }
            }
        })
    );
    assert_eq!(ledger[1]["what"], json!({ "setUsageLocation": { "user": ids::LEE, "usageLocation": "SE" } }));
    assert_eq!(ledger.len(), 2, "refused calls are not in it");
    let later = tenant.control(Method::GET, "/ledger?after=1", &Value::Null).await.ok();
    assert_eq!(later["mutations"], json!([ledger[1]]));
}

#[tokio::test]
async fn the_ledger_can_be_asked_about_one_call_or_one_person() {
    let tenant = Tenant::start().await;
    let body = json!({ "addLicenses": [with("SPE_E5", &[])], "removeLicenses": [] });
    let path = format!("/users/{}/assignLicense", ids::ANA);
    let call = tenant.request(Method::POST, &path).header("client-request-id", "attempt-7").json(&body);
    assert_eq!(answer(call).await.status, 200);
    tenant.patch("/users/lee@northwind.example", &json!({ "usageLocation": "SE" })).await.ok();
    let ledger = tenant.ledger().await;
    let asked = async |query: String| {
        let path = format!("/ledger?{query}");
        tenant.control(Method::GET, &path, &Value::Null).await.ok()["mutations"].take()
    };
    assert_eq!(asked("clientRequestId=attempt-7".into()).await, json!([ledger[0]]));
    assert_eq!(asked("clientRequestId=attempt-8".into()).await, json!([]));
    assert_eq!(asked(format!("user={}", ids::LEE)).await, json!([ledger[1]]));
    assert_eq!(asked(format!("user={}&after=2", ids::LEE)).await, json!([]));
    for wrong in ["user=lee", "person=x", "after=-1"] {
        let refused = tenant.control(Method::GET, &format!("/ledger?{wrong}"), &Value::Null).await;
        refused.refused(400, "SandboxControl");
    }
}

#[tokio::test]
async fn calls_are_counted_by_kind_and_a_batch_is_one() {
    let tenant = Tenant::start().await;
    tenant.control(Method::DELETE, "/calls", &Value::Null).await;
    for who in ["ana", "bo"] {
        tenant.get(&format!("/users/{who}@northwind.example")).await.ok();
    }
    tenant
        .batch(json!([
            { "id": "1", "method": "GET", "url": "/users/ana@northwind.example" },
            { "id": "2", "method": "GET", "url": "/subscribedSkus" },
        ]))
        .await
        .ok();
    tenant.get("/nowhere").await;
    tenant.token(&[]).await.ok();
    let counts = tenant.control(Method::GET, "/calls", &Value::Null).await.ok();
    let calls = json!({ "GET /users/{id}": 2, "POST /$batch": 1, "(unknown)": 1 });
    assert_eq!(counts, json!({ "total": 4, "calls": calls, "tokens": 1 }));
}
