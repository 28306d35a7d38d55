//! Reads of people: list, one, manager, memberships.

use serde_json::{Map, Value};

use super::call::Call;
use super::error::GraphError;
use super::groups;
use super::index;
use super::page::Listing;
use super::query::{COLLECTION, Expanded, Query, SELECT, Understands};
use super::reply::Reply;
use super::route::{self, Kind, Reach};
use super::select::context;
use super::user::{Moment, USER, object, property};
use crate::sandbox::tenant::{Member, Person, Tenant};

const USERS: Understands = Understands { expand: true, ..COLLECTION };
const ONE: Understands = Understands { expand: true, ..SELECT };

/// `GET /users`.
pub(super) fn list(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(call, USERS)?;
    index::check(&[&index::USERS], &query, false)?;
    let moment = Moment::of(tenant, call);
    let view = View::new(&query, moment)?;
    let listing = Listing {
        call,
        query: &query,
        context: view.context("users"),
        size: tenant.company.page_size,
        all: tenant.people().iter().map(|person| (person.place, person)).collect(),
    };
    listing.answer(|person, name| property(moment, person, name), |person| Value::Object(view.write(person)))
}

/// `GET /users/{id}`.
pub(super) fn get(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(call, ONE)?;
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
    let query = Query::read(call, SELECT)?;
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
    let query = Query::read(call, COLLECTION)?;
    index::check(&[&index::GROUPS], &query, true)?;
    let fields = groups::GROUP.fields(query.select.as_deref())?;
    let person = find(tenant, call.key_of_path())?;
    let parents =
        if reach.transitive { tenant.transitive_member_of(person.id.0) } else { tenant.member_of(person.id.0) };
    let set = if reach.only.is_some() { "groups" } else { "directoryObjects" };
    let visible = route::reads(&call.caller.roles, Kind::Group);
    let listing = Listing {
        call,
        query: &query,
        context: context(set, query.select.as_deref(), None),
        size: tenant.company.page_size,
        all: parents.into_iter().map(|group| (group.place, group)).collect(),
    };
    listing.answer(groups::property, |group| reach.mark(groups::object(group, &fields, visible), Kind::Group))
}

/// A person by object id or user principal name.
pub(super) fn find<'a>(tenant: &'a Tenant, key: &str) -> Result<&'a Person, GraphError> {
    tenant.person(key).ok_or_else(|| GraphError::not_found(key))
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
