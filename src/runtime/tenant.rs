//! Reaching a sandbox tenant: one that is started inside, or one that runs apart on this machine. Never a tenant elsewhere.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::Problem;
use super::data_dir::DataDir;
use super::random::{self, SystemRandom};
use crate::adapters::graph::{GraphClient, GraphSettings, Patience};
use crate::domain::ids::TenantId;
use crate::ports::Clock;
use crate::sandbox::{Sandbox, SeedTenant, TenantClock};

/// What is needed to reach a tenant.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    base_url: String,
    login_url: String,
    /// The tenant.
    pub tenant_id: TenantId,
    client_id: Uuid,
    client_secret: SecretString,
}

/// For the sandbox's control surface alone, on loopback.
///
/// # Errors
/// The HTTP client cannot be built.
pub fn control_client() -> Result<reqwest::Client, Problem> {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(10))
        .build()
        .map_err(|error| Problem::new(format!("the HTTP client cannot be built: {error}")))
}

/// Opens the seeded company on its directory. Reads and replays files, so not on a thread that answers people.
///
/// # Errors
/// [`Problem`].
pub async fn open_sandbox(directory: PathBuf, clock: Arc<dyn TenantClock>) -> Result<Sandbox, Problem> {
    let unusable = |error: String| Problem::new(format!("the sandbox tenant cannot be opened: {error}"));
    let opened = tokio::task::spawn_blocking(move || {
        let company = SeedTenant::northwind().map_err(|error| error.to_string())?;
        Sandbox::open(&directory, company, clock, Arc::new(random::fill)).map_err(|error| error.to_string())
    });
    opened.await.map_err(|error| unusable(error.to_string()))?.map_err(unusable)
}

impl Tenant {
    /// Starts the tenant of a data directory on a port of its own, until `stop`.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn inside(
        data: &DataDir,
        clock: Arc<dyn TenantClock>,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(Self, JoinHandle<()>), Problem> {
        let sandbox = open_sandbox(data.sandbox(), clock).await?;
        let local = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let listener = TcpListener::bind(local).await.map_err(|error| Problem::listen(local, &error))?;
        let address = listener.local_addr().map_err(|error| Problem::listen(local, &error))?;
        let facts = sandbox.facts(address);
        let serving = tokio::spawn(async move {
            if let Err(error) = sandbox.serve(listener, stop).await {
                tracing::error!(%error, "the sandbox tenant stopped");
            }
        });
        let tenant = Self {
            login_url: facts.base_url.clone(),
            base_url: facts.base_url,
            tenant_id: facts.tenant_id,
            client_id: facts.client_id,
            client_secret: facts.client_secret,
        };
        Ok((tenant, serving))
    }

    /// Asks a sandbox that runs apart on this machine how to reach it.
    ///
    /// # Errors
    /// The address is not on this machine, or nothing answers there.
    pub async fn apart(url: &str) -> Result<Self, Problem> {
        if !is_local(url) {
            let message = format!("`{url}` is not on this machine; name a sandbox such as http://127.0.0.1:8090");
            return Err(Problem::usage(message));
        }
        let unreachable = || Problem::new(format!("no sandbox answers at {url}; start one with `licensebot sandbox`"));
        let answer = control_client()?.get(format!("{}/sandbox/app", url.trim_end_matches('/'))).send().await;
        let answer = answer.and_then(reqwest::Response::error_for_status).map_err(|_| unreachable())?;
        answer.json().await.map_err(|_| unreachable())
    }

    /// Notes the address in the data directory, for the command line beside a demo that runs.
    ///
    /// # Errors
    /// The note cannot be written.
    pub fn remember(&self, data: &DataDir) -> Result<(), Problem> {
        let note = data.tenant_note();
        std::fs::write(&note, &self.base_url).map_err(|error| Problem::data(&note, error))
    }

    /// The tenant that the demo of this data directory works with, when it answers.
    pub async fn remembered(data: &DataDir) -> Option<Self> {
        let url = std::fs::read_to_string(data.tenant_note()).ok()?;
        Self::apart(url.trim()).await.ok()
    }

    /// A client for it.
    ///
    /// # Errors
    /// The settings, or the HTTP client, cannot be used.
    pub fn client(self, clock: Arc<dyn Clock>) -> Result<GraphClient, Problem> {
        let settings = GraphSettings {
            base_url: self.base_url,
            login_url: self.login_url,
            tenant_id: self.tenant_id,
            client_id: self.client_id,
            client_secret: self.client_secret,
            patience: Patience::default(),
        };
        GraphClient::new(&settings, clock, Arc::new(SystemRandom)).map_err(|error| Problem::new(error.to_string()))
    }
}

fn is_local(url: &str) -> bool {
    let parsed = url::Url::parse(url).ok();
    parsed.as_ref().and_then(url::Url::host).is_some_and(|host| match host {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    })
}
