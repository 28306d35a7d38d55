//! Calls about what the company bought.

use serde_json::{Value, json};

use super::call::Call;
use super::entity;
use super::error::GraphError;
use super::plans;
use super::reply::Reply;
use super::select::Shape;
use super::user::instant;
use crate::sandbox::tenant::{Subscription, Tenant};

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

const SUBSCRIPTION: Shape = Shape {
    name: "microsoft.graph.companySubscription",
    default: &[
        "commerceSubscriptionId",
        "createdDateTime",
        "id",
        "isTrial",
        "nextLifecycleDateTime",
        "ownerId",
        "ownerTenantId",
        "ownerType",
        "serviceStatus",
        "skuId",
        "skuPartNumber",
        "status",
        "totalLicenses",
    ],
    on_request: &[],
    absent: &[],
};

/// `GET /subscribedSkus`: everything on one page; Graph neither pages nor filters it.
pub(super) fn list(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    entity::all(call, "subscribedSkus", &SKU, &tenant.subscriptions, |one, name| sku(tenant, one, name))
}

/// `GET /subscribedSkus/{id}`, where the id is the tenant's and the SKU's, joined.
pub(super) fn get(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let key = call.key_of_path();
    let found = tenant.subscriptions.iter().find(|one| id(tenant, one).eq_ignore_ascii_case(key));
    entity::one(call, "subscribedSkus", &SKU, key, found, |one, name| sku(tenant, one, name))
}

/// `GET /directory/subscriptions`: the purchases behind the products; here each product was bought once.
pub(super) fn subscriptions(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let all = &tenant.subscriptions;
    entity::all(call, PURCHASES, &SUBSCRIPTION, all, |one, name| purchase(tenant, one, name))
}

/// `GET /directory/subscriptions/{id}`.
pub(super) fn subscription(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let key = call.key_of_path();
    let found = tenant.subscriptions.iter().find(|one| one.id.to_string().eq_ignore_ascii_case(key));
    entity::one(call, PURCHASES, &SUBSCRIPTION, key, found, |one, name| purchase(tenant, one, name))
}

const PURCHASES: &str = "directory/subscriptions";

fn id(tenant: &Tenant, one: &Subscription) -> String {
    format!("{}_{}", tenant.company.tenant, one.sku)
}

fn sku(tenant: &Tenant, one: &Subscription, name: &str) -> Value {
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
        "servicePlans" => service_plans(one),
        "skuId" => json!(one.sku),
        "skuPartNumber" => json!(one.part_number),
        "subscriptionIds" => json!([one.id]),
        _ => Value::Null,
    }
}

/// The end of the term is not kept, so `nextLifecycleDateTime` is null, as it can be in real tenants.
fn purchase(tenant: &Tenant, one: &Subscription, name: &str) -> Value {
    match name {
        "id" | "commerceSubscriptionId" => json!(one.id),
        "createdDateTime" => instant(tenant.company.created),
        "isTrial" => json!(false),
        "serviceStatus" => service_plans(one),
        "skuId" => json!(one.sku),
        "skuPartNumber" => json!(one.part_number),
        "status" => json!(one.status()),
        "totalLicenses" => json!(one.total()),
        _ => Value::Null,
    }
}

fn service_plans(one: &Subscription) -> Value {
    one.plans.iter().map(|plan| plans::info(plan, plan.provisioning())).collect()
}
