//! Secrets of the tenant: drawn once, kept in a file for the owner only, never printed.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{OpenError, durable};
use crate::sandbox::random::RandomBytes;
use crate::sandbox::seed::SeedApp;

/// Client secrets by client id, and the key that signs tokens and page tokens.
pub(in crate::sandbox) struct Credentials {
    secrets: BTreeMap<Uuid, String>,
    pub(in crate::sandbox) signing_key: Arc<[u8]>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Kept {
    signing_key: String,
    client_secrets: BTreeMap<Uuid, String>,
}

impl Credentials {
    /// Reads the credentials of this directory, and draws what is missing.
    pub(in crate::sandbox) fn open(
        directory: &Path,
        apps: &[SeedApp],
        random: &dyn RandomBytes,
    ) -> Result<Self, OpenError> {
        let path = directory.join("credentials.json");
        let kept = read(&path).map_err(OpenError::file(&path))?;
        let mut complete =
            kept.unwrap_or_else(|| Self { secrets: BTreeMap::new(), signing_key: bytes(random, 32).into() });
        let missing: Vec<Uuid> =
            apps.iter().map(|app| app.client_id).filter(|id| !complete.secrets.contains_key(id)).collect();
        if !missing.is_empty() {
            complete.secrets.extend(missing.into_iter().map(|id| (id, secret(random))));
            complete.keep(&path).map_err(OpenError::file(&path))?;
        }
        Ok(complete)
    }

    /// The client secret of an app.
    pub(in crate::sandbox) fn secret(&self, client_id: Uuid) -> Option<&str> {
        self.secrets.get(&client_id).map(String::as_str)
    }

    fn keep(&self, path: &Path) -> io::Result<()> {
        let kept = Kept { signing_key: STANDARD.encode(&self.signing_key), client_secrets: self.secrets.clone() };
        durable::replace(path, &serde_json::to_vec_pretty(&kept)?, durable::Readers::Owner)
    }
}

fn read(path: &Path) -> io::Result<Option<Credentials>> {
    let Some(text) = durable::read(path)? else { return Ok(None) };
    let kept: Kept = serde_json::from_slice(&text)?;
    let signing_key = STANDARD.decode(kept.signing_key).map_err(io::Error::other)?;
    Ok(Some(Credentials { secrets: kept.client_secrets, signing_key: signing_key.into() }))
}

fn bytes(random: &dyn RandomBytes, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    random.fill(&mut bytes);
    bytes
}

/// As long as Entra's, from letters that survive a shell and a form. The mark says where it belongs, so that nobody
/// takes one found in a log for the real thing.
fn secret(random: &dyn RandomBytes) -> String {
    format!("sandbox-{}", URL_SAFE_NO_PAD.encode(bytes(random, 24)))
}
