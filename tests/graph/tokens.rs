//! When tokens are fetched, how often, and what is said when there is none.

use jiff::SignedDuration;
use licensebot::ports::{Licensing, PortError};
use serde_json::json;
use url::form_urlencoded;

use super::support::{CLIENT, OK, SECRET, Server, TOKEN_PATH, World, page, raw, refusal, reply, token};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Lets the stock be read so often.
fn stocks(server: &Server, count: usize) {
    for _ in 0..count {
        server.answer(reply(OK, &page(&[])));
    }
}

/// The tokens that Graph was called with.
fn used(world: &World) -> Vec<String> {
    world.server.calls().iter().map(|call| call.header("authorization").to_owned()).collect()
}

/// Reads the stock anew: what is kept of it is too old.
async fn read(world: &World) -> Result<(), PortError> {
    world.clock.advance(MINUTE);
    world.client.stock().await.map(|_| ())
}

#[tokio::test]
async fn the_secret_goes_to_entra_in_the_body_of_one_form() {
    let world = World::new().await;
    stocks(&world.server, 2);
    assert_eq!((read(&world).await, read(&world).await), (Ok(()), Ok(())));
    let sign_ins = world.server.sign_ins();
    assert_eq!(sign_ins.len(), 1, "one token for both");
    let sign_in = &sign_ins[0];
    assert_eq!((sign_in.method.as_str(), sign_in.target.as_str()), ("POST", TOKEN_PATH));
    assert_eq!(sign_in.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(sign_in.header("authorization"), "");
    let form: Vec<_> = form_urlencoded::parse(sign_in.body.as_bytes()).into_owned().collect();
    let scope = "https://graph.microsoft.com/.default";
    let expected =
        [("client_id", CLIENT), ("scope", scope), ("client_secret", SECRET), ("grant_type", "client_credentials")];
    assert_eq!(form, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert!(world.server.calls().iter().all(|call| !format!("{call:?}").contains("canary")), "and nowhere else");
}

#[tokio::test]
async fn many_at_once_wait_for_one_token() {
    let world = World::new().await;
    let person = super::support::BO.parse().unwrap();
    let question = licensebot::ports::FactsQuestion { people: [person].into(), ..Default::default() };
    for _ in 0..20 {
        world.server.answer(super::support::batch(&[
            ("0", 404, super::support::error("Request_ResourceNotFound", "")),
            ("1", 404, super::support::error("Request_ResourceNotFound", "")),
        ]));
    }
    let reads = (0..20).map(|_| licensebot::ports::Directory::read(&*world.client, &question));
    let facts = futures_util::future::try_join_all(reads).await.unwrap();
    assert!(facts.iter().all(|facts| facts.people.is_empty()));
    assert_eq!((world.server.calls().len(), world.server.sign_ins().len()), (20, 1));
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires_and_nobody_waits_for_it() {
    let world = World::new().await;
    stocks(&world.server, 4);
    assert_eq!(read(&world).await, Ok(()));
    world.clock.advance(MINUTE * 53);
    assert_eq!(read(&world).await, Ok(()));
    assert_eq!(world.server.sign_ins().len(), 1, "54 minutes old: good for six more");
    world.clock.advance(MINUTE);
    assert_eq!(read(&world).await, Ok(()));
    world.server.arrival_of(5).await;
    assert_eq!(world.server.sign_ins().len(), 2, "56 minutes old: the next is fetched");
    while used(&world).last().unwrap() != "Bearer token-2" {
        stocks(&world.server, 1);
        assert_eq!(read(&world).await, Ok(()));
    }
    assert_eq!(used(&world)[..3], ["Bearer token-1", "Bearer token-1", "Bearer token-1"]);
    assert_eq!(world.server.sign_ins().len(), 2);
}

#[tokio::test]
async fn a_short_lived_token_is_renewed_in_the_last_fifth_of_its_life() {
    let world = World::new().await;
    world.server.sign_in(token("short", 100));
    stocks(&world.server, 3);
    assert_eq!(world.client.stock().await.map(|_| ()), Ok(()));
    world.clock.advance(SignedDuration::from_secs(79));
    assert_eq!(world.client.stock().await.map(|_| ()), Ok(()));
    assert_eq!(world.server.sign_ins().len(), 1);
    world.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(world.client.stock().await.map(|_| ()), Ok(()));
    assert_eq!(used(&world), ["Bearer short", "Bearer short", "Bearer token-1"], "an expired one is not used");
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let world = World::new().await;
    let expired = || refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
    world.server.answer(expired());
    stocks(&world.server, 1);
    assert_eq!(read(&world).await, Ok(()));
    assert_eq!(used(&world), ["Bearer token-1", "Bearer token-2"]);

    world.server.answer(expired()).answer(expired());
    let error = read(&world).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "could not read the stock: Graph refuses a fresh token: check [graph] cloud and base_url"
    );
    assert!(matches!(error, PortError::Lasting { .. }));
    assert_eq!((world.server.calls().len(), world.server.sign_ins().len()), (4, 3));
    world.server.assert_all_told();
}

#[tokio::test]
async fn entras_refusals_say_what_to_do_and_are_not_tried_again() {
    let cases = [
        (401, "invalid_client", 7_000_215, "not the secret's id"),
        (401, "invalid_client", 7_000_222, "the client secret has expired"),
        (400, "unauthorized_client", 700_016, "no such app in this tenant"),
        (400, "invalid_tenant", 90_002, "check [graph] tenant_id and cloud"),
        (400, "invalid_request", 900_023, "check [graph] tenant_id and cloud"),
        (400, "invalid_scope", 70_011, "check [graph] cloud or base_url"),
        (400, "invalid_grant", 53_003, "conditional access"),
        (400, "invalid_request", 123_456, "https://login.microsoftonline.com/error"),
    ];
    for (status, word, code, hint) in cases {
        let world = World::new().await;
        let description = format!("AADSTS{code}: Something about app '{CLIENT}'.\r\nTrace ID: 654ce9b2");
        world
            .server
            .sign_in(reply(status, &json!({ "error": word, "error_description": description, "error_codes": [code] })));
        let PortError::Lasting { what } = read(&world).await.unwrap_err() else { panic!("{code} lasts") };
        assert!(what.contains(&format!("AADSTS{code}")) && what.contains(hint), "{what}");
        assert!(!what.contains(CLIENT), "{what}");
        assert_eq!(world.server.received().len(), 1);
    }
}

#[tokio::test]
async fn an_outage_of_entra_is_tried_through() {
    let world = World::new().await;
    world.server.sign_in(raw(503, "text/html", "<h1>Busy</h1>")).sign_in(raw(200, "text/html", "<h1>Proxy</h1>"));
    stocks(&world.server, 1);
    assert_eq!(read(&world).await, Ok(()));
    assert_eq!(world.server.sign_ins().len(), 3);
}

#[tokio::test]
async fn an_outage_of_entra_that_lasts_is_told_with_the_time_to_wait() {
    let world = World::new().await;
    world.server.sign_in(raw(429, "text/html", "").with("retry-after", "120"));
    assert_eq!(
        read(&world).await,
        Err(PortError::Passing { what: "Entra answers 429".into(), retry_after: Some(120) })
    );
    assert_eq!(world.server.received().len(), 1, "two minutes are too long to wait for");
}

#[tokio::test]
async fn what_is_no_token_is_not_taken_for_one() {
    let answers = [
        json!({ "token_type": "Bearer", "expires_in": 3600 }),
        json!({ "token_type": "Bearer", "access_token": "a" }),
        json!({ "token_type": "mac", "expires_in": 3600, "access_token": "a" }),
        json!({ "token_type": "Bearer", "expires_in": 3600, "access_token": "a\r\nx-evil: 1" }),
        json!({ "token_type": "Bearer", "expires_in": "3600", "access_token": "a" }),
    ];
    for answer in answers {
        let world = World::new().await;
        world.server.sign_in(reply(OK, &answer));
        let error = read(&world).await.unwrap_err();
        assert!(matches!(error, PortError::Lasting { .. }), "{answer}: {error:?}");
        assert_eq!(world.server.calls().len(), 0);
    }
}
