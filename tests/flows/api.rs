//! The JSON API with the real program behind it. That messages have exactly their fields is checked wherever one is read.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn the_company_is_there() {
    let world = World::start().await;
    let answer = world.call(Method::GET, "/api/demo/people", None).await;
    let people = answer["people"].as_array().unwrap();
    assert_eq!(answer.as_object().unwrap().len(), 1);
    assert_eq!(people.len(), 61);
    let person = |name: &str| people.iter().find(|person| person["name"] == name).unwrap().clone();
    let ana = json!({ "name": "ana", "displayName": "Ana Silva", "title": "Account Executive", "manager": "megan" });
    assert_eq!(person("ana"), ana);
    assert_eq!(person("nil")["manager"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_line_is_answered_with_itself_first() {
    let world = World::start().await;
    let line = json!({ "as": "ana", "text": "license help" });
    let answer = world.call(Method::POST, "/api/demo/messages", Some(line)).await;
    let line = &answer["messages"][0];
    assert_eq!(
        (&line["from"], &line["text"], &line["private"]),
        (&json!("ana"), &json!("license help"), &json!(false))
    );
    assert_eq!((&line["request"], &line["card"], &line["revision"]), (&Value::Null, &Value::Null, &json!(1)));
    assert_eq!(line["place"], "channel");
    let help = &answer["messages"][1];
    assert_eq!((&help["from"], &help["private"], &help["request"]), (&json!("licensebot"), &json!(true), &Value::Null));
    let later = format!("/api/demo/messages?as=ana&after={}", line["id"].as_str().unwrap());
    assert_eq!(world.call(Method::GET, &later, None).await, json!({ "messages": [help] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_calls_are_told_what_is_wrong() {
    let world = World::start().await;
    let card = world.person("ana").says("/license assign me E5").await;
    let click =
        |message: &str, action: &str| json!({ "as": "ana", "message": message, "action": action, "inputs": {} });
    let confirm = card.action("confirm").id.clone();
    let unknown = "00000000-0000-0000-0000-000000000000";
    for (path, body, status) in [
        ("messages", json!({ "as": "nobody", "text": "/license help" }), StatusCode::NOT_FOUND),
        ("messages", json!({ "as": "ana" }), StatusCode::BAD_REQUEST),
        ("messages", json!({ "as": "ana", "text": "x", "place": "moon" }), StatusCode::BAD_REQUEST),
        ("actions", click(unknown, &confirm), StatusCode::NOT_FOUND),
        ("actions", click(&card.id, "explode"), StatusCode::NOT_FOUND),
        ("clock", json!({ "advance": "-3d" }), StatusCode::BAD_REQUEST),
    ] {
        let (was, answer) = world.raw(Method::POST, &format!("/api/demo/{path}"), Some(body.clone())).await;
        assert_eq!(was, status, "{body}: {answer}");
        let error = answer["error"].as_object().unwrap();
        assert_eq!(error.keys().collect::<Vec<_>>(), ["code", "message"]);
    }
    assert_eq!(world.person("ana").reads().await.len(), 2, "the line and its card");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_moves_bot_and_tenant_together() {
    let world = World::start().await;
    let (there, here) = (world.tenant.now().await, clock(&world).await);
    let answer = world.call(Method::POST, "/api/demo/clock", Some(json!({ "advance": "3d" }))).await;
    assert!(answer["now"].is_string(), "{answer}");
    let three_days = jiff::SignedDuration::from_hours(72);
    assert!(world.tenant.now().await.duration_since(there) >= three_days);
    assert!(clock(&world).await.duration_since(here) >= three_days);
}

async fn clock(world: &World) -> jiff::Timestamp {
    world.call(Method::GET, "/api/demo/clock", None).await["now"].as_str().unwrap().parse().unwrap()
}
