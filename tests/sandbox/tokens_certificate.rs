//! Signing in with a certificate: what opens the door, and in which words everything else is refused.

use jiff::{SignedDuration, Timestamp};
use licensebot::sandbox::{TenantClock, seed::ids};
use serde_json::{Value, json};

use super::support::{Answer, Tenant, answer};
use crate::support::certificate::{
    BOT, BOT_KEY, BOT_SHA1, BOT_SHA256, ELLIPTIC, OTHER, OTHER_KEY, RENEWED, part, sha1, sha256, sign,
};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const KEY_NOT_FOUND: &str = "AADSTS700027: The certificate with identifier used to sign the client assertion is not \
    registered on application. [Reason - The key was not found.]";
const READ_ON: &str =
    "Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .";

/// A tenant where the bot's certificate is registered.
async fn registered() -> Tenant {
    let tenant = Tenant::start().await;
    assert_eq!(register(&tenant, BOT).await.status, 200);
    tenant
}

async fn register(tenant: &Tenant, pem: &str) -> Answer {
    answer(tenant.http.post(format!("{}/sandbox/certificates", tenant.facts.base_url)).body(pem.to_owned())).await
}

fn header() -> Value {
    json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": sha256(BOT) })
}

fn claims(tenant: &Tenant) -> Value {
    let now = tenant.clock.now().as_second();
    json!({
        "aud": format!("https://login.microsoftonline.com/{}/oauth2/v2.0/token", ids::TENANT),
        "iss": ids::APP, "sub": ids::APP, "jti": "22b3bb26-e046-42df-9c96-65dbd72c1c81",
        "nbf": now, "iat": now, "exp": now + 600,
    })
}

/// The same with one thing different; null leaves it out.
fn but(mut object: Value, key: &str, value: Value) -> Value {
    let fields = object.as_object_mut().unwrap();
    fields.remove(key);
    if !value.is_null() {
        fields.insert(key.to_owned(), value);
    }
    object
}

async fn present(tenant: &Tenant, assertion: &str) -> Answer {
    let form = [("client_secret", ""), ("client_assertion_type", JWT_BEARER), ("client_assertion", assertion)];
    tenant.token(&form).await
}

async fn sign_in(tenant: &Tenant, header: &Value, claims: &Value) -> Answer {
    present(tenant, &sign(header, claims, BOT_KEY)).await
}

/// Status, OAuth error and the text up to the trace lines; the rest of the body must be as Entra writes it.
fn refusal(answer: &Answer) -> (u16, &str, &str) {
    let body = &answer.body;
    let (error, description) = (body["error"].as_str().unwrap(), body["error_description"].as_str().unwrap());
    let (text, trace) = description.split_once("\r\n").unwrap();
    let code = text.strip_prefix("AADSTS").unwrap().split(':').next().unwrap();
    let lines = format!(
        "Trace ID: {}\r\nCorrelation ID: {}\r\nTimestamp: {}",
        body["trace_id"].as_str().unwrap(),
        body["correlation_id"].as_str().unwrap(),
        body["timestamp"].as_str().unwrap()
    );
    assert_eq!(trace, lines);
    assert_eq!(body["error_codes"], json!([code.parse::<u32>().unwrap()]));
    assert_eq!(body["error_uri"], format!("https://login.microsoftonline.com/error?code={code}"));
    (answer.status, error, text)
}

#[tokio::test]
async fn a_registered_certificate_opens_the_door_however_it_is_named_and_signed() {
    let tenant = registered().await;
    let kid = BOT_SHA1.to_lowercase();
    for (alg, name, value) in [
        ("PS256", "x5t#S256", sha256(BOT)),
        ("RS256", "x5t#S256", sha256(BOT)),
        ("PS256", "x5t", sha1(BOT)),
        ("RS256", "x5t", sha1(BOT)),
        ("RS256", "x5t", format!("{}=", sha1(BOT))),
        ("RS256", "kid", kid),
    ] {
        let body = sign_in(&tenant, &json!({ "alg": alg, name: value }), &claims(&tenant)).await.ok();
        let token = part(body["access_token"].as_str().unwrap(), 1);
        assert_eq!((&token["idtyp"], &token["appid"]), (&json!("app"), &json!(ids::APP)), "{alg} {name}");
        assert_eq!((&token["tid"], token["roles"].as_array().unwrap().len()), (&json!(ids::TENANT), 5));
    }
}

