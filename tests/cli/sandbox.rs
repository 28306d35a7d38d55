//! `licensebot sandbox` as a process, and what it prints.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use tempfile::TempDir;

use super::licensebot;

/// A sandbox that runs apart, until it is dropped.
pub struct SandboxProcess {
    pub(super) base_url: String,
    pub(super) tenant_id: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    process: Child,
    _directory: TempDir,
}

impl SandboxProcess {
    /// Starts one on a free port and reads how to reach it.
    pub fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--data", "s"];
        let mut process = licensebot(directory.path(), &arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let [base_url, tenant_id, client_id, client_secret] = ["base URL", "tenant id", "client id", "client secret"]
            .map(|name| {
                let line = lines.next().unwrap().unwrap();
                line.strip_prefix(name).unwrap().trim().to_owned()
            });
        Self { base_url, tenant_id, client_id, client_secret, process, _directory: directory }
    }
}

impl Drop for SandboxProcess {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
