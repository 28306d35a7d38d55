//! Reads of people: list, one, manager, memberships.

use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::call::Call;
use super::error::GraphError;
use super::filter::Filter;
use super::groups;
use super::page;
use super::query::{Expanded, MEMBERS, Query, SELECT, Understands};
use super::reply::Reply;
use super::route::{self, Kind, Reach};
use super::select::{Shape, context};
use super::user::{Moment, USER, object, property};
use crate::sandbox::tenant::{Member, Person, Tenant};

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
    let view = View::new(&query, Moment::of(tenant, call))?;
    let admitted = tenant.people().iter().filter(|person| {
        let property = |name: &str| property(Moment::of(tenant, call), person, name);
        query.filter.as_ref().is_none_or(|filter| filter.admits(&property))
    });
    let all = admitted.map(|person| (person.place, person)).collect();
    let page = page::cut(all, &query, &call.request, tenant.company.page_size, &call.key)?;
    let write = |person| Value::Object(view.write(person));
    Ok(Reply::ok(page.body(&view.context("users"), &call.request, &query, &call.meta, &call.key, write)))
}

/// `GET /users/{id}`.
pub(super) fn get(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(&call.request, ONE)?;
    let view = View::new(&query, Moment::of(tenant, call))?;
    let person = find(tenant, call.key_of_path())?;
    let mut body = view.write(person);
    body.insert("@odata.context".into(), call.meta.context(&format!("{}/$entity", view.context("users"))));
    Ok(Reply::ok(body))
}

/// A person as an answer to a change shows him: the default properties and nothing of licenses.
pub(super) fn default_entity(tenant: &Tenant, call: &Call, person: &Person) -> Result<Reply, GraphError> {
    let mut body = View::new(&Query::default(), Moment::of(tenant, call))?.write(person);
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
    let mut body = object(Moment::of(tenant, call), manager, &fields, true);
    let context = context("directoryObjects", query.select.as_deref(), None);
    body.insert("@odata.context".into(), call.meta.context(&format!("{context}/$entity")));
    body.insert("@odata.type".into(), "#microsoft.graph.user".into());
    Ok(Reply::ok(body))
}

/// `GET /users/{id}/directReports`: everyone whose manager this is.
pub(super) fn direct_reports(tenant: &Tenant, call: &Call, reach: Reach) -> Result<Reply, GraphError> {
    let person = find(tenant, call.key_of_path())?;
    let reports = tenant.people().iter().filter(|other| other.manager == Some(person.id)).map(Member::Person);
    groups::collection(tenant, call, reports.collect(), reach)
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
    let write = |group| reach.mark(groups::object(group, &fields, visible), Kind::Group);
    let context = context(set, query.select.as_deref(), None);
    Ok(Reply::ok(page.body(&context, &call.request, &query, &call.meta, &call.key, write)))
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
    moment: Moment<'a>,
    select: Option<&'a [String]>,
    fields: Vec<&'static str>,
    manager: Option<(&'a Expanded, Vec<&'static str>)>,
}

impl<'a> View<'a> {
    fn new(query: &'a Query, moment: Moment<'a>) -> Result<Self, GraphError> {
        let manager = query.expand_manager.as_ref();
        let manager = manager.map(|wanted| Ok((wanted, USER.fields(wanted.select.as_deref())?))).transpose()?;
        Ok(Self { moment, select: query.select.as_deref(), fields: USER.fields(query.select.as_deref())?, manager })
    }

    fn context(&self, set: &str) -> String {
        context(set, self.select, self.manager.as_ref().map(|(wanted, _)| wanted.select.as_deref()))
    }

    /// The person, and the expanded manager where there is one: without a manager the property is absent.
    fn write(&self, person: &Person) -> Map<String, Value> {
        let mut body = object(self.moment, person, &self.fields, true);
        let manager = person.manager.and_then(|id| self.moment.tenant.person_by_id(id));
        if let (Some((_, fields)), Some(manager)) = (&self.manager, manager) {
            let mut manager = object(self.moment, manager, fields, true);
            manager.insert("@odata.type".into(), "#microsoft.graph.user".into());
            body.insert("manager".into(), Value::Object(manager));
        }
        body
    }
}
