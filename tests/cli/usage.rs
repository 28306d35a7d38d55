//! Wrong calls, help, and output that nobody reads.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use super::{call, ended, licensebot};

#[test]
fn what_is_no_call_ends_with_two_and_says_so_on_standard_error() {
    let directory = tempfile::tempdir().unwrap();
    for arguments in [
        &["frobnicate"][..],
        &[],
        &["demo", "--frobnicate"],
        &["demo", "--listen", "here"],
        &["demo", "--clock", "tomorrow"],
        &["demo", "--clock", "9999-12-30T00:00:00Z"],
        &["demo", "-"],
        &["serve"],
        &["check"],
        &["commands"],
        &["commands", "register"],
        &["commands", "export", "--format", "teams"],
        &["audit", "verify"],
        &["audit", "verify", "--data", "x", "--config", "y"],
        &["policy", "explain", "--data", "x"],
        &["request", "show", "R-1", "--data", "x"],
        &["request", "resolve", "R-7K3MQ2XA", "--data", "x", "--reason", "seen"],
        &["request", "resolve", "R-7K3MQ2XA", "--data", "x", "--reason", "seen", "--applied", "--not-applied"],
    ] {
        let (code, out, err) = call(directory.path(), arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        assert!(!err.is_empty() && !err.contains("panicked"), "{arguments:?}: {err}");
    }
    let (_, _, err) = call(directory.path(), &["audit", "verify"]);
    assert!(err.contains("<--config <FILE>|--data <DIR>>"), "{err}");
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0, "a wrong call leaves nothing behind");
}

#[test]
fn help_and_version_are_answers() {
    let directory = tempfile::tempdir().unwrap();
    let (code, out, err) = call(directory.path(), &["--version"]);
    assert_eq!((code, out, err), (0, format!("licensebot {}\n", env!("CARGO_PKG_VERSION")), String::new()));
    for arguments in [&["--help"][..], &["demo", "--help"], &["audit", "verify", "--help"], &["help", "check"]] {
        let (code, out, err) = call(directory.path(), arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        assert!(out.contains("Usage: licensebot"), "{out}");
    }
}

#[test]
fn what_commands_generates_is_what_is_checked_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (arguments, file) in [
        (&["--format", "discord"][..], "discord.json"),
        (&["--format", "markdown"], "commands.en.md"),
        (&["--format", "markdown", "--locale", "sv"], "commands.sv.md"),
    ] {
        let arguments: Vec<&str> = ["commands", "export"].iter().chain(arguments).copied().collect();
        let (code, out, err) = call(root, &arguments);
        let checked_in = std::fs::read_to_string(root.join("commands/generated").join(file)).unwrap();
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(out == checked_in, "commands/generated/{file} is stale: run `licensebot {}`", arguments.join(" "));
    }
}

#[test]
fn a_reader_who_left_is_no_failure() {
    let directory = tempfile::tempdir().unwrap();
    for arguments in [&["commands", "export", "--format", "discord"][..], &["--help"]] {
        // A pipe whose other end is closed before anything is written.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = licensebot(directory.path(), arguments).stdout(Stdio::from(writer)).output().unwrap();
        assert_eq!(ended(output), (0, String::new(), String::new()), "{arguments:?}");
    }
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let directory = tempfile::tempdir().unwrap();
    let told = "the answer could not be written: the disk is full; see where standard output goes\n";
    for arguments in
        [&["commands", "export", "--format", "discord"][..], &["--help"], &["--version"], &["help", "demo"]]
    {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = licensebot(directory.path(), arguments).stdout(Stdio::from(full)).output().unwrap();
        assert_eq!(ended(output), (1, String::new(), told.to_owned()), "{arguments:?}");
    }
}

#[test]
fn a_file_of_cases_that_is_none_is_refused_in_one_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let (latin, folder) = (directory.path().join("latin.toml"), directory.path().display().to_string());
    std::fs::write(&latin, b"[[case]]\nname = \"\xe5\"\n").unwrap();
    let latin = latin.display().to_string();
    for (file, sentence) in [
        ("/dev/zero", "/dev/zero is longer than 1 MiB; split it\n".to_owned()),
        (&folder, format!("{folder} is a directory; name a file of cases in it\n")),
        (&latin, format!("{latin} is not UTF-8; save it as UTF-8\n")),
    ] {
        let said = call(directory.path(), &["policy", "test", file]);
        assert_eq!(said, (2, String::new(), sentence), "{file}");
    }
}

#[test]
fn a_key_without_an_end_is_no_key() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("licensebot.db"), "").unwrap();
    std::os::unix::fs::symlink("/dev/zero", directory.path().join("audit.key")).unwrap();
    let (code, out, err) = call(directory.path(), &["audit", "verify", "--data", "."]);
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert_eq!(err, "./audit.key cannot be used: it is too long; put back the file that licensebot made\n");
}

#[test]
fn the_company_that_is_printed_is_one_to_start_from() {
    let directory = tempfile::tempdir().unwrap();
    let (code, out, err) = call(directory.path(), &["sandbox", "--print-tenant"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out, licensebot::sandbox::SeedTenant::northwind_text());
    std::fs::write(directory.path().join("own.toml"), &out).unwrap();
    let (code, whole, err) = call(directory.path(), &["sandbox", "--tenant", "own.toml", "--print-tenant"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let read = |text: &str| licensebot::sandbox::SeedTenant::parse(text).unwrap();
    assert_eq!(read(&whole), read(&out));
    std::fs::write(directory.path().join("own.toml"), out.replacen("enabled = 14", "enabled = \"many\"", 1)).unwrap();
    let (code, out, err) = call(directory.path(), &["sandbox", "--tenant", "own.toml"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.starts_with("own.toml:32: [[subscriptions]] enabled: invalid type: string \"many\", expected u32"),
        "{err}"
    );
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1, "a mistake leaves nothing behind");
}
