//! Opening the database: whose it is, which version, which key. Never opens one that belongs to another tenant, was written by
//! a newer version, or is sealed with another key.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::code::{damaged, digest, failed, sql};
use super::trail::Head;
use crate::adapters::store::mount::network_filesystem;
use crate::domain::audit::AuditKey;
use crate::domain::ids::TenantId;
use crate::ports::StoreError;

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("src/adapters/store/migrations");

/// How long somebody waits for another process that writes (`request resolve` beside a running bot).
const BUSY: Duration = Duration::from_secs(5);

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No SQLite.
    #[error("`{0}` is no database that this version knows: write sqlite://PATH")]
    NotSqlite(String),
    /// Other machines have its files too.
    #[error(
        "the database at {path} would be on a network filesystem ({kind}), where a commit can get lost: put it on a local disk",
        path = .path.display()
    )]
    Network {
        /// The database.
        path: PathBuf,
        /// As Linux calls it.
        kind: String,
    },
    /// Readers make nothing.
    #[error("there is no database at {path}: start licensebot once, or name the right directory", path = .0.display())]
    Missing(PathBuf),
    /// Written by a version that knows more.
    #[error("the database at {path} was written by a newer version: use that version of licensebot", path = .0.display())]
    Newer(PathBuf),
    /// Readers change nothing.
    #[error("the database at {path} is of an older version: run `licensebot migrate` first", path = .0.display())]
    Older(PathBuf),
    /// Another company's.
    #[error("the database belongs to tenant {found}: name its own tenant, or another database")]
    OtherTenant {
        /// Whose it is.
        found: String,
    },
    /// Sealed by somebody else.
    #[error(
        "the audit trail is sealed with another key: use the key that [audit] key named when the database was made"
    )]
    OtherKey,
    /// It broke.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The file that `sqlite://PATH` or a bare path names.
///
/// # Errors
/// [`OpenError::NotSqlite`]: another engine, memory, or parameters.
pub fn file_of(url: &str) -> Result<PathBuf, OpenError> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    let strange = path.is_empty() || path.contains("://") || path.contains('?') || path.contains(":memory:");
    if strange { Err(OpenError::NotSqlite(url.to_owned())) } else { Ok(PathBuf::from(path)) }
}

fn options(file: &Path) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(BUSY).foreign_keys(true);
    options.disable_statement_logging()
}

pub(super) fn reading(file: &Path) -> SqliteConnectOptions {
    options(file).read_only(true)
}

/// A connection that writes.
pub(super) async fn connect(file: &Path) -> Result<SqliteConnection, StoreError> {
    let options = options(file).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    options.connect().await.map_err(sql)
}

pub(super) async fn for_writing(file: &Path, tenant: TenantId, key: &AuditKey) -> Result<SqliteConnection, OpenError> {
    if let Some(kind) = network_filesystem(file) {
        return Err(OpenError::Network { path: file.to_owned(), kind });
    }
    make_private(file).map_err(failed)?;
    let mut connection = connect(file).await?;
    migrate(&mut connection, file).await?;
    let mut unit = connection.begin_with("BEGIN IMMEDIATE").await.map_err(sql)?;
    match identity(&mut unit).await? {
        None => found(&mut unit, tenant, key).await?,
        Some(identity) => identity.check(tenant, key)?,
    }
    Head::load(&mut unit, &tenant.to_string(), key).await?;
    unit.commit().await.map_err(sql)?;
    Ok(connection)
}

/// The rows hold what people wrote, so the file is its owner's alone. SQLite makes its other files like this one.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(|_| ())
}

async fn migrate(connection: &mut SqliteConnection, file: &Path) -> Result<(), OpenError> {
    match MIGRATIONS.run(connection).await {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(_)) => Err(OpenError::Newer(file.to_owned())),
        Err(MigrateError::VersionMismatch(version)) => {
            Err(damaged(format!("migration {version} is not the one that this version knows")).into())
        }
        Err(MigrateError::Execute(error)) => Err(sql(error).into()),
        Err(error) => Err(failed(error).into()),
    }
}

/// Whose database it is, and with which key it is sealed.
pub(super) struct Identity {
    pub(super) tenant: String,
    fingerprint: String,
}

impl Identity {
    pub(super) fn check_key(&self, key: &AuditKey) -> Result<(), OpenError> {
        let known = digest(&self.fingerprint, "the database's identity")?;
        if known == key.fingerprint() { Ok(()) } else { Err(OpenError::OtherKey) }
    }

    pub(super) fn check(&self, tenant: TenantId, key: &AuditKey) -> Result<(), OpenError> {
        if self.tenant != tenant.to_string() {
            return Err(OpenError::OtherTenant { found: self.tenant.clone() });
        }
        self.check_key(key)
    }
}

/// Whose database this is, whatever its version.
///
/// # Errors
/// There is none, or it does not say.
pub async fn tenant_of(file: &Path) -> Result<TenantId, OpenError> {
    if !file.exists() {
        return Err(OpenError::Missing(file.to_owned()));
    }
    let mut connection = reading(file).connect().await.map_err(sql)?;
    let named = identity(&mut connection).await?.and_then(|identity| identity.tenant.parse().ok());
    named.ok_or_else(|| damaged("it does not say whose it is").into())
}

/// None: the database is new.
pub(super) async fn identity(connection: &mut SqliteConnection) -> Result<Option<Identity>, StoreError> {
    let row: Option<(String, String)> = sqlx::query_as(
        "SELECT t.value, k.value FROM meta t JOIN meta k ON k.name = 'audit_key' WHERE t.name = 'tenant'",
    )
    .fetch_optional(&mut *connection)
    .await
    .map_err(sql)?;
    if row.is_none() {
        let (records,): (i64,) =
            sqlx::query_as("SELECT count(*) FROM audit").fetch_one(&mut *connection).await.map_err(sql)?;
        if records > 0 {
            return Err(damaged("it does not say whose it is any more"));
        }
    }
    Ok(row.map(|(tenant, fingerprint)| Identity { tenant, fingerprint }))
}

async fn found(connection: &mut SqliteConnection, tenant: TenantId, key: &AuditKey) -> Result<(), StoreError> {
    for (name, value) in [("tenant", tenant.to_string()), ("audit_key", key.fingerprint().to_string())] {
        let insert = sqlx::query("INSERT INTO meta (name, value) VALUES ($1, $2)").bind(name).bind(value);
        insert.execute(&mut *connection).await.map_err(sql)?;
    }
    Head::beginning(tenant, key).insert(connection, &tenant.to_string(), key).await
}

/// A reader's look at whether it can read this database at all.
pub(super) async fn check_version(connection: &mut SqliteConnection, file: &Path) -> Result<(), OpenError> {
    let (applied,): (Option<i64>,) =
        sqlx::query_as("SELECT max(version) FROM _sqlx_migrations").fetch_one(connection).await.map_err(sql)?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max();
    match applied.cmp(&known) {
        std::cmp::Ordering::Less => Err(OpenError::Older(file.to_owned())),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(OpenError::Newer(file.to_owned())),
    }
}
