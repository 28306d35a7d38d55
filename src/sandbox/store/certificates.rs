//! The certificates that are registered on the apps: public, and kept beside the secrets.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::digest;
use uuid::Uuid;

use crate::x509::Certificate;

/// A certificate that an app may sign its assertions with, under the names that clients give it.
#[derive(Debug)]
pub(in crate::sandbox) struct Registered {
    pub(in crate::sandbox) certificate: Certificate,
    sha1: Vec<u8>,
    sha256: Vec<u8>,
}

/// What kind of name of a certificate a client gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum Thumbprint {
    Sha1,
    Sha256,
}

impl Registered {
    pub(in crate::sandbox) fn new(certificate: Certificate) -> Self {
        // Old clients name certificates by SHA-1. It is a name here and nothing else: the key is what proves.
        let hash = |algorithm| digest::digest(algorithm, certificate.der()).as_ref().to_vec();
        let (sha1, sha256) = (hash(&digest::SHA1_FOR_LEGACY_USE_ONLY), hash(&digest::SHA256));
        Self { certificate, sha1, sha256 }
    }

    pub(in crate::sandbox) fn is(&self, kind: Thumbprint, thumbprint: &[u8]) -> bool {
        match kind {
            Thumbprint::Sha1 => self.sha1 == thumbprint,
            Thumbprint::Sha256 => self.sha256 == thumbprint,
        }
    }

    /// As Entra's pages show it.
    pub(in crate::sandbox) fn thumbprint(&self) -> String {
        hex(&self.sha1)
    }

    /// As assertions name it in `x5t` and `x5t#S256`.
    pub(in crate::sandbox) fn names(&self) -> [String; 2] {
        [&self.sha1, &self.sha256].map(|hash| URL_SAFE_NO_PAD.encode(hash))
    }
}

/// Digits as Entra writes them.
pub(in crate::sandbox) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// As they are kept in the file.
pub(super) fn kept(all: &BTreeMap<Uuid, Vec<Arc<Registered>>>) -> BTreeMap<Uuid, Vec<String>> {
    let text = |registered: &Arc<Registered>| STANDARD.encode(registered.certificate.der());
    all.iter().map(|(app, registered)| (*app, registered.iter().map(text).collect())).collect()
}

/// As they were kept.
pub(super) fn read(text: &str) -> io::Result<Registered> {
    let der = STANDARD.decode(text).map_err(io::Error::other)?;
    Certificate::from_der(&der).map(Registered::new).map_err(io::Error::other)
}
