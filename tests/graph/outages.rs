//! Facts through outages: what is tried again, how often, how soon, and what is said when it does not help.

use std::time::{Duration, Instant};

use licensebot::adapters::graph::Patience;
use licensebot::ports::{Directory, PortError};
use serde_json::{Value, json};

use super::facts::{about_bo, bo, failure, in_sales, lasts, passes, paths, whole};
use super::support::{Answer, BO, OK, World, batch, cut, error, impatient, raw, refusal, reply};

#[tokio::test]
async fn what_is_left_out_of_a_batch_is_asked_for_again_and_nothing_else() {
    let world = World::new().await;
    world.server.answer(batch(&[("0", 200, bo())])).answer(batch(&[("1", 200, in_sales())]));
    let facts = world.client.read(&about_bo()).await.unwrap();
    assert_eq!(facts.people.len(), 1);
    let calls = world.server.calls();
    assert_eq!(paths(&calls[1]), [format!("/users/{BO}/transitiveMemberOf?$select=id,displayName&$top=999")]);

    let partial = || batch(&[("0", 200, bo())]);
    let nothing = || batch(&[]);
    let (error, calls) = failure(&about_bo(), vec![partial(), nothing(), nothing()]).await;
    assert!(passes(&error) && calls == 3, "{error:?} {calls}");
}

#[tokio::test]
async fn a_throttled_part_is_asked_for_again_after_its_own_time() {
    let world = World::new().await;
    let busy = json!({
        "id": "1", "status": 429, "headers": { "retry-after": "1" }, "body": error("TooManyRequests", ""),
    });
    let part = json!({ "id": "0", "status": 200, "headers": {}, "body": bo() });
    world.server.answer(reply(OK, &json!({ "responses": [part, busy] }))).answer(batch(&[("1", 200, in_sales())]));
    let begun = Instant::now();
    assert_eq!(world.client.read(&about_bo()).await.unwrap().people.len(), 1);
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(world.server.calls().len(), 2);
}

#[tokio::test]
async fn a_batch_answer_that_makes_no_sense_is_no_answer() {
    let odd = [
        batch(&[("0", 200, bo()), ("1", 200, in_sales()), ("2", 200, bo())]),
        batch(&[("0", 200, bo()), ("0", 200, bo())]),
        batch(&[("0", 200, bo()), ("x", 200, in_sales())]),
        reply(OK, &json!({ "value": [] })),
        reply(OK, &json!({ "responses": [{ "id": "0" }] })),
        reply(OK, &json!({ "responses": [{ "id": "0", "status": "200", "body": bo() }] })),
    ];
    for answer in odd {
        let (error, calls) = failure(&about_bo(), vec![answer]).await;
        assert!(lasts(&error, "shape") && calls == 1, "{error:?} {calls}");
    }
    for body in [json!("PGh0bWw+"), json!([]), Value::Null] {
        let html = || batch(&[("0", 200, body.clone()), ("1", 200, in_sales())]);
        let again = || batch(&[("0", 200, body.clone())]);
        let (error, calls) = failure(&about_bo(), vec![html(), again(), again()]).await;
        assert!(passes(&error) && calls == 3, "{error:?} {calls}");
    }
}

#[tokio::test]
async fn an_outage_is_tried_through() {
    let outages = [
        refusal(503, "ServiceUnavailable", ""),
        refusal(500, "InternalServerError", ""),
        refusal(409, "Directory_ConcurrencyViolation", ""),
        raw(502, "text/html", "<h1>Bad gateway</h1>"),
        raw(200, "text/html", "<h1>Welcome to the hotel</h1>"),
        raw(200, "application/json", "{\"responses\":[{\"id\":\"0\",\"sta"),
        raw(200, "application/json", ""),
        raw(200, "application/json", "\u{1f}\u{8b}garbage").with("content-encoding", "gzip"),
        cut(200, "{\"responses\":["),
    ];
    for outage in outages {
        let world = World::new().await;
        world.server.answer(outage).answer(whole());
        let facts = world.client.read(&about_bo()).await.unwrap();
        assert_eq!((facts.people.len(), world.server.calls().len()), (1, 2));
    }
}

#[tokio::test]
async fn an_outage_that_lasts_is_told_after_three_tries() {
    let down = || refusal(503, "ServiceUnavailable", "").with("retry-after", "0");
    let (error, calls) = failure(&about_bo(), vec![down(), down(), down()]).await;
    let what = "could not read facts: Graph answers 503 (ServiceUnavailable)".to_owned();
    assert_eq!((error, calls), (PortError::Passing { what, retry_after: Some(0) }, 3));
}

#[tokio::test]
async fn graph_is_left_alone_as_long_as_it_asks() {
    let world = World::new().await;
    world.server.answer(refusal(429, "TooManyRequests", "").with("retry-after", "1")).answer(whole());
    let begun = Instant::now();
    assert!(world.client.read(&about_bo()).await.is_ok());
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(world.server.calls().len(), 2);
}

#[tokio::test]
async fn a_longer_wait_than_anybody_has_is_handed_on() {
    let waits = [
        ("11", Some(11)),
        ("86400", Some(300)),
        ("Tue, 24 Nov 2026 10:01:00 GMT", Some(60)),
        ("Fri, 24 Nov 2090 10:01:00 GMT", Some(300)),
    ];
    for (header, expected) in waits {
        let answer = refusal(429, "TooManyRequests", "").with("retry-after", header);
        let (error, calls) = failure(&about_bo(), vec![answer]).await;
        let PortError::Passing { retry_after, .. } = error else { panic!("{error:?}") };
        assert_eq!((retry_after, calls), (expected, 1), "{header}");
    }
    for nonsense in ["-1", "soon", ""] {
        let world = World::new().await;
        world.server.answer(refusal(429, "TooManyRequests", "").with("retry-after", nonsense)).answer(whole());
        assert!(world.client.read(&about_bo()).await.is_ok(), "{nonsense}: as if it were not there");
    }
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let patience = Patience { reading: Duration::from_millis(300), ..impatient() };
    let world = World::with(patience).await;
    world.server.answer(Answer::Silence);
    let error = world.client.read(&about_bo()).await.unwrap_err();
    assert!(passes(&error), "{error:?}");
    assert_eq!(world.server.calls().len(), 1);
}
