//! The demo, put together: a sandbox tenant, the bot, and a web chat, on loopback and on one data directory. The bot reaches
//! the tenant over HTTP with an OAuth token, as it would reach Microsoft. Never listens anywhere but on loopback.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use futures_util::TryFutureExt;
use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::clock::{DemoClock, machine_now};
use super::data_dir::DataDir;
use super::footing::Footing;
use super::listener::listen;
use super::random::SystemRandom;
use super::reach::{self, Note};
use super::tenant::{self, Tenant};
use super::workbench::Workbench;
use super::worker::Worker;
use super::{Problem, secret_file};
use crate::adapters::console::http::router;
use crate::adapters::console::{ChatStore, Console, DemoPerson, Roster};
use crate::adapters::graph::GraphClient;
use crate::adapters::store::lock::{InstanceLock, LockError};
use crate::adapters::store::sqlite::SqliteStore;
use crate::app::{App, Settings, World};
use crate::domain::audit::AuditKey;
use crate::domain::policy::demo as demo_policy;
use crate::ports::{Clock, Directory, FactsQuestion, PortError, Store};
use crate::sandbox::OffsetClock;

/// How often the lock of a data directory is tried, and how long between.
const LOCK_TRIES: u32 = 30;
const LOCK_PAUSE: Duration = Duration::from_millis(100);

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

/// A demo that runs.
#[derive(Debug)]
pub struct Demo {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    chat: Arc<ChatStore>,
    store: Arc<SqliteStore>,
    tasks: Vec<JoinHandle<()>>,
    footing: Footing,
    // The tenant inside answers nowhere any more, once the demo has stopped.
    inside: Option<DataDir>,
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
        options.data.make().map_err(|error| Problem::data(options.data.path(), &error))?;
        let lock = take_lock(&options.data).await?;
        Note::clear(&options.data);
        let (listener, address) = listen(options.listen).await?;
        let clock = clock(&options.data, options.sandbox.as_deref()).await?;
        if let Some(instant) = options.clock {
            clock.start_at(instant).await.map_err(|error| silent(&error))?;
        }
        let (stop, stopping) = watch::channel(false);
        let (tenant, serving) = tenant(&options, &clock, stopping.clone()).await?;
        Note::by_this_process(tenant.url(), options.sandbox.is_some()).leave(&options.data)?;
        let parts = Parts::open(&options.data, tenant, clock).await?;
        let (chat, store) = (Arc::clone(&parts.chat), Arc::clone(&parts.store));
        let app = parts.app().await?;
        let worker = Worker::new(Arc::clone(&app), Arc::clone(&store) as Arc<dyn Store>, parts.clock());
        let service = router(Arc::new(parts.console(app).await?));
        let worker = tokio::spawn(worker.run(stopped(stopping.clone())));
        let page = tokio::spawn(serve(listener, service, Arc::clone(&chat), stopping));
        let tasks = serving.into_iter().chain([worker, page]).collect();
        let footing = Footing::of(&options.data).map_err(|error| Problem::data(options.data.path(), &error))?;
        let inside = options.sandbox.is_none().then_some(options.data);
        Ok(Self { address, stop, chat, store, tasks, footing, inside, _lock: lock })
    }

    /// Where the web chat answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends when what the demo keeps is no longer where it was put. Then the process must end without [`Self::stop`], and at once:
    /// closing the files would tidy up in a directory that may be another demo's by now.
    pub async fn lost(&self) -> Problem {
        let gone = self.footing.lost().await;
        Problem::new(format!(
            "{} was deleted or replaced while the demo ran, so nothing can be kept any more: start the demo again",
            gone.display()
        ))
    }

    /// Stops taking anything in, finishes what is under way, and closes the files.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        self.chat.close_streams();
        for task in self.tasks {
            let _ = tokio::time::timeout(Duration::from_secs(20), task).await;
        }
        self.store.close().await;
        if let Some(data) = self.inside {
            Note::clear(&data);
        }
    }
}

impl Workbench {
    /// Opens the data directory of a demo that does not run; its tenant is inside, or the sandbox that is named.
    ///
    /// # Errors
    /// It runs, or cannot be opened.
    pub async fn of_demo(data: &DataDir, sandbox: Option<&str>) -> Result<Self, Problem> {
        let lock = InstanceLock::take(data.path())?;
        let clock = clock(data, sandbox).await?;
        let tenant = reach::alone(data, sandbox, clock.for_tenant()).await?;
        let parts = Parts::open(data, tenant, clock).await?;
        Ok(Self::new(parts.app().await?, parts.store, lock))
    }
}

