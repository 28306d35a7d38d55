//! The text of a configuration file and the places in it. Never knows a key.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeTable;

use super::problem::{ConfigProblem, Problems};
use super::{bounded, reason};
use crate::domain::policy::problem::position;

/// No configuration is longer.
const LONGEST: u64 = 1024 * 1024;

/// The byte order mark that some editors write first.
const MARK: &str = "\u{feff}";

/// A configuration file as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    name: String,
    directory: PathBuf,
    text: String,
}

impl Document {
    pub(super) fn open(path: &Path) -> Result<Self, Problems> {
        let name = path.display().to_string();
        let bytes = fs::File::open(path)
            .and_then(|file| bounded::bytes(&file, LONGEST))
            .map_err(|error| Problems::of_file(&name, unreadable(&error)))?;
        let directory = path.parent().map(Path::to_owned).unwrap_or_default();
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::of_text(name, directory, &text)),
            Err(error) => {
                let upto = error.utf8_error().valid_up_to();
                let good = error.as_bytes().get(..upto).map(String::from_utf8_lossy).unwrap_or_default();
                let (line, column) = position(&good, good.len());
                let message = "from here on it is not UTF-8; save the file as UTF-8".to_owned();
                Err(Problems::new(&name, vec![ConfigProblem { line, column, key: String::new(), message }], []))
            }
        }
    }

    pub(super) fn of_text(name: String, directory: PathBuf, text: &str) -> Self {
        Self { name, directory, text: text.strip_prefix(MARK).unwrap_or(text).to_owned() }
    }

    /// As problems name it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Every path in the file is relative to where the file is.
    pub(super) fn resolve(&self, path: &str) -> PathBuf {
        self.directory.join(path)
    }

    /// The tables, as far as they could be read, and what was in the way.
    pub(super) fn parse(&self) -> (Spanned<DeTable<'_>>, Vec<ConfigProblem>) {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        let mut problems: Vec<ConfigProblem> = errors.iter().map(|error| self.unparsed(error)).collect();
        problems.sort();
        // After one mistake in a line the parser sees more of them there than there are.
        problems.dedup_by_key(|problem| problem.line);
        (table, problems)
    }

    fn unparsed(&self, error: &toml::de::Error) -> ConfigProblem {
        let at = error.span().unwrap_or_default();
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        self.problem(&at, "", format!("this is not TOML: {message}"))
    }

    pub(super) fn problem(&self, at: &Range<usize>, key: &str, message: String) -> ConfigProblem {
        let (line, column) = position(&self.text, at.start);
        ConfigProblem { line, column, key: key.to_owned(), message }
    }
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; copy config.example.toml to it and adapt the copy".into(),
        io::ErrorKind::PermissionDenied => "it may not be read; give the user that runs licensebot read access".into(),
        io::ErrorKind::IsADirectory => "it is a directory; name the configuration file in it".into(),
        io::ErrorKind::FileTooLarge => "it is longer than 1 MiB, so it is no configuration; name another file".into(),
        _ => format!("it cannot be read ({}); name another file", reason::of(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document::of_text("c.toml".into(), PathBuf::new(), text)
    }

    fn problems(text: &str) -> Vec<(usize, usize)> {
        document(text).parse().1.iter().map(|problem| (problem.line, problem.column)).collect()
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_are_no_mistakes() {
        assert_eq!(problems("\u{feff}[store]\r\nurl = \"x\"\r\n"), []);
    }

    #[test]
    fn every_line_that_is_no_toml_is_told_once() {
        assert_eq!(problems("[store]\nurl =\nzone = 'a\nx = 1\ny = 1 2\n"), [(2, 6), (3, 10), (5, 5)]);
        assert_eq!(problems("a = 1\na = 2\n[b]\n[b]\n"), [(2, 1), (4, 2)]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_a_sentence() {
        let dir = tempfile::tempdir().unwrap();
        let said =
            |path: &Path| Document::open(path).unwrap_err().to_string().replace(&path.display().to_string(), "c");
        let path = dir.path().join("c.toml");
        assert_eq!(said(&path), "c: there is no such file; copy config.example.toml to it and adapt the copy");
        assert_eq!(said(dir.path()), "c: it is a directory; name the configuration file in it");
        fs::write(&path, b"[store]\nurl = \"\xff\"").unwrap();
        assert_eq!(said(&path), "c:2:8: from here on it is not UTF-8; save the file as UTF-8");
        fs::write(&path, vec![b'\n'; 1024 * 1024 + 1]).unwrap();
        assert_eq!(said(&path), "c: it is longer than 1 MiB, so it is no configuration; name another file");
    }
}
