//! The two writes. Each is sent once; the only thing that sends it again is a refused token, before which Graph does
//! nothing. Never takes anything but a clean yes for a yes, nor anything but a clean no for a no.

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{Api, Exchange};
use super::entra::word;
use super::error::ErrorCode;
use super::http::{Body, Call, Content, Reply};
use super::refused::refusal;
use crate::domain::change::ChangeSet;
use crate::domain::ids::PersonId;
use crate::domain::person::UsageLocation;
use crate::domain::refusal::Refusal;
use crate::domain::request::CallId;
use crate::ports::{PortError, WriteAnswer};

/// The one `assignLicense` call.
pub(super) async fn set_licenses(api: &Api, person: PersonId, change: &ChangeSet, call: CallId) -> WriteAnswer {
    let add: Vec<Value> =
        change.add.iter().map(|(sku, disabled)| json!({ "skuId": sku, "disabledPlans": disabled })).collect();
    // Both lists have to be there, also when one is empty.
    let body = json!({ "addLicenses": add, "removeLicenses": change.remove });
    let url = api.url(&format!("/users/{person}/assignLicense"), "");
    let body = Some(Body::Json(body.to_string().into_bytes()));
    write(api, person, Call { operation: "set licenses", method: Method::POST, url, body, id: call.0 }).await
}

/// Sets the country.
pub(super) async fn set_usage_location(
    api: &Api,
    person: PersonId,
    location: UsageLocation,
    call: CallId,
) -> WriteAnswer {
    let body = Some(Body::Json(json!({ "usageLocation": location }).to_string().into_bytes()));
    let url = api.url(&format!("/users/{person}"), "");
    write(api, person, Call { operation: "set the usage location", method: Method::PATCH, url, body, id: call.0 }).await
}

async fn write(api: &Api, person: PersonId, call: Call) -> WriteAnswer {
    let answer = match api.exchange(&call, api.patience.call).await {
        Exchange::NotDone(error) => WriteAnswer::NotSent(error),
        Exchange::Lost(why) => unknown(call.operation, &why, None),
        Exchange::Answered(reply) => classify(api, call.operation, person, &reply),
    };
    tracing::info!(operation = call.operation, client_request_id = %call.id, %person, ?answer, "graph write");
    answer
}

fn classify(api: &Api, operation: &'static str, person: PersonId, reply: &Reply) -> WriteAnswer {
    let retry_after = api.wait(reply.retry_after.as_deref());
    match reply.status {
        204 if matches!(reply.content, Content::Empty) => WriteAnswer::Accepted,
        200 => match reply.content.parse::<Written>() {
            Ok(written) if written.id == person => WriteAnswer::Accepted,
            Ok(_) => unknown(operation, "Graph answers with another account", retry_after),
            Err(_) => unknown(operation, "Graph answers 200 and no account", retry_after),
        },
        // Too many, too early, or in conflict: some of these were seen to have written all the same.
        status @ (408 | 409 | 423 | 425 | 429) => unknown(operation, &format!("Graph answers {status}"), retry_after),
        status @ 400..=499 => match reply.content.parse::<ErrorCode>() {
            Ok(error) => clean_no(operation, status, &error),
            Err(_) => unknown(operation, &format!("something answers {status} that is not Graph"), retry_after),
        },
        status => unknown(operation, &format!("Graph answers {status}"), retry_after),
    }
}

fn clean_no(operation: &'static str, status: u16, error: &ErrorCode) -> WriteAnswer {
    // The text stays in the log: it is for operators, and the only witness when Microsoft words something anew.
    let message: String = error.error.message.chars().take(500).collect();
    tracing::warn!(operation, status, code = %word(&error.error.code), ?message, "graph refuses");
    match status {
        403 => WriteAnswer::Refused(Refusal::NotPermitted),
        404 if error.says_absent() => WriteAnswer::Refused(Refusal::PersonGone),
        404 => unknown(operation, "Graph answers 404 and does not say what is missing", None),
        _ => WriteAnswer::Refused(refusal(&word(&error.error.code), &error.error.message)),
    }
}

fn unknown(operation: &str, why: &str, retry_after: Option<u32>) -> WriteAnswer {
    WriteAnswer::Unknown(PortError::Passing { what: format!("could not {operation} for certain: {why}"), retry_after })
}

/// The yes to `assignLicense`: the account, without its licenses.
#[derive(Deserialize)]
struct Written {
    id: PersonId,
}
