//! What the system said, under an error of something that keeps files for us. Looks at errors alone, never at the files.

use std::error::Error;
use std::io;
use std::sync::Arc;

/// The system's error at the bottom of another; nothing when it was not the system that refused.
pub(super) fn of(error: &(dyn Error + 'static)) -> Option<io::Error> {
    if let Some(shared) = error.downcast_ref::<Arc<dyn Error + Send + Sync>>() {
        return of(&**shared);
    }
    if let Some(found) = error.downcast_ref::<io::Error>() {
        return Some(found.raw_os_error().map_or_else(|| found.kind().into(), io::Error::from_raw_os_error));
    }
    let found = error.downcast_ref::<sqlx::Error>().and_then(sqlx::Error::as_database_error);
    match found.and_then(|found| found.code()?.parse::<i32>().ok()) {
        Some(code) => sqlite(code),
        None => error.source().and_then(of),
    }
}

/// SQLite tells what happened by the first byte of its code (<https://sqlite.org/rescode.html>).
fn sqlite(code: i32) -> Option<io::Error> {
    match code & 0xff {
        3 => Some(io::ErrorKind::PermissionDenied.into()),
        5 => Some(io::Error::other("another program works on it")),
        8 => Some(io::ErrorKind::ReadOnlyFilesystem.into()),
        10 => Some(io::Error::other("the disk is full, or fails")),
        13 => Some(io::ErrorKind::StorageFull.into()),
        14 => Some(io::Error::other("it cannot be opened, or nothing can be written beside it")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sqlx::{ConnectOptions, Executor};

    use super::*;
    use crate::adapters::console::ChatError;
    use crate::ports::StoreError;

    async fn refused_by_sqlite() -> sqlx::Error {
        let in_memory = sqlx::sqlite::SqliteConnectOptions::new().in_memory(true);
        let mut connection = in_memory.connect().await.unwrap();
        connection.execute("PRAGMA max_page_count = 2; CREATE TABLE a (b)").await.unwrap();
        connection.execute("INSERT INTO a VALUES (zeroblob(100000))").await.unwrap_err()
    }

    #[tokio::test]
    async fn a_full_disk_is_found_under_the_errors_of_both_databases() {
        let kind = |error: &(dyn Error + 'static)| of(error).map(|error| error.kind());
        let full = Some(io::ErrorKind::StorageFull);
        assert_eq!(kind(&StoreError::Failed(Box::new(refused_by_sqlite().await))), full);
        assert_eq!(kind(&ChatError::from(refused_by_sqlite().await)), full);
        assert_eq!(kind(&ChatError::from(io::Error::from_raw_os_error(28))), full);
    }

    #[test]
    fn what_the_system_did_not_refuse_has_no_cause() {
        assert!(of(&StoreError::Damaged("a row".to_owned())).is_none());
        assert!(of(&StoreError::Failed(Box::new(sqlx::Error::RowNotFound))).is_none());
    }
}
