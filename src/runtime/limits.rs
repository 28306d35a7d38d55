//! How many files and connections the system lets this process have open. Never waits for one to be missing: too few are told
//! before anything is opened.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::Problem;

/// What a demo needs with some dozens of people at its page: at rest it has 40 open, and four for each call under way.
const ENOUGH: u64 = 256;

/// Raises the limit as far as this process may, and looks at what came of it.
///
/// # Errors
/// [`Problem`]: it is too low to work with.
pub fn raise() -> Result<(), Problem> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = current != maximum
        && setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum })
            .inspect_err(|error| tracing::debug!(%error, "the limit of open files stays as it is"))
            .is_ok();
    enough(if raised { maximum } else { current })
}

/// Nothing: there is no limit.
fn enough(limit: Option<u64>) -> Result<(), Problem> {
    match limit {
        Some(limit) if limit < ENOUGH => Err(Problem::new(format!(
            "this process may have {limit} files open and needs {ENOUGH}: raise the limit with `ulimit -n 1024`, or with \
             LimitNOFILE=1024 where a service starts it"
        ))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_is_too_low_is_a_sentence() {
        assert_eq!((enough(Some(256)), enough(None)), (Ok(()), Ok(())));
        assert_eq!(
            enough(Some(255)).unwrap_err().to_string(),
            "this process may have 255 files open and needs 256: raise the limit with `ulimit -n 1024`, or with \
             LimitNOFILE=1024 where a service starts it"
        );
    }
}
