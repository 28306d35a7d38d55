//! What can be wrong with what is filled in on a card: each has its sentence, and nothing changes.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Said, World};

const EMPTY: &str = "“Usage location” is still empty. Fill it in, then choose “Approve” again.";
const NO_COUNTRY: &str = "That is no country. Choose one from the list.";
const MALFORMED: &str = "This call is malformed: the body is no JSON object of the right shape. See docs/demo-api.md.";
const UNKNOWN: &str = "This call is malformed: “inputs” holds something that no card asks for. See docs/demo-api.md.";

/// Clicks “Approve” with these inputs; the status, and the sentence that came of it.
async fn approves(world: &World, ballot: &Said, inputs: &Value) -> (u16, String) {
    let action = &ballot.action("approve").id;
    let click = json!({ "as": "megan", "message": ballot.id, "action": action, "inputs": inputs });
    let (status, answer) = world.raw(Method::POST, "/api/demo/actions", Some(click)).await;
    let sentence = match answer["error"]["message"].as_str() {
        Some(message) => message.to_owned(),
        None => {
            let messages = answer["messages"].as_array().unwrap();
            let refusal = messages.iter().find(|message| message["request"].is_null()).unwrap();
            assert_eq!(refusal["private"], true);
            refusal["card"]["text"].as_str().unwrap().to_owned()
        }
    };
    (status.as_u16(), sentence)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_that_is_none_changes_nothing() {
    let world = World::start().await;
    let [lee, megan] = world.people(["lee", "megan"]);
    let card = lee.asks("/license assign me E3").await;
    let ballot = megan.ballot(card.request()).await;
    let country = |value: &str| json!({ "usage_location": value });
    let surplus =
        |input: &str| format!("“Approve” does not ask for “{input}”. Leave it out, then choose “Approve” again.");
    let too_long = "A message has at most 6000 characters. Shorten it and send it again.";
    let table: Vec<(Value, u16, String)> = vec![
        (Value::Null, 200, EMPTY.into()),
        (json!({}), 200, EMPTY.into()),
        (json!({ "usage_location": null }), 200, EMPTY.into()),
        (country(""), 200, EMPTY.into()),
        (country(" \t\n"), 200, EMPTY.into()),
        (country("XX"), 200, NO_COUNTRY.into()),
        (country("xx"), 200, NO_COUNTRY.into()),
        (country("S"), 200, NO_COUNTRY.into()),
        (country("SWE"), 200, NO_COUNTRY.into()),
        (country("Sweden (SE)"), 200, NO_COUNTRY.into()),
        (country("S E"), 200, NO_COUNTRY.into()),
        (country("\u{200f}SE"), 200, NO_COUNTRY.into()),
        (country("\u{202e}ES"), 200, NO_COUNTRY.into()),
        (country("S\u{0}"), 200, NO_COUNTRY.into()),
        (country("SE\u{0}"), 200, NO_COUNTRY.into()),
        (country("ＳＥ"), 200, NO_COUNTRY.into()),
        (country("🇸🇪"), 200, NO_COUNTRY.into()),
        (country("é"), 200, NO_COUNTRY.into()),
        (country("%53%45"), 200, NO_COUNTRY.into()),
        (country(&"S".repeat(5_000)), 200, NO_COUNTRY.into()),
        (country(&"S".repeat(10_240)), 400, too_long.into()),
        (json!({ "usage_location": 46 }), 400, MALFORMED.into()),
        (json!({ "usage_location": true }), 400, MALFORMED.into()),
        (json!({ "usage_location": ["SE"] }), 400, MALFORMED.into()),
        (json!({ "usage_location": { "value": "SE" } }), 400, MALFORMED.into()),
        (json!("SE"), 400, MALFORMED.into()),
        (json!(["SE"]), 400, MALFORMED.into()),
        (json!({ "usage_location": "SE", "country": "SE" }), 400, UNKNOWN.into()),
        (json!({ "Usage_Location": "SE" }), 400, UNKNOWN.into()),
        (json!({ "usageLocation": "SE" }), 400, UNKNOWN.into()),
        (json!({ "": "SE" }), 400, UNKNOWN.into()),
        (json!({ "usage_location": "SE", "reason": "he needs it" }), 200, surplus("reason")),
        (json!({ "usage_location": "SE", "choice": "assign me E5" }), 200, surplus("choice")),
    ];
    for (inputs, status, sentence) in table {
        assert_eq!(approves(&world, &ballot, &inputs).await, (status, sentence), "{inputs}");
    }
    assert_eq!(megan.now(&ballot).await, ballot, "the card stands as it stood");
    assert_eq!(lee.now(&card).await, card);
    assert_eq!(world.tenant.writes().await, [""; 0]);

    // In small letters, or with room around it, it is the country that was meant; and an input left empty is none.
    let meant = json!({ "usage_location": " se ", "reason": null, "choice": "" });
    let click = json!({ "as": "megan", "message": ballot.id, "action": ballot.action("approve").id, "inputs": meant });
    world.call(Method::POST, "/api/demo/actions", Some(click)).await;
    lee.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["lee: country SE", "lee: +SPE_E3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_about_an_input_is_said_in_the_clickers_language() {
    let world = World::start().await;
    let [lee, megan] = world.people(["lee", "megan"]);
    let card = lee.asks("/license assign me E3").await;
    let ballot = megan.ballot(card.request()).await;
    let swedish = megan.in_swedish();
    let refused = swedish.fills_and_clicks(&ballot, "approve", &[("usage_location", "XX")]).await.refused();
    assert_eq!(refused, "Det är inget land. Välj ett ur listan.");
    let refused = swedish.fills_and_clicks(&ballot, "approve", &[("reason", "ja")]).await.refused();
    assert_eq!(refused, "”Godkänn” frågar inte efter ”reason”. Utelämna det och välj sedan ”Godkänn” igen.");
}
