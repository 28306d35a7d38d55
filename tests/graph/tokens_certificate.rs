//! Signing in with a certificate: what travels, and what Entra's refusals are made into.

use std::sync::Arc;

use jiff::SignedDuration;
use licensebot::adapters::graph::{ClientCertificate, Cloud, Credential, GraphClient, GraphSettings};
use licensebot::ports::{Licensing, PortError};
use ring::signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use secrecy::SecretString;
use serde_json::json;
use url::form_urlencoded;

use super::support::{
    CLIENT, HandClock, OK, Server, TENANT, client, clock, impatient, page, raw, refusal, reply, settings, token,
};
use crate::support::certificate::{BOT, BOT_KEY, part, sha256};

/// A client that signs in with the bot's certificate.
struct World {
    server: Server,
    client: Arc<GraphClient>,
    clock: Arc<HandClock>,
}

fn certificate() -> Credential {
    let read = ClientCertificate::from_pem(BOT, &SecretString::from(BOT_KEY)).unwrap();
    Credential::Certificate(Arc::new(read))
}

impl World {
    async fn new() -> Self {
        Self::of(Cloud::Global).await
    }

    async fn of(cloud: Cloud) -> Self {
        let (server, clock) = (Server::start().await, clock());
        let settings = GraphSettings { cloud, credential: certificate(), ..settings(server.address(), impatient()) };
        Self { client: client(&settings, clock.clone()), server, clock }
    }

    async fn read(&self) -> Result<(), PortError> {
        self.clock.advance(SignedDuration::from_mins(1));
        self.client.stock().await.map(|_| ())
    }

    /// The fields of each token request.
    fn forms(&self) -> Vec<Vec<(String, String)>> {
        let forms = self.server.sign_ins().into_iter();
        forms.map(|call| form_urlencoded::parse(call.body.as_bytes()).into_owned().collect()).collect()
    }
}

fn assertion(form: &[(String, String)]) -> &str {
    &form.iter().find(|(name, _)| name == "client_assertion").unwrap().1
}

#[tokio::test]
async fn an_assertion_travels_in_place_of_a_secret() {
    let world = World::new().await;
    world.server.answer(reply(OK, &page(&[])));
    assert_eq!(world.read().await, Ok(()));
    let forms = world.forms();
    let names: Vec<&str> = forms[0].iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["client_id", "scope", "client_assertion_type", "client_assertion", "grant_type"]);
    assert_eq!(forms[0][2].1, "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    let presented = assertion(&forms[0]);
    assert_eq!(part(presented, 0), json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": sha256(BOT) }));
    let said = part(presented, 1);
    // 10:01 in the test's time, for ten minutes.
    let from = 1_795_514_460;
    assert_eq!(
        said,
        json!({
            "aud": format!("https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"),
            "iss": CLIENT, "sub": CLIENT, "jti": said["jti"], "nbf": from, "iat": from, "exp": from + 600,
        })
    );
    assert!(said["jti"].as_str().unwrap().parse::<uuid::Uuid>().is_ok());
    let (signed, signature) = presented.rsplit_once('.').unwrap();
    let public = licensebot::x509::Certificate::from_pem(BOT).unwrap();
    let key = UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, public.public_key());
    assert!(key.verify(signed.as_bytes(), &decoded(signature)).is_ok());
}

fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()
}

