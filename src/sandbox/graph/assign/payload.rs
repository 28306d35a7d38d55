//! The body of `assignLicense`, taken apart as Graph's OData reader does: names are case-sensitive, both lists must be
//! there.

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::domain::ids::{PlanId, SkuId};
use crate::sandbox::tenant::Addition;

/// What a call wants changed. Of an SKU named twice, the last mention counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) add: Vec<Addition>,
    pub(super) remove: Vec<SkuId>,
}

/// Why a body is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    NotJson,
    UnknownParameter(String),
    UnknownProperty(String),
    Missing(Vec<&'static str>),
    NotAGuid,
    /// The value of this property is of another JSON type.
    WrongType(&'static str),
}

const ADD: &str = "addLicenses";
const REMOVE: &str = "removeLicenses";

pub(super) fn read(body: &[u8]) -> Result<Order, Flaw> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Flaw::NotJson)?;
    let body = body.as_object().ok_or(Flaw::NotJson)?;
    if let Some(name) = body.keys().find(|name| *name != ADD && *name != REMOVE && !name.starts_with('@')) {
        return Err(Flaw::UnknownParameter(name.clone()));
    }
    let missing: Vec<_> = [ADD, REMOVE].into_iter().filter(|name| body.get(*name).is_none_or(Value::is_null)).collect();
    if !missing.is_empty() {
        return Err(Flaw::Missing(missing));
    }
    let mut order = Order::default();
    for item in array(body, ADD)? {
        let addition = addition(item)?;
        order.add.retain(|earlier| earlier.sku_id != addition.sku_id);
        order.add.push(addition);
    }
    for item in array(body, REMOVE)? {
        let sku = SkuId(guid(item)?);
        if !order.remove.contains(&sku) {
            order.remove.push(sku);
        }
    }
    Ok(order)
}

fn array<'a>(object: &'a Map<String, Value>, name: &'static str) -> Result<&'a [Value], Flaw> {
    let value = object.get(name).and_then(Value::as_array);
    value.map(Vec::as_slice).ok_or(Flaw::WrongType(name))
}

fn addition(item: &Value) -> Result<Addition, Flaw> {
    let item = item.as_object().ok_or(Flaw::WrongType(ADD))?;
    let unknown = |name: &&String| *name != "skuId" && *name != "disabledPlans" && !name.starts_with('@');
    if let Some(name) = item.keys().find(unknown) {
        return Err(Flaw::UnknownProperty(name.clone()));
    }
    let sku = guid(item.get("skuId").unwrap_or(&Value::Null))?;
    let disabled = match item.get("disabledPlans") {
        None | Some(Value::Null) => Ok(Default::default()),
        Some(_) => array(item, "disabledPlans")?.iter().map(|plan| guid(plan).map(PlanId)).collect(),
    };
    Ok(Addition { sku_id: SkuId(sku), disabled_plans: disabled? })
}

/// GUIDs in any case, in their hyphenated form only.
fn guid(value: &Value) -> Result<Uuid, Flaw> {
    let text = value.as_str().filter(|text| text.len() == 36).ok_or(Flaw::NotAGuid)?;
    text.parse().map_err(|_| Flaw::NotAGuid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read_json(body: Value) -> Result<Order, Flaw> {
        read(body.to_string().as_bytes())
    }

    const E5: &str = "06EBC4EE-1BB5-47DD-8120-11324BC54E06";

    #[test]
    fn both_lists_must_be_there() {
        assert_eq!(read_json(json!({ "addLicenses": [] })), Err(Flaw::Missing(vec!["removeLicenses"])));
        assert_eq!(read_json(json!({})), Err(Flaw::Missing(vec!["addLicenses", "removeLicenses"])));
        assert_eq!(read_json(json!({ "addLicenses": [], "removeLicenses": [] })), Ok(Order::default()));
    }

    #[test]
    fn names_are_case_sensitive_and_guids_are_not() {
        let order = read_json(json!({ "addLicenses": [{ "skuId": E5 }], "removeLicenses": [] })).unwrap();
        assert_eq!(order.add[0].sku_id.to_string(), E5.to_lowercase());
        let wrong = json!({ "addLicenses": [{ "SkuId": E5 }], "removeLicenses": [] });
        assert_eq!(read_json(wrong), Err(Flaw::UnknownProperty("SkuId".into())));
        let wrong = json!({ "AddLicenses": [], "removeLicenses": [] });
        assert_eq!(read_json(wrong), Err(Flaw::UnknownParameter("AddLicenses".into())));
    }

    #[test]
    fn what_is_no_guid_or_no_list_is_told_apart() {
        let wrong = json!({ "addLicenses": [{ "skuId": "E5" }], "removeLicenses": [] });
        assert_eq!(read_json(wrong), Err(Flaw::NotAGuid));
        let wrong = json!({ "addLicenses": [], "removeLicenses": E5 });
        assert_eq!(read_json(wrong), Err(Flaw::WrongType("removeLicenses")));
        assert_eq!(read(b"addLicenses"), Err(Flaw::NotJson));
        assert_eq!(read(b"[]"), Err(Flaw::NotJson));
    }
}
