//! Places that cannot hold the data, each told in one sentence that says what to do.

use std::fs;

use super::call;

#[test]
fn a_file_is_no_data_directory() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("f"), "").unwrap();
    for program in ["demo", "sandbox"] {
        let said = |data| call(directory.path(), &[program, "--listen", "127.0.0.1:0", "--data", data]);
        assert_eq!(said("f"), (1, String::new(), "f is a file; name a directory\n".to_owned()));
        let through = "f/d cannot be used: its path leads through a file; choose another place or mend it\n";
        assert_eq!(said("f/d"), (1, String::new(), through.to_owned()));
    }
}

#[test]
fn every_call_that_needs_a_database_says_the_same_where_there_is_none() {
    let directory = tempfile::tempdir().unwrap();
    let sentence = "there is no database at gone/licensebot.db: start licensebot once, or name the right directory\n";
    for arguments in [
        &["audit", "verify"][..],
        &["audit", "head"],
        &["audit", "export"],
        &["policy", "explain", "--as", "ana", "--product", "E5"],
        &["request", "show", "R-7K3MQ2XA"],
        &["request", "resolve", "R-7K3MQ2XA", "--applied", "--reason", "seen"],
        &["migrate"],
    ] {
        let arguments = [arguments, &["--data", "gone"]].concat();
        assert_eq!(call(directory.path(), &arguments), (1, String::new(), sentence.to_owned()), "{arguments:?}");
    }
    assert!(!directory.path().join("gone").exists());
}
