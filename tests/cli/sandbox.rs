//! `licensebot sandbox` as a process, and what it prints.

use tempfile::TempDir;

use crate::support::{Process, licensebot};

/// A sandbox that runs apart, until it is dropped.
pub struct SandboxProcess {
    pub(super) base_url: String,
    pub(super) tenant_id: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    _process: Process,
    _directory: TempDir,
}

impl SandboxProcess {
    /// Starts one on a free port and reads how to reach it.
    pub fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--data", "s"];
        let process = Process::start(&mut licensebot(directory.path(), &arguments));
        let [base_url, tenant_id, client_id, client_secret] = ["base URL", "tenant id", "client id", "client secret"]
            .map(|name| {
                let line = process.line();
                line.strip_prefix(name).unwrap().trim().to_owned()
            });
        Self { base_url, tenant_id, client_id, client_secret, _process: process, _directory: directory }
    }
}
