//! Which call is meant, and which application permissions open it. Two tables: paths, and permissions.

use axum::http::Method;
use serde_json::{Map, Value};

use super::error::GraphError;
use super::request::GraphRequest;

/// What a call asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    ListUsers,
    GetUser,
    UpdateUser,
    GetManager,
    ListDirectReports(Reach),
    ListLicenseDetails,
    GetLicenseDetails,
    ListMemberOf(Reach),
    AssignLicense,
    ReprocessLicenses,
    AssignGroupLicense,
    AddMember,
    RemoveMember,
    DeleteGroup,
    ListMembersInError,
    ListGroups,
    GetGroup,
    ListMembers(Reach),
    ListOwners(Reach),
    ListSkus,
    GetSku,
    ListSubscriptions,
    GetSubscription,
    ListOrganization,
    GetOrganization,
    Batch,
}

/// How far a membership is followed, and of which type the ends are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) transitive: bool,
    /// The path ends in a cast: only objects of this type.
    pub(super) only: Option<Kind>,
}

/// The types of directory objects that the sandbox keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    User,
    Group,
}

impl Reach {
    /// Marks an object of a mixed collection with its type; a cast collection needs no mark.
    pub(super) fn mark(self, mut object: Map<String, Value>, kind: Kind) -> Value {
        if self.only.is_none() {
            let name = match kind {
                User => "#microsoft.graph.user",
                Group => "#microsoft.graph.group",
            };
            object.insert("@odata.type".into(), name.into());
        }
        Value::Object(object)
    }
}

/// A call that was recognized: what it asks for, its label for counts and faults, and the keys in its path.
#[derive(Clone, Debug)]
pub(super) struct Matched {
    pub(super) operation: Operation,
    pub(super) label: String,
    pub(super) keys: Vec<String>,
    /// The path ends in `/$count`.
    pub(super) counting: bool,
}

const fn reach(transitive: bool, only: Option<Kind>) -> Reach {
    Reach { transitive, only }
}

use Kind::{Group, User};
use Operation::{
    AddMember, AssignGroupLicense, AssignLicense, Batch, DeleteGroup, GetGroup, GetLicenseDetails, GetManager,
    GetOrganization, GetSku, GetSubscription, GetUser, ListDirectReports, ListGroups, ListLicenseDetails, ListMemberOf,
    ListMembers, ListMembersInError, ListOrganization, ListOwners, ListSkus, ListSubscriptions, ListUsers,
    RemoveMember, ReprocessLicenses, UpdateUser,
};

