//! The use cases, one file each, behind two doors: [`App::handle`] for people and [`App::run`] for the worker. Never speaks a
//! platform's or a database's language: everything outside comes through `ports`.

mod answer;
mod asked;
mod ballot;
mod cancel;
mod cards;
mod click;
mod complete;
mod confirm;
mod deliver;
mod deny;
mod door;
mod execute;
mod expire;
mod facts;
mod help;
mod hints;
mod inbound;
mod known;
mod language;
mod late;
mod proposal;
mod propose;
mod reading;
mod requests;
mod resolve;
mod settle;
mod show_request;
mod standing;
mod status;
mod stock;
mod unit;
mod vote;
mod who_holds;
mod why;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use crate::domain::catalog::Nicknames;
use crate::domain::ids::RequestId;
use crate::domain::policy::Policy;
use crate::domain::request::CallId;
use crate::ports::{CardId, Chat, Clock, Directory, Licensing, PortError, Random, Store, StoreError};

pub use execute::Progress;
pub use inbound::{Caller, Candidate, Click, Completion, Inbound, Outcome};
pub use settle::{SettleError, Settlement};

use deliver::CardLocks;

/// How long a draft lives.
const DRAFT_LIFE: SignedDuration = SignedDuration::from_mins(15);

/// What the installation decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long a request waits for approval before it dies.
    pub pending: SignedDuration,
    /// May the bot set a missing usage location?
    pub may_set_usage_location: bool,
    /// Not Microsoft's Graph: every card says so.
    pub rehearsal: bool,
    /// Names for products that only this company uses.
    pub nicknames: Arc<Nicknames>,
}

/// The world, as the application needs it.
#[derive(Clone, Debug)]
pub struct World {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// People and groups.
    pub directory: Arc<dyn Directory>,
    /// Licenses and seats.
    pub licensing: Arc<dyn Licensing>,
    /// The chat platform.
    pub chat: Arc<dyn Chat>,
    /// Requests and trail.
    pub store: Arc<dyn Store>,
}

/// The application.
#[derive(Debug)]
pub struct App {
    world: World,
    policy: Policy,
    settings: Settings,
    card_locks: CardLocks,
    languages: language::Languages,
    hints: hints::Hints,
    last_known: known::LastKnown,
    work: Notify,
}

/// We broke. Never a refusal.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The world outside did not work.
    #[error(transparent)]
    Port(#[from] PortError),
    /// The store did not work.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The request's machine was used wrongly.
    #[error(transparent)]
    Transition(#[from] crate::domain::request::TransitionError),
}

impl App {
    /// Wires the application. The texts of the policy are kept before the first decision refers to them.
    ///
    /// # Errors
    /// The store failed.
    pub async fn start(world: World, policy: Policy, settings: Settings) -> Result<Self, StoreError> {
        world.store.keep_policy(policy.hash(), policy.texts()).await?;
        let languages = language::Languages::kept(world.store.languages(language::MOST).await?);
        Ok(Self {
            world,
            policy,
            settings,
            card_locks: CardLocks::default(),
            languages,
            hints: hints::Hints::default(),
            last_known: known::LastKnown::default(),
            work: Notify::new(),
        })
    }

    /// Waits until something new may be due. For the worker's loop.
    pub async fn work_arrived(&self) {
        self.work.notified().await;
    }

    fn now(&self) -> Timestamp {
        self.world.clock.now()
    }

    fn wake_worker(&self) {
        self.work.notify_one();
    }

    fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.world.random.fill(&mut bytes);
        bytes
    }

    fn new_request_id(&self) -> RequestId {
        RequestId::from_random(self.random_bytes())
    }

    fn new_card_id(&self) -> CardId {
        CardId(self.world.random.guid())
    }

    fn new_call_id(&self) -> CallId {
        CallId(self.world.random.guid())
    }
}
