//! How values stand in columns: TEXT and BIGINT only, instants as microseconds. Never guesses: what cannot be read back is
//! damage, and says where.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::request::Digest;
use crate::ports::{Delivery, MessageRef, StoreError};

pub(super) fn failed(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Failed(Box::new(error))
}

/// SQLite's primary codes for a file that is broken (`SQLITE_CORRUPT`), or none of its own (`SQLITE_NOTADB`).
const BROKEN_FILE: [i32; 2] = [11, 26];

pub(super) fn sql(error: sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
    match code {
        Some(code) if BROKEN_FILE.contains(&(code & 0xff)) => damaged("the file is not a whole SQLite database"),
        _ => failed(error),
    }
}

pub(super) fn damaged(what: impl Into<String>) -> StoreError {
    StoreError::Damaged(what.into())
}

/// A count or a version as a column.
pub(super) fn column(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(failed)
}

/// A count or a version from a column.
pub(super) fn number(column: i64, whose: &str) -> Result<u64, StoreError> {
    u64::try_from(column).map_err(|_| damaged(format!("{whose} has a negative number")))
}

pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

pub(super) fn instant(micros: i64, whose: &str) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_| damaged(format!("{whose} has an impossible time")))
}

pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(failed)
}

pub(super) fn parse<T: DeserializeOwned>(text: &str, whose: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| damaged(format!("{whose} cannot be read")))
}

/// A fixed word, as serde knows it, without the quotes.
pub(super) fn word(value: &impl Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value).map_err(failed)? {
        serde_json::Value::String(word) => Ok(word),
        _ => Err(damaged("a fixed word is none")),
    }
}

pub(super) fn parse_word<T: DeserializeOwned>(word: String, whose: &str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| damaged(format!("{whose} cannot be read")))
}

pub(super) fn digest(text: &str, whose: &str) -> Result<Digest, StoreError> {
    text.parse().map_err(|_| damaged(format!("{whose} has a hash that is none")))
}

/// The sixteen bytes of a salt as hexadecimal digits.
pub(super) fn salt_column(salt: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(salt))
}

pub(super) fn salt_of(column: &str) -> Option<[u8; 16]> {
    u128::from_str_radix(column, 16).ok().map(u128::to_be_bytes)
}

pub(super) fn delivery_columns(delivery: &Delivery) -> (&'static str, Option<&str>) {
    match delivery {
        Delivery::Sending => ("sending", None),
        Delivery::Sent(MessageRef(message)) => ("sent", Some(message)),
        Delivery::Lost => ("lost", None),
    }
}

pub(super) fn delivery(word: &str, message: Option<String>, whose: &str) -> Result<Delivery, StoreError> {
    match (word, message) {
        ("sending", None) => Ok(Delivery::Sending),
        ("sent", Some(message)) => Ok(Delivery::Sent(MessageRef(message))),
        ("lost", None) => Ok(Delivery::Lost),
        _ => Err(damaged(format!("{whose} was neither sent nor not"))),
    }
}
