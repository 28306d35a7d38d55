//! Giving licenses: to a person at once (`assignLicense`), to a group for its members to inherit, and again to a person whose
//! groups could not give them (`reprocessLicenseAssignment`). A call is one transaction: the payload is read here, refused
//! by the table in [`rules`], and made by the tenant.

mod payload;
mod rules;

use axum::http::{HeaderValue, StatusCode, header};

use super::call::Call;
use super::error::GraphError;
use super::groups;
use super::people;
use super::reply::Reply;
use super::route;
use crate::sandbox::tenant::{Mutation, Tenant};
use rules::{Attempt, Holder};

/// Decides on `POST /users/{id}/assignLicense`.
pub(super) fn to_person(tenant: &Tenant, call: &Call) -> Result<Option<Mutation>, GraphError> {
    let person = tenant.person(call.key_of_path());
    let order = ordered(tenant, call, Holder::Person(person))?;
    let user = person.ok_or_else(|| GraphError::not_found(call.key_of_path()))?.id;
    Ok(Some(Mutation::AssignLicense { user, add_licenses: order.add, remove_licenses: order.remove }))
}

/// Decides on `POST /groups/{id}/assignLicense`: what is wrong for a member is found when it is worked on.
pub(super) fn to_group(tenant: &Tenant, call: &Call) -> Result<Option<Mutation>, GraphError> {
    let group = groups::find(tenant, call.key_of_path());
    let order = ordered(tenant, call, Holder::Group(group.as_ref().ok().copied()))?;
    Ok(Some(Mutation::AssignGroupLicense { group: group?.id, add_licenses: order.add, remove_licenses: order.remove }))
}

/// Decides on `POST /users/{id}/reprocessLicenseAssignment`: the reason why a group cannot give is told at once.
pub(super) fn again(tenant: &Tenant, call: &Call) -> Result<Option<Mutation>, GraphError> {
    if !route::permits(&call.caller.roles, call.operation) {
        return Err(GraphError::denied());
    }
    let person = people::find(tenant, call.key_of_path())?;
    match tenant.objection_of_groups(person, call.meta.now) {
        Some(objection) => Err(rules::refused(objection)),
        None => Ok(Some(Mutation::ReprocessLicenses { user: person.id })),
    }
}

/// The answer to an accepted change of a group: the group, and where to look for it.
pub(super) fn accepted(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let group = groups::find(tenant, call.key_of_path())?;
    let mut reply = groups::default_entity(call, group)?;
    let (origin, tenant) = (&call.meta.origin, tenant.company.tenant);
    let place = format!("{origin}/v2/{tenant}/directoryObjects/{}/Microsoft.DirectoryServices.Group", group.id);
    reply.status = StatusCode::ACCEPTED;
    reply.headers.extend(HeaderValue::from_str(&place).ok().map(|place| (header::LOCATION, place)));
    Ok(reply)
}

/// What a call orders, or the first reason in the table why it gets nothing.
fn ordered(tenant: &Tenant, call: &Call, holder: Holder<'_>) -> Result<payload::Order, GraphError> {
    let order = payload::read(&call.request.body);
    let attempt =
        Attempt { tenant, call, holder, order: order.as_ref().ok().cloned().unwrap_or_default(), flaw: order.err() };
    match rules::TABLE.iter().find_map(|refuses| refuses(&attempt)) {
        Some(refusal) => Err(refusal),
        None => Ok(attempt.order),
    }
}
