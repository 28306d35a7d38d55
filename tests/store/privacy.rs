//! The trail outlives what people wrote: object ids, hashes and fixed words, never a name, an address or a sentence.

use std::collections::BTreeSet;

use licensebot::domain::audit::Reading;
use licensebot::domain::request::Actor;
use licensebot::ports::{Commit, Store};
use regex::Regex;
use serde_json::Value;
use sqlx::{Connection, SqliteConnection};

use super::rebuild::live;
use super::support::*;
use super::walk;

const WORDS: &str = "Ana Ek <ana@northwind.example> needs it: customers call, and Åsa is ill";

async fn filled() -> Fresh {
    let fresh = Fresh::start().await;
    let mut asked = unit(minute(0), Actor::Person(ANA), open(id(1000), ANA, BO, minute(0)));
    asked.texts = vec![text(WORDS), text("Customers call, and I cannot answer. /Ana")];
    assert_eq!(fresh.store.commit(asked).await.unwrap(), Commit::Done);
    let (requests, records) = live(&fresh.store, &walk::dice(1000), 100).await;
    assert!(requests.len() == 100 && records > 300, "{records} records are too few to find anything in");
    fresh.store.record_reading(minute(500), Actor::Person(MEGAN), Reading::Holders(E5)).await.unwrap();
    fresh.store.record_reading(minute(501), Actor::CommandLine, Reading::Person(BO)).await.unwrap();
    fresh
}

async fn records(fresh: &Fresh) -> Vec<String> {
    let mut hand = SqliteConnection::connect(&format!("sqlite://{}", fresh.file().display())).await.unwrap();
    let rows: Vec<(String,)> = sqlx::query_as("SELECT record FROM audit").fetch_all(&mut hand).await.unwrap();
    rows.into_iter().map(|(record,)| record).collect()
}

#[tokio::test]
async fn every_text_in_the_trail_is_an_id_a_hash_a_time_or_a_fixed_word() {
    let fresh = filled().await;
    let allowed = Regex::new(
        r"(?x)^(
            [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}   # objectId, product, app, call
          | [0-9a-f]{64}                                                   # digest
          | R-[0-9A-Z]{8}                                                  # request
          | \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z                        # time
          | [A-Z]{2}                                                       # country
          | [a-z][a-z0-9_-]*                                               # fixed word, rule, route, channel id
        )$",
    )
    .unwrap();
    let mut texts = BTreeSet::new();
    for record in records(&fresh).await {
        collect(&serde_json::from_str(&record).unwrap(), &mut texts);
    }
    let strange: Vec<&String> = texts.iter().filter(|text| !allowed.is_match(text)).collect();
    assert_eq!(strange, Vec::<&String>::new());
    for expected in ["denied", "resolved", "shown", "put_back", "general", "everyone-e5", "SE"] {
        assert!(texts.contains(expected), "the walk should have said {expected}");
    }
}

fn collect(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(texts.insert(text.clone())),
        Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[tokio::test]
async fn erased_words_are_gone_and_the_trail_holds_without_them() {
    let fresh = filled().await;
    let reference = text(WORDS).reference;
    assert_eq!(fresh.store.text(reference).await.unwrap().as_deref(), Some(WORDS));
    let mut hand = SqliteConnection::connect(&format!("sqlite://{}", fresh.file().display())).await.unwrap();
    sqlx::query("DELETE FROM private_text").execute(&mut hand).await.unwrap();

    assert_eq!(fresh.store.text(reference).await.unwrap(), None);
    assert_eq!(fresh.store.reader().verify(None).await.unwrap().fault, None);
    for record in records(&fresh).await {
        for word in ["Ana", "ana@", "northwind", "Åsa", "customers", "Customers", "quarter", "myself"] {
            assert!(!record.contains(word), "{word} in {record}");
        }
    }
}
