//! The chat on a port of its own, and what one does with it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use licensebot::adapters::console::{ChatStore, Console, DemoPerson, DemoTime, Roster, http};
use licensebot::domain::ids::PersonId;
use licensebot::ports::{Clock, PortError, Random};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::door::{Reply, Scripted, Show};

pub const ANA: PersonId = PersonId(Uuid::from_u128(0xa));
pub const BO: PersonId = PersonId(Uuid::from_u128(0xb));
pub const MEGAN: PersonId = PersonId(Uuid::from_u128(0xe));

/// Longer than anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub struct HandClock {
    now: Mutex<Timestamp>,
    pub stuck: Mutex<bool>,
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }
}

#[async_trait]
impl DemoTime for HandClock {
    async fn advance(&self, by: SignedDuration) -> Result<(), PortError> {
        if *self.stuck.lock().unwrap() {
            return Err(PortError::Passing { what: "the sandbox does not answer".to_owned(), retry_after: None });
        }
        *self.now.lock().unwrap() += by;
        Ok(())
    }
}

/// Counts, so that names are 1, 2, 3.
#[derive(Debug)]
struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let count = u128::from(self.0.fetch_add(1, Ordering::Relaxed)).to_be_bytes();
        bytes.copy_from_slice(&count[count.len() - bytes.len()..]);
    }
}

/// The running chat.
pub struct Room {
    pub door: Arc<Scripted>,
    pub store: Arc<ChatStore>,
    pub clock: Arc<HandClock>,
    address: String,
    client: reqwest::Client,
    folder: Arc<TempDir>,
    server: tokio::task::JoinHandle<()>,
}

impl Room {
    pub async fn open() -> Self {
        Self::open_in(Arc::new(tempfile::tempdir().unwrap()), 0).await
    }

    /// Stops everything and starts it again on the same file.
    pub async fn restart(self) -> Self {
        self.store.close_streams();
        self.server.abort();
        let _ = self.server.await;
        Self::open_in(self.folder, 1_000).await
    }

    async fn open_in(folder: Arc<TempDir>, names_from: u64) -> Self {
        let now = "2026-11-24T10:00:00Z".parse().unwrap();
        let clock = Arc::new(HandClock { now: Mutex::new(now), stuck: Mutex::new(false) });
        let store = ChatStore::open(&folder.path().join("chat.db"), Arc::<HandClock>::clone(&clock)).await.unwrap();
        let store = Arc::new(store);
        let door = Arc::new(Scripted::new(Arc::clone(&store)));
        let console = Console {
            store: Arc::clone(&store),
            door: Arc::<Scripted>::clone(&door),
            people: Arc::new(Roster::new(people())),
            time: Arc::<HandClock>::clone(&clock),
            random: Arc::new(Counting(AtomicU64::new(names_from))),
            zone: TimeZone::get("Europe/Stockholm").unwrap(),
            rehearsal: true,
        };
        let router = http::router(Arc::new(console));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().unwrap();
        Self { door, store, clock, address, client, folder, server }
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Response {
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.append(name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap());
        }
        let request = self.client.request(method, format!("{}{path}", self.address)).headers(all).body(body);
        request.send().await.unwrap()
    }

    /// Where everything is kept that is said here.
    pub fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("chat.db")
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub async fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.send(Method::GET, path, &[], Vec::new()).await).await
    }

    pub async fn post(&self, path: &str, body: impl Into<Vec<u8>>) -> (StatusCode, Value) {
        answer(self.send(Method::POST, path, &[], body.into()).await).await
    }

    /// Types a line; answers the messages that come back.
    pub async fn types(&self, body: Value) -> Vec<Value> {
        messages(self.post("/api/demo/messages", body.to_string()).await)
    }

    /// Clicks; answers the messages that come back.
    pub async fn clicks(&self, body: Value) -> Vec<Value> {
        messages(self.post("/api/demo/actions", body.to_string()).await)
    }

    /// What somebody sees.
    pub async fn sees(&self, query: &str) -> Vec<Value> {
        messages(self.get(&format!("/api/demo/messages?{query}")).await)
    }

    pub async fn shows(&self, show: Show) {
        self.door.show(show).await;
    }

    pub fn will(&self, reply: Reply) {
        self.door.will(reply);
    }

    /// Listens as somebody.
    pub async fn listens(&self, query: &str, headers: &[(&str, &str)]) -> Listener {
        let response = self.send(Method::GET, &format!("/api/demo/events?{query}"), headers, Vec::new()).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Listener { response, text: String::new() }
    }
}

/// One open stream of events.
pub struct Listener {
    response: Response,
    text: String,
}

impl Listener {
    /// The next event: its id and its messages; nothing when the stream ended.
    pub async fn hears(&mut self) -> Option<(String, Vec<Value>)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let event = event.to_owned();
                self.text = rest.to_owned();
                if !event.starts_with(':') {
                    return Some(read(&event));
                }
            } else {
                let chunk = self.response.chunk().await.unwrap()?;
                self.text.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        }
    }
}

fn read(event: &str) -> (String, Vec<Value>) {
    let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    let data: Value = serde_json::from_str(&field("data: ")).unwrap();
    (field("id: "), data["messages"].as_array().unwrap().clone())
}

async fn answer(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn messages((status, body): (StatusCode, Value)) -> Vec<Value> {
    assert_eq!(status, StatusCode::OK, "{body}");
    body["messages"].as_array().unwrap().clone()
}

/// Which messages, in which revision.
pub fn named(messages: &[Value]) -> Vec<(String, u64)> {
    let named = messages.iter();
    named.map(|message| (message["id"].as_str().unwrap().to_owned(), message["revision"].as_u64().unwrap())).collect()
}

/// What they say in words.
pub fn texts(messages: &[Value]) -> Vec<String> {
    messages.iter().map(|message| message["text"].as_str().unwrap().to_owned()).collect()
}

pub fn click(who: &str, message: &str, action: &str) -> Value {
    json!({ "as": who, "message": message, "action": action })
}

fn people() -> Vec<DemoPerson> {
    let person = |id, name: &str, display: &str, title: Option<&str>, manager: Option<&str>| DemoPerson {
        id,
        name: name.to_owned(),
        display_name: display.to_owned(),
        title: title.map(str::to_owned),
        manager: manager.map(str::to_owned),
    };
    vec![
        person(ANA, "ana", "Ana Díaz", Some("Designer"), Some("megan")),
        person(BO, "bo", "Bo Ek", None, Some("megan")),
        person(MEGAN, "megan", "Megan Bowen", Some("Head of Design"), None),
    ]
}
