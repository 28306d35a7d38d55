//! Calls about groups: list, one, members, owners; and how a group is written.

use serde_json::{Map, Value, json};

use super::call::Call;
use super::error::GraphError;
use super::index::{self, Index};
use super::page::Listing;
use super::query::{COLLECTION, Query, SELECT};
use super::reply::Reply;
use super::route::{self, Kind, Reach};
use super::select::{Shape, context};
use super::user::{self, Moment};
use crate::sandbox::tenant::{Group, Member, Tenant};

/// What a group can show.
pub(super) const GROUP: Shape = Shape {
    name: "microsoft.graph.group",
    default: &[
        "classification",
        "createdDateTime",
        "deletedDateTime",
        "description",
        "displayName",
        "expirationDateTime",
        "groupTypes",
        "id",
        "isAssignableToRole",
        "mail",
        "mailEnabled",
        "mailNickname",
        "membershipRule",
        "membershipRuleProcessingState",
        "onPremisesSyncEnabled",
        "preferredLanguage",
        "proxyAddresses",
        "renewedDateTime",
        "resourceProvisioningOptions",
        "securityEnabled",
        "visibility",
    ],
    on_request: &["assignedLicenses", "hasMembersWithLicenseErrors", "licenseProcessingState"],
    absent: &[
        "assignedLabels",
        "allowExternalSenders",
        "hideFromAddressLists",
        "onPremisesSecurityIdentifier",
        "resourceBehaviorOptions",
        "securityIdentifier",
        "theme",
        "uniqueName",
        "unseenCount",
    ],
};

/// `GET /groups`.
pub(super) fn list(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(call, COLLECTION)?;
    index::check(&[&index::GROUPS], &query, false)?;
    let fields = GROUP.fields(query.select.as_deref())?;
    let listing = Listing {
        call,
        query: &query,
        context: context("groups", query.select.as_deref(), None),
        size: tenant.company.page_size,
        all: tenant.groups().iter().map(|group| (group.place, group)).collect(),
    };
    listing.answer(property, |group| Value::Object(object(group, &fields, true)))
}

/// `GET /groups/{id}`.
pub(super) fn get(tenant: &Tenant, call: &Call) -> Result<Reply, GraphError> {
    let query = Query::read(call, SELECT)?;
    let fields = GROUP.fields(query.select.as_deref())?;
    let mut body = object(find(tenant, call.key_of_path())?, &fields, true);
    let context = context("groups", query.select.as_deref(), None);
    body.insert("@odata.context".into(), call.meta.context(&format!("{context}/$entity")));
    Ok(Reply::ok(body))
}

/// A group as an answer to a change shows it: the default properties.
pub(super) fn default_entity(call: &Call, group: &Group) -> Result<Reply, GraphError> {
    let mut body = object(group, &GROUP.fields(None)?, route::reads(&call.caller.roles, Kind::Group));
    body.insert("@odata.context".into(), call.meta.context("groups/$entity"));
    Ok(Reply::ok(body))
}

/// `GET /groups/{id}/members` and `/transitiveMembers`.
pub(super) fn members(tenant: &Tenant, call: &Call, reach: Reach) -> Result<Reply, GraphError> {
    let group = find(tenant, call.key_of_path())?;
    let members = if reach.transitive { tenant.transitive_members(group) } else { tenant.members(group) };
    let wanted = members.into_iter().filter(|member| reach.only.is_none_or(|kind| kind == kind_of(*member)));
    collection(tenant, call, wanted.collect(), reach)
}

/// `GET /groups/{id}/owners`. All of them are people.
pub(super) fn owners(tenant: &Tenant, call: &Call, reach: Reach) -> Result<Reply, GraphError> {
    let group = find(tenant, call.key_of_path())?;
    let owners = group.owners.iter().filter_map(|id| tenant.person_by_id(*id)).map(Member::Person);
    collection(tenant, call, owners.collect(), reach)
}

/// People and groups as one collection, in the order given.
pub(super) fn collection(
    tenant: &Tenant,
    call: &Call,
    members: Vec<Member<'_>>,
    reach: Reach,
) -> Result<Reply, GraphError> {
    let query = &Query::read(call, COLLECTION)?;
    index::check(reach.indexes(), query, true)?;
    let writer = Writer::new(Moment::of(tenant, call), query, call, reach)?;
    let set = match reach.only {
        Some(Kind::User) => "users",
        Some(Kind::Group) => "groups",
        None => "directoryObjects",
    };
    let listing = Listing {
        call,
        query,
        context: context(set, query.select.as_deref(), None),
        size: tenant.company.page_size,
        all: members.into_iter().enumerate().collect(),
    };
    listing.answer(|member, name| writer.property(member, name), |member| writer.write(member))
}

