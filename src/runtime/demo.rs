//! The demo, put together: a sandbox tenant, the bot, and a web chat, on loopback and on one data directory. The bot reaches
//! the tenant over HTTP with an OAuth token, as it would reach Microsoft. Never listens anywhere but on loopback.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::clock::{Apart, DemoClock, machine_now};
use super::data_dir::DataDir;
use super::random::{self, SystemRandom};
use super::worker::Worker;
use super::{Problem, secret_file};
use crate::adapters::console::http::router;
use crate::adapters::console::{ChatStore, Console, DemoPerson, Roster};
use crate::adapters::graph::{GraphClient, GraphSettings, Patience};
use crate::adapters::store::lock::InstanceLock;
use crate::adapters::store::sqlite::SqliteStore;
use crate::app::{App, Settings, World};
use crate::domain::audit::AuditKey;
use crate::domain::ids::TenantId;
use crate::domain::policy::demo as demo_policy;
use crate::ports::{Clock, Directory, FactsQuestion, Store};
use crate::sandbox::{OffsetClock, Sandbox, SeedTenant, TenantClock};

/// What the caller chooses.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// Where the web chat listens; loopback.
    pub listen: SocketAddr,
    /// Where everything is kept.
    pub data: DataDir,
    /// The time it is at least.
    pub clock: Option<Timestamp>,
    /// A sandbox that runs apart.
    pub sandbox: Option<String>,
}

/// What is needed to reach a tenant.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tenant {
    base_url: String,
    login_url: String,
    tenant_id: TenantId,
    client_id: Uuid,
    client_secret: SecretString,
}

/// A demo that runs.
#[derive(Debug)]
pub struct Demo {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    chat: Arc<ChatStore>,
    store: Arc<SqliteStore>,
    tasks: Vec<JoinHandle<()>>,
    // Held until everything has stopped.
    _lock: InstanceLock,
}

impl Demo {
    /// Starts everything. When it is back, the page answers.
    ///
    /// # Errors
    /// [`Problem`]: one sentence, and what to do next.
    pub async fn start(options: DemoOptions) -> Result<Self, Problem> {
        loopback(options.listen)?;
        options.data.make().map_err(|error| Problem::data(options.data.path(), error))?;
        let lock = InstanceLock::take(options.data.path()).map_err(|error| Problem::new(error.to_string()))?;
        let listener =
            TcpListener::bind(options.listen).await.map_err(|error| Problem::listen(options.listen, &error))?;
        let address = listener.local_addr().map_err(|error| Problem::listen(options.listen, &error))?;
        let clock = clock(&options)?;
        let (stop, stopping) = watch::channel(false);
        let mut tasks = Vec::new();
        let tenant = match &options.sandbox {
            Some(url) => tenant_apart(url).await?,
            None => tenant_inside(&options.data, &clock, stopping.clone(), &mut tasks).await?,
        };
        let parts = Parts::open(&options.data, tenant, clock).await?;
        let (chat, store) = (Arc::clone(&parts.chat), Arc::clone(&parts.store));
        let app = parts.app().await?;
        let worker = Worker::new(Arc::clone(&app), Arc::clone(&store) as Arc<dyn Store>, parts.clock());
        tasks.push(tokio::spawn(worker.run(stopped(stopping.clone()))));
        let service = router(Arc::new(parts.console(app).await?));
        let closing = Arc::clone(&chat);
        let until = async move {
            stopped(stopping).await;
            closing.close_streams();
        };
        tasks.push(tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(until).await {
                tracing::error!(%error, "the web chat stopped");
            }
        }));
        Ok(Self { address, stop, chat, store, tasks, _lock: lock })
    }

    /// Where the web chat answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops taking anything in, finishes what is under way, and closes the files.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        self.chat.close_streams();
        for task in self.tasks {
            let _ = tokio::time::timeout(Duration::from_secs(20), task).await;
        }
        self.store.close().await;
    }
}

async fn stopped(mut stopping: watch::Receiver<bool>) {
    // An error means that nobody is left who could say it: stop too.
    let _ = stopping.wait_for(|stop| *stop).await;
}

fn loopback(address: SocketAddr) -> Result<(), Problem> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    Err(Problem::usage(format!(
        "{address} can be reached from elsewhere; the demo listens on loopback only, such as 127.0.0.1:8080"
    )))
}

fn clock(options: &DemoOptions) -> Result<DemoClock, Problem> {
    let offset = OffsetClock::open(options.data.path(), machine_now)
        .map_err(|error| Problem::data(&options.data.path().join("clock.json"), error))?;
    let apart = match &options.sandbox {
        Some(url) => Some(Apart { url: url.trim_end_matches('/').to_owned(), client: control_client()? }),
        None => None,
    };
    let clock = DemoClock::new(offset, apart);
    if let Some(instant) = options.clock {
        clock.start_at(instant);
    }
    Ok(clock)
}

