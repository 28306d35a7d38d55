//! What stands on standard error after a whole story: no secret, no token, nothing that people wrote, and nothing that a terminal
//! obeys.

use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::thread::JoinHandle;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Chat, Process, licensebot};

const WHY: &str = "because-the-quarter-ends";
const WHY_NOT: &str = "budget-is-spent-until-May";
const HOSTILE: &str = "nobody\u{1b}[31m\r\n\u{202e}\u{9b}2J";

/// A demo whose standard error is read to its end.
struct Story {
    demo: Process,
    logged: JoinHandle<String>,
    chat: Chat,
}

impl Story {
    fn start(directory: &Path, form: &[(&str, &str)]) -> Self {
        let mut command = licensebot(directory, &["demo", "--listen", "127.0.0.1:0", "--data", "d"]);
        command.envs(form.iter().copied()).env("LICENSEBOT_LOG", "trace");
        let mut demo = Process::start(command.stderr(Stdio::piped()));
        let mut errors = demo.errors();
        let logged = std::thread::spawn(move || {
            let mut text = Vec::new();
            errors.read_to_end(&mut text).unwrap();
            String::from_utf8(text).unwrap()
        });
        let chat = Chat::at(demo.address());
        Self { demo, logged, chat }
    }

    /// Asked, denied, asked again, approved, done; and somebody who tries his luck.
    async fn plays(&self) {
        let [ana, megan, bo] = ["ana", "megan", "bo"].map(|name| self.chat.person(name));
        let asked = format!("/license assign me E5 --reason {WHY}");
        let card = ana.asks(&asked).await;
        let ballot = megan.ballot(card.request()).await;
        megan.fills_and_clicks(&ballot, "deny", &[("reason", WHY_NOT)]).await.card(&ballot);
        assert_eq!(ana.hears(card.request()).await.state(), "denied");
        let card = ana.asks(&asked).await;
        megan.approves(card.request()).await;
        ana.gets(card.request()).await;
        bo.says(&format!("/license assign @{HOSTILE} E5")).await;
        bo.says(&format!("/license stock {HOSTILE}")).await;
        bo.writes(HOSTILE).await;
        for (path, body) in [
            ("messages", json!({ "as": HOSTILE, "text": "/license help" })),
            ("actions", json!({ "as": "bo", "message": HOSTILE, "action": HOSTILE })),
        ] {
            let (status, _) = self.chat.raw(Method::POST, &format!("/api/demo/{path}"), Some(body)).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    fn ends(mut self) -> String {
        self.demo.kill();
        self.logged.join().unwrap()
    }
}

/// The client secret, the key of the tokens, and the key of the trail, as they stand on disk.
fn secrets(directory: &Path) -> Vec<String> {
    let credentials = std::fs::read(directory.join("d/sandbox/credentials.json")).unwrap();
    let credentials: Value = serde_json::from_slice(&credentials).unwrap();
    let clients = credentials["clientSecrets"].as_object().unwrap();
    let mut secrets: Vec<String> = clients.values().map(|secret| secret.as_str().unwrap().to_owned()).collect();
    secrets.push(credentials["signingKey"].as_str().unwrap().to_owned());
    secrets.push(std::fs::read_to_string(directory.join("d/audit.key")).unwrap().trim().to_owned());
    assert!(secrets.len() == 3 && secrets.iter().all(|secret| secret.len() > 20), "they are where they were");
    secrets
}

fn assert_tells_no_secret(logged: &str, directory: &Path) {
    let secrets = secrets(directory);
    // A token begins so, as every JWT.
    let never = secrets.iter().map(String::as_str).chain(["eyJ", "Bearer ", "client_secret", WHY, WHY_NOT]);
    for word in never {
        let line = logged.lines().find(|line| line.contains(word));
        assert_eq!(line, None, "`{word}` stands in the log");
    }
}

#[tokio::test]
async fn a_whole_story_logs_no_secret_and_no_reason_and_nothing_that_a_terminal_obeys() {
    let directory = tempfile::tempdir().unwrap();
    let story = Story::start(directory.path(), &[]);
    story.plays().await;
    let logged = story.ends();
    assert!(logged.contains("graph write"), "the story is in it");
    assert_tells_no_secret(&logged, directory.path());
    let obeyed = |symbol: char| (symbol.is_control() && symbol != '\n') || symbol == '\u{202e}';
    assert_eq!(logged.lines().find(|line| line.contains(obeyed)), None);
    let begins = regex::Regex::new(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z +(TRACE|DEBUG|INFO|WARN|ERROR) ").unwrap();
    assert_eq!(logged.lines().find(|line| !begins.is_match(line)), None, "every line is an event");
}

#[tokio::test]
async fn in_json_every_line_is_an_event_and_tells_no_more() {
    let directory = tempfile::tempdir().unwrap();
    let story = Story::start(directory.path(), &[("LICENSEBOT_LOG_JSON", "1")]);
    story.plays().await;
    let logged = story.ends();
    assert_tells_no_secret(&logged, directory.path());
    for line in logged.lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        assert!(event["level"].is_string() && event["fields"].is_object(), "{line}");
    }
}
