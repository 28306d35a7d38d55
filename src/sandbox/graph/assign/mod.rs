//! `assignLicense`: one call is one transaction. The payload is read here, refused by the table in [`rules`], and made by
//! the tenant.

mod payload;
mod rules;

use super::call::Call;
use super::error::GraphError;
use crate::sandbox::tenant::{Mutation, Tenant};

/// Decides on a call: the change it makes, or the first reason in the table why it makes none.
pub(super) fn decide(tenant: &Tenant, call: &Call) -> Result<Mutation, GraphError> {
    let order = payload::read(&call.request.body);
    let attempt = rules::Attempt {
        tenant,
        call,
        person: tenant.person(call.key_of_path()),
        order: order.as_ref().ok().cloned().unwrap_or_default(),
        flaw: order.err(),
    };
    if let Some(refusal) = rules::TABLE.iter().find_map(|refuses| refuses(&attempt)) {
        return Err(refusal);
    }
    let person = attempt.person.ok_or_else(|| GraphError::not_found(call.key_of_path()))?;
    Ok(Mutation::AssignLicense {
        user: person.id,
        add_licenses: attempt.order.add,
        remove_licenses: attempt.order.remove,
    })
}
