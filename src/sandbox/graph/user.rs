//! How a person is written: the properties Graph knows, and the values of those the sandbox keeps.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::call::Call;
use super::plans;
use super::select::Shape;
use crate::sandbox::tenant::{LicensePath, Person, Tenant};

/// What a person can show.
pub(super) const USER: Shape = Shape {
    name: "microsoft.graph.user",
    default: &[
        "businessPhones",
        "displayName",
        "givenName",
        "id",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "preferredLanguage",
        "surname",
        "userPrincipalName",
    ],
    on_request: &[
        "accountEnabled",
        "assignedLicenses",
        "assignedPlans",
        "city",
        "companyName",
        "country",
        "createdDateTime",
        "deletedDateTime",
        "department",
        "employeeId",
        "externalUserState",
        "licenseAssignmentStates",
        "mailNickname",
        "onPremisesSyncEnabled",
        "otherMails",
        "postalCode",
        "preferredDataLocation",
        "provisionedPlans",
        "proxyAddresses",
        "state",
        "streetAddress",
        "usageLocation",
        "userType",
    ],
    absent: &[
        "aboutMe",
        "birthday",
        "employeeHireDate",
        "employeeOrgData",
        "employeeType",
        "hireDate",
        "identities",
        "interests",
        "lastPasswordChangeDateTime",
        "licenseDetails",
        "mailboxSettings",
        "mySite",
        "onPremisesImmutableId",
        "onPremisesLastSyncDateTime",
        "pastProjects",
        "preferredName",
        "responsibilities",
        "schools",
        "securityIdentifier",
        "signInActivity",
        "skills",
    ],
};

/// The tenant at the instant of a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) now: Timestamp,
}

impl<'a> Moment<'a> {
    pub(super) fn of(tenant: &'a Tenant, call: &Call) -> Self {
        Self { tenant, now: call.meta.now }
    }
}

/// A person with these properties. An app that may not read people sees the id and nulls.
pub(super) fn object(
    moment: Moment<'_>,
    person: &Person,
    fields: &[&'static str],
    visible: bool,
) -> Map<String, Value> {
    let show = |name: &&'static str| {
        let shown = visible || *name == "id";
        ((*name).to_owned(), if shown { property(moment, person, name) } else { Value::Null })
    };
    fields.iter().map(show).collect()
}

/// One property of a person, by Graph's name. Null where the directory holds nothing.
pub(super) fn property(moment: Moment<'_>, person: &Person, name: &str) -> Value {
    match name {
        "id" => json!(person.id),
        "displayName" => json!(person.display_name),
        "givenName" => json!(person.given_name),
        "surname" => json!(person.surname),
        "userPrincipalName" => json!(person.principal_name),
        "mail" => json!(person.mail),
        "mailNickname" => json!(person.mail_nickname),
        "jobTitle" => json!(person.job_title),
        "department" => json!(person.department),
        "officeLocation" | "city" => json!(person.office),
        "country" => json!(person.country),
        "preferredLanguage" => json!(person.language),
        "usageLocation" => json!(person.usage_location),
        "accountEnabled" => json!(person.enabled),
        "userType" => json!(if person.guest { "Guest" } else { "Member" }),
        "externalUserState" => json!(person.guest.then_some("Accepted")),
        "createdDateTime" => instant(person.created),
        "assignedLicenses" => assigned_licenses(person),
        "assignedPlans" => plans::assigned(moment, person),
        "provisionedPlans" => plans::provisioned(moment, person),
        "licenseAssignmentStates" => person.licenses.iter().map(assignment_state).collect(),
        "businessPhones" | "otherMails" => json!([]),
        "proxyAddresses" => json!([format!("SMTP:{}", person.mail)]),
        _ => Value::Null,
    }
}

/// The merged view: one entry for each product, however many paths lead to it.
fn assigned_licenses(person: &Person) -> Value {
    let licenses = person.assigned().into_iter();
    licenses.map(|(sku, disabled)| json!({ "disabledPlans": disabled, "skuId": sku })).collect()
}

/// One entry for each path, those that give nothing too.
fn assignment_state(path: &LicensePath) -> Value {
    json!({
        "assignedByGroup": path.group,
        "disabledPlans": path.disabled,
        "error": path.state.error(),
        "lastUpdatedDateTime": instant(path.updated),
        "skuId": path.sku,
        "state": path.state.name(),
    })
}

/// An instant as Graph writes it: UTC, whole seconds.
pub(super) fn instant(at: Timestamp) -> Value {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into()
}
