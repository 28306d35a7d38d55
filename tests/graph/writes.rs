//! What each answer to a write is taken for, and how often it is sent: once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use licensebot::adapters::graph::Patience;
use licensebot::domain::change::ChangeSet;
use licensebot::domain::ids::{PersonId, PlanId};
use licensebot::domain::refusal::Refusal;
use licensebot::domain::request::CallId;
use licensebot::ports::{Licensing, PortError, WriteAnswer};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::support::{
    Answer, BO, E3, E5, MEGAN, OK, TEAMS, World, account, client, clock, cut, impatient, raw, refusal, reply, settings,
};

const CALL: &str = "5be327fc-63ac-4a0e-8a59-5b2ea0ee5b3c";

fn bo() -> PersonId {
    BO.parse().unwrap()
}

fn call() -> CallId {
    CallId(CALL.parse().unwrap())
}

fn swap() -> ChangeSet {
    ChangeSet {
        add: BTreeMap::from([(E5.parse().unwrap(), BTreeSet::from([TEAMS.parse::<PlanId>().unwrap()]))]),
        remove: BTreeSet::from([E3.parse().unwrap()]),
    }
}

async fn assign(world: &World) -> WriteAnswer {
    world.client.set_licenses(bo(), &swap(), call()).await
}

/// The answer to one write, which must have been sent exactly once.
async fn told(answer: Answer) -> WriteAnswer {
    let world = World::new().await;
    world.server.answer(answer);
    let told = assign(&world).await;
    assert_eq!(world.server.calls().len(), 1, "{told:?}");
    told
}

fn retry_after(answer: &WriteAnswer) -> Option<u32> {
    match answer {
        WriteAnswer::Unknown(PortError::Passing { retry_after, .. }) => *retry_after,
        other => panic!("not unknown: {other:?}"),
    }
}

#[tokio::test]
async fn a_change_is_one_call_with_both_lists_and_the_name_of_its_intent() {
    let world = World::new().await;
    world.server.answer(reply(OK, &account(BO, "Bo")));
    assert_eq!(assign(&world).await, WriteAnswer::Accepted);
    let calls = world.server.calls();
    assert_eq!(calls.len(), 1);
    let sent = &calls[0];
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("POST", &*format!("/v1.0/users/{BO}/assignLicense")));
    let body = json!({ "addLicenses": [{ "skuId": E5, "disabledPlans": [TEAMS] }], "removeLicenses": [E3] });
    assert_eq!(sent.json(), body);
    assert_eq!(sent.header("client-request-id"), CALL);
    assert_eq!(sent.header("authorization"), "Bearer token-1");
    assert_eq!(sent.header("content-type"), "application/json");
}

#[tokio::test]
async fn an_empty_list_is_sent_as_one() {
    let world = World::new().await;
    world.server.answer(reply(OK, &account(BO, "Bo")));
    let removal = ChangeSet { remove: BTreeSet::from([E3.parse().unwrap()]), ..ChangeSet::default() };
    assert_eq!(world.client.set_licenses(bo(), &removal, call()).await, WriteAnswer::Accepted);
    assert_eq!(world.server.calls()[0].json(), json!({ "addLicenses": [], "removeLicenses": [E3] }));
}

#[tokio::test]
async fn the_usage_location_is_a_write_of_its_own() {
    let world = World::new().await;
    world.server.answer(raw(204, "application/json", ""));
    let location = "US".parse().unwrap();
    assert_eq!(world.client.set_usage_location(bo(), location, call()).await, WriteAnswer::Accepted);
    let sent = &world.server.calls()[0];
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("PATCH", &*format!("/v1.0/users/{BO}")));
    assert_eq!(sent.json(), json!({ "usageLocation": "US" }));
    assert_eq!(sent.header("client-request-id"), CALL);
}

