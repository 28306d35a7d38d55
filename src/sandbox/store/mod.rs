//! The tenant's data directory: what it started from, its secrets, and the journal of what happened since. Never decides
//! anything.
//!
//! ```text
//! tenant.toml       the company on its first day; wins over the seed given at a later start
//! credentials.json  client secrets, certificates, and the key that signs tokens; for the owner only
//! journal.jsonl     a head line, then one accepted change a line
//! clock.json        how far the clock was moved, when the sandbox runs alone
//! ```

mod certificates;
mod credentials;
pub(super) mod durable;
mod journal;

use std::io;
use std::path::{Path, PathBuf};

pub(super) use certificates::{Registered, Thumbprint, hex};
pub(super) use credentials::Credentials;
pub(super) use journal::Journal;
pub use journal::JournalError;

use super::Start;
use super::seed::{SeedError, SeedTenant};

/// The sandbox cannot start on this directory. One sentence for the person who started it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The description of the company is not usable.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// A file cannot be read or written.
    #[error("{} cannot be used: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    /// The directory belongs to another tenant than the one asked for.
    #[error("{} holds the tenant {found}, not {wanted}: choose another data directory", path.display())]
    OtherTenant { path: PathBuf, found: String, wanted: String },
    /// The directory was begun from another description of the same tenant.
    #[error("{} was begun from another description of this tenant: choose another data directory, or go on without --tenant", path.display())]
    OtherDescription { path: PathBuf },
    /// The journal is not one that this tenant wrote.
    #[error("the journal {} cannot be continued: {why}", path.display())]
    Journal { path: PathBuf, why: JournalError },
}

impl OpenError {
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

/// The company to go on from, and the file that describes it, if there is one.
pub(super) struct Description {
    pub(super) company: SeedTenant,
    pub(super) file: Option<PathBuf>,
    /// Nothing is kept in the directory yet.
    pub(super) is_new: bool,
}

/// What the directory goes on from: what it was begun with, where the caller agrees.
pub(super) fn continued(directory: &Path, start: Start) -> Result<Description, OpenError> {
    let path = company_file(directory);
    let kept = kept(&path)?;
    let (given, file, exactly) = match start {
        Start::Company(given) => (given, None, false),
        Start::Described { company, file } => (company, Some(file), true),
        Start::KeptOr(given) => match kept {
            Some(company) => return Ok(Description { company, file: Some(path), is_new: false }),
            None => (given, None, false),
        },
    };
    let Some(company) = kept else { return Ok(Description { company: given, file, is_new: true }) };
    let (found, wanted) = (company.company.tenant_id, given.company.tenant_id);
    if found != wanted {
        let (found, wanted) = (found.to_string(), wanted.to_string());
        return Err(OpenError::OtherTenant { path, found, wanted });
    }
    if company != given && exactly {
        return Err(OpenError::OtherDescription { path });
    }
    if company != given {
        tracing::info!(file = %path.display(), "the tenant goes on from the description it was first started with");
    }
    Ok(Description { company, file: Some(path), is_new: false })
}

fn kept(path: &Path) -> Result<Option<SeedTenant>, OpenError> {
    match SeedTenant::read(path) {
        Ok(company) => Ok(Some(company)),
        Err(_) if !path.exists() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Begins this company in a directory. Only once it is known to make sense: a mistake that is kept outlives its mending.
pub(super) fn begin(directory: &Path, company: &SeedTenant) -> Result<(), OpenError> {
    let path = company_file(directory);
    let text = company.to_toml()?;
    durable::replace(&path, text.as_bytes(), durable::Readers::Everyone).map_err(OpenError::file(&path))
}

fn company_file(directory: &Path) -> PathBuf {
    directory.join("tenant.toml")
}
