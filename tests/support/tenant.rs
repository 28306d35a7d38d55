//! The sandbox tenant of a world, and what its control surface tells: which writes happened, how often it was called, what shall
//! go wrong.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use licensebot::domain::catalog::products;
use licensebot::runtime::clock::machine_now;
use licensebot::runtime::tenant::open_sandbox;
use licensebot::sandbox::OffsetClock;
use reqwest::Client;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::http;

/// A tenant that answers on its own port until the test is over.
pub struct Tenant {
    url: String,
    http: Client,
    secret: Value,
}

impl Tenant {
    pub(super) async fn start(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let clock = OffsetClock::open(folder, machine_now).unwrap();
        let sandbox = open_sandbox(folder.to_owned(), Arc::new(clock)).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(sandbox.serve(listener, std::future::pending()));
        Self::at(url).await
    }

    /// One that answers already.
    pub async fn at(url: String) -> Self {
        let mut tenant = Self { url, http: http(), secret: Value::Null };
        tenant.secret = tenant.control("app").await;
        tenant
    }

    /// Where it answers.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The time it is there.
    pub async fn now(&self) -> Timestamp {
        self.control("clock").await["now"].as_str().unwrap().parse().unwrap()
    }

    /// Every write that took effect, one call each: `ana: +SPE_E5 -SPE_E3`, `lee: country SE`. Asks Graph for the names itself.
    pub async fn writes(&self) -> Vec<String> {
        let mutations = self.control("ledger").await["mutations"].clone();
        let names = self.names().await;
        mutations.as_array().unwrap().iter().map(|mutation| in_words(&mutation["what"], &names)).collect()
    }

    /// How many Graph calls came in since the last time this was asked, by what they were. A call for a token counts too.
    pub async fn calls(&self) -> BTreeMap<String, u64> {
        let report = self.control("calls").await;
        let mut calls: BTreeMap<String, u64> = serde_json::from_value(report["calls"].clone()).unwrap();
        let tokens = report["tokens"].as_u64().unwrap();
        calls.extend((tokens > 0).then(|| ("token".to_owned(), tokens)));
        self.http.delete(format!("{}/sandbox/calls", self.url)).send().await.unwrap().error_for_status().unwrap();
        calls
    }

    /// Orders something to go wrong with the next call that fits.
    pub async fn suffers(&self, fault: Value) {
        let order = self.http.post(format!("{}/sandbox/faults", self.url)).json(&fault);
        order.send().await.unwrap().error_for_status().unwrap();
    }

    /// The faults that have not happened yet.
    pub async fn faults_left(&self) -> usize {
        self.control("faults").await["faults"].as_array().unwrap().len()
    }

    /// Waits until so many calls are held.
    pub async fn holds(&self, calls: usize) {
        self.control(&format!("held?atLeast={calls}")).await;
    }

    /// Lets every held call go on.
    pub async fn releases(&self) {
        self.http.post(format!("{}/sandbox/release", self.url)).send().await.unwrap().error_for_status().unwrap();
    }

    /// Somebody in the admin center assigns and unassigns, past the bot.
    pub async fn behind_the_bot(&self, person: &str, assign: &[&str], unassign: &[&str]) {
        let sku = |part_number: &&str| products().by_part_number(part_number).unwrap().sku.to_string();
        let add: Vec<Value> = assign.iter().map(|name| json!({ "skuId": sku(name), "disabledPlans": [] })).collect();
        let remove: Vec<String> = unassign.iter().map(sku).collect();
        let body = json!({ "addLicenses": add, "removeLicenses": remove });
        let url = format!("{}/v1.0/users/{person}@northwind.example/assignLicense", self.url);
        let answer = self.http.post(url).bearer_auth(self.token().await).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// The products that a person holds, and the apps that are off in them: `SPE_E3 without TEAMS1, SWAY`.
    pub async fn holdings(&self, person: &str) -> Vec<String> {
        let url = format!("{}/v1.0/users/{person}@northwind.example?$select=assignedLicenses", self.url);
        let answer = self.http.get(url).bearer_auth(self.token().await).send().await.unwrap();
        let answer: Value = answer.error_for_status().unwrap().json().await.unwrap();
        let mut held: Vec<String> =
            answer["assignedLicenses"].as_array().unwrap().iter().map(license_in_words).collect();
        held.sort();
        held
    }

    async fn token(&self) -> String {
        let field = |name: &str| self.secret[name].as_str().unwrap().to_owned();
        let form = [
            ("client_id", field("clientId")),
            ("client_secret", field("clientSecret")),
            ("scope", "https://graph.microsoft.com/.default".to_owned()),
            ("grant_type", "client_credentials".to_owned()),
        ];
        let url = format!("{}/{}/oauth2/v2.0/token", self.url, field("tenantId"));
        let answer: Value = self.http.post(url).form(&form).send().await.unwrap().json().await.unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    async fn names(&self) -> BTreeMap<String, String> {
        let url = format!("{}/v1.0/users?$select=id,mailNickname&$top=999", self.url);
        let answer = self.http.get(url).bearer_auth(self.token().await).send().await.unwrap();
        let answer: Value = answer.error_for_status().unwrap().json().await.unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        answer["value"]
            .as_array()
            .unwrap()
            .iter()
            .map(|user| (text(&user["id"]), text(&user["mailNickname"])))
            .collect()
    }

    async fn control(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}/sandbox/{path}", self.url)).send().await.unwrap();
        answer.error_for_status().unwrap().json().await.unwrap()
    }
}

fn in_words(what: &Value, names: &BTreeMap<String, String>) -> String {
    let name = |user: &Value| names[user.as_str().unwrap()].clone();
    if let Some(change) = what.get("assignLicense") {
        let mut parts: Vec<String> =
            change["addLicenses"].as_array().unwrap().iter().map(|add| format!("+{}", license_in_words(add))).collect();
        let removed = change["removeLicenses"].as_array().unwrap().iter();
        parts.extend(removed.map(|sku| format!("-{}", part_number(sku))));
        return format!("{}: {}", name(&change["user"]), parts.join(" "));
    }
    let located = &what["setUsageLocation"];
    format!("{}: country {}", name(&located["user"]), located["usageLocation"].as_str().unwrap())
}

fn license_in_words(license: &Value) -> String {
    let product = part_number(&license["skuId"]);
    let mut off: Vec<String> = license["disabledPlans"].as_array().unwrap().iter().map(app).collect();
    off.sort();
    if off.is_empty() { product } else { format!("{product} without {}", off.join(", ")) }
}

fn part_number(sku: &Value) -> String {
    let id = sku.as_str().unwrap().parse().unwrap();
    products().product(id).unwrap().part_number.to_string()
}

fn app(plan: &Value) -> String {
    let id = plan.as_str().unwrap().parse().unwrap();
    products().plan(id).unwrap().name.to_string()
}
