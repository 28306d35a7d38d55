//! A bot and its tenant on a directory of their own, and the calls that people and tests make to them.

use std::fs::OpenOptions;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Process, http, licensebot};

/// Where the tenant runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sandbox {
    /// In a process of its own, which outlives the bot.
    Apart,
    /// In the bot's process; one kill ends both.
    Inside,
}

/// The chat's HTTP door, as one start of the bot opened it.
#[derive(Clone)]
pub struct Chat {
    http: Client,
    root: String,
}

pub struct World {
    http: Client,
    home: TempDir,
    /// The tenant's process and address, when it runs apart.
    apart: Option<(Process, String)>,
    demo: Process,
    chat: Option<Chat>,
    tenant: String,
}

impl World {
    /// A fresh company and a bot that runs.
    pub async fn new(sandbox: Sandbox) -> Self {
        let home = tempfile::tempdir().unwrap();
        let apart = if sandbox == Sandbox::Apart {
            let process = tenant(&home, "127.0.0.1:0");
            let url = process.address();
            Some((process, url))
        } else {
            None
        };
        let demo = start(&home, apart.as_ref());
        let mut world = Self { http: http(), home, apart, demo, chat: None, tenant: String::new() };
        world.opens().await;
        world
    }

    /// Waits until the bot answers.
    pub async fn opens(&mut self) {
        let root = self.demo.address();
        self.tenant = match &self.apart {
            Some((_, url)) => url.clone(),
            None => {
                let other = |port: &u16| !root.ends_with(&format!(":{port}"));
                format!("http://127.0.0.1:{}", self.demo.ports().into_iter().find(other).unwrap())
            }
        };
        self.chat = Some(Chat { http: self.http.clone(), root });
    }

    /// `kill -9` of the bot.
    pub fn kill(&mut self) {
        self.chat = None;
        self.demo.kill();
    }

    /// `kill -9` of the tenant that runs apart; the bot lives.
    pub fn kill_tenant(&mut self) {
        self.apart.as_mut().unwrap().0.kill();
    }

    /// An administrator of the tenant changes whom ana reports to.
    pub async fn gives_ana_another_manager(&mut self, manager: &str) {
        self.kill_tenant();
        let file = self.home.path().join("tenant/tenant.toml");
        let company = std::fs::read_to_string(&file).unwrap();
        let (before, ana) = company.split_once("name = \"ana\"").unwrap();
        let ana = ana.replacen("manager = \"megan\"", &format!("manager = \"{manager}\""), 1);
        std::fs::write(&file, format!("{before}name = \"ana\"{ana}")).unwrap();
        self.restart_tenant().await;
    }

    /// Starts the tenant again on what the last one left, at the same address.
    pub async fn restart_tenant(&mut self) {
        let (process, url) = self.apart.as_mut().unwrap();
        *process = tenant(&self.home, url.strip_prefix("http://").unwrap());
        assert_eq!(process.address(), *url);
    }

    /// Starts the bot again on what the last one left; `opens` waits for it.
    pub fn start(&mut self) {
        self.demo = start(&self.home, self.apart.as_ref());
    }

    pub async fn restart(&mut self) {
        self.start();
        self.opens().await;
    }

    pub fn chat(&self) -> &Chat {
        self.chat.as_ref().unwrap()
    }

    /// The bot's data directory.
    pub fn data(&self) -> PathBuf {
        self.home.path().join("bot")
    }

    /// What `licensebot audit` prints about the bot's data; it must find nothing wrong.
    pub fn audit(&self, arguments: &[&str]) -> String {
        let mut command = licensebot(self.home.path(), &["audit"]);
        let output = command.args(arguments).args(["--data", "bot"]).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// A call to what no real tenant has.
    pub async fn control(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let request = self.http.request(method, format!("{}/sandbox{path}", self.tenant));
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() }
    }

    /// The next call that fits waits: `before` it is made, or `after`.
    pub async fn holds(&self, call: &str, when: &str) {
        let fault = json!({ "match": call, "kind": "hold", "when": when });
        self.control(Method::POST, "/faults", Some(fault)).await;
    }

    /// Comes back when a call waits.
    pub async fn is_held(&self) {
        assert_eq!(self.control(Method::GET, "/held?atLeast=1", None).await, json!({ "held": 1 }));
    }