#[tokio::test]
async fn every_try_has_an_assertion_of_its_own() {
    let world = World::new().await;
    world.server.sign_in(raw(503, "text/html", "")).answer(reply(OK, &page(&[])));
    assert_eq!(world.read().await, Ok(()));
    let ids: Vec<_> = world.forms().iter().map(|form| part(assertion(form), 1)["jti"].clone()).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn cloud_decides_audience_and_scope_together() {
    for (cloud, login, graph) in [
        (Cloud::Global, "https://login.microsoftonline.com", "https://graph.microsoft.com"),
        (Cloud::UsGovL4, "https://login.microsoftonline.us", "https://graph.microsoft.us"),
        (Cloud::UsGovL5, "https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
        (Cloud::China, "https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn"),
    ] {
        let world = World::of(cloud).await;
        world.server.answer(reply(OK, &page(&[])));
        assert_eq!(world.read().await, Ok(()));
        let form = &world.forms()[0];
        assert_eq!(form[1], ("scope".to_owned(), format!("{graph}/.default")), "{cloud:?}");
        assert_eq!(part(assertion(form), 1)["aud"], format!("{login}/{TENANT}/oauth2/v2.0/token"), "{cloud:?}");
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_with_a_new_assertion() {
    let world = World::new().await;
    let expired = || refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
    world.server.answer(expired()).answer(reply(OK, &page(&[])));
    assert_eq!(world.read().await, Ok(()));
    assert_eq!((world.server.calls().len(), world.server.sign_ins().len()), (2, 2));
    world.server.answer(expired()).answer(expired());
    assert!(matches!(world.read().await, Err(PortError::Lasting { .. })));
    assert_eq!((world.server.calls().len(), world.server.sign_ins().len()), (4, 3), "once and only once");
    world.server.assert_all_told();
}

#[tokio::test]
async fn no_redirect_takes_the_assertion_or_the_token_elsewhere() {
    let (world, elsewhere) = (World::new().await, Server::start().await);
    let to = |server: &Server| raw(307, "text/html", "").with("location", &format!("{}/login", server.address()));
    world.server.sign_in(to(&elsewhere));
    assert!(matches!(world.read().await, Err(PortError::Lasting { what }) if what.contains("login_url")));
    world.server.sign_in(token("good", 3600)).answer(to(&elsewhere));
    assert!(matches!(world.read().await, Err(PortError::Lasting { what }) if what.contains("redirect")));
    assert_eq!(elsewhere.received().len(), 0);
}

#[tokio::test]
async fn refusals_of_a_certificate_say_what_to_do_and_are_not_tried_again() {
    let cases = [
        (
            700_027,
            "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - \
             The key was not found.]",
            "the certificate is not registered on the app; upload the file of [graph] certificate under Certificates & secrets",
        ),
        (
            700_027,
            "Client assertion contains an invalid signature. [Reason - The key used is expired., Thumbprint of key used by \
             client: 'A', Found key 'Start=01/01/2020 00:00:00, End=01/01/2021 00:00:00']",
            "the certificate has expired; make a new one, upload it to the app registration, and name it in [graph] \
             certificate",
        ),
        (
            700_027,
            "Client assertion contains an invalid signature. [Reason - The provided signature value did not match the \
             expected signature value., Thumbprint of key used by client: 'A']",
            "the signature is refused; check that the app registration has the certificate of [graph] private_key",
        ),
        (
            700_024,
            "Client assertion is not within its valid time range.",
            "the assertion is out of time, so this machine's clock is wrong; set it, and keep it set by NTP",
        ),
        (
            700_023,
            "Client assertion audience claim does not match Realm issuer.",
            "the assertion is for another Entra; check [graph] cloud and tenant_id",
        ),
        (
            700_021,
            "Client assertion application identifier doesn't match",
            "the assertion is another app's; check [graph] client_id",
        ),
        (
            700_213,
            "No matching federated identity record found",
            "the app trusts another issuer and not this certificate; check [graph] client_id, and upload the certificate",
        ),
        (
            50_027,
            "JWT token is invalid or malformed.",
            "the call did not arrive as it was sent; check [graph] login_url, and any proxy in between",
        ),
    ];
    for (code, text, advice) in cases {
        let world = World::new().await;
        let description = format!("AADSTS{code}: {text}\r\nTrace ID: 654ce9b2");
        let body = json!({ "error": "invalid_client", "error_description": description, "error_codes": [code] });
        world.server.sign_in(reply(401, &body));
        let what = format!("Entra refuses the bot's sign-in (AADSTS{code}): {advice}");
        assert_eq!(world.read().await, Err(PortError::Lasting { what }));
        assert_eq!(world.server.received().len(), 1);
    }
}
