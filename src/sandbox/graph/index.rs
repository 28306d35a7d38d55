//! What a set can be asked: by which properties it is filtered, searched and sorted, and for which of them Graph needs its
//! advanced index. Microsoft documents it property by property; where its pages differ, the stricter is taken.

use axum::http::StatusCode;
use serde_json::Value;

use super::error::GraphError;
use super::filter::{Comparison, Filter};
use super::groups::GROUP;
use super::query::Query;
use super::select::Shape;
use super::user::USER;

/// What one type of object can be asked.
pub(super) struct Index {
    /// As errors name the type.
    resource: &'static str,
    shape: &'static Shape,
    /// Filtered without the advanced index.
    plain: &'static [&'static str],
    /// Filtered with it.
    advanced: &'static [&'static str],
    /// Sorted without the advanced index.
    sorted: &'static [&'static str],
    /// Sorted with it.
    sorted_advanced: &'static [&'static str],
}

pub(super) const USERS: Index = Index {
    resource: "User",
    shape: &USER,
    plain: &[
        "accountEnabled",
        "assignedLicenses",
        "assignedPlans",
        "businessPhones",
        "city",
        "country",
        "createdDateTime",
        "department",
        "displayName",
        "employeeId",
        "givenName",
        "id",
        "jobTitle",
        "mail",
        "mailNickname",
        "onPremisesSyncEnabled",
        "otherMails",
        "proxyAddresses",
        "state",
        "surname",
        "usageLocation",
        "userPrincipalName",
        "userType",
    ],
    advanced: &["companyName", "mobilePhone", "officeLocation", "postalCode", "preferredLanguage", "streetAddress"],
    sorted: &["displayName", "userPrincipalName"],
    sorted_advanced: &["createdDateTime", "deletedDateTime"],
};

pub(super) const GROUPS: Index = Index {
    resource: "Group",
    shape: &GROUP,
    plain: &[
        "assignedLicenses",
        "displayName",
        "groupTypes",
        "hasMembersWithLicenseErrors",
        "id",
        "isAssignableToRole",
        "mail",
        "mailEnabled",
        "mailNickname",
        "onPremisesSyncEnabled",
        "proxyAddresses",
        "securityEnabled",
    ],
    advanced: &["description"],
    sorted: &["displayName"],
    sorted_advanced: &["deletedDateTime"],
};

/// Only these are searched by their ends.
const BY_END: &[&str] = &["mail", "otherMails", "proxyAddresses", "userPrincipalName"];

const BOOLEANS: &[&str] = &[
    "accountEnabled",
    "hasMembersWithLicenseErrors",
    "isAssignableToRole",
    "mailEnabled",
    "onPremisesSyncEnabled",
    "securityEnabled",
];

const COLLECTIONS: &[&str] =
    &["assignedLicenses", "assignedPlans", "businessPhones", "groupTypes", "otherMails", "proxyAddresses"];

/// Whether what is asked of a set is answered. A set reached over a relation, such as members, is filtered, searched and
/// sorted by the advanced index only; with several types in it, each name must make sense for one of them.
///
/// # Errors
/// The first thing that is not (400).
pub(super) fn check(indexes: &[&Index], query: &Query, related: bool) -> Result<(), GraphError> {
    if let Some(filter) = &query.filter {
        filter.each(&mut |condition| check_condition(indexes, condition, query.advanced, related))?;
    }
    for name in query.search.iter().flat_map(|search| search.properties()) {
        of_some(indexes, name)?;
    }
    for (name, _) in &query.order {
        check_order(indexes, name, query, related)?;
    }
    Ok(())
}

fn check_condition(indexes: &[&Index], condition: &Filter, advanced: bool, related: bool) -> Result<(), GraphError> {
    let name = match condition {
        Filter::And(..) | Filter::Or(..) => return Ok(()),
        Filter::Not(_) if advanced => return Ok(()),
        Filter::Not(_) => return Err(GraphError::needs_advanced()),
        Filter::Compare(name, ..)
        | Filter::In(name, _)
        | Filter::StartsWith(name, _)
        | Filter::EndsWith(name, _)
        | Filter::Any(name, _)
        | Filter::Count(name, ..) => name,
    };
    let index = of_some(indexes, name)?;
    let plain = index.plain.contains(&name.as_str());
    if !plain && !index.advanced.contains(&name.as_str()) || !fits(condition, name) {
        return Err(GraphError::not_filterable(name, index.resource));
    }
    check_types(condition)?;
    if advanced {
        Ok(())
    } else if condition.is_advanced() || related {
        Err(GraphError::needs_advanced())
    } else if plain {
        Ok(())
    } else {
        Err(GraphError::not_indexed())
    }
}

/// Whether the directory knows this kind of condition for this property.
fn fits(condition: &Filter, name: &str) -> bool {
    let collection = COLLECTIONS.contains(&name);
    match condition {
        Filter::Compare(_, comparison, _) => !collection && *comparison != Comparison::Strict,
        Filter::Any(..) => collection,
        Filter::Count(_, comparison, _) => collection && *comparison != Comparison::Strict,
        Filter::EndsWith(..) => !collection && BY_END.contains(&name),
        _ => !collection,
    }
}

fn check_types(condition: &Filter) -> Result<(), GraphError> {
    let (name, values) = match condition {
        Filter::Compare(name, _, value) => (name, std::slice::from_ref(value)),
        Filter::In(name, values) => (name, values.as_slice()),
        _ => return Ok(()),
    };
    let boolean = BOOLEANS.contains(&name.as_str());
    let own = if boolean { "Edm.Boolean" } else { "Edm.String" };
    let other = values.iter().find_map(|value| match value {
        Value::Bool(_) if !boolean => Some("Edm.Boolean"),
        Value::String(_) if boolean => Some("Edm.String"),
        Value::Number(_) => Some("Edm.Int32"),
        _ => None,
    });
    other.map_or(Ok(()), |other| Err(GraphError::incompatible(own, other)))
}

fn check_order(indexes: &[&Index], name: &str, query: &Query, related: bool) -> Result<(), GraphError> {
    let index = of_some(indexes, name)?;
    let plain = index.sorted.contains(&name) && query.filter.is_none() && !related;
    let sorted = plain || (query.advanced && (index.sorted.contains(&name) || index.sorted_advanced.contains(&name)));
    if sorted { Ok(()) } else { Err(GraphError::not_sortable()) }
}

/// The first of the types that has such a property.
fn of_some<'a>(indexes: &[&'a Index], name: &str) -> Result<&'a Index, GraphError> {
    if let Some(index) = indexes.iter().find(|index| index.shape.field(name).is_ok()) {
        return Ok(index);
    }
    let shape = indexes.first().map(|index| index.shape);
    let error = shape.and_then(|shape| shape.field(name).err()).filter(|error| error.status != StatusCode::BAD_REQUEST);
    Err(error.unwrap_or_else(|| {
        let name_of_type = shape.map_or("microsoft.graph.directoryObject", |shape| shape.name);
        GraphError::malformed(format!(
            "Invalid filter clause: Could not find a property named '{name}' on type '{name_of_type}'."
        ))
    }))
}