    /// Lets the one call go on that waits.
    pub async fn releases(&self) {
        assert_eq!(self.control(Method::POST, "/release", None).await, json!({ "released": 1 }));
    }

    /// Comes back when what was released has gone on.
    pub async fn holds_nothing(&self) {
        let nothing = json!({ "held": 0 });
        let held = async || self.control(Method::GET, "/held", None).await;
        assert!(within(Duration::from_secs(20), async || held().await == nothing).await);
    }

    /// Every change that the tenant accepted.
    pub async fn ledger(&self) -> Vec<Value> {
        let answer = self.control(Method::GET, "/ledger", None).await;
        answer["mutations"].as_array().unwrap().clone()
    }

    /// What the tenant accepted, without when and by whom.
    pub async fn accepted(&self) -> Vec<Value> {
        self.ledger().await.into_iter().map(|mut mutation| mutation["what"].take()).collect()
    }

    /// The tenant accepted this many changes.
    pub async fn accepts(&self, count: usize) {
        within(Duration::from_secs(20), async || self.ledger().await.len() == count).await;
        assert_eq!(self.ledger().await.len(), count);
    }

    /// How often licenses were written, accepted or not, since the tenant's start.
    pub async fn writes(&self) -> Value {
        self.control(Method::GET, "/calls", None).await["calls"]["POST /users/{id}/assignLicense"].clone()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", std::fs::read_to_string(self.home.path().join("log")).unwrap_or_default());
        }
    }
}

fn tenant(home: &TempDir, listen: &str) -> Process {
    logged(home, &["sandbox", "--listen", listen, "--data", "tenant"])
}

fn start(home: &TempDir, apart: Option<&(Process, String)>) -> Process {
    let mut arguments = vec!["demo", "--listen", "127.0.0.1:0", "--data", "bot"];
    if let Some((_, url)) = apart {
        arguments.extend(["--sandbox", url]);
    }
    logged(home, &arguments)
}

/// The program, which adds what it logs to the end of one file.
fn logged(home: &TempDir, arguments: &[&str]) -> Process {
    let log = OpenOptions::new().create(true).append(true).open(home.path().join("log")).unwrap();
    Process::start(licensebot(home.path(), arguments).stderr(log))
}

/// Asks until it is so, or the time is over; whoever asks then looks at what there is.
pub async fn within(time: Duration, mut is_so: impl AsyncFnMut() -> bool) -> bool {
    let end = Instant::now() + time;
    while Instant::now() < end {
        if is_so().await {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}

impl Chat {
    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> reqwest::Result<Value> {
        let request = self.http.request(method, format!("{}/api/demo/{path}", self.root));
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        request.send().await?.error_for_status()?.json().await
    }

    /// What somebody sees now. An error when the bot is gone, as with every call here.
    pub async fn sees(&self, who: &str) -> reqwest::Result<Vec<Value>> {
        let answer = self.call(Method::GET, &format!("messages?as={who}"), None).await?;
        Ok(answer["messages"].as_array().unwrap().clone())
    }

    /// Types a line in the channel.
    pub async fn types(&self, who: &str, text: &str) -> reqwest::Result<()> {
        self.call(Method::POST, "messages", Some(json!({ "as": who, "text": text }))).await.map(drop)
    }

    /// Clicks on the first card that offers this; false when none does.
    pub async fn clicks(&self, who: &str, verb: &str, inputs: Value) -> reqwest::Result<bool> {
        let seen = self.sees(who).await?;
        let offered = |message: &Value| {
            let actions = message["card"]["actions"].as_array()?;
            let action = actions.iter().find(|action| action["verb"] == verb)?;
            Some(json!({ "as": who, "message": message["id"], "action": action["id"], "inputs": inputs }))
        };
        match seen.iter().find_map(offered) {
            Some(click) => self.call(Method::POST, "actions", Some(click)).await.map(|_| true),
            None => Ok(false),
        }
    }

    /// Moves the clock of bot and tenant.
    pub async fn advances(&self, by: &str) {
        self.call(Method::POST, "clock", Some(json!({ "advance": by }))).await.unwrap();
    }
}