#[tokio::test]
async fn an_assertion_may_be_for_any_name_of_the_token_endpoint_and_be_presented_again() {
    let tenant = registered().await;
    let own = &tenant.facts.base_url;
    for audience in [
        format!("{own}/{}/oauth2/v2.0/token", ids::TENANT),
        format!("{own}/northwind.example/oauth2/v2.0/token"),
        format!("https://login.microsoftonline.us/{}/oauth2/v2.0/token", ids::TENANT),
        format!("https://login.chinacloudapi.cn/{}/v2.0", ids::TENANT),
    ] {
        let assertion = sign(&header(), &but(claims(&tenant), "aud", json!(audience)), BOT_KEY);
        assert_eq!(present(&tenant, &assertion).await.status, 200, "{audience}");
        assert_eq!(present(&tenant, &assertion).await.status, 200, "again: {audience}");
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_registered_is_not_found() {
    let tenant = Tenant::start().await;
    let stranger = json!({ "alg": "PS256", "x5t#S256": sha256(OTHER) });
    let refused = present(&tenant, &sign(&stranger, &claims(&tenant), OTHER_KEY)).await;
    assert_eq!(refusal(&refused), (401, "invalid_client", KEY_NOT_FOUND));
    register(&tenant, BOT).await.ok();
    let refused = present(&tenant, &sign(&stranger, &claims(&tenant), OTHER_KEY)).await;
    assert_eq!(refusal(&refused), (401, "invalid_client", KEY_NOT_FOUND));
    for (name, value) in [("kid", "no thumbprint"), ("kid", "B3B6"), ("x5t", "?"), ("x5t#S256", "")] {
        let refused = sign_in(&tenant, &json!({ "alg": "PS256", name: value }), &claims(&tenant)).await;
        assert_eq!(refusal(&refused), (401, "invalid_client", KEY_NOT_FOUND), "{name} {value}");
    }
}

#[tokio::test]
async fn the_same_key_in_another_certificate_is_not_found_either() {
    let tenant = registered().await;
    let renewed = json!({ "alg": "PS256", "x5t#S256": sha256(RENEWED) });
    let refused = sign_in(&tenant, &renewed, &claims(&tenant)).await;
    assert_eq!(refusal(&refused), (401, "invalid_client", KEY_NOT_FOUND));
    register(&tenant, RENEWED).await.ok();
    assert_eq!(sign_in(&tenant, &renewed, &claims(&tenant)).await.status, 200);
    assert_eq!(sign_in(&tenant, &header(), &claims(&tenant)).await.status, 200, "both, while one replaces the other");
}

#[tokio::test]
async fn a_signature_of_another_key_is_refused_with_what_was_found() {
    let tenant = registered().await;
    let forged = sign(&header(), &claims(&tenant), OTHER_KEY);
    let text = format!(
        "AADSTS700027: Client assertion contains an invalid signature. [Reason - The provided signature value did not match \
         the expected signature value., Thumbprint of key used by client: '{BOT_SHA256}', Found key 'Start=01/01/2025 \
         00:00:00, End=01/01/2125 00:00:00']"
    );
    assert_eq!(refusal(&present(&tenant, &forged).await), (401, "invalid_client", text.as_str()));
    let (good, other) = (sign(&header(), &claims(&tenant), BOT_KEY), but(claims(&tenant), "jti", json!("another")));
    let (head, _) = good.split_once('.').unwrap();
    let other = sign(&header(), &other, BOT_KEY);
    let swapped = format!("{head}.{}.{}", other.split('.').nth(1).unwrap(), good.rsplit('.').next().unwrap());
    assert_eq!(refusal(&present(&tenant, &swapped).await), (401, "invalid_client", text.as_str()));
    let renamed = but(header(), "alg", json!("RS256"));
    let renamed = sign(&renamed, &claims(&tenant), BOT_KEY).split_once('.').unwrap().0.to_owned();
    let swapped = format!("{renamed}.{}", good.split_once('.').unwrap().1);
    assert_eq!(refusal(&present(&tenant, &swapped).await), (401, "invalid_client", text.as_str()));
}

#[tokio::test]
async fn a_certificate_that_has_expired_is_refused_with_its_dates() {
    let tenant = Tenant::start().await;
    register(&tenant, RENEWED).await.ok();
    let renewed = json!({ "alg": "RS256", "x5t": sha1(RENEWED) });
    let end: Timestamp = "2027-01-01T00:00:00Z".parse().unwrap();
    tenant.clock.advance(end.duration_since(tenant.clock.now()));
    assert_eq!(sign_in(&tenant, &renewed, &claims(&tenant)).await.status, 200, "to the last second");
    tenant.clock.advance(SignedDuration::from_secs(1));
    let text = "AADSTS700027: Client assertion contains an invalid signature. [Reason - The key used is expired., \
                Thumbprint of key used by client: '2A8E6810318DBB7DE28A0DB7A206E035E6576D02', Found key 'Start=01/01/2026 \
                00:00:00, End=01/01/2027 00:00:00']";
    let refused = sign_in(&tenant, &renewed, &claims(&tenant)).await;
    assert_eq!(refusal(&refused), (401, "invalid_client", text));
}

#[tokio::test]
async fn an_assertion_of_another_time_is_refused_with_the_times() {
    let tenant = registered().await;
    let now = tenant.clock.now().as_second();
    let told = |from: &str, until: &str| {
        format!(
            "AADSTS700024: Client assertion is not within its valid time range. Current time: \
             2026-03-02T09:00:00.0000000Z, assertion valid from {from}.0000000Z, expiry time of assertion {until}.0000000Z. \
             {READ_ON}"
        )
    };
    let cases = [
        (json!(now - 900), json!(now - 300), told("2026-03-02T08:45:00", "2026-03-02T08:55:00")),
        (Value::Null, json!(now - 86_400), told("1970-01-01T00:00:00", "2026-03-01T09:00:00")),
        (json!(now + 301), json!(now + 900), told("2026-03-02T09:05:01", "2026-03-02T09:15:00")),
    ];
    for (from, until, text) in cases {
        let wrong = but(but(claims(&tenant), "nbf", from), "exp", until);
        let refused = sign_in(&tenant, &header(), &wrong).await;
        assert_eq!(refusal(&refused), (401, "invalid_client", text.as_str()));
    }
    let late = but(but(claims(&tenant), "nbf", json!(now + 300)), "exp", json!(f64::from(now as i32) + 600.5));
    assert_eq!(sign_in(&tenant, &header(), &late).await.status, 200, "a clock that is five minutes off");
}

#[tokio::test]
async fn an_assertion_for_somebody_else_is_refused() {
    let tenant = registered().await;
    let stranger = "99999999-0000-4000-8000-000000000000";
    let audience = format!("AADSTS700023: Client assertion audience claim does not match Realm issuer. {READ_ON}");
    let issuer =
        format!("AADSTS700021: Client assertion application identifier doesn't match 'client_id' parameter. {READ_ON}");
    for elsewhere in [
        "https://graph.microsoft.com".to_owned(),
        format!("https://login.microsoftonline.com/{stranger}/oauth2/v2.0/token"),
        format!("https://login.microsoftonline.com.evil.example/{}/oauth2/v2.0/token", ids::TENANT),
        format!("https://login.microsoftonline.com/{}/oauth2/v2.0/token/x", ids::TENANT),
        format!("http://10.0.0.1/{}/oauth2/v2.0/token", ids::TENANT),
        String::new(),
    ] {
        let refused = sign_in(&tenant, &header(), &but(claims(&tenant), "aud", json!(elsewhere))).await;
        assert_eq!(refusal(&refused), (401, "invalid_client", audience.as_str()), "{elsewhere}");
    }
    let other = but(but(claims(&tenant), "iss", json!(stranger)), "sub", json!(stranger));
    assert_eq!(refusal(&sign_in(&tenant, &header(), &other).await), (401, "invalid_client", issuer.as_str()));
    let other = but(claims(&tenant), "sub", json!(stranger));
    let text = "AADSTS50048: Subject must match the issuer claim in the client assertion.";
    assert_eq!(refusal(&sign_in(&tenant, &header(), &other).await), (401, "invalid_client", text));
    let federated = but(claims(&tenant), "aud", json!("api://AzureADTokenExchange"));
    let federated = but(federated, "sub", json!("repo:northwind/bot:ref:refs/heads/main"));
    let text = "AADSTS700213: No matching federated identity record found for presented assertion subject \
                'repo:northwind/bot:ref:refs/heads/main'. Check your federated identity credential Subject, Audience and \
                Issuer against the presented assertion. \
                https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
    assert_eq!(refusal(&sign_in(&tenant, &header(), &federated).await), (401, "invalid_client", text));
}

#[tokio::test]
async fn what_is_no_assertion_is_malformed() {
    let tenant = registered().await;
    let malformed = (400, "invalid_request", "AADSTS50027: JWT token is invalid or malformed.");
    let good = sign(&header(), &claims(&tenant), BOT_KEY);
    let (head, rest) = good.split_once('.').unwrap();
    let texts = ["x", "a.b", "..", "a.b.c", &format!("{head}.e30.AAAA"), &format!("e30.{rest}"), &format!("{good}.x")];
    for text in texts {
        assert_eq!(refusal(&present(&tenant, text).await), malformed, "{text}");
    }
    for (claim, value) in [
        ("jti", Value::Null),
        ("jti", json!("")),
        ("exp", Value::Null),
        ("exp", json!("soon")),
        ("exp", json!(1e300)),
        ("aud", json!(7)),
        ("iss", Value::Null),
    ] {
        let refused = sign_in(&tenant, &header(), &but(claims(&tenant), claim, value.clone())).await;
        assert_eq!(refusal(&refused), malformed, "{claim} {value}");
    }
    let unnamed = sign_in(&tenant, &json!({ "alg": "PS256" }), &claims(&tenant)).await;
    let text = "AADSTS5002723: Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor \
                keyId specified in token header.";
    assert_eq!(refusal(&unnamed), (401, "invalid_client", text));
    for alg in ["none", "HS256", "ES256", "ps256"] {
        let refused = sign_in(&tenant, &but(header(), "alg", json!(alg)), &claims(&tenant)).await;
        let text = "AADSTS5002730: Invalid JWT token. Unsupported key for the signing algorithm.";
        assert_eq!(refusal(&refused), (400, "invalid_request", text), "{alg}");
    }
    let untyped = tenant.token(&[("client_secret", ""), ("client_assertion", &good)]).await;
    let text = "AADSTS900144: The request body must contain the following parameter: 'client_assertion_type'.";
    assert_eq!(refusal(&untyped), (400, "invalid_request", text));
}

#[tokio::test]
async fn certificates_are_registered_once_shown_kept_and_taken_away() {
    let tenant = registered().await;
    let bot = json!({
        "thumbprint": BOT_SHA1, "x5t": sha1(BOT), "x5t#S256": sha256(BOT),
        "notBefore": "2025-01-01T00:00:00Z", "notAfter": "2125-01-01T00:00:00Z",
    });
    assert_eq!(register(&tenant, BOT).await.ok(), json!({ "certificates": [bot] }));
    assert_eq!(register(&tenant, &format!("{OTHER}{BOT}")).await.ok()["certificates"][1]["x5t"], sha1(OTHER));
    for (wrong, why) in [
        (
            "",
            "The body holds no certificate, which begins with -----BEGIN CERTIFICATE-----; post the certificate as PEM.",
        ),
        (
            BOT_KEY,
            "The body holds no certificate, which begins with -----BEGIN CERTIFICATE-----; post the certificate as PEM.",
        ),
        (ELLIPTIC, "The body holds a certificate for a key that is not RSA; post the certificate as PEM."),
    ] {
        assert_eq!(register(&tenant, wrong).await.refused(400, "SandboxControl"), why);
    }
    let tenant = tenant.restart().await;
    let url = |tenant: &Tenant| format!("{}/sandbox/certificates", tenant.facts.base_url);
    let listed = answer(tenant.http.get(url(&tenant))).await.ok();
    assert_eq!((&listed["certificates"][0], listed["certificates"].as_array().unwrap().len()), (&bot, 2));
    assert_eq!(sign_in(&tenant, &header(), &claims(&tenant)).await.status, 200);
    assert_eq!(answer(tenant.http.delete(url(&tenant))).await.status, 204);
    assert_eq!(refusal(&sign_in(&tenant, &header(), &claims(&tenant)).await), (401, "invalid_client", KEY_NOT_FOUND));
    assert_eq!(tenant.token(&[]).await.status, 200, "the secret is another matter");
}

#[tokio::test]
async fn a_secret_that_has_expired_says_so_and_a_wrong_one_is_wrong_first() {
    let mut seed = super::support::northwind();
    seed.apps[0].secret_expires = Some("2026-03-02T10:00:00Z".parse().unwrap());
    let tenant = Tenant::of(seed).await;
    assert_eq!(tenant.token(&[]).await.status, 200);
    tenant.clock.advance(SignedDuration::from_hours(1));
    let text = format!(
        "AADSTS7000222: The provided client secret keys for app '{}' are expired. Visit the Azure portal to create new keys \
         for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: \
         https://aka.ms/certCreds.",
        ids::APP
    );
    assert_eq!(refusal(&tenant.token(&[]).await), (401, "invalid_client", text.as_str()));
    assert_eq!(tenant.token(&[("client_secret", "guessed")]).await.body["error_codes"], json!([7_000_215]));
}
