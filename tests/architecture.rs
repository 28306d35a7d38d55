//! The shape of the source tree, read as text: which room may know which, what is kept out of the pure ones, how long a file
//! may be. Every rule is first shown something that it must catch, so that none of them passes because it sees nothing.

mod rules;
mod source;

use std::path::{Path, PathBuf};

use rules::{RULES, Rule};
use source::Source;

fn tree() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for room in ["src", "tests", "benches"] {
        collect(&root.join(room), &mut files);
    }
    files.sort();
    let relative = |file: &PathBuf| file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    files.iter().map(|file| Source::new(&relative(file), &std::fs::read_to_string(file).unwrap())).collect()
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "js" || kind == "css") {
            files.push(path);
        }
    }
}

#[test]
fn the_tree_keeps_every_rule() {
    let tree = tree();
    assert!(tree.len() > 200, "only {} files were found", tree.len());
    let broken: Vec<String> =
        tree.iter().flat_map(|source| RULES.iter().flat_map(|rule| rule.broken(source))).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn rule(name: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.name == name).unwrap_or_else(|| panic!("there is no rule `{name}`"))
}

/// Rule, file, text that it must catch.
const CAUGHT: [(&str, &str, &str); 33] = [
    ("arrows", "src/domain/x.rs", "use crate::ports::Clock;"),
    ("arrows", "src/domain/x.rs", "use crate::{domain::ids::SkuId, app::App};"),
    ("arrows", "src/domain/x/y.rs", "fn f() { crate::runtime::clock::machine_now(); }"),
    ("arrows", "src/domain/x.rs", "use super::super::ports::Clock;"),
    ("arrows", "src/domain/x.rs", "use licensebot::ports::Clock;"),
    ("arrows", "src/ports.rs", "use crate::app::App;"),
    ("arrows", "src/app/x.rs", "use crate::adapters::graph::GraphClient;"),
    ("arrows", "src/app/x.rs", "use crate::config::Config;"),
    ("arrows", "src/adapters/x.rs", "use crate::app::propose::Proposal;"),
    ("arrows", "src/adapters/x.rs", "use crate::app::{App, propose::{self}};"),
    ("arrows", "src/adapters/x.rs", "use crate::app::*;"),
    ("arrows", "src/adapters/x.rs", "use crate::sandbox::Sandbox;"),
    ("arrows", "src/sandbox/x.rs", "use crate::domain::{catalog::Stock, person::Person};"),
    ("arrows", "src/sandbox/x.rs", "use crate::domain::*;"),
    ("arrows", "src/sandbox/x.rs", "use crate::adapters::graph::settings::Cloud;"),
    ("arrows", "src/runtime/x.rs", "use crate::cli::main;"),
    ("arrows", "src/config/x.rs", "use crate::runtime::Problem;"),
    ("pure domain", "src/domain/x.rs", "async fn f() { tokio::task::yield_now().await }"),
    ("pure domain", "src/domain/x.rs", "use sqlx::SqlitePool;"),
    ("pure domain", "src/domain/x.rs", "use std::{fmt, fs};"),
    ("pure domain", "src/domain/x.rs", "fn f() { std::env::var(\"X\"); }"),
    ("pure domain", "src/domain/x.rs", "use std::net::IpAddr;"),
    ("pure domain", "src/domain/x.rs", "use std::time::Instant;"),
    ("pure domain", "src/domain/x.rs", "async fn f() {}"),
    ("nothing ambient", "src/app/x.rs", "fn f() { Timestamp::now(); }"),
    ("nothing ambient", "src/domain/x.rs", "fn f() { jiff::Zoned::now(); }"),
    ("nothing ambient", "src/app/x.rs", "fn f() { getrandom::fill(&mut []); }"),
    ("nothing ambient", "src/app/x.rs", "fn f(client: reqwest::Client) {}"),
    ("nothing ambient", "src/app/x.rs", "fn f() { Uuid::new_v4(); }"),
    ("module head", "src/cli/x.rs", "use std::fmt;\n//! Too late."),
    ("module head", "tests/x/mod.rs", "mod y;"),
    ("unfinished", "src/cli/x.rs", "//! x\n// TO\u{44}O: later"),
    ("unfinished", "tests/x.rs", "fn f() { to\u{64}o!() }"),
];

#[test]
fn every_rule_catches_what_it_is_there_for() {
    for (name, path, text) in CAUGHT {
        assert_ne!(rule(name).broken(&Source::new(path, text)), Vec::<String>::new(), "{name}: {path}: {text}");
    }
    let long = format!("//! Long.\n{}", "// line\n".repeat(600));
    assert_eq!(
        rule("length").broken(&Source::new("src/cli/x.rs", &long)),
        ["src/cli/x.rs:601: the file has more than 600 lines; split it by what the parts are for"]
    );
    let without_control = RULES.iter().filter(|rule| CAUGHT.iter().all(|(name, ..)| *name != rule.name));
    assert_eq!(without_control.map(|rule| rule.name).collect::<Vec<_>>(), ["length"], "held above");
}

/// What looks like a breach and is none.
#[test]
fn no_rule_cries_at_what_is_fine() {
    for (path, text) in [
        (
            "src/domain/x.rs",
            "//! See [`crate::ports::Clock`].\nuse crate::domain::{ids, person::Person};\nuse super::ids;",
        ),
        ("src/domain/x.rs", "//! x\nconst A: &str = \"crate::app tokio std::fs Timestamp::now()\";"),
        (
            "src/domain/x.rs",
            "//! x\nconst A: &str = r#\"use crate::ports;\"#;\nconst B: char = '\"';\nfn f<'a>(_: &'a str) {}",
        ),
        ("src/domain/x.rs", "//! x\n/* use crate::app::App; /* nested */ tokio */\nuse std::net_of_fish;"),
        ("src/app/x.rs", "//! x\nuse crate::{domain::ids::SkuId, ports::{Clock, Random}};"),
        ("src/adapters/x.rs", "//! x\nuse crate::app::{App, Inbound};"),
        ("src/sandbox/x.rs", "//! x\nuse crate::domain::{catalog::{self, Stock}, ids::SkuId};"),
        ("src/runtime/x.rs", "//! x\nuse crate::{app::propose, sandbox::Sandbox};"),
    ] {
        let source = Source::new(path, text);
        assert_eq!(
            RULES.iter().flat_map(|rule| rule.broken(&source)).collect::<Vec<_>>(),
            Vec::<String>::new(),
            "{text}"
        );
    }
}
