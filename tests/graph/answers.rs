//! What Graph and Entra say: whole answers, broken ones, and the bodies in them.

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::stream;
use serde_json::{Value, json};

use super::support::{Received, TENANT};

pub(super) const BO: &str = "e4e88ff3-dbb9-464b-b3ee-7922b23896f8";
pub(super) const MEGAN: &str = "aaf35ff7-4556-4482-82f0-1f02602007b8";
pub(super) const SALES: &str = "ce252b1b-ecea-421b-a6bb-85199a1137c9";
pub(super) const E3: &str = "05e9a617-0261-4cee-bb44-138d3ef5d965";
pub(super) const E5: &str = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";
pub(super) const TEAMS: &str = "57ff2da0-773e-42df-b2af-ffb7a2317929";

/// What the server answers.
pub(super) enum Answer {
    Whole(Response),
    /// What depends on the call.
    To(Box<dyn FnOnce(&Received) -> Answer + Send>),
    /// Nothing, until the client gives up.
    Silence,
}

/// An answer with a JSON body.
pub(super) fn reply(status: u16, body: &Value) -> Answer {
    raw(status, "application/json;odata.metadata=minimal;charset=utf-8", body.to_string())
}

/// An answer with any body.
pub(super) fn raw(status: u16, content_type: &str, body: impl Into<Body>) -> Answer {
    let response = Response::builder().status(status).header("Content-Type", content_type);
    Answer::Whole(response.body(body.into()).unwrap())
}

/// An answer whose connection breaks behind these bytes.
pub(super) fn cut(status: u16, body: &str) -> Answer {
    let parts = [Ok(Bytes::copy_from_slice(body.as_bytes())), Err(std::io::Error::other("cut"))];
    raw(status, "application/json", Body::from_stream(stream::iter(parts)))
}

/// Graph's error envelope.
pub(super) fn refusal(status: u16, code: &str, message: &str) -> Answer {
    reply(status, &error(code, message))
}

pub(super) fn error(code: &str, message: &str) -> Value {
    let inner = json!({ "date": "2026-11-24T10:00:00", "request-id": TENANT, "client-request-id": TENANT });
    json!({ "error": { "code": code, "message": message, "innerError": inner } })
}

impl Answer {
    pub(super) fn with(self, name: &'static str, value: &str) -> Self {
        let Self::Whole(mut response) = self else { panic!("silence has no headers") };
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        Self::Whole(response)
    }
}

/// A `$batch` answer.
pub(super) fn batch(responses: &[(&str, u16, Value)]) -> Answer {
    let responses = responses.iter().map(|(id, status, body)| {
        json!({ "id": id, "status": status, "headers": { "Content-Type": "application/json" }, "body": body })
    });
    reply(200, &json!({ "responses": responses.collect::<Vec<_>>() }))
}

/// The list form of an answer.
pub(super) fn page(items: &[Value]) -> Value {
    json!({ "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users", "value": items })
}

/// Entra's yes.
pub(super) fn token(value: &str, expires_in: i64) -> Answer {
    let life = json!(expires_in);
    reply(200, &json!({ "token_type": "Bearer", "expires_in": life, "ext_expires_in": life, "access_token": value }))
}

/// An account as Graph sends it.
pub(super) fn account(id: &str, name: &str) -> Value {
    json!({
        "id": id, "displayName": name, "userPrincipalName": format!("{}@northwind.example", name.to_lowercase()),
        "mailNickname": name.to_lowercase(), "jobTitle": "Account Manager", "department": "Sales",
        "accountEnabled": true, "userType": "Member", "usageLocation": "SE", "preferredLanguage": "sv-SE",
    })
}

/// The same with other or more fields.
pub(super) fn changed(mut object: Value, changes: &Value) -> Value {
    for (key, value) in changes.as_object().unwrap() {
        object[key] = value.clone();
    }
    object
}

/// The same as it stands in a list of directory objects.
pub(super) fn typed(kind: &str, object: Value) -> Value {
    changed(object, &json!({ "@odata.type": format!("#microsoft.graph.{kind}") }))
}

/// A product that the tenant owns.
pub(super) fn sku(id: &str, part_number: &str, enabled: u32, consumed: u32) -> Value {
    json!({
        "accountId": TENANT, "accountName": "Northwind", "appliesTo": "User", "capabilityStatus": "Enabled",
        "consumedUnits": consumed, "id": format!("{TENANT}_{id}"), "skuId": id, "skuPartNumber": part_number,
        "prepaidUnits": { "enabled": enabled, "suspended": 0, "warning": 0, "lockedOut": 0 },
        "servicePlans": [{
            "servicePlanId": TEAMS, "servicePlanName": "TEAMS1", "provisioningStatus": "Success", "appliesTo": "User",
        }],
        "subscriptionIds": [],
    })
}

/// Status as a number that reads.
pub(super) const OK: u16 = StatusCode::OK.as_u16();
