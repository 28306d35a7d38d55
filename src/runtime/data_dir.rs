//! What lies where in a data directory of the demo. Never opens anything: names alone.

use std::path::{Path, PathBuf};

/// A data directory.
#[derive(Clone, Debug)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// The directory at this path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Requests and trail.
    pub fn database(&self) -> PathBuf {
        self.0.join("licensebot.db")
    }

    /// The key of the trail.
    pub fn audit_key(&self) -> PathBuf {
        self.0.join("audit.key")
    }

    /// What is said in the demo's chat.
    pub fn chat(&self) -> PathBuf {
        self.0.join("chat.db")
    }

    /// How far the demo's clock was moved.
    pub fn clock(&self) -> PathBuf {
        self.0.join("clock.json")
    }

    /// The sandbox tenant.
    pub fn sandbox(&self) -> PathBuf {
        self.0.join("sandbox")
    }

    /// Where the demo's tenant answers, while it runs.
    pub fn tenant_note(&self) -> PathBuf {
        self.0.join("tenant.url")
    }

    /// Makes it, for its owner alone.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn make(&self) -> std::io::Result<()> {
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0)
    }
}
