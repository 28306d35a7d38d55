//! What a person waits for, measured on the real program: the time from a typed line to the first answer at 50 lines a second,
//! beside the bare cost of one durable commit on the same disk in the same run; the time from start to the first answer; the
//! memory of an idle demo. Prints figures and judges nothing: a noisy machine is no failed test.
//!
//! `cargo bench --bench demo [-- SECONDS]`
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a bench that cannot go on must stop loudly, and its figures are its output"
)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection};

/// Lines a second, as the promise is made.
const RATE: u32 = 50;
/// How long by default.
const SECONDS: u64 = 20;
/// How many bare commits are timed.
const COMMITS: usize = 400;

/// Reads and asks mixed, by people who may.
const LINES: [(&str, &str); 6] = [
    ("ana", "/license status"),
    ("ana", "/license assign me E5"),
    ("megan", "/license status @eva"),
    ("oskar", "/license stock"),
    ("bo", "/license assign @ana E5"),
    ("eva", "/license swap me E3 E5"),
];

struct Demo {
    child: Child,
    url: String,
    started: Instant,
}

impl Demo {
    fn start(data: &std::path::Path) -> Self {
        let started = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_licensebot"))
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.find_map(|line| {
            let line = line.ok()?;
            let begin = line.find("http://127.0.0.1:")?;
            line.get(begin..)?.split_whitespace().next().map(|url| url.trim_end_matches(['/', '.']).to_owned())
        });
        // The pipe stays open for as long as the demo runs.
        std::mem::forget(lines);
        Self { child, url: url.expect("the demo prints its address"), started }
    }

    fn resident_megabytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn say(client: &reqwest::Client, url: &str, person: &str, text: &str) -> Value {
    let body = json!({ "as": person, "text": text });
    let answer = client.post(format!("{url}/api/demo/messages")).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{person}: {text}: {}", answer.status());
    answer.json().await.unwrap()
}

async fn bare_commits(directory: &std::path::Path) -> Vec<Duration> {
    let options = SqliteConnectOptions::new()
        .filename(directory.join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)").execute(&mut connection).await.unwrap();
    let mut times = Vec::new();
    for _ in 0..COMMITS {
        let begin = Instant::now();
        sqlx::query("INSERT INTO row (body) VALUES ($1)")
            .bind("x".repeat(1500))
            .execute(&mut connection)
            .await
            .unwrap();
        times.push(begin.elapsed());
    }
    times
}

async fn first_answers(url: &str, seconds: u64) -> Vec<Duration> {
    let client = reqwest::Client::builder().build().unwrap();
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / RATE);
    let mut running = tokio::task::JoinSet::new();
    for turn in 0..seconds * u64::from(RATE) {
        // Open loop: a slow answer does not hold the next line back, and its waiting counts.
        let due = ticks.tick().await;
        let (person, text) = LINES[usize::try_from(turn).unwrap() % LINES.len()];
        let (client, url) = (client.clone(), url.to_owned());
        running.spawn(async move {
            say(&client, &url, person, text).await;
            due.elapsed()
        });
    }
    running.join_all().await
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = (times.len() as f64 * share) as usize;
        times[place.min(times.len() - 1)].as_secs_f64() * 1000.0
    };
    println!(
        "{name:<34} n {:>5}   p50 {:>7.2} ms   p99 {:>7.2} ms   max {:>7.2} ms",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

#[tokio::main]
async fn main() {
    let seconds = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(SECONDS);
    let directory = tempfile::tempdir().unwrap();
    report("one bare durable commit", bare_commits(directory.path()).await);
    let demo = Demo::start(&directory.path().join("demo"));
    let client = reqwest::Client::builder().build().unwrap();
    say(&client, &demo.url, "ana", "/license status").await;
    println!("start to first answer              {:>7.0} ms", demo.started.elapsed().as_secs_f64() * 1000.0);
    tokio::time::sleep(Duration::from_secs(5)).await;
    println!("resident when idle                 {:>7} MB", demo.resident_megabytes());
    report("typed line to first answer", first_answers(&demo.url, seconds).await);
    println!("resident after it                  {:>7} MB", demo.resident_megabytes());
}
