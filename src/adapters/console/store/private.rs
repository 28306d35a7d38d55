//! The chat's files hold what people wrote to the bot alone, so they are their owner's alone, whatever the directory allows.

use std::ffi::OsString;
use std::fs::{OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

const OWNER_ALONE: u32 = 0o600;

/// Makes the file where there is none, and closes to others what was made before. SQLite gives its other files the rights of
/// this one.
pub(super) fn make(file: &Path) -> io::Result<()> {
    OpenOptions::new().append(true).create(true).mode(OWNER_ALONE).open(file)?;
    for ending in ["", "-wal", "-shm"] {
        let mut name = OsString::from(file);
        name.push(ending);
        match std::fs::set_permissions(name, Permissions::from_mode(OWNER_ALONE)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{line, store};
    use super::*;

    fn modes(folder: &Path) -> [u32; 3] {
        let mode = |name| folder.join(name).metadata().unwrap().permissions().mode() & 0o777;
        ["chat.db", "chat.db-wal", "chat.db-shm"].map(mode)
    }

    #[tokio::test]
    async fn nobody_else_reads_the_chats_files_however_open_the_directory_is() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let first = store(folder.path()).await;
        first.say(line("typed", "", None)).await.unwrap();
        assert_eq!(modes(folder.path()), [0o600; 3]);

        // As an earlier version left them.
        for name in ["chat.db", "chat.db-wal", "chat.db-shm"] {
            std::fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o644)).unwrap();
        }
        let second = store(folder.path()).await;
        assert_eq!(modes(folder.path()), [0o600; 3]);
        assert!(second.find("typed").await.unwrap().is_some());
    }
}
