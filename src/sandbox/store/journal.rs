//! The ledger on disk: one accepted change a line, on the disk before anyone is answered. What is in it happened.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{OpenError, durable};
use crate::domain::ids::TenantId;
use crate::sandbox::tenant::Entry;

/// The open journal. It alone may append: the file is locked while it lives.
#[derive(Debug)]
pub(in crate::sandbox) struct Journal {
    file: File,
    path: PathBuf,
    /// Bytes that are whole lines on the disk.
    length: u64,
    next: u64,
    /// A write failed and could not be taken back: what the disk holds is not known, so nothing more is accepted.
    broken: bool,
}

/// Why a journal cannot be continued.
#[derive(Debug, PartialEq, Eq)]
pub enum JournalError {
    /// Another process writes it.
    InUse,
    /// The first line belongs to another tenant or another version.
    Head(String),
    /// A whole line makes no sense; its number counts from 1.
    Line { line: usize, why: String },
}

impl fmt::Display for JournalError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse => formatter.write_str("another sandbox is running on it"),
            Self::Head(why) => write!(formatter, "its first line {why}"),
            Self::Line { line, why } => write!(formatter, "line {line}: {why}"),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    journal: u32,
    tenant: TenantId,
}

const VERSION: u32 = 1;

impl Journal {
    /// Opens or begins the journal of a directory and hands every entry in it to `replay`, oldest first. A last line
    /// without its end is what a crash leaves behind: nobody was told of it, it is cut off.
    pub(in crate::sandbox) fn open(
        directory: &Path,
        tenant: TenantId,
        replay: impl FnMut(&Entry) -> Result<(), String>,
    ) -> Result<Self, OpenError> {
        let path = directory.join("journal.jsonl");
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path);
        let file = file.map_err(OpenError::file(&path))?;
        lock(&file, &path)?;
        let mut journal = Self { file, path, length: 0, next: 1, broken: false };
        let text = journal.whole_lines().map_err(OpenError::file(&journal.path))?;
        journal.replay(&text, tenant, replay).map_err(|why| OpenError::Journal { path: journal.path.clone(), why })?;
        if text.is_empty() {
            journal.begin(directory, tenant).map_err(OpenError::file(&journal.path))?;
        }
        Ok(journal)
    }

    /// Reads what stands there and cuts a torn end off, on the disk too.
    fn whole_lines(&mut self) -> io::Result<String> {
        let mut bytes = Vec::new();
        self.file.read_to_end(&mut bytes)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        if whole < bytes.len() {
            let torn = bytes.len() - whole;
            tracing::warn!(file = %self.path.display(), bytes = torn, "the last line was torn by a crash; it is dropped");
            bytes.truncate(whole);
            self.file.set_len(as_length(whole))?;
            self.file.sync_all()?;
        }
        self.length = as_length(whole);
        String::from_utf8(bytes).map_err(io::Error::other)
    }

    fn replay(
        &mut self,
        text: &str,
        tenant: TenantId,
        mut replay: impl FnMut(&Entry) -> Result<(), String>,
    ) -> Result<(), JournalError> {
        let mut lines = text.lines().zip(1..);
        if let Some((head, _)) = lines.next() {
            check_head(head, tenant)?;
        }
        for (line, number) in lines {
            let wrong = |why| JournalError::Line { line: number, why };
            let entry: Entry = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
            if entry.seq != self.next {
                return Err(wrong(format!("entry {} stands where {} belongs", entry.seq, self.next)));
            }
            replay(&entry).map_err(wrong)?;
            self.next += 1;
        }
        Ok(())
    }

    fn begin(&mut self, directory: &Path, tenant: TenantId) -> io::Result<()> {
        let mut line = serde_json::to_vec(&Head { journal: VERSION, tenant })?;
        line.push(b'\n');
        self.write(&line)?;
        durable::sync_directory(directory)
    }

    /// The number that the next entry must carry.
    pub(in crate::sandbox) fn next_seq(&self) -> u64 {
        self.next
    }

    /// Puts an entry on the disk. When this returns `Ok`, it happened.
    ///
    /// # Errors
    /// When the disk refuses: then it did not happen.
    pub(in crate::sandbox) fn append(&mut self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        self.write(&line)?;
        self.next += 1;
        Ok(())
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        if self.broken {
            return Err(io::Error::other("an earlier write failed; restart the sandbox"));
        }
        let written = self.file.write_all(line).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // A failed sync must not be tried again: the kernel may have dropped the pages and then report success.
            let taken_back = self.file.set_len(self.length).and_then(|()| self.file.sync_all());
            self.broken = taken_back.is_err();
            return Err(error);
        }
        self.length += as_length(line.len());
        Ok(())
    }

    /// Every entry on the disk after the given number.
    pub(in crate::sandbox) fn after(&self, seq: u64) -> io::Result<Vec<Entry>> {
        let mut bytes = Vec::new();
        File::open(&self.path)?.take(self.length).read_to_end(&mut bytes)?;
        let lines = bytes.split(|byte| *byte == b'\n').skip(1).filter(|line| !line.is_empty());
        let entries = lines.map(serde_json::from_slice).collect::<Result<Vec<Entry>, _>>()?;
        Ok(entries.into_iter().filter(|entry| entry.seq > seq).collect())
    }
}

fn lock(file: &File, path: &Path) -> Result<(), OpenError> {
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => OpenError::Journal { path: path.to_owned(), why: JournalError::InUse },
        TryLockError::Error(error) => OpenError::file(path)(error),
    })
}

fn check_head(line: &str, tenant: TenantId) -> Result<(), JournalError> {
    let head: Head = serde_json::from_str(line).map_err(|error| JournalError::Head(format!("is no head: {error}")))?;
    if head.journal != VERSION {
        return Err(JournalError::Head(format!("is of version {}; this program writes {VERSION}", head.journal)));
    }
    if head.tenant != tenant {
        return Err(JournalError::Head(format!("belongs to the tenant {}", head.tenant)));
    }
    Ok(())
}

fn as_length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
