//! Who is in a group: `POST /groups/{id}/members/$ref`, `DELETE /groups/{id}/members/{id}/$ref`, `DELETE /groups/{id}`, and
//! the members to whom the group could not give its licenses.

use serde_json::Value;
use uuid::Uuid;

use super::call::Call;
use super::error::GraphError;
use super::groups::{self, find};
use super::reply::Reply;
use super::route::{self, Kind, Reach};
use crate::domain::ids::{GroupId, PersonId};
use crate::sandbox::tenant::{Group, Member, Mutation, Tenant};

/// Decides on a new member.
pub(super) fn add(tenant: &Tenant, call: &Call) -> Result<Option<Mutation>, GraphError> {
    let reference = reference(&call.request.body)?;
    let group = changeable(tenant, call)?;
    let member = referred(tenant, &reference)?;
    if holds(group, member) {
        let message =
            "One or more added object references already exist for the following modified properties: 'members'.";
        return Err(GraphError::bad_request(message));
    }
    if member == group.id.0 {
        return Err(GraphError::bad_request("A group cannot be added as a member of itself."));
    }
    Ok(Some(Mutation::AddMember { group: group.id, member }))
}

/// Decides on a member who goes.
pub(super) fn remove(tenant: &Tenant, call: &Call) -> Result<Option<Mutation>, GraphError> {
    let group = changeable(tenant, call)?;
    let key = call.keys.get(1).map_or("", String::as_str);
    let member = key.parse().ok().filter(|member| holds(group, *member)).ok_or_else(|| GraphError::not_found(key))?;
    Ok(Some(Mutation::RemoveMember { group: group.id, member }))
}

/// Decides on the end of a group. That one with licenses cannot end is documented; the words are not.
pub(super) fn delete(tenant: &Tenant, call: &Call) -> Result<Option<Mutation>, GraphError> {
    permitted(call)?;
    let group = find(tenant, call.key_of_path())?;
    if !group.licenses.is_empty() {
        return Err(GraphError::bad_request("A group with active licenses assigned to it cannot be deleted."));
    }
    Ok(Some(Mutation::DeleteGroup { group: group.id }))
}

/// `GET /groups/{id}/membersWithLicenseErrors`.
pub(super) fn in_error(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let group = find(tenant, call.key_of_path())?;
    let people = group.in_error.iter().filter_map(|id| tenant.person_by_id(*id)).map(Member::Person);
    let reach = Reach { transitive: false, only: Some(Kind::User) };
    groups::collection(tenant, call, people.collect(), reach)
}

fn permitted(call: &Call) -> Result<(), GraphError> {
    if route::permits(&call.caller.roles, call.operation) { Ok(()) } else { Err(GraphError::denied()) }
}

/// A group whose members a caller may say. Those of a dynamic one its rule says; Graph calls that a lack of privileges.
fn changeable<'a>(tenant: &'a Tenant, call: &Call) -> Result<&'a Group, GraphError> {
    permitted(call)?;
    let group = find(tenant, call.key_of_path())?;
    if group.membership_rule.is_some() { Err(GraphError::denied()) } else { Ok(group) }
}

fn holds(group: &Group, member: Uuid) -> bool {
    group.members.contains(&PersonId(member)) || group.nested.contains(&GroupId(member))
}

/// The value of `@odata.id`. Recollection, not capture: the texts.
fn reference(body: &[u8]) -> Result<String, GraphError> {
    let body: Value = serde_json::from_slice(body).map_err(|_| GraphError::invalid_json())?;
    let reference = body.get("@odata.id").and_then(Value::as_str);
    let missing = "The request body must contain a valid '@odata.id' that refers to a directory object.";
    reference.map(str::to_owned).ok_or_else(|| GraphError::bad_request(missing))
}

/// Whom a reference such as `https://graph.microsoft.com/v1.0/directoryObjects/{id}` means. Its host is not looked at, as
/// clients write Microsoft's into it whatever they speak to.
fn referred(tenant: &Tenant, reference: &str) -> Result<Uuid, GraphError> {
    let path = reference.trim_end_matches('/');
    let key = path.rsplit('/').next().unwrap_or_default();
    let key = key.strip_suffix("')").and_then(|open| open.split_once("('")).map_or(key, |(_, key)| key);
    let invalid = || GraphError::bad_request(format!("Invalid URL format specified in @odata.id: '{reference}'."));
    let id: Uuid = key.parse().map_err(|_| invalid())?;
    let known = tenant.person_by_id(PersonId(id)).is_some() || tenant.group(GroupId(id)).is_some();
    if known { Ok(id) } else { Err(GraphError::not_found(key)) }
}