#[tokio::test]
async fn a_clean_no_is_a_refusal() {
    let bad = |message: &str| refusal(400, "Request_BadRequest", message);
    let gone = "Resource 'x' does not exist or one of its queried reference-property objects are not present.";
    let cases = [
        (bad("License assignment cannot be done for user with invalid usage location."), Refusal::UsageLocation),
        (
            bad(&format!("Subscription with SKU {E5} does not have any available licenses.")),
            Refusal::NoSeats(E5.parse().ok()),
        ),
        (
            bad("User license is inherited from a group membership and it cannot be removed directly from the user."),
            Refusal::Inherited,
        ),
        (bad("Some news"), Refusal::Other("Request_BadRequest".into())),
        (
            refusal(405, "Request_BadRequest", "Specified HTTP method is not allowed"),
            Refusal::Other("Request_BadRequest".into()),
        ),
        (refusal(404, "Request_ResourceNotFound", gone), Refusal::PersonGone),
        (
            refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
            Refusal::NotPermitted,
        ),
    ];
    for (answer, expected) in cases {
        assert_eq!(told(answer).await, WriteAnswer::Refused(expected));
    }
}

#[tokio::test]
async fn whatever_may_have_written_is_unknown() {
    let graph = |status: u16| refusal(status, "TooManyRequests", "Too many requests");
    for status in [408, 409, 423, 425, 429, 500, 502, 503, 504, 507] {
        assert_eq!(retry_after(&told(graph(status).with("retry-after", "7")).await), Some(7), "{status}");
        assert_eq!(retry_after(&told(graph(status)).await), None, "{status}");
    }
}

#[tokio::test]
async fn a_yes_that_is_not_clean_is_unknown() {
    let bo = account(BO, "Bo").to_string();
    let answers = [
        ("another account", reply(OK, &account(MEGAN, "Megan"))),
        ("no account", reply(OK, &json!({ "value": [] }))),
        ("HTML", raw(200, "text/html", "<html>Sign in to the proxy</html>")),
        ("JSON that says it is HTML", raw(200, "text/html", bo.clone())),
        ("HTML that says it is JSON", raw(200, "application/json", "<html></html>")),
        ("cut JSON", raw(200, "application/json", "{\"id\":\"e4e8")),
        ("nothing", raw(200, "application/json", "")),
        ("a cut connection", cut(200, &bo)),
        ("not gzip", raw(200, "application/json", bo.clone()).with("content-encoding", "gzip")),
        ("accepted for later", reply(202, &account(BO, "Bo"))),
        ("created", reply(201, &account(BO, "Bo"))),
        ("a part of an answer", raw(206, "application/json", bo)),
    ];
    for (name, answer) in answers {
        assert_eq!(retry_after(&told(answer).await), None, "{name}");
    }
}

