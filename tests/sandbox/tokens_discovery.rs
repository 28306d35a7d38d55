//! What Microsoft's libraries look up before they ask for a token.

use licensebot::sandbox::seed::ids;
use serde_json::json;

use super::support::{Tenant, answer};

#[tokio::test]
async fn the_endpoints_of_the_tenant_are_at_the_address_that_the_caller_came_by() {
    let tenant = Tenant::start().await;
    let base = &tenant.facts.base_url;
    for name in [ids::TENANT.to_string(), "northwind.example".to_owned()] {
        let found = answer(tenant.http.get(format!("{base}/{name}/v2.0/.well-known/openid-configuration"))).await.ok();
        let at = |path: &str| json!(format!("{base}/{}{path}", ids::TENANT));
        assert_eq!(found["token_endpoint"], at("/oauth2/v2.0/token"));
        assert_eq!(found["authorization_endpoint"], at("/oauth2/v2.0/authorize"));
        assert_eq!(found["jwks_uri"], at("/discovery/v2.0/keys"));
        assert_eq!(found["issuer"], json!(format!("https://login.microsoftonline.com/{}/v2.0", ids::TENANT)));
        let keys = answer(tenant.http.get(found["jwks_uri"].as_str().unwrap())).await.ok();
        assert_eq!(keys, json!({ "keys": [] }));
    }
}

#[tokio::test]
async fn behind_tls_every_address_is_https() {
    let tenant = Tenant::start().await;
    let (base, port) = (&tenant.facts.base_url, tenant.address.port());
    let call = tenant.http.get(format!("{base}/{}/v2.0/.well-known/openid-configuration", ids::TENANT));
    let found = answer(call.header("x-forwarded-proto", "https")).await.ok();
    let secure = format!("https://127.0.0.1:{port}/{}/oauth2/v2.0/token", ids::TENANT);
    assert_eq!(found["token_endpoint"], secure);
    let scope = format!("https://127.0.0.1:{port}/.default");
    assert_eq!(tenant.token(&[("scope", &scope)]).await.status, 200);
}

#[tokio::test]
async fn a_tenant_that_is_not_there_is_refused_as_at_the_token_endpoint() {
    let tenant = Tenant::start().await;
    let base = &tenant.facts.base_url;
    let refused =
        answer(tenant.http.get(format!("{base}/contoso.example/v2.0/.well-known/openid-configuration"))).await;
    assert_eq!((refused.status, &refused.body["error_codes"]), (400, &json!([90_002])));
    assert_eq!(refused.body["error"], "invalid_tenant");
}

#[tokio::test]
async fn the_hosts_of_every_cloud_are_known_and_the_sandboxs_own() {
    let tenant = Tenant::start().await;
    let base = &tenant.facts.base_url;
    let instance = format!("{base}/common/discovery/instance");
    let asked = format!("https://login.microsoftonline.com/{}/oauth2/v2.0/authorize", ids::TENANT);
    let query = [("api-version", "1.1"), ("authorization_endpoint", &asked)];
    let found = answer(tenant.http.get(&instance).query(&query)).await.ok();
    let endpoint = format!("{base}/{}/v2.0/.well-known/openid-configuration", ids::TENANT);
    assert_eq!(found["tenant_discovery_endpoint"], endpoint);
    let hosts: Vec<_> = found["metadata"].as_array().unwrap().iter().map(|cloud| &cloud["aliases"][0]).collect();
    let own = base.trim_start_matches("http://");
    let known = ["login.microsoftonline.com", "login.microsoftonline.us", "login.chinacloudapi.cn", own];
    assert_eq!(hosts, known);
    assert_eq!(answer(tenant.http.get(&instance)).await.status, 400);
}

#[tokio::test]
async fn every_cloud_can_be_rehearsed() {
    let tenant = Tenant::start().await;
    for graph in [
        "https://graph.microsoft.com",
        "https://graph.microsoft.us",
        "https://dod-graph.microsoft.us",
        "https://microsoftgraph.chinacloudapi.cn",
    ] {
        assert_eq!(tenant.token(&[("scope", &format!("{graph}/.default"))]).await.status, 200, "{graph}");
    }
    let elsewhere = tenant.token(&[("scope", "https://graph.microsoft.com.evil.example/.default")]).await;
    assert_eq!(elsewhere.body["error_codes"], json!([70_011]));
}
