//! `licensebot demo`, the real binary, started for one test and gone with it.

use std::process::Output;

use tempfile::TempDir;

use crate::support::{Process, licensebot};

/// A running demo with data of its own.
pub struct Demo {
    address: String,
    _process: Process,
    folder: TempDir,
}

impl Demo {
    /// Starts it on a free port, with an empty data directory.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let process = Process::start(&mut licensebot(folder.path(), &["demo", "--listen", "127.0.0.1:0"]));
        Self { address: process.address(), folder, _process: process }
    }

    /// Where the page is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Another call of the program on the same data, while the demo runs.
    pub fn calls(&self, arguments: &[&str]) -> Output {
        let mut command = licensebot(self.folder.path(), arguments);
        command.args(["--data", "licensebot-demo"]).output().unwrap()
    }
}
