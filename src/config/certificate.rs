//! A certificate that the configuration points to, with the private key beside it. A certificate is no secret: anybody may read
//! its file. Never judges whether Entra would take it, only whether it can be used now.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::document::Document;
use super::section::exactly_one;
use super::value::{Read, Value, text};
use super::{bounded, reason};
use crate::adapters::graph::Expiry;

/// No chain of certificates is longer.
const LONGEST: u64 = 64 * 1024;

/// A file that is no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublicFile {
    pub(super) path: PathBuf,
    pub(super) at: Range<usize>,
}

/// Reads `{ file = "…" }`.
pub(super) fn public_file(value: &Value<'_>, document: &Document) -> Read<PublicFile> {
    let (_, place) = exactly_one(value, &["file"], "{ file = \"…\" }")?;
    Ok(PublicFile { path: document.resolve(&text(place)?), at: place.span() })
}

impl PublicFile {
    /// What stands in it, or why it cannot be read.
    pub(super) fn read(&self) -> Result<String, String> {
        let shown = self.path.display();
        let found = File::open(&self.path).and_then(|file| bounded::text(&file, LONGEST));
        found.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("there is no file {shown}; put the certificate into it, as PEM"),
            io::ErrorKind::InvalidData => format!("the file {shown} is not text; write the certificate as PEM"),
            io::ErrorKind::FileTooLarge => {
                format!("the file {shown} is longer than 64 KiB, so it is no certificate; name another file")
            }
            _ => format!("the file {shown} cannot be read ({}); name another file", reason::of(&error)),
        })
    }
}

/// What is to be said of the end of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// It cannot be used.
    Problem(String),
    /// It can, for now.
    Warning(String),
}

/// What to do about the end of a certificate; nothing while it is far.
pub(super) fn about(expiry: Expiry) -> Option<Said> {
    let day = |time: Timestamp| TimeZone::UTC.to_datetime(time).date();
    const RENEW: &str =
        "make a new one, upload it to the app registration beside this one, then name it and its key here";
    match expiry {
        Expiry::Far => None,
        Expiry::Soon(end) => Some(Said::Warning(format!("the certificate expires on {}; {RENEW}", day(end)))),
        Expiry::Past(end) => Some(Said::Problem(format!("the certificate expired on {}; {RENEW}", day(end)))),
        Expiry::NotYet(start) => {
            let sentence = "set this machine's clock, or name another certificate";
            Some(Said::Problem(format!("the certificate is not valid before {}; {sentence}", day(start))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_certificate_is_a_sentence_with_what_to_do() {
        let day: Timestamp = "2027-01-01T00:00:00Z".parse().unwrap();
        let renew = "make a new one, upload it to the app registration beside this one, then name it and its key here";
        assert_eq!(about(Expiry::Far), None);
        let soon = Said::Warning(format!("the certificate expires on 2027-01-01; {renew}"));
        assert_eq!(about(Expiry::Soon(day)), Some(soon));
        let past = Said::Problem(format!("the certificate expired on 2027-01-01; {renew}"));
        assert_eq!(about(Expiry::Past(day)), Some(past));
        let early =
            "the certificate is not valid before 2027-01-01; set this machine's clock, or name another certificate";
        assert_eq!(about(Expiry::NotYet(day)), Some(Said::Problem(early.into())));
    }
}
