//! Is what a running demo keeps still where it was put? A directory that is deleted or replaced leaves a process writing files
//! that nobody can ever open again. Only looks; never touches what stands there now: it may be somebody else's.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::Duration;

use super::data_dir::DataDir;

/// How often it is looked at; what is written in between is lost with the directory.
const LOOK: Duration = Duration::from_millis(500);

/// The directory and its databases, as they stood at the start.
#[derive(Debug)]
pub(super) struct Footing {
    parts: Vec<(PathBuf, Identity)>,
}

/// Device and inode: they stay as long as somebody has the file open, and no other file gets them meanwhile.
type Identity = (u64, u64);

impl Footing {
    /// As it stands now.
    pub(super) fn of(data: &DataDir) -> io::Result<Self> {
        let paths = [data.path().to_owned(), data.database(), data.chat()];
        let parts = paths.into_iter().map(|path| identity(&path).map(|identity| (path, identity)));
        Ok(Self { parts: parts.collect::<io::Result<_>>()? })
    }

    /// Ends with what is gone.
    pub(super) async fn lost(&self) -> PathBuf {
        loop {
            tokio::time::sleep(LOOK).await;
            if let Some(path) = self.gone() {
                return path;
            }
        }
    }

    /// What cannot be looked at just now may still be there.
    fn gone(&self) -> Option<PathBuf> {
        let gone = self.parts.iter().find(|(path, was)| match identity(path) {
            Ok(is) => is != *was,
            Err(error) => matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
        });
        gone.map(|(path, _)| path.clone())
    }
}

fn identity(path: &PathBuf) -> io::Result<Identity> {
    let file = fs::metadata(path)?;
    Ok((file.dev(), file.ino()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_gone_or_replaced_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(folder.path().join("d"));
        let begin = || {
            let _ = fs::remove_dir_all(data.path());
            data.make().unwrap();
            let open = [data.database(), data.chat()].map(|path| fs::File::create(path).unwrap());
            (Footing::of(&data).unwrap(), open)
        };
        let (footing, _open) = begin();
        fs::write(data.chat(), "grows").unwrap();
        assert_eq!(footing.gone(), None, "a file that changes is the same file");

        fs::remove_file(data.chat()).unwrap();
        assert_eq!(footing.gone(), Some(data.chat()));
        fs::write(data.chat(), "another").unwrap();
        assert_eq!(footing.gone(), Some(data.chat()));

        let (footing, _open) = begin();
        fs::rename(data.path(), folder.path().join("moved")).unwrap();
        assert_eq!(footing.gone(), Some(data.path().to_owned()));
        let (_other, _others) = begin();
        assert_eq!(footing.gone(), Some(data.path().to_owned()));

        fs::remove_dir_all(data.path()).unwrap();
        fs::write(data.path(), "a file in its place").unwrap();
        assert_eq!(footing.gone(), Some(data.path().to_owned()));
    }
}
