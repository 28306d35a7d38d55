//! Calls about what the company bought.

use serde_json::{Map, Value, json};

use super::call::Call;
use super::error::GraphError;
use super::query::{Query, SELECT};
use super::reply::Reply;
use super::select::{Shape, context};
use crate::sandbox::tenant::{Plan, Subscription, Tenant};

const SKU: Shape = Shape {
    name: "microsoft.graph.subscribedSku",
    default: &[
        "accountId",
        "accountName",
        "appliesTo",
        "capabilityStatus",
        "consumedUnits",
        "id",
        "prepaidUnits",
        "servicePlans",
        "skuId",
        "skuPartNumber",
        "subscriptionIds",
    ],
    on_request: &[],
    absent: &[],
};

/// `GET /subscribedSkus`: everything on one page; Graph neither pages nor filters it.
pub(super) fn list(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(&call.request, SELECT)?;
    let fields = SKU.fields(query.select.as_deref())?;
    let items = tenant.subscriptions.iter().map(|one| Value::Object(object(tenant, one, &fields)));
    let mut body = Map::new();
    body.insert("value".into(), items.collect());
    body.insert("@odata.context".into(), call.meta.context(&context("subscribedSkus", query.select.as_deref(), None)));
    Ok(Reply::ok(body))
}

/// `GET /subscribedSkus/{id}`, where the id is the tenant's and the SKU's, joined.
pub(super) fn get(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(&call.request, SELECT)?;
    let fields = SKU.fields(query.select.as_deref())?;
    let key = call.key_of_path();
    let found = tenant.subscriptions.iter().find(|one| id(tenant, one).eq_ignore_ascii_case(key));
    let mut body = object(tenant, found.ok_or_else(|| GraphError::not_found(key))?, &fields);
    let context = context("subscribedSkus", query.select.as_deref(), None);
    body.insert("@odata.context".into(), call.meta.context(&format!("{context}/$entity")));
    Ok(Reply::ok(body))
}

fn id(tenant: &Tenant, one: &Subscription) -> String {
    format!("{}_{}", tenant.company.tenant, one.sku)
}

fn object(tenant: &Tenant, one: &Subscription, fields: &[&'static str]) -> Map<String, Value> {
    fields.iter().map(|name| ((*name).to_owned(), property(tenant, one, name))).collect()
}

fn property(tenant: &Tenant, one: &Subscription, name: &str) -> Value {
    match name {
        "accountId" => json!(tenant.company.tenant),
        "accountName" => json!(tenant.company.name),
        "appliesTo" => json!(if one.company_wide { "Company" } else { "User" }),
        "capabilityStatus" => json!(one.status()),
        "consumedUnits" => json!(one.consumed),
        "id" => json!(id(tenant, one)),
        "prepaidUnits" => json!({
            "enabled": one.enabled,
            "lockedOut": one.locked_out,
            "suspended": one.suspended,
            "warning": one.warning,
        }),
        "servicePlans" => one.plans.iter().map(plan).collect(),
        "skuId" => json!(one.sku),
        "skuPartNumber" => json!(one.part_number),
        "subscriptionIds" => json!([one.id]),
        _ => Value::Null,
    }
}

fn plan(plan: &Plan) -> Value {
    json!({
        "appliesTo": plan.applies_to(),
        "provisioningStatus": plan.provisioning(),
        "servicePlanId": plan.id,
        "servicePlanName": plan.name,
    })
}
