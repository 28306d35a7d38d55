//! Which tenant the demo of a data directory works with, for the calls beside it and after it. An address that was noted is
//! followed only while the process that noted it holds the directory: after a kill its port may be somebody else's. Never a
//! tenant elsewhere.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::data_dir::DataDir;
use super::tenant::Tenant;
use super::{Problem, shutdown};
use crate::adapters::store::lock::{InstanceLock, LockError};
use crate::config::bounded;
use crate::sandbox::TenantClock;

/// No note is longer.
const LONGEST: u64 = 4096;

/// Where a demo reaches its tenant, and which process says so.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Note {
    process: u32,
    url: String,
    /// The tenant runs in a process of its own: it stays where it is when the demo ends.
    apart: bool,
}

impl Note {
    /// By this process.
    pub(super) fn by_this_process(url: &str, apart: bool) -> Self {
        Self { process: std::process::id(), url: url.to_owned(), apart }
    }

    /// Leaves it in the directory, which this process holds.
    pub(super) fn leave(&self, data: &DataDir) -> Result<(), Problem> {
        let file = data.tenant_note();
        let text = serde_json::to_vec(self).map_err(std::io::Error::from);
        text.and_then(|text| std::fs::write(&file, text)).map_err(|error| Problem::data(&file, &error))
    }

    /// One that cannot be read is none.
    fn left(data: &DataDir) -> Option<Self> {
        let file = std::fs::File::open(data.tenant_note()).ok()?;
        serde_json::from_slice(&bounded::bytes(&file, LONGEST).ok()?).ok()
    }

    /// Takes away what a demo with its tenant inside has left. The caller holds the directory.
    pub(super) fn clear(data: &DataDir) {
        if Self::left(data).is_some_and(|note| note.apart) {
            return;
        }
        if let Err(error) = std::fs::remove_file(data.tenant_note())
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the note of where the tenant answered stays behind");
        }
    }
}

/// A tenant, and the directory while nobody else works on it.
#[derive(Debug)]
pub struct Reached {
    /// The tenant.
    pub tenant: Tenant,
    /// None: a demo runs and holds it, or the tenant was named.
    pub lock: Option<InstanceLock>,
}

/// For a call that reads: the tenant that was named, else that of the demo that runs, else that of the directory, started for
/// this call.
///
/// # Errors
/// [`Problem`]: it does not answer, or somebody else holds the directory.
pub async fn beside(data: &DataDir, sandbox: Option<&str>, clock: Arc<dyn TenantClock>) -> Result<Reached, Problem> {
    if let Some(url) = sandbox {
        return Ok(Reached { tenant: Tenant::apart(url).await?, lock: None });
    }
    match InstanceLock::take(data.path()) {
        Ok(lock) => Ok(Reached { tenant: alone(data, None, clock).await?, lock: Some(lock) }),
        Err(held) => {
            let note = Note::left(data).filter(|note| is_by_holder(note, &held));
            let Some(note) = note else { return Err(held.into()) };
            Ok(Reached { tenant: Tenant::apart(&note.url).await?, lock: None })
        }
    }
}

fn is_by_holder(note: &Note, held: &LockError) -> bool {
    matches!(held, LockError::Held { process: Some(process), .. } if *process == note.process)
}

/// For a call that holds the directory: the tenant that was named, else the directory's own, started for this call.
///
/// # Errors
/// [`Problem`]: it does not answer or cannot be opened, or the demo worked with one that runs apart and nobody says where.
pub(super) async fn alone(
    data: &DataDir,
    sandbox: Option<&str>,
    clock: Arc<dyn TenantClock>,
) -> Result<Tenant, Problem> {
    if let Some(url) = sandbox {
        return Tenant::apart(url).await;
    }
    if let Some(note) = Note::left(data).filter(|note| note.apart) {
        return Err(Problem::usage(format!(
            "the demo in {} worked with a sandbox that runs apart, at {url}; add --sandbox {url}",
            data.path().display(),
            url = note.url
        )));
    }
    Note::clear(data);
    Ok(Tenant::inside(data, clock, shutdown::requested()).await?.0)
}