/// Path, method, operation. `{id}` stands for a key.
const ROUTES: &[(&str, Method, Operation)] = &[
    ("/users", Method::GET, ListUsers),
    ("/users/{id}", Method::GET, GetUser),
    ("/users/{id}", Method::PATCH, UpdateUser),
    ("/users/{id}/manager", Method::GET, GetManager),
    ("/users/{id}/directReports", Method::GET, ListDirectReports(reach(false, None))),
    ("/users/{id}/directReports/microsoft.graph.user", Method::GET, ListDirectReports(reach(false, Some(User)))),
    ("/users/{id}/licenseDetails", Method::GET, ListLicenseDetails),
    ("/users/{id}/licenseDetails/{id}", Method::GET, GetLicenseDetails),
    ("/users/{id}/memberOf", Method::GET, ListMemberOf(reach(false, None))),
    ("/users/{id}/memberOf/microsoft.graph.group", Method::GET, ListMemberOf(reach(false, Some(Group)))),
    ("/users/{id}/transitiveMemberOf", Method::GET, ListMemberOf(reach(true, None))),
    ("/users/{id}/transitiveMemberOf/microsoft.graph.group", Method::GET, ListMemberOf(reach(true, Some(Group)))),
    ("/users/{id}/assignLicense", Method::POST, AssignLicense),
    ("/users/{id}/microsoft.graph.assignLicense", Method::POST, AssignLicense),
    ("/users/{id}/reprocessLicenseAssignment", Method::POST, ReprocessLicenses),
    ("/users/{id}/microsoft.graph.reprocessLicenseAssignment", Method::POST, ReprocessLicenses),
    ("/groups", Method::GET, ListGroups),
    ("/groups/{id}", Method::GET, GetGroup),
    ("/groups/{id}", Method::DELETE, DeleteGroup),
    ("/groups/{id}/assignLicense", Method::POST, AssignGroupLicense),
    ("/groups/{id}/microsoft.graph.assignLicense", Method::POST, AssignGroupLicense),
    ("/groups/{id}/membersWithLicenseErrors", Method::GET, ListMembersInError),
    ("/groups/{id}/members/$ref", Method::POST, AddMember),
    ("/groups/{id}/members/{id}/$ref", Method::DELETE, RemoveMember),
    ("/groups/{id}/members", Method::GET, ListMembers(reach(false, None))),
    ("/groups/{id}/members/microsoft.graph.user", Method::GET, ListMembers(reach(false, Some(User)))),
    ("/groups/{id}/members/microsoft.graph.group", Method::GET, ListMembers(reach(false, Some(Group)))),
    ("/groups/{id}/transitiveMembers", Method::GET, ListMembers(reach(true, None))),
    ("/groups/{id}/transitiveMembers/microsoft.graph.user", Method::GET, ListMembers(reach(true, Some(User)))),
    ("/groups/{id}/transitiveMembers/microsoft.graph.group", Method::GET, ListMembers(reach(true, Some(Group)))),
    ("/groups/{id}/owners", Method::GET, ListOwners(reach(false, None))),
    ("/groups/{id}/owners/microsoft.graph.user", Method::GET, ListOwners(reach(false, Some(User)))),
    ("/subscribedSkus", Method::GET, ListSkus),
    ("/subscribedSkus/{id}", Method::GET, GetSku),
    ("/directory/subscriptions", Method::GET, ListSubscriptions),
    ("/directory/subscriptions/{id}", Method::GET, GetSubscription),
    ("/organization", Method::GET, ListOrganization),
    ("/organization/{id}", Method::GET, GetOrganization),
    ("/$batch", Method::POST, Batch),
];

/// Any of these opens the call. The first is the least that Microsoft documents; the others include it.
const fn permissions(operation: Operation) -> &'static [&'static str] {
    match operation {
        ListUsers | GetUser | GetManager | ListDirectReports(_) => READ_PEOPLE,
        ListLicenseDetails | GetLicenseDetails => READ_LICENSES,
        UpdateUser => &["User.ReadWrite.All", "Directory.ReadWrite.All"],
        AssignLicense | ReprocessLicenses => {
            &["LicenseAssignment.ReadWrite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"]
        }
        AssignGroupLicense => &["LicenseAssignment.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"],
        AddMember | RemoveMember => WRITE_MEMBERS,
        DeleteGroup => &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
        ListMembersInError => READ_GROUPS,
        ListGroups | GetGroup | ListMembers(_) | ListOwners(_) => READ_GROUPS,
        ListMemberOf(_) => READ_MEMBERSHIPS,
        ListSkus | GetSku => READ_STOCK,
        ListSubscriptions | GetSubscription | ListOrganization | GetOrganization => READ_COMPANY,
        Batch => &[],
    }
}

const READ_STOCK: &[&str] = &[
    "Organization.Read.All",
    "LicenseAssignment.Read.All",
    "Directory.Read.All",
    "Organization.ReadWrite.All",
    "Directory.ReadWrite.All",
];
const READ_COMPANY: &[&str] =
    &["Organization.Read.All", "Directory.Read.All", "Organization.ReadWrite.All", "Directory.ReadWrite.All"];
/// Documented for signed-in people only; apps are reported to get by with what reads people.
const READ_LICENSES: &[&str] = &[
    "LicenseAssignment.Read.All",
    "User.Read.All",
    "Directory.Read.All",
    "LicenseAssignment.ReadWrite.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
];
const READ_PEOPLE: &[&str] = &["User.Read.All", "Directory.Read.All", "User.ReadWrite.All", "Directory.ReadWrite.All"];
const READ_GROUPS: &[&str] = &[
    "GroupMember.Read.All",
    "Group.Read.All",
    "Directory.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
];
const WRITE_MEMBERS: &[&str] = &["GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"];
/// Either end of a membership may be the one that the app can read.
const READ_MEMBERSHIPS: &[&str] = &[
    "User.Read.All",
    "GroupMember.Read.All",
    "Group.Read.All",
    "Directory.Read.All",
    "User.ReadWrite.All",
    "GroupMember.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
];

