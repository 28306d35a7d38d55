//! Secrets that the program makes for itself: random, in a file that only its owner reads. Never printed.

use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::ports::Random;

/// The secret in this file; a new one where there is no file.
///
/// # Errors
/// The file cannot be made or read, or holds less than 32 bytes: then it is not one of ours.
pub fn open(path: &Path, random: &dyn Random) -> io::Result<Vec<u8>> {
    if !path.exists() {
        make(path, random)?;
    }
    let mut secret = Vec::new();
    std::fs::File::open(path)?.read_to_end(&mut secret)?;
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
    path.parent().map_or(Ok(()), |directory| std::fs::File::open(directory)?.sync_all())
}
