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
            io::ErrorKind::Other => "see that this user may write in its directory and that the disk has room",
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(problem: &Problem) -> String {
        problem.to_string()
    }

    #[test]
    fn what_the_system_refuses_is_told_with_what_to_do() {
        for (number, sentence) in [
            (
                13,
                "d cannot be used: this user has no right to it; run licensebot as the user that owns it, or choose another place",
            ),
            (17, "d is a file; name a directory"),
            (20, "d cannot be used: its path leads through a file; choose another place or mend it"),
            (28, "d cannot be used: the disk is full; make room, and start again"),
            (30, "d cannot be used: it can only be read; choose another place or mend it"),
        ] {
            assert_eq!(told(&Problem::data(Path::new("d"), &io::Error::from_raw_os_error(number))), sentence);
        }
    }

    #[test]
    fn a_lock_is_told_by_its_own_words_unless_the_system_says_more() {
        let refused = |number| {
            let source = io::Error::from_raw_os_error(number);
            told(&LockError::Failed { path: "d/licensebot.lock".into(), source }.into())
        };
        assert_eq!(
            refused(30),
            "d/licensebot.lock cannot be used: it can only be read; choose another place or mend it"
        );
        let own = "d/licensebot.lock cannot be locked: make sure that the directory exists, is writable and is on a local disk";
        assert_eq!((refused(2), refused(37)), (own.to_owned(), own.to_owned()));
    }

    #[test]
    fn a_database_that_does_not_work_is_told_with_its_place() {
        let opening = |error| told(&Problem::opening(Path::new("d/licensebot.db"), OpenError::Store(error)));
        let full = StoreError::Failed(Box::new(io::Error::from_raw_os_error(28)));
        assert_eq!(opening(full), "d/licensebot.db cannot be used: the disk is full; make room, and start again");
        assert_eq!(
            opening(StoreError::Damaged("a row".to_owned())),
            "the database at d/licensebot.db is damaged: a row; put back a copy that is whole"
        );
    }
}
