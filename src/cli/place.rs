//! Where a call's data is: a configuration file, or the data directory of a demo. Never both, never neither: clap sees to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{DataArgs, PolicyArgs};
use crate::adapters::graph::{GraphClient, GraphSettings};
use crate::adapters::store::sqlite::{OpenError, SqliteReader, tenant_of};
use crate::config::{Config, DataConfig, RulesConfig};
use crate::domain::audit::AuditKey;
use crate::domain::ids::TenantId;
use crate::runtime::Problem;
use crate::runtime::clock::{SystemClock, machine_now};
use crate::runtime::data_dir::DataDir;
use crate::runtime::random::SystemRandom;
use crate::runtime::secret_file;

/// What the call named.
#[derive(Debug)]
pub(super) enum Place {
    Config(PathBuf),
    Demo(DataDir),
}

impl Place {
    pub(super) fn of(data: &DataArgs) -> Result<Self, Problem> {
        let named = Self::named(data.config.as_ref(), data.data.as_ref());
        named.ok_or_else(|| Problem::usage("name --config FILE or --data DIR"))
    }

    /// Nothing: the demo's policy needs no place.
    pub(super) fn of_policy(data: &PolicyArgs) -> Option<Self> {
        Self::named(data.config.as_ref(), data.data.as_ref())
    }

    fn named(config: Option<&PathBuf>, data: Option<&PathBuf>) -> Option<Self> {
        match (config, data) {
            (Some(file), _) => Some(Self::Config(file.clone())),
            (None, Some(directory)) => Some(Self::Demo(DataDir::at(directory))),
            (None, None) => None,
        }
    }
}

/// The whole configuration.
pub(super) fn config(file: &Path) -> Result<Config, Problem> {
    Ok(Config::load(file, &environment, machine_now())?)
}

/// What decides, and where facts are.
pub(super) fn rules_and_graph(file: &Path) -> Result<(RulesConfig, GraphSettings), Problem> {
    Ok(RulesConfig::load_with_graph(file, &environment)?)
}

/// A client of the tenant that a configuration names.
pub(super) fn client(settings: &GraphSettings) -> Result<GraphClient, Problem> {
    let client = GraphClient::new(settings, Arc::new(SystemClock), Arc::new(SystemRandom));
    client.map_err(|error| Problem::usage(error.to_string()))
}

fn environment(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}

/// A database and what opens it.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) file: PathBuf,
    /// None: the one that the database names.
    pub(super) tenant: Option<TenantId>,
    pub(super) key: AuditKey,
}

impl Database {
    pub(super) fn at(place: &Place) -> Result<Self, Problem> {
        match place {
            Place::Config(file) => {
                let DataConfig { database, tenant, audit_key, .. } = DataConfig::load(file, &environment)?;
                Ok(Self { file: database, tenant: Some(tenant), key: audit_key })
            }
            Place::Demo(directory) => {
                let (file, key) = (directory.database(), directory.audit_key());
                there(&file)?;
                let secret = secret_file::read(&key).map_err(|error| Problem::data(&key, &error))?;
                Ok(Self { file, tenant: None, key: AuditKey::from_secret(&secret) })
            }
        }
    }

    /// Opens it for reading, also while the bot writes.
    pub(super) async fn read(self) -> Result<SqliteReader, Problem> {
        there(&self.file)?;
        let opened = SqliteReader::open(&self.file, self.tenant, self.key).await;
        opened.map_err(|error| Problem::opening(&self.file, error))
    }

    /// Whose it is: as the configuration says, else as it says itself.
    pub(super) async fn owner(&self) -> Result<TenantId, Problem> {
        match self.tenant {
            Some(tenant) => Ok(tenant),
            None => tenant_of(&self.file).await.map_err(|error| Problem::opening(&self.file, error)),
        }
    }
}

/// Before anything else is looked for: where there is no database, nothing else is missed.
pub(super) fn there(file: &Path) -> Result<(), Problem> {
    match file.try_exists() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Problem::opening(file, OpenError::Missing(file.to_owned()))),
        Err(error) => Err(Problem::data(file, &error)),
    }
}
