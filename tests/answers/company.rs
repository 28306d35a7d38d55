//! The whole demo on a data directory of its own, spoken to as the page speaks to it.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use licensebot::runtime::data_dir::DataDir;
use licensebot::runtime::demo::{Demo, DemoOptions};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row};
use tempfile::TempDir;

use crate::support::http;

pub struct Company {
    demo: Demo,
    http: reqwest::Client,
    data: TempDir,
}

impl Company {
    pub async fn open() -> Self {
        let data = tempfile::tempdir().unwrap();
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let options = DemoOptions { listen, data: DataDir::at(data.path()), clock: None, sandbox: None };
        let demo = Demo::start(options).await.unwrap();
        Self { demo, http: http(), data }
    }

    pub async fn close(self) {
        self.demo.stop().await;
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/api/demo/{path}", self.demo.address())
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self.http.post(self.url(path)).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{body}");
        answer.json().await.unwrap()
    }

    pub async fn get(&self, path: &str, query: &[(&str, &str)]) -> Value {
        let answer = self.http.get(self.url(path)).query(query).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path} {query:?}");
        answer.json().await.unwrap()
    }

    /// The newest thing the bot says to a typed line, said in private.
    pub async fn ask(&self, person: &str, text: &str) -> Value {
        self.ask_in("en", person, text).await
    }

    pub async fn ask_in(&self, locale: &str, person: &str, text: &str) -> Value {
        let body = json!({ "as": person, "text": text, "place": "direct", "locale": locale });
        let messages = self.post("messages", body).await["messages"].as_array().unwrap().clone();
        messages.into_iter().rfind(|message| message["from"] == "licensebot").unwrap()
    }

    /// The same, line by line, without its title.
    pub async fn told(&self, person: &str, text: &str) -> Vec<String> {
        lines(&self.ask(person, text).await)
    }

    /// A draft, by the id of its request, with its card.
    pub async fn draft(&self, person: &str, text: &str) -> (String, Value) {
        let card = self.ask(person, text).await;
        let request = card["request"].as_str().unwrap_or_else(|| panic!("no draft: {card}")).to_owned();
        (request, card)
    }

    /// A request that was confirmed.
    pub async fn request(&self, person: &str, text: &str) -> String {
        let (request, card) = self.draft(person, text).await;
        self.press(person, &card, "confirm").await;
        request
    }

    pub async fn press(&self, person: &str, message: &Value, verb: &str) -> Value {
        let actions = message["card"]["actions"].as_array().unwrap();
        let action = actions.iter().find(|action| action["verb"] == verb).unwrap();
        let body = json!({ "as": person, "message": message["id"], "action": action["id"], "inputs": {} });
        self.post("actions", body).await
    }

    /// Waits until somebody sees how the request ended.
    pub async fn ended(&self, person: &str, request: &str) {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let card = self.ask(person, &format!("request {request}")).await;
            if card["card"]["text"].as_str().unwrap().contains("The rehearsal tenant shows the change.") {
                return;
            }
            assert!(Instant::now() < end, "never applied: {card}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What the trail says was read about others, in order.
    pub async fn readings(&self) -> Vec<String> {
        let file = DataDir::at(self.data.path()).database();
        let mut database = SqliteConnectOptions::new().filename(file).read_only(true).connect().await.unwrap();
        let rows = sqlx::query("SELECT record FROM audit ORDER BY seq").fetch_all(&mut database).await.unwrap();
        let records = rows.iter().map(|row| serde_json::from_str::<Value>(row.get("record")).unwrap());
        records.filter_map(|record| record.get("read").map(ToString::to_string)).collect()
    }
}

/// Everything after the title.
pub fn lines(message: &Value) -> Vec<String> {
    message["text"].as_str().unwrap().lines().skip(1).map(str::to_owned).collect()
}
