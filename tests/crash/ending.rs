//! What must hold once the bot has run again after a crash, whatever the instant: the request ended as it was decided, every
//! card shows that, once; messages stayed the same messages; the tenant was changed once, by a write that was committed to;
//! and the trail proves the request.

use std::time::Duration;

use licensebot::adapters::store::sqlite::SqliteReader;
use licensebot::domain::audit::AuditKey;
use licensebot::domain::ids::RequestId;
use licensebot::domain::request::StateName;
use licensebot::runtime::data_dir::DataDir;
use serde_json::{Value, json};

use super::world::{Chat, World, within};

pub const E5: &str = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";
pub const ANA: &str = "2f74ac2d-07b0-40e8-ba85-8f1ca792763d";
pub const LEE: &str = "476a7114-741f-4146-8372-8d3c785b78ae";
pub const E3: &str = "05e9a617-0261-4cee-bb44-138d3ef5d965";
/// Those who may ask, their manager, a bystander in the channel.
pub const PEOPLE: [&str; 4] = ["ana", "lee", "megan", "bo"];
const DONE: &str = "Done, approved by Megan Doyle. The rehearsal tenant shows the change.";

/// A card as it matters here: who sees it, where, whether alone, its state, whether its words say that it is done.
type Shown = (&'static str, String, bool, String, bool);

/// Ana asks for E5.
pub async fn asks(chat: &Chat) {
    chat.types("ana", "/license assign me E5").await.unwrap();
}

/// Ana confirms.
pub async fn confirms(chat: &Chat) {
    assert!(chat.clicks("ana", "confirm", json!({})).await.unwrap());
}

/// Megan approves.
pub async fn approves(chat: &Chat) {
    approves_with(chat, json!({})).await;
}

/// The change as the tenant's ledger has it.
pub fn the_change() -> Value {
    let add = json!([{ "skuId": E5, "disabledPlans": [] }]);
    json!({ "assignLicense": { "user": ANA, "addLicenses": add, "removeLicenses": [] } })
}

/// Lee asks for E3.
pub async fn lee_asks(chat: &Chat) {
    chat.types("lee", "/license assign me E3").await.unwrap();
    assert!(chat.clicks("lee", "confirm", json!({})).await.unwrap());
}

/// Megan approves, and says in which country lee is.
pub async fn approves_with_a_country(chat: &Chat) {
    approves_with(chat, json!({ "usage_location": "SE" })).await;
}

/// As soon as megan is asked.
async fn approves_with(chat: &Chat, inputs: Value) {
    let clicks = async || chat.clicks("megan", "approve", inputs.clone()).await.unwrap();
    assert!(within(Duration::from_secs(20), clicks).await, "megan was never asked");
}

/// Lee's two changes as the ledger has them, in their order.
pub fn lees_changes() -> [Value; 2] {
    let add = json!([{ "skuId": E3, "disabledPlans": [] }]);
    [
        json!({ "setUsageLocation": { "user": LEE, "usageLocation": "SE" } }),
        json!({ "assignLicense": { "user": LEE, "addLicenses": add, "removeLicenses": [] } }),
    ]
}

/// What everybody sees of a request that this person made.
fn ended(requester: &str) -> Vec<Shown> {
    let shown = |who, place: &str, private| (who, place.to_owned(), private, "applied".to_owned(), true);
    let of = |who| {
        let preflight = (who == requester).then(|| shown(who, "channel", true));
        let told = (who == requester || who == "megan").then(|| shown(who, "direct", true));
        preflight.into_iter().chain([shown(who, "channel", false)]).chain(told)
    };
    PEOPLE.into_iter().flat_map(of).collect()
}

/// All cards of one request, for all people, in an order that does not depend on when they were posted.
async fn shown(chat: &Chat, request: &str) -> reqwest::Result<Vec<Shown>> {
    let mut all = Vec::new();
    for who in PEOPLE {
        let seen = chat.sees(who).await?;
        let mut cards: Vec<Shown> = seen
            .iter()
            .filter(|message| message["request"] == request)
            .map(|message| {
                let text = message["text"].as_str().unwrap();
                let field = |value: &Value| value.as_str().unwrap().to_owned();
                let private = message["private"].as_bool().unwrap();
                (who, field(&message["place"]), private, field(&message["card"]["state"]), text.contains(DONE))
            })
            .collect();
        cards.sort_by_key(|(_, place, private, ..)| (place.clone(), !private));
        all.extend(cards);
    }
    Ok(all)
}

/// The request that ana sees furthest on; none before her first card.
pub async fn the_request(chat: &Chat) -> reqwest::Result<Option<(String, String)>> {
    request_of(chat, "ana").await
}

/// The same for whoever asked.
pub async fn request_of(chat: &Chat, requester: &str) -> reqwest::Result<Option<(String, String)>> {
    let seen = chat.sees(requester).await?;
    let cards = seen.iter().filter(|message| message["request"].is_string());
    let named = cards.map(|message| {
        let field = |value: &Value| value.as_str().unwrap().to_owned();
        (field(&message["request"]), field(&message["card"]["state"]))
    });
    let mut named: Vec<(String, String)> = named.collect();
    named.sort_by_key(|(_, state)| state == "draft");
    Ok(named.into_iter().next())
}

/// Nobody is told that it is done, by a state or by words.
pub async fn nobody_is_told_of_an_end(chat: &Chat) {
    for who in PEOPLE {
        for message in chat.sees(who).await.unwrap() {
            assert_ne!(message["card"]["state"], "applied", "{message}");
            assert!(!message["text"].as_str().unwrap().contains(DONE), "{message}");
        }
    }
}

/// What stood before a crash: the messages that each of the people saw, oldest first, and where the trail ended.
pub struct Before {
    ids: Vec<Vec<String>>,
    head: String,
}

impl Before {
    pub async fn of(world: &World) -> Self {
        Self { ids: ids(world.chat()).await, head: world.audit(&["head"]) }
    }

    /// Every message is still there, in its place, and the trail goes on from where it ended.
    pub async fn stands(&self, world: &World) {
        for (now, before) in ids(world.chat()).await.iter().zip(&self.ids) {
            assert!(now.starts_with(before), "{now:?} does not go on from {before:?}");
        }
        world.audit(&["verify", "--anchor", &self.head]);
    }
}

async fn ids(chat: &Chat) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for who in PEOPLE {
        let seen = chat.sees(who).await.unwrap();
        all.push(seen.iter().map(|message| message["id"].as_str().unwrap().to_owned()).collect());
    }
    all
}

