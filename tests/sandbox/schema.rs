//! Answers against Microsoft's own schema: every property must exist there, on the right type. Light on purpose: names
//! and JSON types, nothing that golden bodies hold already.

use licensebot::sandbox::seed::ids;
use serde_json::Value;

use super::support::{Tenant, with};
use crate::support::published;

#[tokio::test]
async fn every_answer_fits_microsofts_schema() {
    let this = "sandbox::schema::every_answer_fits_microsofts_schema";
    let Some(file) = published("graph-subset.json", this) else { return };
    let spec: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let tenant = Tenant::start().await;
    let all_user = "id,accountEnabled,assignedLicenses,licenseAssignmentStates,usageLocation,userType,mailNickname,\
                    department,createdDateTime,country,proxyAddresses,externalUserState";
    let all_group = "id,displayName,assignedLicenses,licenseProcessingState,hasMembersWithLicenseErrors,groupTypes";
    let ana = "/users/ana@northwind.example";
    let assigned = tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await.ok();
    fits(&spec, &named(&spec, "user"), &assigned, "assignLicense");
    for (path, schema) in [
        ("/users".to_owned(), "user"),
        ("/users?$orderby=displayName&$top=3".to_owned(), "user"),
        (format!("/users?$select={all_user}&$expand=manager"), "user"),
        (ana.to_owned(), "user"),
        (format!("{ana}?$select={all_user}"), "user"),
        (format!("{ana}/manager"), "user"),
        (format!("{ana}/transitiveMemberOf"), "group"),
        (format!("{ana}/memberOf/microsoft.graph.group?$select={all_group}"), "group"),
        ("/groups".to_owned(), "group"),
        (format!("/groups/{}?$select={all_group}", ids::SALES), "group"),
        (format!("/groups/{}/members", ids::SALES), "user"),
        (format!("/groups/{}/transitiveMembers/microsoft.graph.user?$select={all_user}", ids::SALES), "user"),
        (format!("{ana}?$select=id,assignedPlans,provisionedPlans"), "user"),
        ("/users/megan@northwind.example/directReports".to_owned(), "user"),
        (format!("{ana}/licenseDetails"), "licenseDetails"),
        ("/directory/subscriptions".to_owned(), "companySubscription"),
        ("/organization".to_owned(), "organization"),
        ("/subscribedSkus".to_owned(), "subscribedSku"),
    ] {
        let body = tenant.get(&path).await.ok();
        let schema = named(&spec, schema);
        match body.get("value") {
            Some(values) => values.as_array().unwrap().iter().for_each(|value| fits(&spec, &schema, value, &path)),
            None => fits(&spec, &schema, &body, &path),
        }
    }
}

#[tokio::test]
async fn every_refusal_fits_microsofts_schema() {
    let this = "sandbox::schema::every_refusal_fits_microsofts_schema";
    let Some(file) = published("graph-subset.json", this) else { return };
    let spec: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let tenant = Tenant::start().await;
    let schema = &spec["components"]["schemas"]["error"];
    for path in ["/users/nobody", "/shoes", "/users/$count", "/users?$top=0", "/users?$select=signInActivity", "/me"] {
        let refused = tenant.get(path).await;
        assert!(refused.status >= 400, "{path}");
        let mut body = refused.body;
        // The schema writes it small; recorded answers do not.
        let inner = body["error"].as_object_mut().unwrap().remove("innerError").unwrap();
        body["error"]["innererror"] = inner;
        fits(&spec, schema, &body, path);
    }
}

fn named(spec: &Value, name: &str) -> Value {
    spec["components"]["schemas"][format!("microsoft.graph.{name}")].clone()
}

fn resolved<'a>(spec: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(pointer) => spec.pointer(pointer.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

/// Fails with the place when a value has a property or a type that the schema does not.
fn fits(spec: &Value, schema: &Value, value: &Value, place: &str) {
    let schema = resolved(spec, schema);
    let choices = schema["anyOf"].as_array().or(schema["oneOf"].as_array());
    if let Some(choices) = choices {
        let choice = choices.iter().map(|choice| resolved(spec, choice)).find(|choice| is_of(choice, value));
        return fits(spec, choice.unwrap_or_else(|| panic!("{place}: no choice takes {value}")), value, place);
    }
    assert!(is_of(schema, value), "{place}: {value} is not of type {}", schema["type"]);
    match value {
        Value::Object(object) => {
            for (name, value) in object.iter().filter(|(name, _)| !name.starts_with("@odata.")) {
                // Navigation to a manager is a directoryObject there; here it is always a person.
                let property = if name == "manager" { named(spec, "user") } else { schema["properties"][name].clone() };
                // An object without a list of properties takes any.
                if schema["properties"].is_null() {
                    continue;
                }
                assert!(!property.is_null(), "{place}: there is no property {name}");
                fits(spec, &property, value, &format!("{place} {name}"));
            }
        }
        Value::Array(values) => {
            values.iter().for_each(|value| fits(spec, &schema["items"], value, place));
        }
        _ => {}
    }
}

fn is_of(schema: &Value, value: &Value) -> bool {
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    match &schema["type"] {
        Value::String(one) => one == name || (one == "number" && name == "integer"),
        Value::Array(several) => several.iter().any(|one| one == name),
        _ => true,
    }
}
