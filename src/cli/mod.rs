//! The command line: reads arguments, calls the right room, turns the verdict into an exit code.

pub mod policy;

use std::process::ExitCode;

/// Runs the program. Exit codes: 0 fine, 1 failed, 2 bad configuration or usage.
pub fn main() -> ExitCode {
    ExitCode::from(2)
}