/// Whether a call changes the tenant.
pub(super) fn writes(operation: Operation) -> bool {
    matches!(
        operation,
        AssignLicense | UpdateUser | ReprocessLicenses | AssignGroupLicense | AddMember | RemoveMember | DeleteGroup
    )
}

/// Whether an app with these roles may do this.
pub(super) fn permits(roles: &[String], operation: Operation) -> bool {
    let wanted = permissions(operation);
    wanted.is_empty() || has_any(roles, wanted)
}

/// Whether an app with these roles sees more of such an object than its id.
pub(super) fn reads(roles: &[String], kind: Kind) -> bool {
    match kind {
        User => has_any(roles, READ_PEOPLE),
        Group => has_any(roles, READ_GROUPS),
    }
}

fn has_any(roles: &[String], wanted: &[&str]) -> bool {
    roles.iter().any(|role| wanted.contains(&role.as_str()))
}

const COUNT: &str = "$count";

/// Collections of directory objects tell their number alone.
const fn countable(operation: Operation) -> bool {
    matches!(
        operation,
        ListUsers | ListGroups | ListDirectReports(_) | ListMemberOf(_) | ListMembers(_) | ListOwners(_)
    )
}

/// Finds what a call asks for.
///
/// # Errors
/// Unknown path (400) or known path with another method (405).
pub(super) fn resolve(request: &GraphRequest) -> Result<Matched, GraphError> {
    let (counting, segments) = match request.segments.split_last() {
        Some((last, rest)) if last == COUNT && !rest.is_empty() => (true, rest),
        _ => (false, request.segments.as_slice()),
    };
    let fitting = |pattern: &str, operation| {
        if counting && !countable(operation) { None } else { keys(pattern, segments) }
    };
    let mut known_path = false;
    for (pattern, method, operation) in ROUTES {
        let Some(keys) = fitting(pattern, *operation) else { continue };
        if *method == request.method {
            let end = if counting { "/$count" } else { "" };
            return Ok(Matched { operation: *operation, label: format!("{method} {pattern}{end}"), keys, counting });
        }
        known_path = true;
    }
    Err(if known_path { GraphError::method_not_allowed() } else { unknown(&request.segments) })
}

/// The keys of a path that fits the pattern.
fn keys(pattern: &str, segments: &[String]) -> Option<Vec<String>> {
    let expected: Vec<&str> = pattern.split('/').skip(1).collect();
    let fits = expected.len() == segments.len()
        && expected.iter().zip(segments).all(|(expected, segment)| fits(expected, segment));
    fits.then(|| {
        let pairs = expected.iter().zip(segments);
        pairs.filter(|(expected, _)| **expected == "{id}").map(|(_, segment)| segment.clone()).collect()
    })
}

/// Types may be named by the alias of their namespace: `graph.user`, as Microsoft's own libraries write it.
fn fits(expected: &str, segment: &str) -> bool {
    if expected == "{id}" {
        return !segment.is_empty();
    }
    let short = expected.strip_prefix("microsoft.").filter(|_| expected.starts_with("microsoft.graph."));
    expected.eq_ignore_ascii_case(segment) || short.is_some_and(|short| short.eq_ignore_ascii_case(segment))
}

/// Names the first segment that leads nowhere.
fn unknown(segments: &[String]) -> GraphError {
    if segments.first().is_some_and(|first| first.eq_ignore_ascii_case("me")) {
        return GraphError::malformed("/me request is only valid with delegated authentication flow.");
    }
    let known = |depth: usize| {
        ROUTES.iter().any(|(pattern, ..)| {
            let expected = pattern.split('/').skip(1).take(depth);
            pattern.split('/').count() > depth
                && expected.zip(segments).all(|(expected, segment)| fits(expected, segment))
        })
    };
    let depth = (1..=segments.len()).find(|depth| !known(*depth)).unwrap_or(segments.len());
    GraphError::no_segment(segments.get(depth.saturating_sub(1)).map_or("", String::as_str))
}
