//! Faults that are no damage to an answer: reads that lag, calls that come late, seats that others take, tokens that end early.

use std::time::Duration;

use jiff::SignedDuration;
use licensebot::sandbox::TenantClock;
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Tenant, held, sku, with};

#[tokio::test]
async fn reads_lag_behind_a_change_by_the_tenants_clock() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "assignLicense", "kind": "stale", "for": "30s" })).await;
    let seats = tenant.consumed("SPE_E5").await;
    tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await.ok();
    assert_eq!(tenant.ledger().await.len(), 1, "it was made");
    let before = json!([held("FLOW_FREE", &[])]);
    assert_eq!((tenant.licenses("ana").await, tenant.consumed("SPE_E5").await), (before.clone(), seats));
    tenant.assign("ana", &[], &["FLOW_FREE"]).await.ok();
    assert_eq!(tenant.licenses("ana").await, before, "what came in between is not seen either");
    tenant.clock.advance(SignedDuration::from_secs(29));
    assert_eq!(tenant.licenses("ana").await, before);
    tenant.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(tenant.licenses("ana").await, json!([held("SPE_E5", &[])]));
    assert_eq!(tenant.consumed("SPE_E5").await, seats + 1);
}

#[tokio::test]
async fn a_change_that_is_decided_while_reads_lag_is_decided_on_what_is_true() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "assignLicense", "kind": "stale", "for": "1h" })).await;
    tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await.ok();
    tenant.assign("ana", &[], &["SPE_E5"]).await.ok();
    let again = tenant.assign("ana", &[], &["SPE_E5"]).await;
    assert_eq!(again.refused(400, "Request_BadRequest"), "User does not have a corresponding license.");
}

#[tokio::test]
async fn a_call_is_made_late_even_if_its_client_left() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "assignLicense", "kind": "hold", "for": "300ms" })).await;
    let body = json!({ "addLicenses": [with("SPE_E5", &[])], "removeLicenses": [] });
    let call = tenant.request(Method::POST, "/users/ana@northwind.example/assignLicense").json(&body);
    let error = call.timeout(Duration::from_millis(30)).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    let made = async {
        while tenant.ledger().await.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), made).await.expect("it is made all the same");
    assert_eq!(tenant.licenses("ana").await, json!([held("FLOW_FREE", &[]), held("SPE_E5", &[])]));
}

#[tokio::test]
async fn what_would_wait_for_long_goes_on_when_it_is_released() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "assignLicense", "kind": "hold", "when": "after", "for": "10h" })).await;
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
async fn somebody_else_takes_the_last_seats_just_before() {
    let tenant = Tenant::start().await;
    let free = json!({ "match": "assignLicense", "kind": "seatsTaken", "product": "SPE_E5", "seats": 3 });
    tenant.order(free).await;
    let seats = tenant.consumed("SPE_E5").await;
    let late = tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await;
    let none = format!("Subscription with SKU {} does not have any available licenses.", sku("SPE_E5"));
    assert_eq!(late.refused(400, "Request_BadRequest"), none);
    assert_eq!(tenant.consumed("SPE_E5").await, seats + 3);
    let ledger = tenant.ledger().await;
    let who: Vec<&Value> = ledger.iter().map(|entry| &entry["clientRequestId"]).collect();
    assert_eq!(who, ["somebody-else"; 3]);
    assert_eq!(ledger[0]["app"], "00000000-0000-0000-0000-000000000000");
    assert_eq!(ledger[0]["what"]["assignLicense"]["addLicenses"][0]["skuId"], sku("SPE_E5"));
}

#[tokio::test]
async fn a_seat_that_somebody_takes_from_many_leaves_enough_and_none_is_taken_where_none_is_free() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "assignLicense", "kind": "seatsTaken", "product": sku("SPE_E5") })).await;
    tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await.ok();
    assert_eq!(tenant.ledger().await.len(), 2);
    tenant.order(json!({ "match": "assignLicense", "kind": "seatsTaken", "product": "VISIOCLIENT" })).await;
    tenant.assign("ana", &[], &["SPE_E5"]).await.ok();
    assert_eq!(tenant.ledger().await.len(), 3);
}

#[tokio::test]
async fn a_token_can_end_after_a_second_and_says_so() {
    let mut tenant = Tenant::start().await;
    tenant.order(json!({ "match": "token", "kind": "tokenLife", "for": "1s" })).await;
    tenant.get("/users/ana@northwind.example").await.ok();
    let told = tenant.token(&[]).await.ok();
    assert_eq!((&told["expires_in"], &told["ext_expires_in"]), (&json!(1), &json!(1)));
    tenant.order(json!({ "match": "token", "kind": "tokenLife", "for": "1s" })).await;
    tenant.sign_in().await;
    tenant.get("/users/ana@northwind.example").await.ok();
    tenant.clock.advance(SignedDuration::from_secs(1));
    let late = tenant.get("/users/ana@northwind.example").await;
    assert_eq!(late.refused(401, "InvalidAuthenticationToken"), "Lifetime validation failed, the token is expired.");
}
