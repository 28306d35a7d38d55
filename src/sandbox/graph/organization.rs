//! `GET /organization`: the company itself, which clients ask who they are connected to.

use serde_json::{Value, json};

use super::call::Call;
use super::entity;
use super::error::GraphError;
use super::reply::Reply;
use super::select::Shape;
use super::user::instant;
use crate::sandbox::tenant::{Company, Tenant};

const ORGANIZATION: Shape = Shape {
    name: "microsoft.graph.organization",
    default: &[
        "assignedPlans",
        "businessPhones",
        "city",
        "country",
        "countryLetterCode",
        "createdDateTime",
        "defaultUsageLocation",
        "deletedDateTime",
        "displayName",
        "id",
        "marketingNotificationEmails",
        "onPremisesLastSyncDateTime",
        "onPremisesSyncEnabled",
        "postalCode",
        "preferredLanguage",
        "privacyProfile",
        "provisionedPlans",
        "securityComplianceNotificationMails",
        "securityComplianceNotificationPhones",
        "state",
        "street",
        "technicalNotificationMails",
        "tenantType",
        "verifiedDomains",
    ],
    on_request: &[],
    absent: &["mobileDeviceManagementAuthority"],
};

/// `GET /organization`: a collection of one.
pub(super) fn list(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    entity::all(call, "organization", &ORGANIZATION, [&tenant.company], |one, name| property(one, name))
}

/// `GET /organization/{id}`.
pub(super) fn get(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let key = call.key_of_path();
    let company = Some(&tenant.company).filter(|company| company.tenant.to_string().eq_ignore_ascii_case(key));
    entity::one(call, "organization", &ORGANIZATION, key, company, |one, name| property(one, name))
}

fn property(company: &Company, name: &str) -> Value {
    match name {
        "id" => json!(company.tenant),
        "displayName" => json!(company.name),
        "countryLetterCode" | "defaultUsageLocation" => json!(company.usage_location),
        "createdDateTime" => instant(company.created),
        "tenantType" => json!("AAD"),
        "verifiedDomains" => json!([{
            "capabilities": "Email, OfficeCommunicationsOnline",
            "isDefault": true,
            "isInitial": true,
            "name": company.domain,
            "type": "Managed",
        }]),
        // The tenant's own plans are not kept: what was bought stands in `subscribedSkus`.
        "assignedPlans"
        | "businessPhones"
        | "marketingNotificationEmails"
        | "provisionedPlans"
        | "securityComplianceNotificationMails"
        | "securityComplianceNotificationPhones"
        | "technicalNotificationMails" => json!([]),
        _ => Value::Null,
    }
}
