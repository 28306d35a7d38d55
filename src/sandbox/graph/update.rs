//! `PATCH /users/{id}`: the usage location, the one property of a person that the sandbox lets a client change.

use serde_json::{Map, Value};

use super::call::Call;
use super::error::GraphError;
use super::people::find;
use super::route;
use super::user::USER;
use crate::sandbox::countries;
use crate::sandbox::tenant::{Mutation, Tenant};

/// What `PATCH /users/{id}` asks for: a new usage location, or nothing.
pub(super) fn decide(tenant: &Tenant, call: &Call) -> Result<Option<Mutation>, GraphError> {
    let body: Value = serde_json::from_slice(&call.request.body).map_err(|_| GraphError::invalid_json())?;
    let changes = body.as_object().ok_or_else(GraphError::invalid_json)?;
    let location = new_location(changes)?;
    if !route::permits(&call.caller.roles, call.operation) {
        return Err(GraphError::denied());
    }
    let person = find(tenant, call.key_of_path())?;
    Ok(location.map(|usage_location| Mutation::SetUsageLocation { user: person.id, usage_location }))
}

fn new_location(changes: &Map<String, Value>) -> Result<Option<String>, GraphError> {
    let mut location = None;
    for (name, value) in changes.iter().filter(|(name, _)| !name.starts_with("@odata.")) {
        match (name.as_str(), value) {
            ("usageLocation", Value::String(code)) if countries::is_country(code) => location = Some(code.clone()),
            ("usageLocation", Value::Object(_)) => return Err(wrong_node("StartObject")),
            ("usageLocation", Value::Array(_)) => return Err(wrong_node("StartArray")),
            ("usageLocation", _) => return Err(GraphError::bad_request("Property usageLocation is invalid.")),
            ("assignedLicenses" | "assignedPlans" | "licenseAssignmentStates" | "id", _) => {
                let message = format!("Property '{name}' is read-only and cannot be set.");
                return Err(GraphError::bad_request(message));
            }
            (other, _) => {
                USER.field(other)?;
                return Err(GraphError::not_in_sandbox(&format!("a change of {other}")));
            }
        }
    }
    Ok(location)
}

fn wrong_node(found: &str) -> GraphError {
    GraphError::bad_request(format!(
        "An unexpected '{found}' node was found for property named 'usageLocation' when reading from the JSON reader. A 'PrimitiveValue' node was expected."
    ))
}
