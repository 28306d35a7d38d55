//! Reaching a sandbox tenant: one that is started inside, or one that runs apart on this machine. Never a tenant elsewhere.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::Problem;
use super::clock::Apart;
use super::data_dir::DataDir;
use super::listener::listen;
use super::random::{self, SystemRandom};
use crate::adapters::graph::{Cloud, Credential, GraphClient, GraphSettings, Patience};
use crate::domain::ids::TenantId;
use crate::ports::Clock;
use crate::sandbox::{OpenError, Sandbox, SeedTenant, Start, TenantClock};

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

/// The control surface of a sandbox that runs apart on this machine.
///
/// # Errors
/// The address is not on this machine.
pub(super) fn control(url: &str) -> Result<Apart, Problem> {
    if !is_local(url) {
        let message = format!("`{url}` is not on this machine; name a sandbox such as http://127.0.0.1:8090");
        return Err(Problem::usage(message));
    }
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(10))
        .build()
        .map_err(|error| Problem::new(format!("the HTTP client cannot be built: {error}")))?;
    Ok(Apart { url: url.trim_end_matches('/').to_owned(), client })
}

/// Nothing answers there as a sandbox does.
pub(super) fn no_sandbox(url: &str) -> Problem {
    Problem::new(format!("no sandbox answers at {url}; start one with `licensebot sandbox`"))
}

/// Opens a sandbox tenant on its directory. Reads and replays files, so not on a thread that answers people.
///
/// # Errors
/// [`Problem`].
pub async fn open_tenant(directory: PathBuf, start: Start, clock: Arc<dyn TenantClock>) -> Result<Sandbox, Problem> {
    let opened =
        tokio::task::spawn_blocking(move || Sandbox::open_from(&directory, start, clock, Arc::new(random::fill)));
    match opened.await {
        Ok(opened) => opened.map_err(unusable),
        Err(broken) => Err(Problem::new(format!("the sandbox tenant could not be opened ({broken}); start again"))),
    }
}

fn unusable(error: OpenError) -> Problem {
    match error {
        OpenError::Seed(mistake) => Problem::usage(mistake.to_string()),
        OpenError::File { path, source } => Problem::data(&path, &source),
        told => Problem::new(format!("the sandbox tenant cannot be opened: {told}")),
    }
}

/// Opens the seeded company on its directory.
///
/// # Errors
/// [`Problem`].
pub async fn open_sandbox(directory: PathBuf, clock: Arc<dyn TenantClock>) -> Result<Sandbox, Problem> {
    open_tenant(directory, Start::Company(seeded()?), clock).await
}

/// The company that the program brings with it.
///
/// # Errors
/// Never in a build whose tests passed.
pub fn seeded() -> Result<SeedTenant, Problem> {
    SeedTenant::northwind().map_err(|error| Problem::new(error.to_string()))
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
        let (listener, address) = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
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
        let Apart { url: root, client } = control(url)?;
        let answer = client.get(format!("{root}/sandbox/app")).send().await;
        let answer = answer.and_then(reqwest::Response::error_for_status).map_err(|_| no_sandbox(url))?;
        answer.json().await.map_err(|_| no_sandbox(url))
    }

    /// Its root.
    pub fn url(&self) -> &str {
        &self.base_url
    }

    /// A client for it.
    ///
    /// # Errors
    /// The settings, or the HTTP client, cannot be used.
    pub fn client(self, clock: Arc<dyn Clock>) -> Result<GraphClient, Problem> {
        let settings = GraphSettings {
            cloud: Cloud::default(),
            base_url: Some(self.base_url),
            login_url: Some(self.login_url),
            tenant_id: self.tenant_id,
            client_id: self.client_id,
            credential: Credential::Secret(self.client_secret),
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
