//! What README.md shows for a shell runs as shown, and what it points to is there.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::source::{README, shell_commands, spans};
use crate::cli::call;
use crate::cli::checking::{NOBODY, OPERATORS, good, on_sandbox};
use crate::cli::sandbox::SandboxProcess;
use crate::support::{Process, licensebot};

/// What the tour's test runs.
const IN_THE_TOUR: [&str; 3] = ["demo", "audit verify --data licensebot-demo", "audit head --data licensebot-demo"];

/// What is run on the copies that the page has one make.
const POLICY_TEST: &str = "policy test policies/my.cases.toml --config config.toml";

#[test]
fn the_copies_that_it_has_one_make_answer_as_they_must() {
    let directory = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::create_dir(directory.path().join("policies")).unwrap();
    let copies: Vec<&str> = shell_commands(README).into_iter().filter_map(|line| line.strip_prefix("cp ")).collect();
    assert_eq!(copies.len(), 3);
    for copy in copies {
        let (from, to) = copy.split_once(' ').unwrap();
        let text = std::fs::read_to_string(root.join(from)).unwrap();
        let filled_in = text.replace(NOBODY, OPERATORS);
        std::fs::write(directory.path().join(to), filled_in).unwrap();
    }
    let arguments: Vec<&str> = POLICY_TEST.split(' ').collect();
    let (code, out, err) = call(directory.path(), &arguments);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert_eq!(out.lines().next(), Some("the policy is policies/my.cedar, from config.toml"));
}

#[test]
fn every_command_for_a_shell_runs() {
    let commands = shell_commands(README);
    for of_the_tour in IN_THE_TOUR.map(|call| format!("cargo run --release -- {call}")) {
        assert!(commands.contains(&of_the_tour.as_str()), "README.md shows no `{of_the_tour}`");
    }
    for command in commands {
        match command.strip_prefix("cargo run --release -- ") {
            Some(shown) if IN_THE_TOUR.contains(&shown) => {}
            Some("check --config config.toml --online") => {
                let sandbox = SandboxProcess::start();
                let directory = on_sandbox(&sandbox);
                let (code, _, err) = call(directory.path(), &["check", "--config", "config.toml", "--online"]);
                assert_eq!((code, err.as_str()), (0, ""));
            }
            Some(shown) if shown == POLICY_TEST => {} // With the copies, below.
            None if command.starts_with("cp ") => {}
            None if command == "tests/run" => {
                let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(command).metadata().unwrap();
                assert_eq!(script.permissions().mode() & 0o111, 0o111);
            }
            _ => panic!("README.md shows a command that this test does not know: {command}"),
        }
    }
}

#[test]
fn every_call_that_the_page_on_the_command_line_shows_runs() {
    let shown = shell_commands(include_str!("../../docs/cli.md"));
    let calls: Vec<&str> = shown.iter().filter_map(|line| line.strip_prefix("licensebot ")).collect();
    assert!(calls.contains(&"CALL [OPTIONS]") && calls.len() > 1, "{calls:?}");
    let directory = tempfile::tempdir().unwrap();
    let demo = Process::start(&mut licensebot(directory.path(), &["demo", "--listen", "127.0.0.1:0"]));
    demo.address();
    for called in calls.into_iter().filter(|called| *called != "CALL [OPTIONS]") {
        let arguments: Vec<&str> = called.split(' ').collect();
        let (code, out, err) = call(directory.path(), &arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{called}");
        assert!(!out.is_empty(), "{called}");
    }
}

#[test]
fn every_call_in_its_sentences_does_what_they_say() {
    for called in spans(README).filter_map(|span| span.strip_prefix("licensebot ")) {
        match called {
            "demo" => {} // The tour.
            "serve" => {
                let (code, _, err) = call(good().path(), &["serve", "--config", "config.toml"]);
                assert!(
                    code == 2 && err.contains("nothing is wrong with it, but no chat platform is configured"),
                    "{err}"
                );
            }
            "sandbox" => drop(SandboxProcess::start()),
            _ => panic!("README.md names a call that this test does not know: licensebot {called}"),
        }
    }
}

#[test]
fn every_file_that_it_points_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ends = [".md", ".toml", ".cedar", "/"];
    let points = |span: &&str| !span.contains(' ') && ends.iter().any(|end| span.ends_with(end));
    let named: Vec<&str> = spans(README).filter(points).collect();
    assert!(named.contains(&"ARCHITECTURE.md") && named.contains(&"policies/starter.cedar"), "{named:?}");
    for name in named {
        assert!(root.join(name).exists(), "README.md points to {name}, which is not there");
    }
}

#[test]
fn it_asks_for_the_rust_that_the_build_asks_for() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(README.contains(&format!("Rust {version} or newer")), "{version}");
}
