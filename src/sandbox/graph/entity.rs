//! Things that Graph neither pages nor filters: a handful in one answer, or one of them. They understand `$select`.

use serde_json::{Map, Value};

use super::call::Call;
use super::error::GraphError;
use super::query::{Query, SELECT};
use super::reply::Reply;
use super::select::{Shape, context};

/// All of them on one page. `set` is how `@odata.context` names them.
pub(super) fn all<T>(
    call: &Call,
    set: &str,
    shape: &Shape,
    items: impl IntoIterator<Item = T>,
    property: impl Fn(&T, &str) -> Value,
) -> Result<Reply, GraphError> {
    let query = Query::read(call, SELECT)?;
    let fields = shape.fields(query.select.as_deref())?;
    let mut body = Map::new();
    body.insert("@odata.context".into(), call.meta.context(&context(set, query.select.as_deref(), None)));
    body.insert(
        "value".into(),
        items.into_iter().map(|item| Value::Object(written(&item, &fields, &property))).collect(),
    );
    Ok(Reply::ok(body))
}

/// One of them, by the key in the path.
pub(super) fn one<T>(
    call: &Call,
    set: &str,
    shape: &Shape,
    key: &str,
    item: Option<T>,
    property: impl Fn(&T, &str) -> Value,
) -> Result<Reply, GraphError> {
    let query = Query::read(call, SELECT)?;
    let fields = shape.fields(query.select.as_deref())?;
    let mut body = written(&item.ok_or_else(|| GraphError::not_found(key))?, &fields, &property);
    let context = context(set, query.select.as_deref(), None);
    body.insert("@odata.context".into(), call.meta.context(&format!("{context}/$entity")));
    Ok(Reply::ok(body))
}

fn written<T>(item: &T, fields: &[&'static str], property: &impl Fn(&T, &str) -> Value) -> Map<String, Value> {
    fields.iter().map(|name| ((*name).to_owned(), property(item, name))).collect()
}
