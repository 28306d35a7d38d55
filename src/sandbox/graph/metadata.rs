//! `odata.metadata`: what an answer says about its data besides the data. Handlers write `minimal`; less and more are made
//! of it here.

use serde_json::{Map, Value};

/// What the client asks for in `Accept`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Metadata {
    /// Nothing but the next page and the count.
    None,
    Minimal,
    /// The type, id and edit link of every object, too.
    Full,
}

/// Which type the objects of a set have, by how `@odata.context` names the set. Where types are mixed, handlers name them.
const TYPES: &[(&str, &str)] = &[
    ("users('", "#microsoft.graph.licenseDetails"),
    ("users", "#microsoft.graph.user"),
    ("groups", "#microsoft.graph.group"),
    ("subscribedSkus", "#microsoft.graph.subscribedSku"),
    ("directory/subscriptions", "#microsoft.graph.companySubscription"),
    ("organization", "#microsoft.graph.organization"),
];

impl Metadata {
    /// Reads it out of an `Accept` in small letters and without spaces.
    pub(super) fn of(accept: &str) -> Self {
        match accept.split_once("odata.metadata=").map(|(_, wanted)| wanted) {
            Some(wanted) if wanted.starts_with("none") => Self::None,
            Some(wanted) if wanted.starts_with("full") => Self::Full,
            _ => Self::Minimal,
        }
    }

    pub(super) fn apply(self, body: &mut Value, origin: &str) {
        match self {
            Self::None => strip(body),
            Self::Minimal => {}
            Self::Full => explain(body, origin),
        }
    }
}

/// Drops every annotation but the next page and the count.
fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|key, _| {
                !key.starts_with("@odata.") || matches!(key.as_str(), "@odata.nextLink" | "@odata.count")
            });
            object.values_mut().for_each(strip);
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Adds what `full` tells. The form of ids and edit links is OData's; the real service has its own.
fn explain(body: &mut Value, origin: &str) {
    let context = body.get("@odata.context").and_then(Value::as_str);
    let Some(context) = context.and_then(|context| context.split_once('#')).map(|(_, set)| set.to_owned()) else {
        return;
    };
    let kind = TYPES.iter().find(|(set, _)| context.starts_with(set)).map(|(_, kind)| *kind);
    let licenses = context.split_once("/licenseDetails").map(|(of, _)| format!("{of}/licenseDetails"));
    let set = licenses.unwrap_or_else(|| context.split('(').next().unwrap_or_default().replace("/$entity", ""));
    let Some(object) = body.as_object_mut() else { return };
    match object.get_mut("value").and_then(Value::as_array_mut) {
        Some(values) => {
            values.iter_mut().filter_map(Value::as_object_mut).for_each(|one| annotate(one, kind, &set, origin));
        }
        None => annotate(object, kind, &set, origin),
    }
}

fn annotate(object: &mut Map<String, Value>, kind: Option<&str>, set: &str, origin: &str) {
    if let Some(kind) = kind {
        object.entry("@odata.type").or_insert_with(|| kind.into());
    }
    if let Some(id) = object.get("id").and_then(Value::as_str).map(str::to_owned) {
        object.insert("@odata.id".into(), format!("{origin}/v1.0/{set}('{id}')").into());
        object.insert("@odata.editLink".into(), format!("{set}('{id}')").into());
    }
}
