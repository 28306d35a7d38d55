//! The real program as a shell sees it: what it prints where, how it ends, and what it refuses.

pub mod checking;
mod data;
pub mod demo;
mod explaining;
mod logging;
mod reaching;
pub mod sandbox;
mod usage;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program, called in a directory with nothing of ours in the environment.
fn licensebot(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_licensebot"));
    command.args(arguments).current_dir(directory).stdin(Stdio::null());
    command.env_remove("LICENSEBOT_LOG").env_remove("LICENSEBOT_CLIENT_SECRET");
    command
}

/// How a call ended: exit code, standard output, standard error.
pub fn call(directory: &Path, arguments: &[&str]) -> (i32, String, String) {
    ended(licensebot(directory, arguments).output().unwrap())
}

fn ended(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
