//! Why the program does not start, for whoever typed the command: one sentence, what to do next, and the exit code it means.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::Path;

use super::cause;
use crate::adapters::console::ChatError;
use crate::adapters::store::lock::LockError;
use crate::adapters::store::sqlite::OpenError;
use crate::config::{Problems, reason};
use crate::domain::policy::PolicyProblem;
use crate::ports::StoreError;

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
    pub fn data(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        if error.kind() == io::ErrorKind::AlreadyExists {
            return Self::new(format!("{path} is a file; name a directory"));
        }
        let advice = match error.kind() {
            io::ErrorKind::PermissionDenied => "run licensebot as the user that owns it, or choose another place",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room, and start again",
            io::ErrorKind::FileTooLarge | io::ErrorKind::IsADirectory => "put back the file that licensebot made",
            _ => "choose another place or mend it",
        };
        Self::new(format!("{path} cannot be used: {}; {advice}", reason::of(error)))
    }

    /// The database cannot be opened.
    pub fn opening(file: &Path, error: OpenError) -> Self {
        match error {
            OpenError::Store(error) => Self::database(file, &error),
            told => Self::new(told.to_string()),
        }
    }

    /// The database does not work.
    pub fn database(file: &Path, error: &StoreError) -> Self {
        let path = file.display();
        match (error, cause::of(error)) {
            (_, Some(cause)) => Self::data(file, &cause),
            (StoreError::Damaged(what), None) => {
                Self::new(format!("the database at {path} is damaged: {what}; put back a copy that is whole"))
            }
            (StoreError::Failed(_), None) => {
                Self::new(format!("the database at {path} does not work; see that its disk is sound, and start again"))
            }
        }
    }

    /// The demo's chat does not work.
    pub fn chat(file: &Path, error: &ChatError) -> Self {
        match cause::of(error) {
            Some(cause) => Self::data(file, &cause),
            None => Self::new(format!("{}: {error}; choose another data directory", file.display())),
        }
    }

    /// An address cannot be listened on.
    pub fn listen(address: SocketAddr, error: &io::Error) -> Self {
        let advice = "choose another with --listen";
        Self::new(format!("{address} cannot be listened on: {}; {advice}", reason::of(error)))
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

impl From<LockError> for Problem {
    fn from(error: LockError) -> Self {
        match error {
            LockError::Failed { path, source } if TOLD_BETTER.contains(&source.kind()) => Self::data(&path, &source),
            told => Self::new(told.to_string()),
        }
    }
}

/// Where the system's own reason says more than what usually keeps a lock from being taken.
const TOLD_BETTER: [io::ErrorKind; 4] = [
    io::ErrorKind::PermissionDenied,
    io::ErrorKind::StorageFull,
    io::ErrorKind::QuotaExceeded,
    io::ErrorKind::ReadOnlyFilesystem,
];

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}
