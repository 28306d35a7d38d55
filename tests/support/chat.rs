//! The web chat's HTTP door, whoever opened it.

use reqwest::{Client, Method, StatusCode};
use serde_json::Value;

use super::{Actor, http};

/// Where a chat answers.
pub struct Chat {
    http: Client,
    root: String,
}

impl Chat {
    /// The one at this address.
    pub fn at(root: String) -> Self {
        Self { http: http(), root }
    }

    /// Somebody of the company.
    pub fn person(&self, name: &'static str) -> Actor<'_> {
        Actor::new(self, name)
    }

    /// A call that has to go well.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let (status, answer) = self.raw(method, path, body).await;
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
        answer
    }

    /// A call, whatever comes of it.
    pub async fn raw(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let request = self.http.request(method, format!("{}{path}", self.root));
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }
}
