//! What stands in a file that somebody named: a device or a disk image by mistake, perhaps. Never reads one to its end because
//! it has none in sight.

use std::fs::File;
use std::io::{self, Read};

/// What stands in a file.
///
/// # Errors
/// `IsADirectory`; `FileTooLarge` beyond `longest` bytes; or what the system says.
pub fn bytes(file: &File, longest: u64) -> io::Result<Vec<u8>> {
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    let length = file.take(longest.saturating_add(1)).read_to_end(&mut bytes)?;
    let fits = u64::try_from(length).is_ok_and(|length| length <= longest);
    if fits { Ok(bytes) } else { Err(io::ErrorKind::FileTooLarge.into()) }
}

/// The same as text.
///
/// # Errors
/// Those of [`bytes`], and `InvalidData` for what is not UTF-8. None of them holds anything of the text.
pub fn text(file: &File, longest: u64) -> io::Result<String> {
    String::from_utf8(bytes(file, longest)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_an_end_is_refused_once_it_is_too_long() {
        let endless = File::open("/dev/zero").unwrap();
        assert_eq!(bytes(&endless, 64).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn the_longest_file_is_read_whole_and_one_byte_more_is_not() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        let read = |length| {
            std::fs::write(&path, vec![b'a'; length]).unwrap();
            text(&File::open(&path).unwrap(), 64).map(|text| text.len()).map_err(|error| error.kind())
        };
        assert_eq!(read(64), Ok(64));
        assert_eq!(read(65), Err(io::ErrorKind::FileTooLarge));
    }

    #[test]
    fn a_directory_is_no_file() {
        let directory = File::open("/").unwrap();
        assert_eq!(bytes(&directory, 64).unwrap_err().kind(), io::ErrorKind::IsADirectory);
    }
}
