//! The command line: reads arguments, calls the right room, turns the verdict into words and an exit code. Never a rule of the
//! business, and never a panic for a closed pipe.

mod args;
mod asking;
mod audit;
mod check;
mod commands;
mod demo;
mod migrate;
mod output;
mod place;
pub mod policy;
mod request;
mod sandbox;
mod serve;
mod typed;
mod wished;

use std::process::ExitCode;

use clap::Parser;

use crate::config::reason;
use crate::runtime::{Problem, clock, telemetry};
use args::{Arguments, Call};
use output::Output;

/// Runs the program. Exit codes: 0 fine, 1 failed, 2 bad configuration or usage.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return output::usage(&error),
    };
    telemetry::start();
    let mut output = Output::standard();
    match run(arguments.call, &mut output) {
        Ok(code) => output.end(code),
        Err(problem) => output.problem(&problem),
    }
}

fn run(call: Call, output: &mut Output) -> Result<u8, Problem> {
    match call {
        Call::Demo(options) => blocking(demo::run(options, output)),
        Call::Sandbox(options) => blocking(sandbox::run(options, output)),
        Call::Commands(call) => commands::run(&call, output),
        Call::Audit(call) => blocking(audit::run(call, output)),
        Call::Policy(call) => blocking(asking::run(call, output)),
        Call::Serve(options) => serve::run(&options),
        Call::Check(options) => blocking(check::run(&options, output)),
        Call::Migrate { data, json } => blocking(migrate::run(&data, json, output)),
        Call::Request(call) => blocking(request::run(call, output)),
    }
}

/// Runs something that waits for the network or a disk.
fn blocking<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    clock::check_machine()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime
        .map_err(|error| {
            Problem::new(format!(
                "the program cannot start its threads ({}); let this user have more of them",
                reason::of(&error)
            ))
        })?
        .block_on(work)
}
