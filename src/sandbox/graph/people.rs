//! Calls about people: list, one, manager, memberships, usage location; and how a person is written.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::call::Call;
use super::countries;
use super::error::GraphError;
use super::filter::Filter;
use super::groups;
use super::page;
use super::query::{Expanded, MEMBERS, Query, SELECT, Understands};
use super::reply::Reply;
use super::route::{self, Kind, Reach};
use super::select::{Shape, context};
use crate::sandbox::tenant::{LicensePath, Mutation, Person, Tenant};

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
        "proxyAddresses",
        "state",
        "streetAddress",
        "usageLocation",
        "userType",
    ],
    absent: &[
        "aboutMe",
        "assignedPlans",
        "birthday",
        "employeeHireDate",
        "employeeOrgData",
        "employeeType",
        "identities",
        "interests",
        "lastPasswordChangeDateTime",
        "licenseDetails",
        "mailboxSettings",
        "mySite",
        "onPremisesImmutableId",
        "onPremisesLastSyncDateTime",
        "pastProjects",
        "provisionedPlans",
        "responsibilities",
        "schools",
        "securityIdentifier",
        "signInActivity",
        "skills",
    ],
};

/// Properties that the directory's own index can filter on without the advanced one.
const INDEXED: &[&str] = &[
    "accountEnabled",
    "assignedLicenses",
    "companyName",
    "country",
    "department",
    "displayName",
    "employeeId",
    "givenName",
    "id",
    "jobTitle",
    "mail",
    "mailNickname",
    "surname",
    "usageLocation",
    "userPrincipalName",
    "userType",
];

const USERS: Understands = Understands { paging: true, filter: true, expand: true };
const ONE: Understands = Understands { expand: true, ..SELECT };

/// `GET /users`.
pub(super) fn list(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(&call.request, USERS)?;
    check_filter(query.filter.as_ref(), &USER, INDEXED)?;
    let view = View::new(&query, call)?;
    let admitted = tenant.people().iter().filter(|person| {
        let property = |name: &str| property(person, name);
        query.filter.as_ref().is_none_or(|filter| filter.admits(&property))
    });
    let all = admitted.map(|person| (person.place, person)).collect();
    let page = page::cut(all, &query, &call.request, tenant.company.page_size, &call.key)?;
    let write = |person| Value::Object(view.write(tenant, person));
    Ok(Reply::ok(page.body(&view.context("users"), &call.request, &query, &call.meta, &call.key, write)))
}

/// `GET /users/{id}`.
pub(super) fn get(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(&call.request, ONE)?;
    let view = View::new(&query, call)?;
    let person = find(tenant, call.key_of_path())?;
    let mut body = view.write(tenant, person);
    body.insert("@odata.context".into(), call.meta.context(&format!("{}/$entity", view.context("users"))));
    Ok(Reply::ok(body))
}

/// A person as an answer to a change shows him: the default properties and nothing of licenses.
pub(super) fn default_entity(tenant: &Tenant, call: &Call, person: &Person) -> Result<Reply, GraphError> {
    let mut body = View::new(&Query::default(), call)?.write(tenant, person);
    body.insert("@odata.context".into(), call.meta.context("users/$entity"));
    Ok(Reply::ok(body))
}

/// `GET /users/{id}/manager`. Without one the answer is a 404 whose resource is the word `manager`.
pub(super) fn manager(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(&call.request, SELECT)?;
    let fields = USER.fields(query.select.as_deref())?;
    let person = find(tenant, call.key_of_path())?;
    let manager = person.manager.and_then(|id| tenant.person_by_id(id));
    let manager = manager.ok_or_else(|| GraphError::not_found("manager"))?;
    let mut body = object(manager, &fields, true);
    let context = context("directoryObjects", query.select.as_deref(), None);
    body.insert("@odata.context".into(), call.meta.context(&format!("{context}/$entity")));
    body.insert("@odata.type".into(), "#microsoft.graph.user".into());
    Ok(Reply::ok(body))
}

/// `GET /users/{id}/memberOf` and `/transitiveMemberOf`. All parents are groups: the sandbox keeps no directory roles.
pub(super) fn member_of(tenant: &Tenant, call: &Call, reach: Reach) -> Result<Reply, GraphError> {
    let query = Query::read(&call.request, MEMBERS)?;
    let fields = groups::GROUP.fields(query.select.as_deref())?;
    let person = find(tenant, call.key_of_path())?;
    let parents =
        if reach.transitive { tenant.transitive_member_of(person.id.0) } else { tenant.member_of(person.id.0) };
    let all = parents.into_iter().map(|group| (group.place, group)).collect();
    let page = page::cut(all, &query, &call.request, tenant.company.page_size, &call.key)?;
    let set = if reach.only.is_some() { "groups" } else { "directoryObjects" };
    let visible = route::reads(&call.caller.roles, Kind::Group);
    let write = |group| typed(groups::object(group, &fields, visible), Kind::Group, reach);
    let context = context(set, query.select.as_deref(), None);
    Ok(Reply::ok(page.body(&context, &call.request, &query, &call.meta, &call.key, write)))
}

