//! How service plans are written: inside a product, inside a license, and as what a person was ever given.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::user::{Moment, instant};
use crate::domain::ids::PlanId;
use crate::sandbox::tenant::{Person, Plan};

/// A plan inside something bought or held (`servicePlanInfo`).
pub(super) fn info(plan: &Plan, provisioning: &str) -> Value {
    json!({
        "appliesTo": plan.applies_to(),
        "provisioningStatus": provisioning,
        "servicePlanId": plan.id,
        "servicePlanName": plan.name,
    })
}

/// How far a plan is for a person for whom it began then. What the tenant itself has not finished, nobody has.
pub(super) fn provisioning(moment: Moment<'_>, plan: &Plan, since: Option<Timestamp>) -> &'static str {
    let Some(since) = since else { return "Disabled" };
    let done = moment.now.duration_since(since) >= moment.tenant.company.provisioning;
    match plan.provisioning() {
        "Success" if !done && plan.applies_to() == "User" => "PendingProvisioning",
        of_the_tenant => of_the_tenant,
    }
}

/// `assignedPlans`: plans that are on, and those that were, as `Deleted`. They are no licenses and never were.
pub(super) fn assigned(moment: Moment<'_>, person: &Person) -> Value {
    each(moment, person, |plan, since, status| {
        json!({
            "assignedDateTime": instant(since),
            "capabilityStatus": status,
            "service": service(&plan.name),
            "servicePlanId": plan.id,
        })
    })
}

/// `provisionedPlans`: the same, as the services see them.
pub(super) fn provisioned(moment: Moment<'_>, person: &Person) -> Value {
    each(moment, person, |plan, since, status| {
        let provisioning = if status == "Enabled" { provisioning(moment, plan, Some(since)) } else { "Success" };
        json!({ "capabilityStatus": status, "provisioningStatus": provisioning, "service": service(&plan.name) })
    })
}

fn each(moment: Moment<'_>, person: &Person, write: impl Fn(&Plan, Timestamp, &str) -> Value) -> Value {
    let tenant = moment.tenant;
    let mut plans: Vec<(PlanId, Timestamp, &str)> =
        tenant.plans_on(person).into_iter().map(|(plan, since)| (plan, since, "Enabled")).collect();
    plans.extend(tenant.plans_gone(person).into_iter().map(|(plan, since)| (plan, since, "Deleted")));
    let known = |id| tenant.subscriptions.iter().flat_map(|one| &one.plans).find(|plan| plan.id == id);
    plans.into_iter().filter_map(|(id, since, status)| Some(write(known(id)?, since, status))).collect()
}

/// Which service a plan belongs to, by the beginning of its name. The services are those seen in recorded answers;
/// which of the rarer plans belongs to which is believed, and a plan that fits nowhere is its own service.
const SERVICES: &[(&str, &str)] = &[
    ("AAD_", "AADPremiumService"),
    ("ADALLOM", "Adallom"),
    ("BI_AZURE", "PowerBI"),
    ("DYN365", "CRM"),
    ("EXCHANGE_", "exchange"),
    ("FLOW_", "ProcessSimple"),
    ("INSIDER_RISK", "Office365InsiderRisk"),
    ("INTUNE", "SCO"),
    ("LOCKBOX", "exchange"),
    ("MCO", "MicrosoftCommunicationsOnline"),
    ("MFA_", "MultiFactorService"),
    ("MTP", "MicrosoftThreatProtection"),
    ("OFFICE", "MicrosoftOffice"),
    ("ONEDRIVE", "SharePoint"),
    ("POWERAPPS", "PowerAppsService"),
    ("POWER_VIRTUAL_AGENTS", "ccibotsprod"),
    ("SHAREPOINT", "SharePoint"),
    ("TEAMS", "TeamspaceAPI"),
    ("WHITEBOARD", "WhiteboardServices"),
];

fn service(plan: &str) -> &str {
    SERVICES.iter().find(|(start, _)| plan.starts_with(start)).map_or(plan, |(_, service)| service)
}
