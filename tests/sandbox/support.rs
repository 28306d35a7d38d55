//! A running sandbox on its own port, with a clock that only tests move, and a client that speaks plain HTTP.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use licensebot::domain::catalog;
use licensebot::sandbox::{OpenError, Sandbox, SandboxFacts, SeedTenant, TenantClock};
use reqwest::{Client, Method, RequestBuilder, header::HeaderMap};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::http;

pub struct TestClock(Mutex<Timestamp>);

impl TenantClock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn advance(&self, by: SignedDuration) {
        *self.0.lock().unwrap() += by;
    }
}

/// Bytes that never repeat and are the same in every run.
pub fn counting() -> impl Fn(&mut [u8]) + Send + Sync {
    let count = AtomicU64::new(1);
    move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            let value = count.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            chunk.copy_from_slice(&value.to_be_bytes()[..chunk.len()]);
        }
    }
}

pub fn northwind() -> SeedTenant {
    SeedTenant::northwind().unwrap()
}

/// The company whose bot was consented to exactly these roles.
pub fn with_roles(roles: &[&str]) -> SeedTenant {
    let mut seed = northwind();
    seed.apps[0].roles = roles.iter().map(|role| (*role).to_owned()).collect();
    seed
}

pub struct Tenant {
    pub http: Client,
    pub address: SocketAddr,
    pub facts: SandboxFacts,
    pub clock: Arc<TestClock>,
    token: String,
    directory: TempDir,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

pub fn open(directory: &Path, seed: SeedTenant) -> Result<Sandbox, OpenError> {
    Sandbox::open(directory, seed, new_clock(), Arc::new(counting()))
}

pub fn new_clock() -> Arc<TestClock> {
    Arc::new(TestClock(Mutex::new("2026-03-02T09:00:00Z".parse().unwrap())))
}

impl Tenant {
    pub async fn start() -> Self {
        Self::of(northwind()).await
    }

    pub async fn of(seed: SeedTenant) -> Self {
        Self::on(tempfile::tempdir().unwrap(), seed, new_clock()).await
    }

    async fn on(directory: TempDir, seed: SeedTenant, clock: Arc<TestClock>) -> Self {
        let sandbox = Sandbox::open(directory.path(), seed, clock.clone(), Arc::new(counting())).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let facts = sandbox.facts(address);
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(sandbox.serve(listener, async move {
            let _ = stopped.await;
        }));
        let mut tenant = Self { http: http(), address, facts, clock, token: String::new(), directory, stop, server };
        tenant.sign_in().await;
        tenant
    }

    /// Fetches a fresh token for the calls that follow.
    pub async fn sign_in(&mut self) {
        let answer = self.token(&[]).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.token = answer.body["access_token"].as_str().unwrap().to_owned();
    }

    /// Asks for a token, with some form fields different; an empty value leaves the field out.
    pub async fn token(&self, changed: &[(&str, &str)]) -> Answer {
        self.token_at(&self.facts.tenant_id.to_string(), changed).await
    }

    pub async fn token_at(&self, tenant: &str, changed: &[(&str, &str)]) -> Answer {
        let id = self.facts.client_id.to_string();
        let mut form = vec![
            ("client_id", id.as_str()),
            ("client_secret", self.facts.client_secret.expose_secret()),
            ("scope", "https://graph.microsoft.com/.default"),
            ("grant_type", "client_credentials"),
        ];
        for (name, value) in changed {
            form.retain(|(field, _)| field != name);
            form.push((name, value));
        }
        form.retain(|(_, value)| !value.is_empty());
        let url = format!("{}/{tenant}/oauth2/v2.0/token", self.facts.base_url);
        answer(self.http.post(url).form(&form)).await
    }

    pub fn bearer(&self) -> &str {
        &self.token
    }

    /// A Graph call with the token, to be sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/v1.0{path}", self.facts.base_url)).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        answer(self.request(Method::POST, path).json(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        answer(self.request(Method::PATCH, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        answer(self.request(Method::DELETE, path)).await
    }

