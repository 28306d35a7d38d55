use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use licensebot::sandbox::{TenantClock, seed::ids};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::support::{Tenant, answer, with_roles};

#[tokio::test]
async fn the_bot_gets_a_token_that_says_who_it_is_and_what_it_may() {
    let tenant = Tenant::start().await;
    let body = tenant.token(&[]).await.ok();
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(3599)));
    let token = body["access_token"].as_str().unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(parts.len(), 3);
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    let now = tenant.clock.now().as_second();
    assert_eq!(
        claims,
        json!({
            "aud": "https://graph.microsoft.com",
            "iss": format!("https://sts.windows.net/{}/", ids::TENANT),
            "iat": now,
            "nbf": now,
            "exp": now + 3599,
            "app_displayname": "licensebot",
            "appid": ids::APP,
            "idtyp": "app",
            "oid": "efcca242-33b5-4959-bba5-18b2b3db4131",
            "sub": "efcca242-33b5-4959-bba5-18b2b3db4131",
            "roles": [
                "LicenseAssignment.ReadWrite.All",
                "User.Read.All",
                "User.ReadWrite.All",
                "Organization.Read.All",
                "GroupMember.Read.All",
            ],
            "tid": ids::TENANT,
            "ver": "1.0",
        })
    );
}

#[tokio::test]
async fn tenant_and_secret_may_come_in_every_form_that_entra_takes() {
    let tenant = Tenant::start().await;
    assert_eq!(tenant.token_at("northwind.example", &[]).await.status, 200);
    let own = format!("{}/.default", tenant.facts.base_url);
    assert_eq!(tenant.token(&[("scope", &own)]).await.status, 200);
    let url = format!("{}/{}/oauth2/v2.0/token", tenant.facts.base_url, ids::TENANT);
    let form = [("grant_type", "client_credentials"), ("scope", "https://graph.microsoft.com/.default")];
    let secret = tenant.facts.client_secret.expose_secret();
    let basic = tenant.http.post(url).basic_auth(ids::APP, Some(secret)).form(&form);
    assert_eq!(answer(basic).await.status, 200);
}

#[tokio::test]
async fn a_wrong_secret_is_refused_in_entras_words() {
    let tenant = Tenant::start().await;
    let refused = tenant.token(&[("client_secret", "guessed")]).await;
    assert_eq!(refused.status, 401);
    let (trace, correlation) = (&refused.body["trace_id"], &refused.body["correlation_id"]);
    let description = format!(
        "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client \
         secret value, not the client secret ID, for a secret added to app '{}'.\r\nTrace ID: {}\r\nCorrelation ID: \
         {}\r\nTimestamp: 2026-03-02 09:00:00Z",
        ids::APP,
        trace.as_str().unwrap(),
        correlation.as_str().unwrap(),
    );
    assert_eq!(
        refused.body,
        json!({
            "error": "invalid_client",
            "error_description": description,
            "error_codes": [7_000_215],
            "timestamp": "2026-03-02 09:00:00Z",
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": "https://login.microsoftonline.com/error?code=7000215",
        })
    );
}

#[tokio::test]
async fn every_other_wrong_call_for_a_token_has_its_own_code() {
    let tenant = Tenant::start().await;
    let stranger = "99999999-0000-4000-8000-000000000000";
    for (tenant_name, field, status, error, code) in [
        (stranger, None, 400, "invalid_tenant", 90_002),
        ("contoso.example", None, 400, "invalid_tenant", 90_002),
        ("contoso", None, 400, "invalid_request", 900_023),
        ("northwind.example", Some(("client_id", stranger)), 400, "unauthorized_client", 700_016),
        ("northwind.example", Some(("client_id", "")), 400, "invalid_request", 900_144),
        ("northwind.example", Some(("grant_type", "password")), 400, "unsupported_grant_type", 70_003),
        ("northwind.example", Some(("scope", "User.Read.All")), 400, "invalid_scope", 70_011),
        ("northwind.example", Some(("scope", "https://vault.example/.default")), 400, "invalid_scope", 70_011),
        ("northwind.example", Some(("client_secret", "")), 401, "invalid_client", 7_000_218),
    ] {
        let refused = tenant.token_at(tenant_name, field.as_slice()).await;
        let got = (refused.status, refused.body["error"].as_str(), refused.body["error_codes"][0].as_u64());
        assert_eq!(got, (status, Some(error), Some(code)), "{tenant_name} {field:?}");
    }
}

