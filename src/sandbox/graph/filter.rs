//! `$filter`: the part of OData's language that Graph's directory takes for people and groups, read and evaluated. What a
//! set can be asked is not decided here (`index` does that).

mod parse;

use serde_json::Value;

use super::error::GraphError;

/// A condition on one object. Inside [`Filter::Any`] a name is relative to the element; the empty name is the element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
    Compare(String, Comparison, Value),
    In(String, Vec<Value>),
    StartsWith(String, String),
    EndsWith(String, String),
    /// `assignedLicenses/any(x:x/skuId eq {guid})`.
    Any(String, Box<Filter>),
    /// `assignedLicenses/$count eq 0`.
    Count(String, Comparison, u64),
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    AtLeast,
    AtMost,
    /// `gt` and `lt`: OData has them, the directory does not.
    Strict,
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

    /// Hands every single condition to `visit`, until one is refused. Conditions inside [`Filter::Any`] stay inside.
    pub(super) fn each<E>(&self, visit: &mut impl FnMut(&Self) -> Result<(), E>) -> Result<(), E> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                left.each(visit)?;
                right.each(visit)
            }
            Self::Not(inner) => {
                visit(self)?;
                inner.each(visit)
            }
            _ => visit(self),
        }
    }

    /// Whether this condition alone is answered only from Graph's advanced index (`ConsistencyLevel: eventual` and
    /// `$count=true`).
    pub(super) fn is_advanced(&self) -> bool {
        match self {
            Self::And(left, right) | Self::Or(left, right) => left.is_advanced() || right.is_advanced(),
            Self::Compare(_, comparison, value) => *comparison == Comparison::NotEqual || value.is_null(),
            Self::Any(_, inner) => inner.is_advanced(),
            Self::Not(_) | Self::EndsWith(..) | Self::Count(..) => true,
            Self::In(..) | Self::StartsWith(..) => false,
        }
    }

    /// Whether an object meets the condition. `property` tells its values.
    pub(super) fn admits(&self, property: &dyn Fn(&str) -> Value) -> bool {
        match self {
            Self::And(left, right) => left.admits(property) && right.admits(property),
            Self::Or(left, right) => left.admits(property) || right.admits(property),
            Self::Not(inner) => !inner.admits(property),
            Self::Compare(name, comparison, value) => comparison.holds(&property(name), value),
            Self::In(name, values) => values.iter().any(|value| equal(&property(name), value)),
            Self::StartsWith(name, start) => text(&property(name)).is_some_and(|text| text.starts_with(&fold(start))),
            Self::EndsWith(name, end) => text(&property(name)).is_some_and(|text| text.ends_with(&fold(end))),
            Self::Any(name, inner) => elements(&property(name)).iter().any(|element| {
                inner.admits(&|name| if name.is_empty() { element.clone() } else { element[name].clone() })
            }),
            Self::Count(name, comparison, number) => {
                let count = u64::try_from(elements(&property(name)).len()).unwrap_or(u64::MAX);
                comparison.orders(count.cmp(number))
            }
        }
    }
}

impl Comparison {
    fn holds(self, have: &Value, wanted: &Value) -> bool {
        match self {
            Self::Equal => equal(have, wanted),
            Self::NotEqual => !equal(have, wanted),
            Self::AtLeast | Self::AtMost | Self::Strict => {
                let (Some(have), Some(wanted)) = (text(have), text(wanted)) else { return false };
                self.orders(have.cmp(&wanted))
            }
        }
    }

    fn orders(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::AtLeast => order.is_ge(),
            Self::AtMost => order.is_le(),
            Self::Strict => false,
        }
    }
}

fn elements(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The directory compares text without regard to case.
fn equal(have: &Value, wanted: &Value) -> bool {
    match (text(have), text(wanted)) {
        (Some(have), Some(wanted)) => have == wanted,
        _ => have == wanted,
    }
}

pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().map(fold)
}

pub(super) fn fold(text: &str) -> String {
    text.to_lowercase()
}
