//! The client against the sandbox tenant, which shares nothing with it but the published protocol.

mod certificates;
mod failing;
mod reading;
mod writing;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;

use jiff::SignedDuration;
use licensebot::adapters::graph::{Cloud, Credential, GraphClient, GraphSettings, Patience};
use licensebot::domain::catalog::products;
use licensebot::domain::change::ChangeSet;
use licensebot::domain::ids::{GroupId, PersonId, PlanId, SkuId};
use licensebot::domain::person::PersonFacts;
use licensebot::domain::request::CallId;
use licensebot::ports::{Directory, FactsQuestion, Licensing, WriteAnswer};
use licensebot::sandbox::{Sandbox, SeedTenant, TenantClock};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::support::{HandClock, client, clock, impatient};
use crate::support::http;

impl TenantClock for HandClock {
    fn now(&self) -> jiff::Timestamp {
        licensebot::ports::Clock::now(self)
    }

    fn advance(&self, by: SignedDuration) {
        HandClock::advance(self, by);
    }
}

pub(super) struct Tenant {
    pub(super) client: Arc<GraphClient>,
    pub(super) clock: Arc<HandClock>,
    address: SocketAddr,
    settings: GraphSettings,
    _data: TempDir,
}

impl Tenant {
    pub(super) async fn start() -> Self {
        Self::of(SeedTenant::northwind().unwrap()).await
    }

    pub(super) async fn of(seed: SeedTenant) -> Self {
        Self::with(seed, None).await
    }

    /// A client that signs in with this, and not with the secret.
    pub(super) async fn start_as(credential: Credential) -> Self {
        Self::with(SeedTenant::northwind().unwrap(), Some(credential)).await
    }

    async fn with(seed: SeedTenant, credential: Option<Credential>) -> Self {
        let (data, clock) = (tempfile::tempdir().unwrap(), clock());
        let random = |bytes: &mut [u8]| bytes.fill(7);
        let sandbox = Sandbox::open(data.path(), seed, clock.clone(), Arc::new(random)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let facts = sandbox.facts(address);
        tokio::spawn(sandbox.serve(listener, std::future::pending()));
        let settings = GraphSettings {
            cloud: Cloud::Global,
            base_url: Some(facts.base_url.clone()),
            login_url: Some(facts.base_url),
            tenant_id: facts.tenant_id,
            client_id: facts.client_id,
            credential: credential.unwrap_or(Credential::Secret(facts.client_secret)),
            patience: impatient(),
        };
        Self { client: client(&settings, clock.clone()), clock, address, settings, _data: data }
    }

    /// Another client, as patient as this.
    fn client_with(&self, patience: Patience) -> Arc<GraphClient> {
        let settings = GraphSettings { patience, ..self.settings.clone() };
        client(&settings, self.clock.clone())
    }

    /// Who this is, by nickname.
    pub(super) async fn id(&self, name: &str) -> PersonId {
        let found = self.client.find(name).await.unwrap();
        assert_eq!(found.len(), 1, "{name}");
        found[0].id
    }

    pub(super) async fn facts(&self, name: &str) -> PersonFacts {
        let id = self.id(name).await;
        let question = FactsQuestion { people: [id].into(), ..FactsQuestion::default() };
        self.client.read(&question).await.unwrap().people.remove(&id).unwrap()
    }

    pub(super) async fn set(&self, name: &str, change: &ChangeSet) -> WriteAnswer {
        let person = self.id(name).await;
        self.client.set_licenses(person, change, call()).await
    }

    /// Something that only the sandbox answers.
    pub(super) async fn control(&self, path: &str) -> Value {
        http().get(format!("http://{}/sandbox/{path}", self.address)).send().await.unwrap().json().await.unwrap()
    }

    pub(super) async fn order(&self, fault: Value) {
        let url = format!("http://{}/sandbox/faults", self.address);
        let ordered = http().post(url).json(&fault).send().await.unwrap();
        assert!(ordered.status().is_success(), "{fault}");
    }

    async fn post(&self, path: &str) {
        let url = format!("http://{}/sandbox/{path}", self.address);
        assert!(http().post(url).send().await.unwrap().status().is_success(), "{path}");
    }

    async fn delete(&self, path: &str) {
        let url = format!("http://{}/sandbox/{path}", self.address);
        assert!(http().delete(url).send().await.unwrap().status().is_success(), "{path}");
    }

    /// How many Graph calls were made.
    pub(super) async fn calls(&self) -> u64 {
        self.control("calls").await["total"].as_u64().unwrap()
    }

    /// What was changed.
    pub(super) async fn ledger(&self) -> Vec<Value> {
        self.control("ledger").await["mutations"].as_array().unwrap().clone()
    }
}

pub(super) fn call() -> CallId {
    CallId("5be327fc-63ac-4a0e-8a59-5b2ea0ee5b3c".parse().unwrap())
}

pub(super) fn sku(part_number: &str) -> SkuId {
    products().by_part_number(part_number).unwrap().sku
}

pub(super) fn plan(sku: &str, part_name: &str) -> PlanId {
    let product = products().by_part_number(sku).unwrap();
    let named = |plan: &&PlanId| products().plan(**plan).is_some_and(|plan| plan.part_name == part_name);
    *product.plans.iter().find(named).unwrap()
}

pub(super) fn add(part_number: &str, off: &[PlanId]) -> ChangeSet {
    ChangeSet { add: [(sku(part_number), off.iter().copied().collect())].into(), remove: BTreeSet::new() }
}

pub(super) fn remove(part_number: &str) -> ChangeSet {
    ChangeSet { add: BTreeMap::new(), remove: [sku(part_number)].into() }
}

pub(super) const SALES: &str = "ce252b1b-ecea-421b-a6bb-85199a1137c9";
pub(super) const OPERATORS: &str = "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9";
pub(super) const ALL_STAFF: &str = "22791b62-4176-4927-a7a1-1a5179e33d09";

pub(super) fn group(id: &str) -> GroupId {
    id.parse().unwrap()
}
