//! `demo` and `sandbox` as processes: one per directory, loopback only, gone when asked to.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use super::call;
use crate::support::{Process, http, licensebot};

/// A demo that runs in a directory, until it is dropped.
pub(super) fn demo(directory: &Path) -> Process {
    demo_with(directory, &[])
}

pub(super) fn demo_with(directory: &Path, more: &[&str]) -> Process {
    let arguments = [&["demo", "--listen", "127.0.0.1:0", "--data", "d"], more].concat();
    Process::start(&mut licensebot(directory, &arguments))
}

/// One that has printed where it is; then everything stands in the directory.
pub(super) fn running_demo(directory: &Path) -> Process {
    let demo = demo(directory);
    demo.address();
    demo
}

#[test]
fn a_second_demo_on_the_same_directory_is_told_who_is_there() {
    let directory = tempfile::tempdir().unwrap();
    let demo = demo(directory.path());
    let line = demo.line();
    let said = regex::Regex::new(
        r"^licensebot demo: open http://127\.0\.0\.1:[0-9]+ in a browser\. Everything is kept in d\. Stop with Ctrl-C\.$",
    );
    assert!(said.unwrap().is_match(&line), "{line}");
    let held =
        format!("another licensebot (process {}) works in d: stop it first, or use another directory\n", demo.id());
    for arguments in [&["demo", "--listen", "127.0.0.1:0", "--data", "d"][..], &["migrate", "--data", "d"]] {
        assert_eq!(call(directory.path(), arguments), (1, String::new(), held.clone()), "{arguments:?}");
    }
    // Reading goes on beside it.
    let (code, out, err) = call(directory.path(), &["audit", "verify", "--data", "d"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let (code, out, _) =
        call(directory.path(), &["policy", "explain", "--data", "d", "--as", "ana", "--product", "E5"]);
    assert_eq!(code, 0);
    assert!(out.contains("Megan Doyle may vote"), "{out}");
}

#[test]
fn what_the_demo_keeps_is_for_its_owner_alone() {
    let directory = tempfile::tempdir().unwrap();
    let demo = running_demo(directory.path());
    let mode = |name: &str| directory.path().join(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("d"), 0o700);
    for secret in ["d/audit.key", "d/sandbox/credentials.json"] {
        assert_eq!(mode(secret), 0o600, "{secret}");
    }
    for database in ["d/licensebot.db", "d/chat.db"] {
        for file in ["", "-wal", "-shm"] {
            assert_eq!(mode(&format!("{database}{file}")), 0o600, "{database}{file}");
        }
    }
    drop(demo);
}

#[test]
fn a_demo_stops_when_the_system_asks_it_to() {
    let directory = tempfile::tempdir().unwrap();
    running_demo(directory.path()).stop();
    assert!(!directory.path().join("d/tenant.url").exists(), "nobody is sent to a port that is somebody else's by now");
    let (code, _, err) = call(directory.path(), &["audit", "verify", "--data", "d"]);
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn a_key_that_is_lost_is_told_and_never_replaced() {
    let directory = tempfile::tempdir().unwrap();
    running_demo(directory.path()).stop();
    let key = directory.path().join("d/audit.key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let (code, out, err) = call(directory.path(), &["demo", "--listen", "127.0.0.1:0", "--data", "d"]);
    let told = "d/audit.key is missing, and the trail in d/licensebot.db is sealed with it: put it back, or begin anew with \
                another --data\n";
    assert_eq!((code, out.as_str(), err.as_str()), (1, "", told));
    assert!(!key.exists());
    std::fs::write(&key, kept).unwrap();
    running_demo(directory.path()).stop();
}

#[test]
fn a_demo_whose_directory_is_taken_away_says_so_and_touches_nothing_that_stands_there_now() {
    let directory = tempfile::tempdir().unwrap();
    let arguments = ["demo", "--listen", "127.0.0.1:0", "--data", "d"];
    let mut demo =
        licensebot(directory.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(demo.stdout.take().unwrap()).read_line(&mut line).unwrap();
    std::fs::rename(directory.path().join("d"), directory.path().join("away")).unwrap();
    std::fs::create_dir(directory.path().join("d")).unwrap();
    let foreign = ["tenant.url", "chat.db-wal", "licensebot.db-wal"].map(|name| directory.path().join("d").join(name));
    for file in &foreign {
        std::fs::write(file, "somebody else's").unwrap();
    }
    let ended = demo.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    // What was tried in between may have been logged before.
    let told = String::from_utf8(ended.stderr).unwrap();
    let sentence =
        "d was deleted or replaced while the demo ran, so nothing can be kept any more: start the demo again";
    assert_eq!(told.lines().last(), Some(sentence), "{told}");
    for file in &foreign {
        assert_eq!(std::fs::read_to_string(file).unwrap(), "somebody else's");
    }
    let (code, _, err) = call(directory.path(), &["audit", "verify", "--data", "away"]);
    assert_eq!((code, err.as_str()), (0, ""), "what was moved is whole");
}

#[test]
fn nothing_listens_where_others_could_reach_it() {
    let directory = tempfile::tempdir().unwrap();
    let (code, _, err) = call(directory.path(), &["demo", "--listen", "0.0.0.0:0"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("0.0.0.0:0 can be reached from elsewhere; the demo listens on loopback only"), "{err}");
    let (code, _, err) = call(directory.path(), &["sandbox", "--listen", "[::]:0"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("[::]:0 can be reached from elsewhere; the sandbox listens on loopback only"), "{err}");
    let elsewhere = ["demo", "--listen", "127.0.0.1:0", "--data", "d", "--sandbox", "http://sandbox.example"];
    let (code, _, err) = call(directory.path(), &elsewhere);
    assert_eq!(code, 2);
    assert!(err.starts_with("`http://sandbox.example` is not on this machine"), "{err}");
}

#[test]
fn a_port_that_is_taken_is_a_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, _, err) = call(directory.path(), &["demo", "--listen", &address, "--data", "d"]);
    assert_eq!(code, 1);
    let sentence = "cannot be listened on: another program listens there; choose another with --listen";
    assert_eq!(err, format!("{address} {sentence}\n"));
}

#[tokio::test]
async fn a_request_is_shown_in_words_and_settled_only_when_it_wants_to_be_and_the_demo_is_gone() {
    let directory = tempfile::tempdir().unwrap();
    let mut demo = demo(directory.path());
    let root = demo.address();
    let message = serde_json::json!({ "as": "ana", "text": "/license assign @bo E5 POWER_BI_PRO" });
    let said = http().post(format!("{root}/api/demo/messages")).json(&message).send().await.unwrap();
    let said: serde_json::Value = said.json().await.unwrap();
    let id = said["messages"][1]["request"].as_str().unwrap().to_owned();

    let (code, out, err) = call(directory.path(), &["request", "show", &id, "--data", "d"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], format!("{id} is draft"));
    assert!(lines[1].starts_with("asked by 2f74ac2d-07b0-40e8-ba85-8f1ca792763d for "), "{out}");
    let wished = ["to assign Microsoft 365 E5 (SPE_E5)", "to assign Power BI Pro (POWER_BI_PRO)"];
    assert!(wished.iter().all(|wish| lines[2..4].contains(wish)), "{out}");
    assert!(lines[4].contains("opened") && lines.len() == 5, "{out}");

    let resolve = ["request", "resolve", &id, "--data", "d", "--applied", "--reason", "seen"];
    let held =
        format!("another licensebot (process {}) works in d: stop it first, or use another directory\n", demo.id());
    assert_eq!(call(directory.path(), &resolve), (1, String::new(), held));
    demo.kill();
    let not_asked = format!("{id} does not need an operator: it is draft\n");
    assert_eq!(call(directory.path(), &resolve), (1, String::new(), not_asked));
}