/// Marks an object of a mixed collection with its type; a cast collection needs no mark.
pub(super) fn typed(mut object: Map<String, Value>, kind: Kind, reach: Reach) -> Value {
    if reach.only.is_none() {
        let name = match kind {
            Kind::User => "#microsoft.graph.user",
            Kind::Group => "#microsoft.graph.group",
        };
        object.insert("@odata.type".into(), name.into());
    }
    Value::Object(object)
}

/// What `PATCH /users/{id}` asks for: a new usage location, or nothing.
pub(super) fn update(tenant: &Tenant, call: &Call) -> Result<Option<Mutation>, GraphError> {
    let body: Value = serde_json::from_slice(&call.request.body).map_err(|_| invalid_json())?;
    let changes = body.as_object().ok_or_else(invalid_json)?;
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

pub(super) fn invalid_json() -> GraphError {
    GraphError::malformed(
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    )
}

fn wrong_node(found: &str) -> GraphError {
    GraphError::bad_request(format!(
        "An unexpected '{found}' node was found for property named 'usageLocation' when reading from the JSON reader. A 'PrimitiveValue' node was expected."
    ))
}

/// A person by object id or user principal name.
pub(super) fn find<'a>(tenant: &'a Tenant, key: &str) -> Result<&'a Person, GraphError> {
    tenant.person(key).ok_or_else(|| GraphError::not_found(key))
}

/// Refuses a filter on what the type does not have, or has no index for.
pub(super) fn check_filter(filter: Option<&Filter>, shape: &Shape, indexed: &[&str]) -> Result<(), GraphError> {
    for name in filter.map(Filter::properties).unwrap_or_default() {
        let name = shape.field(name).map_err(|error| match error.status {
            StatusCode::BAD_REQUEST => GraphError::malformed(format!(
                "Invalid filter clause: Could not find a property named '{name}' on type '{}'.",
                shape.name
            )),
            _ => error,
        })?;
        if !indexed.contains(&name) {
            let message = "The request uses a filter property that is not indexed";
            return Err(GraphError::unsupported_query(message));
        }
    }
    Ok(())
}

/// What a call wants to see of each person.
struct View<'a> {
    select: Option<&'a [String]>,
    fields: Vec<&'static str>,
    manager: Option<(&'a Expanded, Vec<&'static str>)>,
}

impl<'a> View<'a> {
    fn new(query: &'a Query, _call: &Call) -> Result<Self, GraphError> {
        let manager = query.expand_manager.as_ref();
        let manager = manager.map(|wanted| Ok((wanted, USER.fields(wanted.select.as_deref())?))).transpose()?;
        Ok(Self { select: query.select.as_deref(), fields: USER.fields(query.select.as_deref())?, manager })
    }

    fn context(&self, set: &str) -> String {
        context(set, self.select, self.manager.as_ref().map(|(wanted, _)| wanted.select.as_deref()))
    }

    /// The person, and the expanded manager where there is one: without a manager the property is absent.
    fn write(&self, tenant: &Tenant, person: &Person) -> Map<String, Value> {
        let mut body = object(person, &self.fields, true);
        let manager = person.manager.and_then(|id| tenant.person_by_id(id));
        if let (Some((_, fields)), Some(manager)) = (&self.manager, manager) {
            let mut manager = object(manager, fields, true);
            manager.insert("@odata.type".into(), "#microsoft.graph.user".into());
            body.insert("manager".into(), Value::Object(manager));
        }
        body
    }
}

/// A person with these properties. An app that may not read people sees the id and nulls.
pub(super) fn object(person: &Person, fields: &[&'static str], visible: bool) -> Map<String, Value> {
    let show = |name: &&'static str| {
        let shown = visible || *name == "id";
        ((*name).to_owned(), if shown { property(person, name) } else { Value::Null })
    };
    fields.iter().map(show).collect()
}

/// One property of a person, by Graph's name. Null where the directory holds nothing.
fn property(person: &Person, name: &str) -> Value {
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

/// One entry for each path. The sandbox has no paths in error yet; the absence of one is the text `None`, not null.
fn assignment_state(path: &LicensePath) -> Value {
    json!({
        "assignedByGroup": path.group,
        "disabledPlans": path.disabled,
        "error": "None",
        "lastUpdatedDateTime": instant(path.updated),
        "skuId": path.sku,
        "state": "Active",
    })
}

/// An instant as Graph writes it: UTC, whole seconds.
pub(super) fn instant(at: Timestamp) -> Value {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into()
}
