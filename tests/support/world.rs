//! The real program on its own data directory and port, with a sandbox tenant that runs apart, so that a test can ask the
//! tenant too.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use licensebot::runtime::data_dir::DataDir;
use licensebot::runtime::demo::{Demo, DemoOptions};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;

use super::{Actor, Chat, Tenant, licensebot};

/// A company with its bot.
pub struct World {
    /// The tenant that the bot changes.
    pub tenant: Tenant,
    demo: Demo,
    chat: Chat,
    folder: TempDir,
}

impl World {
    /// A fresh one.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tenant = Tenant::start(&folder.path().join("tenant")).await;
        Self::begin(folder, tenant).await
    }

    /// Stops the bot, not the tenant, and starts it on the same data.
    pub async fn restart(self) -> Self {
        self.demo.stop().await;
        Self::begin(self.folder, self.tenant).await
    }

    /// Stops the bot, runs the program's command line on its data, and starts it again.
    pub async fn stops_for(self, arguments: &[&str]) -> Self {
        self.demo.stop().await;
        command_line(self.folder.path(), arguments).await;
        Self::begin(self.folder, self.tenant).await
    }

    /// The same, where the program refuses in this sentence.
    pub async fn stops_for_nothing(self, arguments: &[&str], refusal: &str) -> Self {
        self.demo.stop().await;
        assert_eq!(refused(self.folder.path(), arguments).await, refusal);
        Self::begin(self.folder, self.tenant).await
    }

    /// How many requests the trail rebuilds. Fails when it does not hold.
    pub async fn proven_requests(&self) -> u64 {
        let verdict = command_line(self.folder.path(), &["audit", "verify", "--json"]).await;
        let verdict: Value = serde_json::from_str(&verdict).unwrap();
        verdict["requests"].as_u64().unwrap()
    }

    /// Does something to the chat's file, behind the chat.
    pub async fn with_the_chats_file(&self, sql: &'static str) {
        let options = SqliteConnectOptions::new().filename(self.folder.path().join("bot/chat.db"));
        let mut hand = options.connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut hand).await.unwrap();
    }

    /// In which languages the bot posted its cards of this kind, whatever the chat makes of it.
    pub async fn languages_of(&self, view: &'static str) -> Vec<String> {
        let options = SqliteConnectOptions::new().filename(self.folder.path().join("bot/licensebot.db"));
        let mut hand = options.read_only(true).connect().await.unwrap();
        let rows = sqlx::query_scalar("SELECT locale FROM posted_card WHERE view = $1 ORDER BY locale").bind(view);
        rows.fetch_all(&mut hand).await.unwrap()
    }

    async fn begin(folder: TempDir, tenant: Tenant) -> Self {
        let demo = Demo::start(DemoOptions {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            data: DataDir::at(folder.path().join("bot")),
            clock: None,
            sandbox: Some(tenant.url().to_owned()),
        });
        let demo = demo.await.unwrap();
        let chat = Chat::at(format!("http://{}", demo.address()));
        Self { tenant, demo, chat, folder }
    }

    /// Somebody of the company.
    pub fn person(&self, name: &'static str) -> Actor<'_> {
        self.chat.person(name)
    }

    /// Several at once.
    pub fn people<const N: usize>(&self, names: [&'static str; N]) -> [Actor<'_>; N] {
        names.map(|name| self.person(name))
    }

    /// Moves the clock of bot and tenant: `20m`, `3d`.
    pub async fn passes(&self, time: &str) {
        self.call(Method::POST, "/api/demo/clock", Some(json!({ "advance": time }))).await;
    }

    /// A call that has to go well.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        self.chat.call(method, path, body).await
    }

    /// A call, whatever comes of it.
    pub async fn raw(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        self.chat.raw(method, path, body).await
    }
}

/// What the program prints. Fails when the program does.
async fn command_line(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments).await;
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The sentence with which the program refuses. Fails when it does not.
async fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments).await;
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

async fn run(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = licensebot(folder, arguments);
    command.args(["--data", "bot"]);
    tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap()
}
