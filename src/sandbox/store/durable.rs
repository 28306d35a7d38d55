//! Small files that are whole or absent, never half: written beside, synced, renamed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Who may read a file on a machine with several users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum Readers {
    /// Nothing in it is secret.
    Everyone,
    /// It holds a secret.
    Owner,
}

/// Replaces the whole file at once and waits until the disk has it.
pub(in crate::sandbox) fn replace(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    only_for(readers, &mut options);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    path.parent().map_or(Ok(()), sync_directory)
}

/// Waits until names made in this directory are on the disk.
pub(super) fn sync_directory(directory: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
fn only_for(readers: Readers, options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    if readers == Readers::Owner {
        options.mode(0o600);
    }
}

#[cfg(not(unix))]
fn only_for(_: Readers, _: &mut OpenOptions) {}
