//! Secrets of the tenant: drawn once, kept in a file for the owner only, never printed; and the certificates of its apps.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::certificates::{self, Registered};
use super::{OpenError, durable};
use crate::sandbox::random::RandomBytes;
use crate::sandbox::seed::SeedApp;
use crate::x509::Certificate;

/// Certificates by client id.
type Certificates = BTreeMap<Uuid, Vec<Arc<Registered>>>;

/// Client secrets by client id, and the key that signs tokens and page tokens.
pub(in crate::sandbox) struct Credentials {
    secrets: BTreeMap<Uuid, String>,
    certificates: RwLock<Certificates>,
    file: PathBuf,
    pub(in crate::sandbox) signing_key: Arc<[u8]>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Kept {
    signing_key: String,
    client_secrets: BTreeMap<Uuid, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    certificates: BTreeMap<Uuid, Vec<String>>,
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
        let mut complete = kept.unwrap_or_else(|| Self {
            secrets: BTreeMap::new(),
            certificates: RwLock::default(),
            file: path.clone(),
            signing_key: bytes(random, 32).into(),
        });
        let missing: Vec<Uuid> =
            apps.iter().map(|app| app.client_id).filter(|id| !complete.secrets.contains_key(id)).collect();
        if !missing.is_empty() {
            complete.secrets.extend(missing.into_iter().map(|id| (id, secret(random))));
            let certificates = complete.certificates.read().unwrap_or_else(PoisonError::into_inner);
            complete.keep(&certificates).map_err(OpenError::file(&path))?;
            drop(certificates);
        }
        Ok(complete)
    }

    /// The client secret of an app.
    pub(in crate::sandbox) fn secret(&self, client_id: Uuid) -> Option<&str> {
        self.secrets.get(&client_id).map(String::as_str)
    }

    /// The certificates of an app.
    pub(in crate::sandbox) fn certificates(&self, client_id: Uuid) -> Vec<Arc<Registered>> {
        let certificates = self.certificates.read().unwrap_or_else(PoisonError::into_inner);
        certificates.get(&client_id).cloned().unwrap_or_default()
    }

    /// Registers a certificate on an app: first on the disk, then in memory. Once is enough. Gives its thumbprint.
    pub(in crate::sandbox) fn register(&self, client_id: Uuid, certificate: Certificate) -> io::Result<String> {
        let new = Arc::new(Registered::new(certificate));
        self.change(client_id, |registered| {
            if !registered.iter().any(|known| known.certificate == new.certificate) {
                registered.push(Arc::clone(&new));
            }
        })?;
        Ok(new.thumbprint())
    }

    /// Takes every certificate from an app.
    pub(in crate::sandbox) fn unregister(&self, client_id: Uuid) -> io::Result<()> {
        self.change(client_id, Vec::clear)
    }

    fn change(&self, client_id: Uuid, change: impl FnOnce(&mut Vec<Arc<Registered>>)) -> io::Result<()> {
        let mut certificates = self.certificates.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = certificates.clone();
        change(changed.entry(client_id).or_default());
        self.keep(&changed)?;
        *certificates = changed;
        Ok(())
    }

    fn keep(&self, certificates: &Certificates) -> io::Result<()> {
        let kept = Kept {
            signing_key: STANDARD.encode(&self.signing_key),
            client_secrets: self.secrets.clone(),
            certificates: certificates::kept(certificates),
        };
        durable::replace(&self.file, &serde_json::to_vec_pretty(&kept)?, durable::Readers::Owner)
    }
}

fn read(path: &Path) -> io::Result<Option<Credentials>> {
    let Some(text) = durable::read(path)? else { return Ok(None) };
    let kept: Kept = serde_json::from_slice(&text)?;
    let signing_key = STANDARD.decode(kept.signing_key).map_err(io::Error::other)?;
    let mut certificates = Certificates::new();
    for (app, texts) in kept.certificates {
        let registered: io::Result<_> = texts.iter().map(|text| certificates::read(text).map(Arc::new)).collect();
        certificates.insert(app, registered?);
    }
    Ok(Some(Credentials {
        secrets: kept.client_secrets,
        certificates: RwLock::new(certificates),
        file: path.to_owned(),
        signing_key: signing_key.into(),
    }))
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