#[tokio::test]
async fn a_token_dies_by_the_tenants_clock() {
    let mut tenant = Tenant::start().await;
    tenant.clock.advance(SignedDuration::from_secs(3598));
    assert_eq!(tenant.get("/subscribedSkus").await.status, 200);
    tenant.clock.advance(SignedDuration::from_secs(1));
    let late = tenant.get("/subscribedSkus").await;
    let message = late.refused(401, "InvalidAuthenticationToken");
    assert_eq!(message, "Lifetime validation failed, the token is expired.");
    assert!(late.header("www-authenticate").starts_with("Bearer "));
    tenant.sign_in().await;
    assert_eq!(tenant.get("/subscribedSkus").await.status, 200);
}

#[tokio::test]
async fn no_call_is_answered_without_a_token_that_this_tenant_signed() {
    let tenant = Tenant::start().await;
    let forged = {
        let (front, signature) = tenant.bearer().rsplit_once('.').unwrap();
        let other = if signature.starts_with('A') { 'B' } else { 'A' };
        format!("{front}.{other}{}", signature.chars().skip(1).collect::<String>())
    };
    for (token, message) in [
        ("", "Access token is empty."),
        ("opaque", "CompactToken parsing failed with error code: 80049217"),
        (&forged, "CompactToken validation failed with reason code: 80049228."),
    ] {
        let url = format!("{}/v1.0/users", tenant.facts.base_url);
        let mut request = tenant.http.get(url);
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        assert_eq!(answer(request).await.refused(401, "InvalidAuthenticationToken"), message);
    }
    let batch = tenant.http.post(format!("{}/v1.0/$batch", tenant.facts.base_url)).json(&json!({ "requests": [] }));
    assert_eq!(answer(batch).await.status, 401);
}

#[tokio::test]
async fn roles_open_exactly_the_calls_they_are_for() {
    const ANA: &str = "/users/ana@northwind.example";
    let assign = format!("{ANA}/assignLicense");
    let sales = format!("/groups/{}", ids::SALES);
    let members = format!("{sales}/members");
    let manager = format!("{ANA}/manager");
    let parents = format!("{ANA}/transitiveMemberOf");
    let calls = [
        (Method::GET, "/users", "people"),
        (Method::GET, ANA, "people"),
        (Method::GET, &manager, "people"),
        (Method::GET, &parents, "memberships"),
        (Method::GET, &sales, "groups"),
        (Method::GET, &members, "groups"),
        (Method::GET, "/subscribedSkus", "stock"),
        (Method::PATCH, ANA, "location"),
        (Method::POST, &assign, "licenses"),
    ];
    for (role, opens) in [
        ("User.Read.All", vec!["people", "memberships"]),
        ("GroupMember.Read.All", vec!["groups", "memberships"]),
        ("Organization.Read.All", vec!["stock"]),
        ("LicenseAssignment.ReadWrite.All", vec!["licenses"]),
        ("User.ReadWrite.All", vec!["people", "memberships", "location", "licenses"]),
        ("Directory.Read.All", vec!["people", "memberships", "groups", "stock"]),
        ("Mail.Read", vec![]),
    ] {
        let tenant = Tenant::of(with_roles(&[role])).await;
        for (method, path, needs) in &calls {
            let body = match *needs {
                "location" => json!({ "usageLocation": "US" }),
                _ => json!({ "addLicenses": [], "removeLicenses": [] }),
            };
            let done = answer(tenant.request(method.clone(), path).json(&body)).await;
            let denied = done.status == 403;
            assert_eq!(denied, !opens.contains(needs), "{role}: {method} {path}: {} {}", done.status, done.body);
            if denied {
                let message = done.refused(403, "Authorization_RequestDenied");
                assert_eq!(message, "Insufficient privileges to complete the operation.");
            }
        }
    }
}

#[tokio::test]
async fn an_app_without_roles_gets_a_token_that_opens_nothing() {
    let tenant = Tenant::of(with_roles(&[])).await;
    assert_eq!(tenant.get("/users").await.status, 403);
}

#[tokio::test]
async fn an_app_that_may_not_read_people_sees_members_as_bare_ids() {
    let tenant = Tenant::of(with_roles(&["GroupMember.Read.All"])).await;
    let path = format!("/groups/{}/members?$select=id,displayName", ids::LICENSE_AUDITORS);
    let body = tenant.get(&path).await.ok();
    let bare = json!([{ "@odata.type": "#microsoft.graph.user", "id": ids::AUD, "displayName": null }]);
    assert_eq!(body["value"], bare);
}