/// For the sandbox's control surface alone, on loopback.
fn control_client() -> Result<reqwest::Client, Problem> {
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

async fn tenant_inside(
    data: &DataDir,
    clock: &DemoClock,
    stopping: watch::Receiver<bool>,
    tasks: &mut Vec<JoinHandle<()>>,
) -> Result<Tenant, Problem> {
    let (directory, tenant_clock) = (data.sandbox(), clock.for_tenant());
    let sandbox = open_sandbox(directory, tenant_clock).await?;
    let local = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let listener = TcpListener::bind(local).await.map_err(|error| Problem::listen(local, &error))?;
    let address = listener.local_addr().map_err(|error| Problem::listen(local, &error))?;
    let facts = sandbox.facts(address);
    tasks.push(tokio::spawn(async move {
        if let Err(error) = sandbox.serve(listener, stopped(stopping)).await {
            tracing::error!(%error, "the sandbox tenant stopped");
        }
    }));
    Ok(Tenant {
        login_url: facts.base_url.clone(),
        base_url: facts.base_url,
        tenant_id: facts.tenant_id,
        client_id: facts.client_id,
        client_secret: facts.client_secret,
    })
}

async fn tenant_apart(url: &str) -> Result<Tenant, Problem> {
    let parsed = url::Url::parse(url).ok();
    let local = parsed.as_ref().and_then(url::Url::host).is_some_and(|host| match host {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    });
    if !local {
        return Err(Problem::usage(format!(
            "`{url}` is not on this machine; name a sandbox such as http://127.0.0.1:8090"
        )));
    }
    let unreachable = || Problem::new(format!("no sandbox answers at {url}; start one with `licensebot sandbox`"));
    let answer = control_client()?.get(format!("{}/sandbox/app", url.trim_end_matches('/'))).send().await;
    let answer = answer.and_then(reqwest::Response::error_for_status).map_err(|_| unreachable())?;
    answer.json().await.map_err(|_| unreachable())
}

/// Everything that the demo is made of, opened and not yet at work.
struct Parts {
    data_clock: DemoClock,
    graph: Arc<GraphClient>,
    store: Arc<SqliteStore>,
    chat: Arc<ChatStore>,
}

impl Parts {
    async fn open(data: &DataDir, tenant: Tenant, clock: DemoClock) -> Result<Self, Problem> {
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let settings = GraphSettings {
            base_url: tenant.base_url,
            login_url: tenant.login_url,
            tenant_id: tenant.tenant_id,
            client_id: tenant.client_id,
            client_secret: tenant.client_secret,
            patience: Patience::default(),
        };
        let graph = GraphClient::new(&settings, Arc::clone(&shared), Arc::new(SystemRandom));
        let graph = Arc::new(graph.map_err(|error| Problem::new(error.to_string()))?);
        let secret = secret_file::open(&data.audit_key(), &SystemRandom)
            .map_err(|error| Problem::data(&data.audit_key(), error))?;
        let (database, messages) = (data.database(), data.chat());
        let store = SqliteStore::open(&database, tenant.tenant_id, AuditKey::from_secret(&secret));
        let chat = ChatStore::open(&messages, shared);
        let (store, chat, warmed) = tokio::join!(store, chat, graph.warm());
        let store = Arc::new(store.map_err(|error| Problem::new(error.to_string()))?);
        let chat = Arc::new(chat.map_err(|error| Problem::new(format!("the chat cannot be opened: {error}")))?);
        warmed.map_err(|error| Problem::new(format!("the sandbox tenant does not answer: {error}")))?;
        Ok(Self { data_clock: clock, graph, store, chat })
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(self.data_clock.clone())
    }

    async fn app(&self) -> Result<Arc<App>, Problem> {
        let policy = demo_policy::policy().map_err(|problems| Problem::policy(&problems))?;
        let world = World {
            clock: self.clock(),
            random: Arc::new(SystemRandom),
            directory: Arc::clone(&self.graph) as _,
            licensing: Arc::clone(&self.graph) as _,
            chat: Arc::clone(&self.chat) as _,
            store: Arc::clone(&self.store) as _,
        };
        let settings = Settings {
            pending: SignedDuration::from_hours(14 * 24),
            may_set_usage_location: true,
            rehearsal: !self.graph.is_microsoft(),
            nicknames: Arc::default(),
        };
        let app = App::start(world, policy, settings).await;
        Ok(Arc::new(app.map_err(|error| Problem::new(error.to_string()))?))
    }

    async fn console(&self, app: Arc<App>) -> Result<Console, Problem> {
        Ok(Console {
            store: Arc::clone(&self.chat),
            door: app,
            people: Arc::new(self.roster().await.map_err(|error| Problem::new(error.to_string()))?),
            time: Arc::new(self.data_clock.clone()),
            random: Arc::new(SystemRandom),
            zone: jiff::tz::TimeZone::system(),
            rehearsal: !self.graph.is_microsoft(),
        })
    }

    /// Everybody with a short name, and whom they report to.
    async fn roster(&self) -> Result<Roster, crate::ports::PortError> {
        let people = self.graph.everyone().await?;
        let question = FactsQuestion { people: people.iter().map(|person| person.id).collect(), ..Default::default() };
        let facts = self.graph.read(&question).await?;
        let manager_of = |id| facts.people.get(&id)?.manager.as_ref()?.nickname.clone();
        let as_demo_person = |person: crate::domain::person::Person| {
            Some(DemoPerson {
                id: person.id,
                name: person.nickname?,
                display_name: person.display_name,
                title: person.job_title,
                manager: manager_of(person.id),
            })
        };
        Ok(Roster::new(people.into_iter().filter_map(as_demo_person).collect()))
    }
}