#[tokio::test]
async fn a_no_that_is_not_graphs_is_unknown() {
    let answers = [
        ("HTML 400", raw(400, "text/html", "<h1>Bad Request</h1>")),
        ("HTML 403", raw(403, "text/html", "<h1>Blocked by the proxy</h1>")),
        ("HTML 404", raw(404, "text/html", "<h1>Not Found</h1>")),
        ("JSON of somebody else", reply(400, &json!({ "message": "no" }))),
        ("a 404 that does not say what is missing", refusal(404, "UnknownError", "")),
        ("a cut 400", cut(400, "{\"error\":{\"code\":\"Request_BadRequest\"")),
        ("a redirect", raw(302, "text/html", "").with("location", "http://127.0.0.1:9/")),
    ];
    for (name, answer) in answers {
        assert_eq!(retry_after(&told(answer).await), None, "{name}");
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_and_the_write_sent_again_under_its_name() {
    let world = World::new().await;
    world
        .server
        .answer(refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."))
        .answer(reply(OK, &account(BO, "Bo")));
    assert_eq!(assign(&world).await, WriteAnswer::Accepted);
    let calls = world.server.calls();
    let tokens: Vec<_> = calls.iter().map(|call| call.header("authorization")).collect();
    assert_eq!(tokens, ["Bearer token-1", "Bearer token-2"]);
    assert!(calls.iter().all(|call| call.header("client-request-id") == CALL));
}

#[tokio::test]
async fn a_write_whose_fresh_token_is_refused_too_was_not_done() {
    let world = World::new().await;
    let denied = || refusal(401, "InvalidAuthenticationToken", "Access token validation failure.");
    world.server.answer(denied()).answer(denied());
    let answer = assign(&world).await;
    assert!(matches!(&answer, WriteAnswer::NotSent(PortError::Lasting { .. })), "{answer:?}");
    assert_eq!(world.server.calls().len(), 2);
}

#[tokio::test]
async fn a_refusal_behind_a_refused_token_is_still_a_refusal() {
    let world = World::new().await;
    world.server.answer(raw(401, "text/html", "who are you")).answer(refusal(
        400,
        "Request_BadRequest",
        "User does not have a corresponding license.",
    ));
    assert_eq!(assign(&world).await, WriteAnswer::Refused(Refusal::NotHeld));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let world = World::new().await;
    world.server.sign_in(reply(401, &json!({ "error": "invalid_client", "error_codes": [7_000_222] })));
    let answer = assign(&world).await;
    assert!(matches!(&answer, WriteAnswer::NotSent(PortError::Lasting { what }) if what.contains("has expired")));
    assert_eq!(world.server.calls().len(), 0);
}

#[tokio::test]
async fn without_a_connection_nothing_is_sent() {
    let world = World::new().await;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let mut elsewhere = settings(world.server.address(), impatient());
    elsewhere.base_url = Some(format!("http://{closed}"));
    let answer = client(&elsewhere, clock()).set_licenses(bo(), &swap(), call()).await;
    assert!(matches!(&answer, WriteAnswer::NotSent(PortError::Passing { .. })), "{answer:?}");
    assert_eq!(world.server.sign_ins().len(), 1);
}

#[tokio::test]
async fn without_a_certificate_nothing_is_sent() {
    let world = World::new().await;
    let mut elsewhere = settings(world.server.address(), impatient());
    elsewhere.base_url = Some(world.server.address().replace("http:", "https:"));
    let answer = client(&elsewhere, clock()).set_licenses(bo(), &swap(), call()).await;
    assert!(matches!(&answer, WriteAnswer::NotSent(PortError::Passing { .. })), "{answer:?}");
    assert_eq!((world.server.sign_ins().len(), world.server.calls().len()), (1, 0));
}

#[tokio::test]
async fn a_sign_in_that_takes_too_long_is_no_write() {
    let world = World::with(Patience { call: Duration::from_millis(300), ..impatient() }).await;
    world.server.sign_in(Answer::Silence).sign_in(Answer::Silence).sign_in(Answer::Silence);
    let answer = assign(&world).await;
    assert!(matches!(&answer, WriteAnswer::NotSent(PortError::Passing { .. })), "{answer:?}");
    assert_eq!(world.server.calls().len(), 0);
}

#[tokio::test]
async fn silence_is_unknown() {
    let world = World::with(Patience { call: Duration::from_millis(300), ..impatient() }).await;
    world.server.answer(Answer::Silence);
    assert_eq!(retry_after(&assign(&world).await), None);
    assert_eq!(world.server.calls().len(), 1);
}

#[tokio::test]
async fn a_connection_that_breaks_before_any_answer_is_unknown_and_not_tried_again() {
    let world = World::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut elsewhere = settings(world.server.address(), impatient());
    elsewhere.base_url = Some(format!("http://{}", listener.local_addr().unwrap()));
    let breaking = tokio::spawn(async move {
        let mut connections = 0;
        // The first call is answered, so that the second goes over a connection that was good before.
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            connections += 1;
            let mut bytes = vec![0; 8192];
            assert!(stream.read(&mut bytes).await.unwrap() > 0);
            if connections > 1 {
                return connections;
            }
            let head = "HTTP/1.1 204 No Content\r\n\r\n";
            stream.write_all(head.as_bytes()).await.unwrap();
            assert!(stream.read(&mut bytes).await.unwrap() > 0, "the second call");
            drop(stream);
        }
    });
    let client = client(&elsewhere, clock());
    assert_eq!(client.set_licenses(bo(), &swap(), call()).await, WriteAnswer::Accepted);
    assert_eq!(retry_after(&client.set_licenses(bo(), &swap(), call()).await), None);
    assert!(!breaking.is_finished(), "the broken call was sent again");
    breaking.abort();
}
