//! Why the system refused a file or an address, in words for people. Never its error numbers, and never a path: whoever tells it
//! knows which.

use std::io;

/// The reason, to stand behind a colon.
pub fn of(error: &io::Error) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => "it is not there",
        io::ErrorKind::PermissionDenied => "this user has no right to it",
        io::ErrorKind::NotADirectory => "its path leads through a file",
        io::ErrorKind::IsADirectory => "it is a directory",
        io::ErrorKind::FileTooLarge => "it is too long",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "this user has filled their share of the disk",
        io::ErrorKind::ReadOnlyFilesystem => "it can only be read",
        io::ErrorKind::AddrInUse => "another program listens there",
        io::ErrorKind::AddrNotAvailable => "this machine has no such address",
        _ => return in_the_systems_words(error),
    };
    known.to_owned()
}

/// Without the number that the standard library puts behind them, and as a part of a sentence.
fn in_the_systems_words(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error ").next().unwrap_or_default();
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    // A word that goes on in capitals is a name, such as UTF-8.
    if letters.clone().next().is_some_and(char::is_uppercase) { words.to_owned() } else { first + letters.as_str() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_words_without_numbers() {
        for (number, words) in [
            (2, "it is not there"),
            (13, "this user has no right to it"),
            (28, "the disk is full"),
            (30, "it can only be read"),
            (98, "another program listens there"),
            (24, "too many open files"),
        ] {
            assert_eq!(of(&io::Error::from_raw_os_error(number)), words);
        }
        assert_eq!(of(&io::Error::other("UTF-8 was expected")), "UTF-8 was expected");
        assert_eq!(of(&io::Error::other("")), "");
    }
}