    pub async fn assign(&self, who: &str, add: &[Value], remove: &[&str]) -> Answer {
        let body =
            json!({ "addLicenses": add, "removeLicenses": remove.iter().map(|one| sku(one)).collect::<Vec<_>>() });
        self.post(&format!("/users/{who}@northwind.example/assignLicense"), &body).await
    }

    pub async fn batch(&self, requests: Value) -> Answer {
        self.post("/$batch", &json!({ "requests": requests })).await
    }

    /// What a person holds, as Graph tells it.
    pub async fn licenses(&self, who: &str) -> Value {
        let path = format!("/users/{who}@northwind.example?$select=assignedLicenses");
        self.get(&path).await.ok()["assignedLicenses"].take()
    }

    /// Seats in use of a product.
    pub async fn consumed(&self, part_number: &str) -> u64 {
        let skus = self.get("/subscribedSkus").await.ok();
        let skus = skus["value"].as_array().unwrap();
        let sku = skus.iter().find(|sku| sku["skuPartNumber"] == part_number).unwrap();
        sku["consumedUnits"].as_u64().unwrap()
    }

    pub async fn control(&self, method: Method, path: &str, body: &Value) -> Answer {
        let request = self.http.request(method, format!("{}/sandbox{path}", self.facts.base_url));
        answer(if body.is_null() { request } else { request.json(body) }).await
    }

    /// Lets time pass for the tenant.
    pub async fn pass(&self, time: &str) {
        self.control(Method::POST, "/clock", &json!({ "advance": time })).await.ok();
    }

    pub async fn order(&self, faults: Value) {
        let answer = self.control(Method::POST, "/faults", &faults).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    pub async fn ledger(&self) -> Vec<Value> {
        let body = self.control(Method::GET, "/ledger", &Value::Null).await.ok();
        body["mutations"].as_array().unwrap().clone()
    }

    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Stops the server and hands its directory over.
    pub async fn stop(self) -> TempDir {
        self.stop.send(()).unwrap();
        drop(self.http);
        self.server.await.unwrap().unwrap();
        self.directory
    }

    /// Stops and starts again on the same directory, with the same clock.
    pub async fn restart(self) -> Self {
        self.restart_as(northwind()).await
    }

    /// The same, of a company of one's own.
    pub async fn restart_as(self, seed: SeedTenant) -> Self {
        let clock = self.clock.clone();
        let directory = self.stop().await;
        Self::on(directory, seed, clock).await
    }
}

impl Answer {
    /// The body of an answer that must be a success.
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.body);
        self.body
    }

    /// The message of a refusal that must have this status and code.
    pub fn refused(&self, status: u16, code: &str) -> &str {
        assert_eq!((self.status, &self.body["error"]["code"]), (status, &json!(code)), "{}", self.body);
        self.body["error"]["message"].as_str().unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.unwrap();
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
    Answer { status, headers, body }
}

/// The id of a product.
pub fn sku(part_number: &str) -> String {
    catalog::products().by_part_number(part_number).unwrap().sku.to_string()
}

/// The id of a plan.
pub fn plan(part_name: &str) -> String {
    let mut plans = catalog::products().plans().iter();
    plans.find(|plan| plan.part_name == part_name).unwrap().id.to_string()
}

/// An element of `addLicenses`.
pub fn with(part_number: &str, off: &[&str]) -> Value {
    json!({ "skuId": sku(part_number), "disabledPlans": off.iter().map(|name| plan(name)).collect::<Vec<_>>() })
}

/// An element of `assignedLicenses`: the plans that are off come sorted.
pub fn held(part_number: &str, off: &[&str]) -> Value {
    let mut off: Vec<String> = off.iter().map(|name| plan(name)).collect();
    off.sort();
    json!({ "skuId": sku(part_number), "disabledPlans": off })
}
