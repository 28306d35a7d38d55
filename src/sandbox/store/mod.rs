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

/// The company that was begun in this directory, if one was. `given` is what the caller would begin.
pub(super) fn continued(directory: &Path, given: &SeedTenant) -> Result<Option<SeedTenant>, OpenError> {
    let path = company_file(directory);
    let Some(text) = durable::read(&path).map_err(OpenError::file(&path))? else { return Ok(None) };
    let not_text = |_| OpenError::file(&path)(io::ErrorKind::InvalidData.into());
    let text = String::from_utf8(text).map_err(not_text)?;
    let kept = SeedTenant::parse(&text).map_err(|SeedError(why)| SeedError(format!("{}: {why}", path.display())))?;
    let (found, wanted) = (kept.company.tenant_id, given.company.tenant_id);
    if found != wanted {
        let (found, wanted) = (found.to_string(), wanted.to_string());
        return Err(OpenError::OtherTenant { path, found, wanted });
    }
    if kept != *given {
        tracing::info!(file = %path.display(), "the tenant goes on from the description it was first started with");
    }
    Ok(Some(kept))
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
