//! A Graph and an Entra that answer as they are told, in order, and remember what they received.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use axum::{Router, routing};
use jiff::{SignedDuration, Timestamp};
use licensebot::adapters::graph::{Cloud, Credential, GraphClient, GraphSettings, Patience};
use licensebot::domain::ids::TenantId;
use licensebot::ports::{Clock, Random};
use secrecy::SecretString;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;

pub(super) use super::answers::*;

pub(super) const TENANT: &str = "01db12ee-2429-4e13-954a-0346d89e9d3d";
pub(super) const CLIENT: &str = "1c10717b-f1c5-430b-90c6-772b1d5267dd";
pub(super) const SECRET: &str = "canary-secret~8Q&+ =";
/// The fields that the client selects of an account.
pub(super) const ACCOUNT_FIELDS: &str = "id,displayName,userPrincipalName,mailNickname,jobTitle,department,\
    accountEnabled,userType,usageLocation,preferredLanguage";

/// The path of the token endpoint.
pub(super) const TOKEN_PATH: &str = "/login/01db12ee-2429-4e13-954a-0346d89e9d3d/oauth2/v2.0/token";

/// What the server received.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) method: Method,
    /// Path and query, as they were written.
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Received {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Script {
    received: Vec<Received>,
    answers: VecDeque<Answer>,
    tokens: VecDeque<Answer>,
    issued: u32,
}

/// The server.
#[derive(Clone)]
pub(super) struct Server {
    address: String,
    script: Arc<Mutex<Script>>,
    arrived: Arc<Notify>,
}

impl Server {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { address, script: Arc::default(), arrived: Arc::default() };
        let router = Router::new().fallback(routing::any(serve)).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        server
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// What Graph answers next, behind what it was told before.
    pub(super) fn answer(&self, answer: Answer) -> &Self {
        self.script.lock().unwrap().answers.push_back(answer);
        self
    }

    /// What Entra answers next. Without it, Entra issues tokens: `token-1`, `token-2` and so on, for an hour each.
    pub(super) fn sign_in(&self, answer: Answer) -> &Self {
        self.script.lock().unwrap().tokens.push_back(answer);
        self
    }

    /// What Graph received.
    pub(super) fn calls(&self) -> Vec<Received> {
        self.received().into_iter().filter(|call| !call.target.starts_with("/login/")).collect()
    }

    /// What Entra received.
    pub(super) fn sign_ins(&self) -> Vec<Received> {
        self.received().into_iter().filter(|call| call.target.starts_with("/login/")).collect()
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.script.lock().unwrap().received.clone()
    }

    /// Returns when so many calls arrived in all.
    pub(super) async fn arrival_of(&self, count: usize) {
        loop {
            let arrived = self.arrived.notified();
            if self.received().len() >= count {
                return;
            }
            let in_time = tokio::time::timeout(Duration::from_secs(20), arrived).await;
            assert!(in_time.is_ok(), "the calls never came");
        }
    }

    /// Every answer was asked for: nothing that the test expected stayed away.
    pub(super) fn assert_all_told(&self) {
        let script = self.script.lock().unwrap();
        assert_eq!((script.answers.len(), script.tokens.len()), (0, 0), "answers that nobody asked for");
    }

    fn next(&self, received: Received) -> Answer {
        let mut script = self.script.lock().unwrap();
        let is_sign_in = received.target.starts_with("/login/");
        script.received.push(received);
        if !is_sign_in {
            return script.answers.pop_front().unwrap_or_else(|| raw(418, "text/plain", "not in the script"));
        }
        script.tokens.pop_front().unwrap_or_else(|| {
            script.issued += 1;
            token(&format!("token-{}", script.issued), 3600)
        })
    }
}

async fn serve(State(server): State<Server>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let target = uri.path_and_query().unwrap().to_string();
    let received = Received { method, target, headers, body: String::from_utf8(body.into()).unwrap() };
    let mut answer = server.next(received.clone());
    server.arrived.notify_waiters();
    if let Answer::To(to) = answer {
        answer = to(&received);
    }
    match answer {
        Answer::Whole(response) => response,
        Answer::To(_) => panic!("an answer that depends on the call twice"),
        Answer::Silence => std::future::pending().await,
    }
}

/// A time that moves when it is told to.
#[derive(Debug)]
pub(super) struct HandClock(Mutex<Timestamp>);

impl HandClock {
    pub(super) fn advance(&self, time: SignedDuration) {
        let mut now = self.0.lock().unwrap();
        *now = now.checked_add(time).unwrap();
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Different bytes each time, the same in every run.
#[derive(Debug, Default)]
struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0.fetch_add(1, Ordering::SeqCst));
    }
}

/// A client of a scripted server.
pub(super) struct World {
    pub(super) server: Server,
    pub(super) client: Arc<GraphClient>,
    pub(super) clock: Arc<HandClock>,
}

/// Pauses that a test need not wait for.
pub(super) fn impatient() -> Patience {
    Patience { backoff: Duration::from_millis(2), ..Patience::default() }
}

pub(super) fn settings(address: &str, patience: Patience) -> GraphSettings {
    GraphSettings {
        cloud: Cloud::Global,
        base_url: Some(address.to_owned()),
        login_url: Some(format!("{address}/login")),
        tenant_id: TENANT.parse::<TenantId>().unwrap(),
        client_id: CLIENT.parse().unwrap(),
        credential: Credential::Secret(SecretString::from(SECRET)),
        patience,
    }
}

pub(super) fn client(settings: &GraphSettings, clock: Arc<HandClock>) -> Arc<GraphClient> {
    Arc::new(GraphClient::new(settings, clock, Arc::new(Counting::default())).unwrap())
}

pub(super) fn clock() -> Arc<HandClock> {
    Arc::new(HandClock(Mutex::new("2026-11-24T10:00:00Z".parse().unwrap())))
}

impl World {
    pub(super) async fn new() -> Self {
        Self::with(impatient()).await
    }

    pub(super) async fn with(patience: Patience) -> Self {
        let (server, clock) = (Server::start().await, clock());
        let client = client(&settings(server.address(), patience), clock.clone());
        Self { server, client, clock }
    }
}