/// How the members of one answer are written: each by its own type, as far as the app may read it.
struct Writer<'a> {
    moment: Moment<'a>,
    user_fields: Vec<&'static str>,
    group_fields: Vec<&'static str>,
    reads_users: bool,
    reads_groups: bool,
    reach: Reach,
}

impl<'a> Writer<'a> {
    /// In a mixed collection a name need only exist on one of the types; the others leave it out.
    fn new(moment: Moment<'a>, query: &Query, call: &Call, reach: Reach) -> Result<Self, GraphError> {
        let select = query.select.as_deref();
        let fields = |shape: &Shape| match (reach.only, select) {
            (None, Some(names)) => Ok(names.iter().filter_map(|name| shape.field(name).ok()).collect()),
            _ => shape.fields(select),
        };
        for name in select.unwrap_or_default() {
            user::USER.field(name).or_else(|_| GROUP.field(name))?;
        }
        let (user_fields, group_fields) = match reach.only {
            None => (fields(&user::USER)?, fields(&GROUP)?),
            Some(Kind::User) => (fields(&user::USER)?, Vec::new()),
            Some(Kind::Group) => (Vec::new(), fields(&GROUP)?),
        };
        let reads = |kind| route::reads(&call.caller.roles, kind);
        Ok(Self {
            moment,
            user_fields,
            group_fields,
            reads_users: reads(Kind::User),
            reads_groups: reads(Kind::Group),
            reach,
        })
    }

    fn property(&self, member: Member<'_>, name: &str) -> Value {
        match member {
            Member::Person(person) => user::property(self.moment, person, name),
            Member::Group(group) => property(group, name),
        }
    }

    fn write(&self, member: Member<'_>) -> Value {
        let object = match member {
            Member::Person(person) => user::object(self.moment, person, &self.user_fields, self.reads_users),
            Member::Group(group) => object(group, &self.group_fields, self.reads_groups),
        };
        self.reach.mark(object, kind_of(member))
    }
}

impl Reach {
    /// What the objects at the ends can be asked.
    fn indexes(self) -> &'static [&'static Index] {
        match self.only {
            Some(Kind::User) => &[&index::USERS],
            Some(Kind::Group) => &[&index::GROUPS],
            None => &[&index::USERS, &index::GROUPS],
        }
    }
}

fn kind_of(member: Member<'_>) -> Kind {
    match member {
        Member::Person(_) => Kind::User,
        Member::Group(_) => Kind::Group,
    }
}

/// A group by its id.
pub(super) fn find<'a>(tenant: &'a Tenant, key: &str) -> Result<&'a Group, GraphError> {
    let id = key.parse().map_err(|_| GraphError::bad_request(format!("Invalid object identifier '{key}'.")))?;
    tenant.group(id).ok_or_else(|| GraphError::not_found(key))
}

/// A group with these properties. An app that may not read groups sees the id and nulls.
pub(super) fn object(group: &Group, fields: &[&'static str], visible: bool) -> Map<String, Value> {
    let show = |name: &&'static str| {
        let shown = visible || *name == "id";
        ((*name).to_owned(), if shown { property(group, name) } else { Value::Null })
    };
    fields.iter().map(show).collect()
}

/// One property of a group, by Graph's name. Null where the directory holds nothing.
pub(super) fn property(group: &Group, name: &str) -> Value {
    match name {
        "id" => json!(group.id),
        "displayName" => json!(group.display_name),
        "description" => json!(group.description),
        "mail" => json!(group.mail),
        "mailEnabled" => json!(group.unified),
        "mailNickname" => json!(group.mail_nickname),
        "securityEnabled" => json!(!group.unified),
        "groupTypes" => group_types(group),
        "visibility" => json!(group.visibility),
        "membershipRule" => json!(group.membership_rule),
        "membershipRuleProcessingState" => json!(group.membership_rule.as_ref().map(|_| "On")),
        "createdDateTime" | "renewedDateTime" => user::instant(group.created),
        "proxyAddresses" => group.mail.iter().map(|mail| format!("SMTP:{mail}")).collect(),
        "resourceProvisioningOptions" => json!([]),
        "assignedLicenses" => assigned_licenses(group),
        "hasMembersWithLicenseErrors" => json!(!group.in_error.is_empty()),
        "licenseProcessingState" if group.has_nothing_to_process() => Value::Null,
        "licenseProcessingState" => json!({ "state": group.processing.name() }),
        _ => Value::Null,
    }
}

fn group_types(group: &Group) -> Value {
    let unified = group.unified.then_some("Unified");
    let dynamic = group.membership_rule.as_ref().map(|_| "DynamicMembership");
    unified.into_iter().chain(dynamic).collect()
}

fn assigned_licenses(group: &Group) -> Value {
    group.licenses.iter().map(|(sku, off)| json!({ "disabledPlans": off, "skuId": sku })).collect()
}