/// The tenant that was named, or one of the directory's own, with what serves it until the demo stops.
async fn tenant(
    options: &DemoOptions,
    clock: &DemoClock,
    stopping: watch::Receiver<bool>,
) -> Result<(Tenant, Option<JoinHandle<()>>), Problem> {
    match &options.sandbox {
        Some(url) => Ok((Tenant::apart(url).await?, None)),
        None => {
            let (tenant, serving) = Tenant::inside(&options.data, clock.for_tenant(), stopped(stopping)).await?;
            Ok((tenant, Some(serving)))
        }
    }
}

async fn serve(listener: TcpListener, service: Router, chat: Arc<ChatStore>, stopping: watch::Receiver<bool>) {
    let until = async move {
        stopped(stopping).await;
        // An open stream of events would keep the server from ending.
        chat.close_streams();
    };
    if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(until).await {
        tracing::error!(%error, "the web chat stopped");
    }
}

async fn stopped(mut stopping: watch::Receiver<bool>) {
    // An error means that nobody is left who could say it: stop too.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// A process that was killed a moment ago may not be quite gone: its lock is waited for, a little.
async fn take_lock(data: &DataDir) -> Result<InstanceLock, Problem> {
    for _ in 0..LOCK_TRIES {
        match InstanceLock::take(data.path()) {
            Err(LockError::Held { .. }) => tokio::time::sleep(LOCK_PAUSE).await,
            taken => return Ok(taken?),
        }
    }
    Ok(InstanceLock::take(data.path())?)
}

fn loopback(address: SocketAddr) -> Result<(), Problem> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    Err(Problem::usage(format!(
        "{address} can be reached from elsewhere; the demo listens on loopback only, such as 127.0.0.1:8080"
    )))
}

/// The clock of a directory; with a sandbox that runs apart, after both agree.
async fn clock(data: &DataDir, sandbox: Option<&str>) -> Result<DemoClock, Problem> {
    let offset = OffsetClock::open(data.path(), machine_now).map_err(|error| Problem::data(&data.clock(), &error))?;
    let apart = match sandbox {
        Some(url) => Some(tenant::control(url)?),
        None => None,
    };
    let clock = DemoClock::new(offset, apart);
    clock.agree().await.map_err(|_| tenant::no_sandbox(sandbox.unwrap_or_default()))?;
    Ok(clock)
}

fn silent(error: &PortError) -> Problem {
    Problem::new(format!("the sandbox tenant does not answer ({error}); start the demo again"))
}

/// The key of the trail. It is made before the database, so a database without one has lost it: another key in its place would
/// only hide that.
fn audit_secret(data: &DataDir) -> Result<Vec<u8>, Problem> {
    let (key, database) = (data.audit_key(), data.database());
    if database.exists() && !key.exists() {
        return Err(Problem::new(format!(
            "{} is missing, and the trail in {} is sealed with it: put it back, or begin anew with another --data",
            key.display(),
            database.display()
        )));
    }
    secret_file::open(&key, &SystemRandom).map_err(|error| Problem::data(&key, &error))
}

/// Everything that the demo is made of, opened and not yet at work.
struct Parts {
    data: DataDir,
    data_clock: DemoClock,
    graph: Arc<GraphClient>,
    store: Arc<SqliteStore>,
    chat: Arc<ChatStore>,
}

impl Parts {
    async fn open(data: &DataDir, tenant: Tenant, clock: DemoClock) -> Result<Self, Problem> {
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let tenant_id = tenant.tenant_id;
        let graph = Arc::new(tenant.client(Arc::clone(&shared))?);
        let secret = audit_secret(data)?;
        let (database, messages) = (data.database(), data.chat());
        let store = SqliteStore::open(&database, tenant_id, AuditKey::from_secret(&secret))
            .map_err(|error| Problem::opening(&database, error));
        let chat = ChatStore::open(&messages, shared).map_err(|error| Problem::chat(&messages, &error));
        let warmed = graph.warm().map_err(|error| silent(&error));
        // The first that fails is told at once: the tenant may take its time to say that it does not answer.
        let (store, chat, ()) = tokio::try_join!(store, chat, warmed)?;
        Ok(Self { data: data.clone(), data_clock: clock, graph, store: Arc::new(store), chat: Arc::new(chat) })
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
        Ok(Arc::new(app.map_err(|error| Problem::database(&self.data.database(), &error))?))
    }

    async fn console(&self, app: Arc<App>) -> Result<Console, Problem> {
        Ok(Console {
            store: Arc::clone(&self.chat),
            door: app,
            people: Arc::new(self.roster().await.map_err(|error| silent(&error))?),
            time: Arc::new(self.data_clock.clone()),
            random: Arc::new(SystemRandom),
            zone: jiff::tz::TimeZone::system(),
            rehearsal: !self.graph.is_microsoft(),
        })
    }

    /// Everybody with a short name, and whom they report to.
    async fn roster(&self) -> Result<Roster, PortError> {
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
