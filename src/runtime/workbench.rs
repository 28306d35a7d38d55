//! The application of a bot that does not run, for the operator's emergency tools. No worker runs beside it: what it causes is
//! done when the bot runs again.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;

use super::Problem;
use super::clock::SystemClock;
use super::random::SystemRandom;
use crate::adapters::graph::GraphClient;
use crate::adapters::store::lock::InstanceLock;
use crate::adapters::store::sqlite::SqliteStore;
use crate::app::{App, Settings, World};
use crate::config::Config;
use crate::domain::card::Card;
use crate::domain::text::Locale;
use crate::ports::{Addressee, CardId, Chat, MessageRef, PortError};

/// An application, and its database for as long as this lives.
pub struct Workbench {
    /// The application.
    pub app: Arc<App>,
    store: Arc<SqliteStore>,
    _lock: InstanceLock,
}

impl Workbench {
    pub(super) fn new(app: Arc<App>, store: Arc<SqliteStore>, lock: InstanceLock) -> Self {
        Self { app, store, _lock: lock }
    }

    /// Opens what a configuration names.
    ///
    /// # Errors
    /// The bot runs, or the database cannot be opened.
    pub async fn of_config(config: Config) -> Result<Self, Problem> {
        let database = config.data.database;
        let lock = InstanceLock::take(directory(&database))?;
        let store = SqliteStore::open(&database, config.data.tenant, config.data.audit_key).await;
        let store = Arc::new(store.map_err(|error| Problem::opening(&database, error))?);
        let (clock, random) = (Arc::new(SystemClock), Arc::new(SystemRandom));
        let graph = GraphClient::new(&config.graph, Arc::clone(&clock) as _, Arc::clone(&random) as _);
        let graph = Arc::new(graph.map_err(|error| Problem::usage(error.to_string()))?);
        let settings = Settings {
            pending: config.pending,
            may_set_usage_location: config.may_set_usage_location,
            rehearsal: !graph.is_microsoft(),
            nicknames: config.rules.nicknames,
        };
        let world = World {
            clock,
            random,
            directory: Arc::clone(&graph) as _,
            licensing: graph,
            chat: Arc::new(Nowhere),
            store: Arc::clone(&store) as _,
        };
        let app = App::start(world, config.rules.policy, settings).await;
        let app = app.map_err(|error| Problem::database(&database, &error))?;
        Ok(Self::new(Arc::new(app), store, lock))
    }

    /// Finishes what was begun and closes the database.
    pub async fn close(self) {
        self.store.close().await;
    }
}

/// The directory that a database is in.
pub fn directory(database: &Path) -> &Path {
    match database.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        _ => Path::new("."),
    }
}

impl fmt::Debug for Workbench {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Workbench").finish_non_exhaustive()
    }
}

/// No chat platform: cards wait in the store for a bot that has one.
#[derive(Clone, Copy, Debug)]
struct Nowhere;

#[async_trait]
impl Chat for Nowhere {
    async fn post(&self, _: CardId, _: &Addressee, _: Locale, _: &Card) -> Result<MessageRef, PortError> {
        Err(unreachable())
    }

    async fn update(&self, _: &MessageRef, _: Locale, _: &Card) -> Result<(), PortError> {
        Err(unreachable())
    }
}

fn unreachable() -> PortError {
    PortError::Lasting { what: "no chat platform is configured".to_owned() }
}
