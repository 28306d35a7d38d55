//! Chromium and its driver, started for one test and gone with it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// Nothing but the page under test is asked for, and nothing of an earlier test is remembered.
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=en-US",
    "--force-prefers-reduced-motion",
];

/// A running driver.
pub struct Driver {
    process: Child,
    profile: TempDir,
    address: String,
}

impl Driver {
    /// Starts the driver on a free port of its own choice. It looks for one before it takes it, and ends when somebody else
    /// was faster: then another one is started.
    pub fn start() -> Self {
        let started = (0..5).find_map(|_| Self::try_start());
        started.unwrap_or_else(|| panic!("chromedriver ended five times before it listened"))
    }

    fn try_start() -> Option<Self> {
        let command = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut process = match command {
            Ok(process) => process,
            Err(error) => {
                panic!("chromedriver does not start ({error}); tests/run installs chromium and chromium-driver")
            }
        };
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            let port = line.strip_prefix("ChromeDriver was started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        let Some(port) = port else {
            process.wait().unwrap();
            return None;
        };
        // Whatever else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { process, profile: tempfile::tempdir().unwrap(), address: format!("http://127.0.0.1:{port}") })
    }

    /// Opens a browser of this size.
    pub async fn browser(&self, width: u32, height: u32) -> Client {
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--window-size={width},{height}"));
        flags.push(format!("--user-data-dir={}", self.profile.path().display()));
        let mut wanted = Map::new();
        wanted.insert("goog:chromeOptions".to_owned(), json!({ "args": flags }));
        wanted.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        match ClientBuilder::new(HttpConnector::new()).capabilities(wanted).connect(&self.address).await {
            Ok(client) => client,
            Err(error) => panic!("Chromium does not start: {error}"),
        }
    }

    /// What the browser's console says since it was asked last: errors of scripts, and what the page's policy forbade.
    pub async fn console(&self, client: &Client) -> Vec<String> {
        let session = client.session_id().await.unwrap().unwrap();
        let web = reqwest::Client::builder().no_proxy().build().unwrap();
        let request =
            web.post(format!("{}/session/{session}/se/log", self.address)).json(&json!({ "type": "browser" }));
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        answer["value"].as_array().unwrap().iter().map(|entry| entry["message"].to_string()).collect()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
