//! The real program as a shell sees it: what it prints where, how it ends, and what it refuses.

mod certificates;
pub mod checking;
mod data;
mod demo;
mod explaining;
mod limits;
mod logging;
mod places;
mod reaching;
pub mod sandbox;
mod usage;

use std::path::Path;
use std::process::Output;

use crate::support::licensebot;

/// How a call ended: exit code, standard output, standard error.
pub fn call(directory: &Path, arguments: &[&str]) -> (i32, String, String) {
    ended(licensebot(directory, arguments).output().unwrap())
}

fn ended(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
