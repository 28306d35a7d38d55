//! `$filter`: the part of OData's language that Graph's directory takes for people and groups, read and evaluated. What
//! needs Graph's advanced index is marked so; whether the call may use it is not decided here.

mod parse;

use serde_json::Value;
use uuid::Uuid;

use super::error::GraphError;

/// A condition on one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
    Equal(String, Value),
    NotEqual(String, Value),
    In(String, Vec<Value>),
    StartsWith(String, String),
    EndsWith(String, String),
    /// `assignedLicenses/any(x:x/skuId eq {guid})`.
    Holds(Uuid),
}

impl Filter {
    /// Reads a condition.
    ///
    /// # Errors
    /// When the text is not one (400).
    pub(super) fn parse(text: &str) -> Result<Self, GraphError> {
        parse::filter(text).map_err(|place| {
            GraphError::malformed(format!("Invalid filter clause: Syntax error at position {place} in '{text}'."))
        })
    }

    /// Whether Graph answers this only from its advanced index (`ConsistencyLevel: eventual` and `$count=true`).
    pub(super) fn is_advanced(&self) -> bool {
        match self {
            Self::And(left, right) | Self::Or(left, right) => left.is_advanced() || right.is_advanced(),
            Self::Not(_) | Self::NotEqual(..) | Self::EndsWith(..) => true,
            Self::Equal(..) | Self::In(..) | Self::StartsWith(..) | Self::Holds(_) => false,
        }
    }

    /// The properties the condition speaks of.
    pub(super) fn properties(&self) -> Vec<&str> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                let mut names = left.properties();
                names.extend(right.properties());
                names
            }
            Self::Not(inner) => inner.properties(),
            Self::Equal(name, _)
            | Self::NotEqual(name, _)
            | Self::In(name, _)
            | Self::StartsWith(name, _)
            | Self::EndsWith(name, _) => vec![name],
            Self::Holds(_) => vec!["assignedLicenses"],
        }
    }

    /// Whether an object meets the condition. `property` tells its values.
    pub(super) fn admits(&self, property: &impl Fn(&str) -> Value) -> bool {
        match self {
            Self::And(left, right) => left.admits(property) && right.admits(property),
            Self::Or(left, right) => left.admits(property) || right.admits(property),
            Self::Not(inner) => !inner.admits(property),
            Self::Equal(name, value) => equal(&property(name), value),
            Self::NotEqual(name, value) => !equal(&property(name), value),
            Self::In(name, values) => values.iter().any(|value| equal(&property(name), value)),
            Self::StartsWith(name, start) => text(&property(name)).is_some_and(|text| text.starts_with(&fold(start))),
            Self::EndsWith(name, end) => text(&property(name)).is_some_and(|text| text.ends_with(&fold(end))),
            Self::Holds(sku) => holds(&property("assignedLicenses"), *sku),
        }
    }
}

/// The directory compares text without regard to case.
fn equal(have: &Value, wanted: &Value) -> bool {
    match (text(have), text(wanted)) {
        (Some(have), Some(wanted)) => have == wanted,
        _ => have == wanted,
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(fold)
}

fn fold(text: &str) -> String {
    text.to_lowercase()
}

fn holds(licenses: &Value, sku: Uuid) -> bool {
    let sku = sku.to_string();
    let mut held = licenses.as_array().into_iter().flatten().filter_map(|license| license.get("skuId"));
    held.any(|held| held.as_str() == Some(sku.as_str()))
}
