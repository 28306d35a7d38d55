//! A Graph and an Entra that answer as they are told, in order, and remember what they received.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use axum::{Router, routing};
use futures_util::stream;
use jiff::{SignedDuration, Timestamp};
use licensebot::adapters::graph::{GraphClient, GraphSettings, Patience};
use licensebot::domain::ids::TenantId;
use licensebot::ports::{Clock, Random};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;

pub(super) const TENANT: &str = "01db12ee-2429-4e13-954a-0346d89e9d3d";
pub(super) const CLIENT: &str = "1c10717b-f1c5-430b-90c6-772b1d5267dd";
pub(super) const SECRET: &str = "canary-secret~8Q&+ =";
pub(super) const BO: &str = "e4e88ff3-dbb9-464b-b3ee-7922b23896f8";
pub(super) const MEGAN: &str = "aaf35ff7-4556-4482-82f0-1f02602007b8";
pub(super) const SALES: &str = "ce252b1b-ecea-421b-a6bb-85199a1137c9";
pub(super) const E3: &str = "05e9a617-0261-4cee-bb44-138d3ef5d965";
pub(super) const E5: &str = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";
pub(super) const TEAMS: &str = "57ff2da0-773e-42df-b2af-ffb7a2317929";

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

/// What the server answers.
pub(super) enum Answer {
    Whole(Response),
    /// What depends on the call.
    To(Box<dyn FnOnce(&Received) -> Answer + Send>),
    /// Nothing, until the client gives up.
    Silence,
}

/// An answer with a JSON body.
pub(super) fn reply(status: u16, body: &Value) -> Answer {
    raw(status, "application/json;odata.metadata=minimal;charset=utf-8", body.to_string())
}

/// An answer with any body.
pub(super) fn raw(status: u16, content_type: &str, body: impl Into<Body>) -> Answer {
    let response = Response::builder().status(status).header("Content-Type", content_type);
    Answer::Whole(response.body(body.into()).unwrap())
}

/// An answer whose connection breaks behind these bytes.
pub(super) fn cut(status: u16, body: &str) -> Answer {
    let parts = [Ok(Bytes::copy_from_slice(body.as_bytes())), Err(std::io::Error::other("cut"))];
    raw(status, "application/json", Body::from_stream(stream::iter(parts)))
}

/// Graph's error envelope.
pub(super) fn refusal(status: u16, code: &str, message: &str) -> Answer {
    reply(status, &error(code, message))
}

pub(super) fn error(code: &str, message: &str) -> Value {
    let inner = json!({ "date": "2026-11-24T10:00:00", "request-id": TENANT, "client-request-id": TENANT });
    json!({ "error": { "code": code, "message": message, "innerError": inner } })
}

impl Answer {
    pub(super) fn with(self, name: &'static str, value: &str) -> Self {
        let Self::Whole(mut response) = self else { panic!("silence has no headers") };
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        Self::Whole(response)
    }
}

/// A `$batch` answer.
pub(super) fn batch(responses: &[(&str, u16, Value)]) -> Answer {
    let responses = responses.iter().map(|(id, status, body)| {
        json!({ "id": id, "status": status, "headers": { "Content-Type": "application/json" }, "body": body })
    });
    reply(200, &json!({ "responses": responses.collect::<Vec<_>>() }))
}

/// The list form of an answer.
pub(super) fn page(items: &[Value]) -> Value {
    json!({ "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users", "value": items })
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
            tokio::time::timeout(Duration::from_secs(20), arrived).await.expect("the calls never came");
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

/// Entra's yes.
pub(super) fn token(value: &str, expires_in: i64) -> Answer {
    let life = json!(expires_in);
    reply(200, &json!({ "token_type": "Bearer", "expires_in": life, "ext_expires_in": life, "access_token": value }))
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
        base_url: address.to_owned(),
        login_url: format!("{address}/login"),
        tenant_id: TENANT.parse::<TenantId>().unwrap(),
        client_id: CLIENT.parse().unwrap(),
        client_secret: SecretString::from(SECRET),
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

/// An account as Graph sends it.
pub(super) fn account(id: &str, name: &str) -> Value {
    json!({
        "id": id, "displayName": name, "userPrincipalName": format!("{}@northwind.example", name.to_lowercase()),
        "mailNickname": name.to_lowercase(), "jobTitle": "Account Manager", "department": "Sales",
        "accountEnabled": true, "userType": "Member", "usageLocation": "SE", "preferredLanguage": "sv-SE",
    })
}

/// The same with other or more fields.
pub(super) fn changed(mut object: Value, changes: &Value) -> Value {
    for (key, value) in changes.as_object().unwrap() {
        object[key] = value.clone();
    }
    object
}

/// The same as it stands in a list of directory objects.
pub(super) fn typed(kind: &str, object: Value) -> Value {
    changed(object, &json!({ "@odata.type": format!("#microsoft.graph.{kind}") }))
}

/// A product that the tenant owns.
pub(super) fn sku(id: &str, part_number: &str, enabled: u32, consumed: u32) -> Value {
    json!({
        "accountId": TENANT, "accountName": "Northwind", "appliesTo": "User", "capabilityStatus": "Enabled",
        "consumedUnits": consumed, "id": format!("{TENANT}_{id}"), "skuId": id, "skuPartNumber": part_number,
        "prepaidUnits": { "enabled": enabled, "suspended": 0, "warning": 0, "lockedOut": 0 },
        "servicePlans": [{
            "servicePlanId": TEAMS, "servicePlanName": "TEAMS1", "provisioningStatus": "Success", "appliesTo": "User",
        }],
        "subscriptionIds": [],
    })
}

/// Status as a number that reads.
pub(super) const OK: u16 = StatusCode::OK.as_u16();
