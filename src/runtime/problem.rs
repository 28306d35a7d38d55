//! Why the program does not start, for whoever typed the command: one sentence, what to do next, and the exit code it means.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::Path;

use crate::config::Problems;
use crate::domain::policy::PolicyProblem;

/// A sentence for standard error, with its exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    message: String,
    code: u8,
}

impl Problem {
    /// It failed: exit code 1.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }

    /// It was called, or configured, wrongly: exit code 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }

    /// A file or directory cannot be used.
    pub fn data(path: &Path, error: io::Error) -> Self {
        Self::new(format!("{} cannot be used: {error}; choose another place or mend it", path.display()))
    }

    /// An address cannot be listened on.
    pub fn listen(address: SocketAddr, error: &io::Error) -> Self {
        Self::new(format!("{address} cannot be listened on: {error}; choose another with --listen"))
    }

    /// The policy cannot be used: every problem on a line of its own.
    pub fn policy(problems: &[PolicyProblem]) -> Self {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Self::usage(lines.join("\n"))
    }

    /// 1 failed, 2 bad configuration or usage.
    pub fn code(&self) -> u8 {
        self.code
    }
}

impl From<Problems> for Problem {
    fn from(problems: Problems) -> Self {
        Self::usage(problems.to_string())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}
