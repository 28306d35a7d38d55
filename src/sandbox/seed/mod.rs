//! What a tenant starts from: a company described in one TOML text. Says what is true on the first day, never what
//! happened since (that is the journal's).

mod complete;
mod described;
mod error;
pub mod ids;
mod pieces;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use described::{
    SeedApp, SeedCompany, SeedGroup, SeedLicense, SeedPerson, SeedScope, SeedSettings, SeedState, SeedSubscription,
};
pub(super) use error::Key;
pub use error::SeedError;

/// The company that the program brings with it.
const NORTHWIND: &str = include_str!("northwind.toml");

/// Bytes of a tenant file. A company of 50,000 people takes about 15 million.
const LONGEST: u64 = 64 * 1024 * 1024;

/// The byte order mark that some editors write first.
const MARK: &str = "\u{feff}";

/// A company on its first day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedTenant {
    pub company: SeedCompany,
    #[serde(default)]
    pub settings: SeedSettings,
    /// App registrations. The first one is the bot's, whose id and secret `GET /sandbox/app` tells.
    pub apps: Vec<SeedApp>,
    #[serde(default)]
    pub subscriptions: Vec<SeedSubscription>,
    #[serde(default)]
    pub people: Vec<SeedPerson>,
    #[serde(default)]
    pub groups: Vec<SeedGroup>,
}

impl SeedTenant {
    /// The seeded company of the demo.
    ///
    /// # Errors
    /// Never in a build whose tests passed: a test reads the same text.
    pub fn northwind() -> Result<Self, SeedError> {
        Self::parse(NORTHWIND)
    }

    /// The seeded company as it is written, with its comments: an example of a tenant file.
    pub fn northwind_text() -> &'static str {
        NORTHWIND
    }

    /// Reads a company from TOML and fills in what may be left out. Unknown keys are errors; names that point nowhere are
    /// found by `Sandbox::open`.
    ///
    /// # Errors
    /// When the text is not such a description; the message names line and key.
    pub fn parse(text: &str) -> Result<Self, SeedError> {
        let text = text.strip_prefix(MARK).unwrap_or(text);
        let read = match pieces::read(text) {
            Some(read) => read,
            None => toml::from_str(text).map_err(|error| SeedError::unread(text, &error))?,
        };
        complete::complete(read)
    }

    /// Reads a company from a tenant file.
    ///
    /// # Errors
    /// When the file cannot be read or is not such a description; the message names file, line and key.
    pub fn read(path: &Path) -> Result<Self, SeedError> {
        let text = text_of(path).map_err(|error| SeedError::whole(unreadable(&error)).in_file(path, ""))?;
        Self::parse(&text).map_err(|error| error.in_file(path, &text))
    }

    /// The description as TOML, with everything that was filled in.
    ///
    /// # Errors
    /// Never for a description that was read.
    pub fn to_toml(&self) -> Result<String, SeedError> {
        toml::to_string(self).map_err(|error| SeedError::whole(error.to_string()))
    }
}

impl SeedError {
    /// The same, about the file that the description was read from.
    #[must_use]
    pub fn of_file(self, path: &Path) -> Self {
        let text = text_of(path).unwrap_or_default();
        self.in_file(path, &text)
    }
}

/// The file's text, unless it is longer than any company.
fn text_of(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(LONGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LONGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => {
            "there is no such file; `licensebot sandbox --print-tenant > FILE` writes one to adapt".into()
        }
        io::ErrorKind::FileTooLarge => "it is longer than 64 MiB, so it is no company; name another file".into(),
        io::ErrorKind::InvalidData => "it is not UTF-8; save the file as UTF-8".into(),
        io::ErrorKind::IsADirectory => "it is a directory; name the tenant file in it".into(),
        _ => format!("it cannot be read ({}); name another file", error.kind()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seeded_company_survives_being_written_and_read() {
        let seed = SeedTenant::northwind().unwrap();
        assert_eq!(seed.people.len(), 61);
        assert_eq!(SeedTenant::parse(&seed.to_toml().unwrap()).unwrap(), seed);
    }

    #[test]
    fn a_misspelled_key_is_named_with_its_line() {
        let text = NORTHWIND.replacen("given = \"Ana\"", "givn = \"Ana\"", 1);
        let error = SeedTenant::parse(&text).unwrap_err().to_string();
        assert!(error.contains("unknown field `givn`"), "{error}");
    }
}
