//! Each fault at the token endpoint: a read waits or fails, and a write was not sent.

use jiff::SignedDuration;
use licensebot::ports::{Licensing, PortError, WriteAnswer};
use licensebot::sandbox::seed::ids;
use serde_json::{Value, json};

use super::{StockAlone, Tenant, for_call};
use crate::graph::tenant::{add, call};

const TOKEN: &str = "POST /{tenant}/oauth2/v2.0/token";

/// Fault; does it help to ask again; does it pass, if it goes on.
fn table() -> Vec<(Value, bool, bool)> {
    let status = |status: u16| json!({ "kind": "status", "status": status });
    let page = |status: u16| json!({ "kind": "html", "status": status });
    let plain = |kind: &str| json!({ "kind": kind });
    let body = |body: Value| json!({ "kind": "otherShape", "body": body });
    vec![
        (status(429), true, true),
        (json!({ "kind": "status", "status": 429, "retryAfter": "-3" }), true, true),
        (json!({ "kind": "status", "status": 429, "retryAfter": "86400" }), false, true),
        (status(500), true, true),
        (status(502), true, true),
        (status(503), true, true),
        (status(504), true, true),
        (json!({ "kind": "status", "status": 504, "when": "after" }), true, true),
        (plain("cut"), true, true),
        (json!({ "kind": "cut", "when": "after" }), true, true),
        (plain("truncated"), true, true),
        (plain("halfJson"), true, true),
        (plain("brokenGzip"), true, true),
        (plain("endless"), true, true),
        (page(200), true, true),
        (page(503), true, true),
        (page(403), false, false),
        (json!({ "kind": "contentType", "contentType": "text/html" }), true, true),
        (plain("otherShape"), false, false),
        (body(json!({ "token_type": "Bearer", "expires_in": 3599 })), false, false),
        (body(json!({ "token_type": "mac", "expires_in": 3599, "access_token": "x" })), false, false),
        (body(json!({ "token_type": "Bearer", "expires_in": 3599, "access_token": "a\nb" })), false, false),
        (body(json!({ "token_type": "Bearer", "expires_in": 3599, "access_token": "" })), false, false),
    ]
}

#[tokio::test]
async fn without_a_token_reads_fail_and_writes_were_not_sent() {
    let tenant = Tenant::start().await;
    for (fault, helps, passes) in table() {
        tenant.order(for_call(&fault, TOKEN, 1)).await;
        let once = StockAlone.by(&tenant.newcomer()).await;
        assert_eq!(once.is_ok(), helps, "{fault}: {once:?}");
        tenant.withdraw().await;
        tenant.delete("calls").await;

        tenant.order(for_call(&fault, TOKEN, 1000)).await;
        let read = StockAlone.by(&tenant.newcomer()).await.unwrap_err();
        assert_eq!(matches!(read, PortError::Passing { .. }), passes, "{fault}: {read:?}");
        let ana = ids::ANA;
        let write = tenant.newcomer().set_licenses(ana, &add("SPE_E5", &[]), call()).await;
        let WriteAnswer::NotSent(error) = &write else { panic!("{fault}: {write:?}") };
        assert_eq!(matches!(error, PortError::Passing { .. }), passes, "{fault}: {error:?}");
        assert_eq!(tenant.calls().await, 0, "{fault}: nothing went to Graph");
        tenant.withdraw().await;
    }
    assert_eq!(tenant.ledger().await.len(), 0);
}

#[tokio::test]
async fn a_sign_in_that_is_not_answered_is_tried_again_and_given_up() {
    let tenant = Tenant::start().await;
    tenant.order(for_call(&json!({ "kind": "hold" }), TOKEN, 1)).await;
    assert!(StockAlone.by(&tenant.hasty_newcomer()).await.is_ok());
    tenant.delete("calls").await;
    tenant.order(for_call(&json!({ "kind": "hold" }), TOKEN, 1000)).await;
    let write = tenant.hasty_newcomer().set_licenses(ids::ANA, &add("SPE_E5", &[]), call()).await;
    assert!(matches!(write, WriteAnswer::NotSent(PortError::Passing { .. })), "{write:?}");
    assert_eq!((tenant.calls().await, tenant.ledger().await.len()), (0, 0));
}

#[tokio::test]
async fn a_token_that_ends_after_a_second_is_used_for_that_long() {
    let tenant = Tenant::start().await;
    tenant.order(json!({ "match": "token", "kind": "tokenLife", "for": "1s", "times": 2 })).await;
    let client = tenant.newcomer();
    let read = async || {
        super::Account.by(&client).await.unwrap();
        tenant.control("calls").await["tokens"].as_u64().unwrap()
    };
    assert_eq!((read().await, read().await), (1, 1));
    tenant.clock.advance(SignedDuration::from_secs(2));
    assert_eq!((read().await, read().await), (2, 2));
    tenant.clock.advance(SignedDuration::from_secs(2));
    assert_eq!(read().await, 3);
    tenant.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(read().await, 3, "and the next lives as long as it says");
}

#[tokio::test]
async fn a_token_that_graph_takes_for_expired_is_replaced_before_a_write_is_sent_again() {
    let tenant = Tenant::start().await;
    let client = tenant.newcomer();
    super::Account.by(&client).await.unwrap();
    tenant.order(json!({ "match": "assignLicense", "kind": "status", "status": 401 })).await;
    let ana = ids::ANA;
    assert_eq!(client.set_licenses(ana, &add("SPE_E5", &[]), call()).await, WriteAnswer::Accepted);
    assert_eq!((tenant.ledger().await.len(), tenant.control("calls").await["tokens"].as_u64()), (1, Some(2)));
}
