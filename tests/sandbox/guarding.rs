use licensebot::sandbox::{Sandbox, SeedTenant};
use reqwest::Method;
use serde_json::Value;
use tokio::net::TcpListener;

use super::support::{Tenant, answer, open};

#[tokio::test]
async fn a_page_from_elsewhere_is_refused_whatever_it_asks() {
    let tenant = Tenant::start().await;
    let base = &tenant.facts.base_url;
    for path in ["/sandbox/app", "/v1.0/users", "/northwind.example/oauth2/v2.0/token", "/"] {
        for (name, value) in [
            ("host", "evil.example"),
            ("host", "127.0.0.1.evil.example:8090"),
            ("host", "10.0.0.1"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let refused = answer(tenant.http.get(format!("{base}{path}")).header(name, value)).await;
            let message = refused.refused(403, "ForeignHost");
            assert!(message.starts_with("The sandbox answers calls from this machine only"), "{path} {name}: {value}");
        }
    }
    let named = format!("localhost:{}", tenant.address.port());
    let local = tenant.http.get(format!("{base}/sandbox/app")).header("host", &named).header("origin", base);
    let app = answer(local).await.ok();
    assert_eq!(app["baseUrl"], format!("http://{named}"));
}

#[tokio::test]
async fn the_sandbox_does_not_listen_where_others_can_reach_it() {
    let directory = tempfile::tempdir().unwrap();
    let sandbox: Sandbox = open(directory.path(), SeedTenant::northwind().unwrap()).unwrap();
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let error = sandbox.serve(listener, std::future::pending()).await.unwrap_err().to_string();
    assert!(error.starts_with("the sandbox listens on loopback only; 0.0.0.0:"), "{error}");
}

#[tokio::test]
async fn what_is_nowhere_says_what_is_somewhere() {
    let tenant = Tenant::start().await;
    let lost = answer(tenant.http.get(format!("{}/beta/users", tenant.facts.base_url))).await;
    assert!(lost.refused(404, "NotFound").contains("/v1.0/"));
    let lost = tenant.control(Method::GET, "/nothing", &Value::Null).await;
    lost.refused(404, "SandboxControl");
    let wrong = tenant.control(Method::PUT, "/app", &Value::Null).await;
    wrong.refused(405, "SandboxControl");
}

#[tokio::test]
async fn a_body_beyond_reason_is_refused() {
    let tenant = Tenant::start().await;
    let body = vec![b' '; 1024 * 1024 + 1];
    let refused = answer(tenant.request(Method::POST, "/$batch").body(body)).await;
    refused.refused(413, "RequestEntityTooLarge");
}
