//! Many reads in one call: `$batch`, at most twenty in each, and only those again that Graph could not answer yet. Never
//! takes a missing or refused inner answer for an empty one.

use std::collections::HashMap;

use futures_util::future::try_join_all;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::Api;
use super::error::{self, ErrorCode};
use super::http::is_json;
use super::pace::{Deadline, Fault, Tries};
use crate::ports::PortError;

/// Graph's limit.
const LARGEST_BATCH: usize = 20;

const OPERATION: &str = "read facts";

/// Graph's answer: each inner answer with the id of its request, in no particular order.
#[derive(Deserialize)]
struct BatchAnswer {
    responses: Vec<InnerAnswer>,
}

#[derive(Deserialize)]
struct InnerAnswer {
    id: String,
    status: u16,
    #[serde(default)]
    headers: HashMap<String, String>,
    #[serde(default)]
    body: Value,
}

/// The answers to these reads, in their order; nothing for what Graph says does not exist.
///
/// # Errors
/// Any of them could not be read.
pub(super) async fn read(api: &Api, paths: &[String], deadline: Deadline) -> Result<Vec<Option<Value>>, PortError> {
    let batches = paths.chunks(LARGEST_BATCH).map(|paths| read_batch(api, paths, deadline));
    Ok(try_join_all(batches).await?.into_iter().flatten().collect())
}

async fn read_batch(api: &Api, paths: &[String], deadline: Deadline) -> Result<Vec<Option<Value>>, PortError> {
    let mut answers: Vec<Option<Option<Value>>> = vec![None; paths.len()];
    let mut tries = Tries::new(&api.patience, &*api.random, deadline);
    loop {
        let open = paths.iter().zip(&answers).enumerate();
        let open: Vec<_> =
            open.filter(|(_, (_, answer))| answer.is_none()).map(|(place, (path, _))| (place, path)).collect();
        let body = json!({ "requests": open.iter().map(|(place, path)| inner(*place, path)).collect::<Vec<_>>() });
        let whole = api.post_read(OPERATION, api.url("/$batch", ""), &body, tries.time()).await;
        let fault = match whole {
            Ok(answer) => take(api, answer, &mut answers),
            Err(fault) => Some(fault),
        };
        match fault {
            None => return Ok(answers.into_iter().map(Option::flatten).collect()),
            Some(fault) => tries.after(fault).await?,
        }
    }
}

fn inner(place: usize, path: &str) -> Value {
    json!({ "id": place.to_string(), "method": "GET", "url": path })
}

/// Puts the good answers in their places. The fault that matters most of what is missing, if anything is.
fn take(api: &Api, answer: BatchAnswer, answers: &mut [Option<Option<Value>>]) -> Option<Fault> {
    let mut worst = None;
    for inner in answer.responses {
        let place = inner.id.parse::<usize>().ok().and_then(|place| answers.get_mut(place));
        let Some(place) = place.filter(|place| place.is_none()) else {
            return Some(error::other_shape(OPERATION, "an answer in the batch that was not asked for"));
        };
        match judge(api, inner) {
            Ok(body) => *place = Some(body),
            Err(fault) => worst = Some(worse(worst, fault)),
        }
    }
    let missing = || Fault::again(format!("could not {OPERATION}: Graph left out a part of the batch"));
    worst.or_else(|| answers.iter().any(Option::is_none).then(missing))
}

fn judge(api: &Api, inner: InnerAnswer) -> Result<Option<Value>, Fault> {
    let header = |name: &str| {
        let found = inner.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    };
    if inner.status == 200 {
        let foreign = header("Content-Type").is_some_and(|kind| !is_json(kind)) || !inner.body.is_object();
        let garbled = || Fault::again(format!("could not {OPERATION}: a part of the batch is no JSON"));
        return if foreign { Err(garbled()) } else { Ok(Some(inner.body)) };
    }
    let code = ErrorCode::deserialize(&inner.body).ok();
    match error::fault(OPERATION, inner.status, code.as_ref(), api.wait(header("Retry-After"))) {
        Fault::Final(PortError::Absent { .. }) => Ok(None),
        fault => Err(fault),
    }
}

/// The one that decides: a final one, else the one with the longest wait.
fn worse(one: Option<Fault>, other: Fault) -> Fault {
    match (one, other) {
        (None, other) => other,
        (Some(one @ Fault::Final(_)), _) => one,
        (_, other @ Fault::Final(_)) => other,
        (Some(Fault::Again { what, retry_after: one }), Fault::Again { retry_after: other, .. }) => {
            Fault::Again { what, retry_after: one.max(other) }
        }
    }
}
