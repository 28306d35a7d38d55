//! Secrets: they stand in a file or an environment variable, never in the configuration, an argument, a log or an error.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use toml::de::DeValue;
use uuid::Uuid;

use super::document::Document;
use super::section::exactly_one;
use super::value::{Read, Value, text, wrong};
use super::{bounded, reason};

/// No secret is longer.
const LONGEST: u64 = 64 * 1024;

/// What people leave in a copied example.
const STAND_INS: [&str; 12] = [
    "changeme",
    "secret",
    "clientsecret",
    "yourclientsecret",
    "yoursecret",
    "password",
    "placeholder",
    "replaceme",
    "todo",
    "example",
    "auditkey",
    "insertsecrethere",
];

/// The environment, as it comes in.
pub type Environment<'e> = &'e dyn Fn(&str) -> Option<OsString>;

/// Where a secret stands.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret {
    source: Source,
    pub(super) at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    File(PathBuf),
    Variable(String),
}

/// What a secret is for, and so what it must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    ClientSecret,
    PrivateKey,
    AuditKey,
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(formatter)
    }
}

/// Reads `{ file = "…" }` or `{ env = "…" }`.
pub(super) fn secret(value: &Value<'_>, document: &Document) -> Read<Secret> {
    const FORMS: &str = "{ file = \"…\" } or { env = \"…\" }";
    if matches!(value.get_ref(), DeValue::String(_)) {
        return wrong(value, format!("a secret never stands in this file; move it out and write {FORMS}"));
    }
    let (key, place) = exactly_one(value, &["file", "env"], FORMS)?;
    let named = text(place)?;
    let source = match key {
        "file" => Source::File(document.resolve(&named)),
        _ => Source::Variable(named),
    };
    Ok(Secret { source, at: place.span() })
}

impl Secret {
    /// Where it stands, as sentences name it.
    pub(super) fn named(&self) -> String {
        match &self.source {
            Source::File(path) => format!("the file {}", path.display()),
            Source::Variable(name) => format!("the environment variable {name}"),
        }
    }

    /// The secret itself, or why it cannot be used, in a sentence that does not tell it.
    pub(super) fn read(&self, purpose: Purpose, environment: Environment<'_>) -> Result<SecretString, String> {
        let found = match &self.source {
            Source::File(path) => from_file(path)?,
            Source::Variable(name) => from_variable(name, environment)?,
        };
        match mistake(found.expose_secret(), purpose) {
            None => Ok(found),
            Some(mistake) => Err(format!("{} {mistake}", self.named())),
        }
    }
}

fn from_variable(name: &str, environment: Environment<'_>) -> Result<SecretString, String> {
    let found = environment(name).ok_or_else(|| {
        format!("the environment variable {name} is not set; set it for the process, or use {{ file = \"…\" }}")
    })?;
    let found = found.into_string().map_err(|_| format!("the environment variable {name} is not text; set it anew"))?;
    Ok(trimmed(found))
}

fn from_file(path: &Path) -> Result<SecretString, String> {
    let shown = path.display();
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => format!("there is no file {shown}; put the secret into it, for its owner alone"),
        io::ErrorKind::PermissionDenied => {
            format!("the file {shown} may not be read; give it to the user that runs licensebot")
        }
        io::ErrorKind::IsADirectory => format!("{shown} is a directory; name the file in it that holds the secret"),
        io::ErrorKind::FileTooLarge => {
            format!("the file {shown} is longer than 64 KiB, so it is no secret; name another file")
        }
        io::ErrorKind::InvalidData => {
            format!("the file {shown} is not text; write the secret as text, such as hexadecimal digits")
        }
        _ => format!("the file {shown} cannot be read ({}); name another file", reason::of(&error)),
    };
    let file = fs::File::open(path).map_err(unreadable)?;
    let found = bounded::text(&file, LONGEST).map_err(unreadable)?;
    match too_open(&file.metadata().map_err(unreadable)?) {
        Some(mode) => Err(format!("the file {shown} is open to others (mode {mode:04o}); run `chmod 600 {shown}`")),
        None => Ok(trimmed(found)),
    }
}

/// The mode of a file that others may read, or that its group may change. A group may read: that is how some platforms hand
/// secrets to a process.
fn too_open(about: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = about.permissions().mode() & 0o777;
    (mode & 0o027 != 0).then_some(mode)
}

/// Editors and `echo` end a file with a new line.
fn trimmed(found: String) -> SecretString {
    SecretString::from(found.trim())
}

