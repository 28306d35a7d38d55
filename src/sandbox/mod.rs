//! A tenant that speaks the wire protocols of Entra and Microsoft Graph over HTTP, for the demo, tests and rehearsals.
//! Knows products and ids from `domain` and nothing else of this program; never shares a wire type with the Graph
//! client that it is there to test.
//!
//! - [`seed`]: the company on its first day; `tenant`: the directory in memory, and how it changes
//! - `store`: the data directory; what is accepted is on the disk before it is answered
//! - `state`: what calls share; the one way to change the tenant
//! - `wire`: the HTTP surface, to `entra` (tokens), `graph`, and `control` (`/sandbox/…`)
//! - `faults`, `link`, `calls`, `guard`: failing on demand, cutting connections, counting, and who may call at all

mod calls;
mod clock;
mod control;
mod countries;
mod damage;
mod duration;
mod entra;
mod faults;
mod graph;
mod guard;
mod link;
mod random;
mod rival;
pub mod seed;
mod state;
mod store;
mod tenant;
mod wire;

use std::fmt;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use secrecy::SecretString;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::domain::ids::TenantId;
use crate::x509::Certificate;

pub use clock::{OffsetClock, TenantClock};
pub use faults::{FaultOrders, FaultOrdersError};
pub use random::RandomBytes;
pub use seed::{SeedError, SeedTenant};
pub use store::{JournalError, OpenError};

use state::State;
use store::{Credentials, Description, Journal};
use tenant::Tenant;

/// A sandbox tenant on its data directory. One process at a time can have it open.
pub struct Sandbox {
    state: Arc<State>,
}

/// What a data directory is begun from, and what it may go on from.
#[derive(Clone, Debug)]
pub enum Start {
    /// This company. A directory that was begun with this tenant goes on from the description it was begun with.
    Company(SeedTenant),
    /// This company as this file describes it; a directory that was begun from another description is refused.
    Described { company: SeedTenant, file: PathBuf },
    /// Whatever company the directory was begun with; where it was not, this one.
    KeptOr(SeedTenant),
}

/// What a client needs to talk to the sandbox.
#[derive(Clone, Debug)]
pub struct SandboxFacts {
    /// Scheme and authority; Graph is under `/v1.0`, tokens under `/{tenant}/oauth2/v2.0/token`.
    pub base_url: String,
    pub tenant_id: TenantId,
    pub client_id: Uuid,
    pub client_secret: SecretString,
}

impl Sandbox {
    /// Opens the tenant kept in a directory; begins it from `tenant` where nothing is kept yet. A directory that was
    /// begun goes on from the description it was begun with.
    ///
    /// # Errors
    /// When a file cannot be used, the description makes no sense, or the journal is not one that this tenant wrote. A
    /// last line torn by a crash is no error: it is dropped and logged.
    pub fn open(
        data_dir: &Path,
        tenant: SeedTenant,
        clock: Arc<dyn TenantClock>,
        random: Arc<dyn RandomBytes>,
    ) -> Result<Self, OpenError> {
        Self::open_from(data_dir, Start::Company(tenant), clock, random)
    }

    /// The same, from a choice of descriptions.
    ///
    /// # Errors
    /// As [`Sandbox::open`].
    pub fn open_from(
        data_dir: &Path,
        start: Start,
        clock: Arc<dyn TenantClock>,
        random: Arc<dyn RandomBytes>,
    ) -> Result<Self, OpenError> {
        fs::create_dir_all(data_dir).map_err(OpenError::file(data_dir))?;
        let Description { company: seed, file, is_new } = store::continued(data_dir, start)?;
        let located = |error: SeedError| file.as_deref().map_or(error.clone(), |file| error.of_file(file));
        let no_bot = || SeedError::whole("the first of [[apps]] is the bot's; there is none, so add one");
        let mut tenant = Tenant::from_seed(&seed).map_err(located)?;
        let bot = seed.apps.first().ok_or_else(no_bot).map_err(located)?.client_id;
        if is_new {
            store::begin(data_dir, &seed)?;
        }
        let credentials = Credentials::open(data_dir, &seed.apps, &*random)?;
        let bot = (bot, SecretString::from(credentials.secret(bot).ok_or_else(no_bot)?));
        let replay = |entry: &_| tenant.apply(entry).map_err(|error| error.to_string());
        let journal = Journal::open(data_dir, seed.company.tenant_id, replay)?;
        Ok(Self { state: Arc::new(State::new(tenant, journal, credentials, bot, clock, random)) })
    }

    /// Faults for the calls to come, behind those that wait already.
    pub fn order(&self, faults: FaultOrders) {
        self.state.faults.order(faults.into());
    }

    /// Everything the sandbox answers, for a server of one's own. Connections can be cut on demand only under
    /// [`Sandbox::serve`]; under another server an answer breaks off instead.
    pub fn router(&self) -> Router {
        wire::router(Arc::clone(&self.state))
    }

    /// Registers a certificate on the bot's app; gives its thumbprint as Entra shows it. Blocks for the disk.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn register(&self, certificate: Certificate) -> io::Result<String> {
        let (app, _) = self.state.bot;
        self.state.credentials.register(app, certificate)
    }

    /// What a client of the sandbox at this address needs.
    pub fn facts(&self, address: SocketAddr) -> SandboxFacts {
        SandboxFacts::of(&self.state, format!("http://{address}"))
    }

    /// Answers calls until `shutdown`; calls that are held then go on.
    ///
    /// # Errors
    /// When the listener is not on a loopback address, or the system refuses it.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let address = listener.local_addr()?;
        if !address.ip().is_loopback() {
            let message = format!("the sandbox listens on loopback only; {address} can be reached from elsewhere");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let state = Arc::clone(&self.state);
        let stop = async move {
            shutdown.await;
            state.faults.release();
        };
        let service = self.router().into_make_service_with_connect_info::<link::Link>();
        axum::serve(link::CuttableListener(listener), service).with_graceful_shutdown(stop).await
    }
}

impl SandboxFacts {
    fn of(state: &State, base_url: String) -> Self {
        let (client_id, client_secret) = state.bot.clone();
        Self { base_url, tenant_id: state.tenant().company.tenant, client_id, client_secret }
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sandbox").finish_non_exhaustive()
    }
}
