//! `licensebot serve`: checks everything; no chat platform exists yet that it could serve.

use super::args::ConfigArgs;
use super::place;
use crate::runtime::{Problem, limits};

pub(super) fn run(args: &ConfigArgs) -> Result<u8, Problem> {
    limits::raise()?;
    let _checked = place::config(&args.config)?;
    Err(Problem::usage(format!(
        "{}: nothing is wrong with it, but no chat platform is configured, and this version knows none for a real tenant; try \
         `licensebot demo`",
        args.config.display()
    )))
}