/// What is wrong with a secret, without telling it.
fn mistake(secret: &str, purpose: Purpose) -> Option<&'static str> {
    let letters: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    let stand_in = STAND_INS.contains(&letters.to_ascii_lowercase().as_str())
        || (secret.starts_with('<') && secret.ends_with('>'))
        || secret.chars().all(|letter| matches!(letter, 'x' | 'X' | '.' | '…' | '*' | '-'));
    match purpose {
        _ if secret.is_empty() => Some("is empty; put the secret into it"),
        _ if stand_in => Some("holds a stand-in; put the real secret into it"),
        // It has as many lines as PEM needs, and is read by what signs with it.
        Purpose::PrivateKey => None,
        _ if secret.contains(char::is_control) => Some("holds more than one line; put the secret alone into it"),
        Purpose::ClientSecret if Uuid::parse_str(secret).is_ok() => Some(
            "holds an id, and Entra's client secrets never look like that; put the secret's Value into it, not its \
             Secret ID",
        ),
        Purpose::AuditKey if secret.len() < 32 => {
            Some("holds fewer than 32 characters; make a key with `openssl rand -hex 32`")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn in_file(directory: &Path, bytes: &[u8], mode: u32) -> Secret {
        let path = directory.join("key");
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        Secret { source: Source::File(path), at: 0..0 }
    }

    fn read(secret: &Secret, purpose: Purpose) -> Result<String, String> {
        let environment = |name: &str| (name == "SET").then(|| OsString::from("  canary-value-of-the-variable \n"));
        secret.read(purpose, &environment).map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn a_secret_is_what_stands_between_the_blanks() {
        let directory = tempfile::tempdir().unwrap();
        let secret = in_file(directory.path(), b"canary~of-the.file\r\n", 0o440);
        assert_eq!(read(&secret, Purpose::ClientSecret).unwrap(), "canary~of-the.file");
        let variable = Secret { source: Source::Variable("SET".into()), at: 0..0 };
        assert_eq!(read(&variable, Purpose::ClientSecret).unwrap(), "canary-value-of-the-variable");
    }

    #[test]
    fn what_cannot_be_a_secret_is_refused_without_being_told() {
        let directory = tempfile::tempdir().unwrap();
        let said = |bytes: &[u8], mode, purpose| {
            let secret = in_file(directory.path(), bytes, mode);
            let told = read(&secret, purpose).unwrap_err();
            assert!(!told.contains("canary"), "{told}");
            told.replace(&directory.path().join("key").display().to_string(), "KEY")
        };
        let client = Purpose::ClientSecret;
        assert_eq!(said(b" \n", 0o600, client), "the file KEY is empty; put the secret into it");
        for stand_in in ["CHANGE-ME", "<canary>", "xxxxxxxx", "your client secret", "…"] {
            let sentence = "the file KEY holds a stand-in; put the real secret into it";
            assert_eq!(said(stand_in.as_bytes(), 0o600, client), sentence, "{stand_in}");
        }
        assert_eq!(said(b"canary", 0o644, client), "the file KEY is open to others (mode 0644); run `chmod 600 KEY`");
        assert_eq!(
            said(b"canary\xff", 0o600, client),
            "the file KEY is not text; write the secret as text, such as hexadecimal digits"
        );
        assert_eq!(
            said(b"canary\nsecond", 0o600, client),
            "the file KEY holds more than one line; put the secret alone into it"
        );
        assert_eq!(
            said(&vec![b'c'; 64 * 1024 + 1], 0o600, Purpose::AuditKey),
            "the file KEY is longer than 64 KiB, so it is no secret; name another file",
            "half a key is never taken for one"
        );
        assert!(said(b"2f74ac2d-07b0-40e8-ba85-8f1ca792763d", 0o600, client).contains("not its Secret ID"));
        assert_eq!(
            said(b"canary-too-short", 0o600, Purpose::AuditKey),
            "the file KEY holds fewer than 32 characters; make a key with `openssl rand -hex 32`"
        );
    }

    #[test]
    fn a_secret_that_is_not_there_says_where_it_was_looked_for() {
        let gone = Secret { source: Source::File("/nowhere/key".into()), at: 0..0 };
        assert_eq!(
            read(&gone, Purpose::AuditKey).unwrap_err(),
            "there is no file /nowhere/key; put the secret into it, for its owner alone"
        );
        let unset = Secret { source: Source::Variable("UNSET".into()), at: 0..0 };
        assert_eq!(
            read(&unset, Purpose::AuditKey).unwrap_err(),
            "the environment variable UNSET is not set; set it for the process, or use { file = \"…\" }"
        );
    }
}
