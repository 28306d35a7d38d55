//! Whom the command line asks about people, beside a demo and after it: never whoever happens to answer where the demo's tenant
//! once did.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::call;
use super::demo::{demo_with, running_demo};
use super::sandbox::SandboxProcess;
use crate::support::http;

const EXPLAIN: [&str; 8] = ["policy", "explain", "--data", "d", "--as", "ana", "--product", "E5"];
const RESOLVE: [&str; 8] = ["request", "resolve", "R-7K3MQ2XA", "--data", "d", "--applied", "--reason", "seen"];

/// A demo that was killed, and a stranger on the port where its tenant answered.
fn killed(directory: &Path) -> TcpListener {
    running_demo(directory).kill();
    let note: Value = serde_json::from_slice(&fs::read(directory.join("d/tenant.url")).unwrap()).unwrap();
    let stranger = TcpListener::bind(note["url"].as_str().unwrap().strip_prefix("http://").unwrap()).unwrap();
    stranger.set_nonblocking(true).unwrap();
    stranger
}

fn assert_nobody_came(stranger: &TcpListener) {
    assert_eq!(stranger.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "somebody called the stranger");
}

#[test]
fn after_a_kill_the_stranger_on_the_old_port_hears_nothing() {
    for (arguments, ends) in [
        (&EXPLAIN[..], (0, "Step 1 of 1: Megan Doyle may vote, and one vote is wanted.\n", "")),
        (&RESOLVE, (1, "", "there is no request R-7K3MQ2XA; see its card for the id\n")),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let stranger = killed(directory.path());
        let (code, out, err) = call(directory.path(), arguments);
        assert!(out.ends_with(ends.1), "{out}");
        assert_eq!((code, err.as_str()), (ends.0, ends.2));
        assert_nobody_came(&stranger);
        assert!(!directory.path().join("d/tenant.url").exists(), "the old address is forgotten");
    }
}

#[test]
fn an_address_that_another_process_noted_is_not_followed() {
    let directory = tempfile::tempdir().unwrap();
    let stranger = killed(directory.path());
    // Somebody else works on the directory, and has not said where a tenant is.
    let lock = File::options().write(true).open(directory.path().join("d/licensebot.lock")).unwrap();
    lock.lock().unwrap();
    fs::write(directory.path().join("d/licensebot.lock"), "1").unwrap();
    let held = "another licensebot (process 1) works in d: stop it first, or use another directory\n";
    for arguments in [EXPLAIN, RESOLVE] {
        assert_eq!(call(directory.path(), &arguments), (1, String::new(), held.to_owned()), "{arguments:?}");
    }
    assert_nobody_came(&stranger);
}

#[test]
fn a_demo_with_a_sandbox_apart_is_followed_while_it_runs_and_named_afterwards() {
    let directory = tempfile::tempdir().unwrap();
    let sandbox = SandboxProcess::start();
    let with_sandbox = |arguments: &[&str]| {
        let named: Vec<&str> = arguments.iter().copied().chain(["--sandbox", &sandbox.base_url]).collect();
        call(directory.path(), &named)
    };
    let demo = demo_with(directory.path(), &["--sandbox", &sandbox.base_url]);
    demo.address();
    let (code, out, err) = call(directory.path(), &EXPLAIN);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    demo.stop();

    let url = &sandbox.base_url;
    let nameless = format!("the demo in d worked with a sandbox that runs apart, at {url}; add --sandbox {url}\n");
    for arguments in [EXPLAIN, RESOLVE] {
        assert_eq!(call(directory.path(), &arguments), (2, String::new(), nameless.clone()), "{arguments:?}");
    }
    let (code, again, err) = with_sandbox(&EXPLAIN);
    assert_eq!((code, again, err.as_str()), (0, out, ""));
    let unknown = "there is no request R-7K3MQ2XA; see its card for the id\n".to_owned();
    assert_eq!(with_sandbox(&RESOLVE), (1, String::new(), unknown));
    assert!(!directory.path().join("d/sandbox").exists(), "no second tenant was made");

    let elsewhere = RESOLVE.iter().copied().chain(["--sandbox", "http://sandbox.example"]).collect::<Vec<_>>();
    let (code, _, err) = call(directory.path(), &elsewhere);
    assert_eq!(code, 2);
    assert!(err.starts_with("`http://sandbox.example` is not on this machine"), "{err}");
}

async fn json_of(request: reqwest::RequestBuilder) -> Value {
    request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_demo_and_its_sandbox_apart_live_in_one_time_whoever_was_ahead() {
    let http = http();
    let sandbox = SandboxProcess::start();
    let sandbox_clock = format!("{}/sandbox/clock", sandbox.base_url);
    let directory = tempfile::tempdir().unwrap();
    let now = |time: Value| -> Timestamp { time["now"].as_str().unwrap().parse().unwrap() };

    let ahead = now(json_of(http.post(&sandbox_clock).json(&json!({ "advance": "3d" }))).await);
    let demo = demo_with(directory.path(), &["--sandbox", &sandbox.base_url]);
    let demo_clock = format!("{}/api/demo/clock", demo.address());
    let bot = now(json_of(http.get(&demo_clock)).await);
    assert!((bot.as_second() - ahead.as_second()).abs() < 60, "the bot went along: {bot}, {ahead}");
    let ahead = now(json_of(http.post(&demo_clock).json(&json!({ "advance": "2d" }))).await);
    demo.stop();

    // A sandbox that starts anew is moved to where the demo was.
    let young = SandboxProcess::start();
    let demo = demo_with(directory.path(), &["--sandbox", &young.base_url]);
    demo.address();
    let tenant = now(json_of(http.get(format!("{}/sandbox/clock", young.base_url))).await);
    assert!((tenant.as_second() - ahead.as_second()).abs() < 60, "the sandbox went along: {tenant}, {ahead}");
}
