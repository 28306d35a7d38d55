//! The instance lock: two processes never work on one data directory. Held as long as the value lives; the operating system
//! lets go of it when the process ends, however it ends. Never waits.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

const NAME: &str = "licensebot.lock";

/// The right to work on a data directory.
#[derive(Debug)]
pub struct InstanceLock {
    file: File,
}

/// The directory is not ours to work on.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Somebody else holds it.
    #[error("another licensebot{process} works in {dir}: stop it first, or use another directory", dir = .dir.display(),
        process = .process.map_or_else(String::new, |number| format!(" (process {number})")))]
    Held {
        /// The data directory.
        dir: PathBuf,
        /// Its number; nothing when it did not say.
        process: Option<u32>,
    },
    /// The file cannot be made or locked.
    #[error("{path} cannot be locked: make sure that the directory exists, is writable and is on a local disk", path = .path.display())]
    Failed {
        /// The lock file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl InstanceLock {
    /// Takes the lock of a data directory.
    ///
    /// # Errors
    /// [`LockError`].
    pub fn take(dir: &Path) -> Result<Self, LockError> {
        let path = dir.join(NAME);
        let failed = |source| LockError::Failed { path: path.clone(), source };
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = options.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LockError::Held { dir: dir.to_owned(), process: holder(&mut file) });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        sign(&mut file).map_err(failed)?;
        Ok(Self { file })
    }
}

impl Drop for InstanceLock {
    fn drop(&mut self) {
        // Closing alone is not enough: a child process that is just being started still has the file open, and with it the
        // lock, until it runs its own program. An error leaves what closing does.
        let _ = self.file.unlock();
    }
}

/// Writes down who holds it, for the sentence that the next one reads.
fn sign(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    write!(file, "{}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(20).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_one_is_told_who_was_first_and_may_go_on_when_that_one_left() {
        let dir = tempfile::tempdir().unwrap();
        let first = InstanceLock::take(dir.path()).unwrap();
        let refused = InstanceLock::take(dir.path()).unwrap_err().to_string();
        let (pid, dir_name) = (std::process::id(), dir.path().display());
        assert_eq!(
            refused,
            format!("another licensebot (process {pid}) works in {dir_name}: stop it first, or use another directory")
        );
        // What a child of this process has until it runs its own program.
        let inherited = first.file.try_clone().unwrap();
        drop(first);
        InstanceLock::take(dir.path()).unwrap();
        drop(inherited);
    }

    #[test]
    fn a_directory_that_is_not_there_is_a_sentence() {
        let dir = tempfile::tempdir().unwrap();
        let error = InstanceLock::take(&dir.path().join("gone")).unwrap_err().to_string();
        assert!(error.ends_with("make sure that the directory exists, is writable and is on a local disk"), "{error}");
    }
}