/// Waits for the end, moving the clock past every quiet time, and holds it to all that must be so.
pub async fn ends_well(world: &World) {
    ends_with(world, "ana", &[the_change()]).await;
}

/// The same for whoever asked, and for what was to be changed.
pub async fn ends_with(world: &World, requester: &str, changes: &[Value]) {
    let chat = world.chat();
    let (request, _) = request_of(chat, requester).await.unwrap().unwrap();
    let over = async || shown(chat, &request).await.unwrap() == ended(requester);
    for _ in 0..20 {
        if within(Duration::from_millis(800), over).await {
            break;
        }
        chat.advances("20s").await;
    }
    assert_eq!(shown(chat, &request).await.unwrap(), ended(requester));
    assert_eq!(world.accepted().await, changes, "the tenant was changed once");
    the_trail_holds(world, &request).await;
}

/// The trail holds, proves the request, and names every call that changed the tenant.
pub async fn the_trail_holds(world: &World, request: &str) {
    world.audit(&["verify"]);
    let data = DataDir::at(world.data());
    let key = AuditKey::from_secret(&std::fs::read(data.audit_key()).unwrap());
    let reader = SqliteReader::open(&data.database(), None, key).await.unwrap();
    let id: RequestId = request.parse().unwrap();
    let proven = reader.proven_request(&id).await.unwrap().unwrap();
    assert_eq!(proven.state.name(), StateName::Applied);
    let arrows = reader.trail(&id).await.unwrap();
    let trail: String = arrows.iter().map(|(_, _, event)| serde_json::to_string(event).unwrap()).collect();
    let end = arrows.last().unwrap().0;
    for mutation in world.ledger().await {
        let call = mutation["clientRequestId"].as_str().unwrap();
        assert!(trail.contains(call), "{mutation} was not committed to: {trail}");
    }
    let first: jiff::Timestamp = world.ledger().await[0]["at"].as_str().unwrap().parse().unwrap();
    assert!(first <= end, "it was said to be done before it was");
    reader.close().await;
}
