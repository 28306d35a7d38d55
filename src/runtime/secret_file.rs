//! Secrets that the program makes for itself: random, in a file that only its owner reads. Never printed.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::config::bounded;
use crate::ports::Random;

/// Ours have 64 digits; no secret of anybody is longer.
const LONGEST: u64 = 4096;

/// The secret in this file; a new one where there is no file.
///
/// # Errors
/// The file cannot be made, or those of [`read`].
pub fn open(path: &Path, random: &dyn Random) -> io::Result<Vec<u8>> {
    if !path.exists() {
        make(path, random)?;
    }
    read(path)
}

/// The secret in this file, which must be there.
///
/// # Errors
/// The file cannot be read, or holds less than 32 bytes or more than 4 KiB: then it is not one of ours.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let secret = bounded::bytes(&File::open(path)?, LONGEST)?;
    if secret.len() < 32 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the key is shorter than 32 bytes"));
    }
    Ok(secret)
}

/// Whole or not at all: a crash in between leaves no half key behind.
fn make(path: &Path, random: &dyn Random) -> io::Result<()> {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let half = path.with_extension("new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&half, path)?;
    path.parent().map_or(Ok(()), |directory| File::open(directory)?.sync_all())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt, symlink};

    use super::*;
    use crate::runtime::random::SystemRandom;

    #[test]
    fn a_secret_is_made_once_for_its_owner_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key");
        let made = open(&path, &SystemRandom).unwrap();
        assert_eq!((made.len(), path.metadata().unwrap().mode() & 0o777), (64, 0o600));
        assert_eq!(open(&path, &SystemRandom).unwrap(), made);
        assert_eq!(read(&path).unwrap(), made);
    }

    #[test]
    fn what_cannot_be_a_secret_of_ours_is_refused_and_kept() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key");
        symlink("/dev/zero", &path).unwrap();
        assert_eq!(open(&path, &SystemRandom).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, "5eed").unwrap();
        assert_eq!(open(&path, &SystemRandom).unwrap_err().to_string(), "the key is shorter than 32 bytes");
        assert_eq!(std::fs::read(&path).unwrap(), b"5eed");
    }
}
