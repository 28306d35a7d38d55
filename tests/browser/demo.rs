//! `licensebot demo`, the real binary, started for one test and gone with it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A running demo with data of its own.
pub struct Demo {
    process: Child,
    folder: TempDir,
    address: String,
}

impl Demo {
    /// Starts it on a free port, with an empty data directory.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = licensebot(&["demo", "--listen", "127.0.0.1:0"], folder.path());
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = regex::Regex::new(r"http://127\.0\.0\.1:[0-9]+").unwrap();
        let found = lines.find_map(|line| Some(address.find(&line.unwrap())?.as_str().to_owned()));
        // Whatever else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        match found {
            Some(address) => Self { process, folder, address },
            None => panic!("the demo ended before it said where it is: {:?}", process.wait()),
        }
    }

    /// Where the page is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Another call of the program on the same data, while the demo runs.
    pub fn calls(&self, arguments: &[&str]) -> Output {
        licensebot(arguments, self.folder.path()).output().unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn licensebot(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_licensebot"));
    command.args(arguments).arg("--data").arg(data).current_dir(data);
    command
}
