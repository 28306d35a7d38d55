//! The program's entry: hands the arguments to `cli` and its verdict to the shell.

use std::process::ExitCode;

fn main() -> ExitCode {
    licensebot::cli::main()
}
