//! Whom one can be, and how many votes are asked of whom.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::error::ApiError;
use crate::adapters::console::Console;
use crate::domain::text::Locale;

/// `{"people":[…]}`
#[derive(Debug, Serialize)]
pub(super) struct People {
    people: Vec<WirePerson>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct WirePerson {
    name: String,
    display_name: String,
    title: Option<String>,
    manager: Option<String>,
}

/// `{"waiting":{"megan":1}}`
#[derive(Debug, Serialize)]
pub(super) struct Waiting {
    waiting: BTreeMap<String, i64>,
}

/// `GET /api/demo/people`
pub(super) async fn list(State(console): State<Arc<Console>>) -> Json<People> {
    let people = console.people.all().iter().cloned();
    Json(People {
        people: people
            .map(|person| WirePerson {
                name: person.name,
                display_name: person.display_name,
                title: person.title,
                manager: person.manager,
            })
            .collect(),
    })
}

/// `GET /api/demo/waiting`
pub(super) async fn waiting(State(console): State<Arc<Console>>) -> Result<Json<Waiting>, ApiError> {
    let asked = console.store.asked().await.map_err(|error| ApiError::broken(&error, Locale::En))?;
    let named = asked.into_iter().filter_map(|(person, votes)| Some((console.people.name(person)?.to_owned(), votes)));
    Ok(Json(Waiting { waiting: named.collect() }))
}
