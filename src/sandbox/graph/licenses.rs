//! `GET /users/{id}/licenseDetails`: what a person holds, directly or through groups, plan by plan.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::call::Call;
use super::entity;
use super::error::GraphError;
use super::people::find;
use super::plans;
use super::reply::Reply;
use super::select::Shape;
use super::user::Moment;
use crate::domain::ids::SkuId;
use crate::sandbox::tenant::{Person, Plan, Subscription, Tenant};

const DETAILS: Shape = Shape {
    name: "microsoft.graph.licenseDetails",
    default: &["id", "servicePlans", "skuId", "skuPartNumber"],
    on_request: &[],
    absent: &[],
};

/// All of a person's licenses.
pub(super) fn list(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let person = holder(tenant, call)?;
    let moment = Moment::of(tenant, call);
    let held = tenant.subscriptions.iter().filter(|one| person.holds(one.sku));
    entity::all(call, &set(person), &DETAILS, held, |one, name| property(moment, person, one, name))
}

/// One of them, by its id.
pub(super) fn get(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let person = holder(tenant, call)?;
    let moment = Moment::of(tenant, call);
    let key = call.keys.get(1).map_or("", String::as_str);
    let mut held = tenant.subscriptions.iter().filter(|one| person.holds(one.sku));
    let one = held.find(|one| id(tenant, one.sku) == key);
    entity::one(call, &set(person), &DETAILS, key, one, |one, name| property(moment, person, one, name))
}

/// The permission tables say that apps cannot read this; the company's setting says who is right.
fn holder<'a>(tenant: &'a Tenant, call: &Call) -> Result<&'a Person, GraphError> {
    if !tenant.company.app_only_license_details {
        return Err(GraphError::denied());
    }
    find(tenant, call.key_of_path())
}

fn set(person: &Person) -> String {
    format!("users('{}')/licenseDetails", person.id)
}

/// Sixteen bytes that all ids of a tenant begin with, then the product's id, as Windows orders the bytes of a GUID. What
/// the first half is in a real tenant is not known; here it is the tenant's id.
fn id(tenant: &Tenant, sku: SkuId) -> String {
    URL_SAFE_NO_PAD.encode([tenant.company.tenant.0.to_bytes_le(), sku.0.to_bytes_le()].concat())
}

fn property(moment: Moment<'_>, person: &Person, one: &Subscription, name: &str) -> Value {
    match name {
        "id" => json!(id(moment.tenant, one.sku)),
        "skuId" => json!(one.sku),
        "skuPartNumber" => json!(one.part_number),
        "servicePlans" => service_plans(moment, person, one),
        _ => Value::Null,
    }
}

/// Every plan of the product: off only where every path has it off.
fn service_plans(moment: Moment<'_>, person: &Person, one: &Subscription) -> Value {
    let assigned = person.assigned().into_iter();
    let disabled = assigned.filter(|(sku, _)| *sku == one.sku).flat_map(|(_, off)| off).collect::<Vec<_>>();
    let on = moment.tenant.plans_on(person);
    let write = |plan: &Plan| {
        let since = on.get(&plan.id).copied().filter(|_| !disabled.contains(&plan.id));
        plans::info(plan, plans::provisioning(moment, plan, since))
    };
    one.plans.iter().map(write).collect()
}
