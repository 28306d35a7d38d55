//! Small files that are whole or absent, never half: written beside, synced, renamed. Never reads a large one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// None of these files is longer: the largest describes a company.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What stands in the file; nothing where there is none. One that is too long to be ours is refused, not read to its end.
pub(in crate::sandbox) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= LONGEST);
    if fits { Ok(Some(bytes)) } else { Err(io::ErrorKind::FileTooLarge.into()) }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all_or_too_long_to_be_ours() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(read(&directory.path().join("gone")).unwrap(), None);
        let path = directory.path().join("file");
        replace(&path, b"whole", Readers::Owner).unwrap();
        assert_eq!(read(&path).unwrap(), Some(b"whole".to_vec()));
        assert_eq!(read(Path::new("/dev/zero")).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }
}
