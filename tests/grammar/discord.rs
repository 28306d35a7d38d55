//! What is registered with Discord, held against Discord's own description of its API, in the folder of published
//! specifications that `LICENSEBOT_SPECS` names. Every rule of the description that the registration meets is checked; a
//! rule that this test does not know fails it.

use std::collections::BTreeSet;

use licensebot::domain::grammar::export_discord;
use serde_json::{Map, Value, json};

use crate::support::published;

/// Rules that explain and demand nothing.
const WORDS: [&str; 4] = ["title", "description", "format", "deprecated"];

struct Spec(Value);

impl Spec {
    fn at(&self, pointer: &str) -> Value {
        self.0.pointer(pointer).unwrap_or_else(|| panic!("the description has no {pointer}")).clone()
    }

    /// What "Bulk Overwrite Global Application Commands" takes.
    fn bulk_overwrite(&self) -> Value {
        let body = "/paths/~1applications~1{application_id}~1commands/put/requestBody";
        self.at(&format!("{body}/content/application~1json/schema"))
    }

    /// Every language that Discord shows texts in.
    fn languages(&self) -> BTreeSet<String> {
        let locales = self.at("/components/schemas/AvailableLocalesEnum/oneOf");
        let locales = locales.as_array().unwrap().iter();
        locales.map(|locale| locale["const"].as_str().unwrap().to_owned()).collect()
    }

    /// What is wrong with the value, each with its place.
    fn faults(&self, schema: &Value, value: &Value, place: &str) -> Vec<String> {
        let rules = schema.as_object().unwrap();
        let mut faults = Vec::new();
        for (rule, limit) in rules {
            let holds = match rule.as_str() {
                "$ref" => {
                    let target = self.at(limit.as_str().unwrap().trim_start_matches('#'));
                    faults.extend(self.faults(&target, value, place));
                    true
                }
                "allOf" => {
                    let all = limit.as_array().unwrap().iter();
                    faults.extend(all.flat_map(|one| self.faults(one, value, place)));
                    true
                }
                "oneOf" => {
                    let of = limit.as_array().unwrap();
                    of.iter().filter(|one| self.faults(one, value, place).is_empty()).count() == 1
                }
                "properties" => {
                    faults.extend(self.of_properties(rules, limit, value, place));
                    true
                }
                "items" => {
                    let items = value.as_array().into_iter().flatten().enumerate();
                    faults.extend(items.flat_map(|(at, item)| self.faults(limit, item, &format!("{place}/{at}"))));
                    true
                }
                "additionalProperties" => {
                    let entries = value.as_object().into_iter().flatten();
                    faults.extend(entries.flat_map(|(key, text)| self.faults(limit, text, &format!("{place}/{key}"))));
                    true
                }
                _ => holds(rule, limit, value),
            };
            if !holds {
                faults.push(format!("{place}: {value} breaks {rule} {limit}"));
            }
        }
        faults
    }

    /// Strict where Discord is lenient: a property that it does not know would be silently dropped.
    fn of_properties(&self, rules: &Map<String, Value>, known: &Value, value: &Value, place: &str) -> Vec<String> {
        assert!(!rules.contains_key("additionalProperties"), "{place}: both kinds of properties");
        let Some(object) = value.as_object() else { return Vec::new() };
        let faults = object.iter().flat_map(|(key, inner)| match known.get(key) {
            Some(schema) => self.faults(schema, inner, &format!("{place}/{key}")),
            None => vec![format!("{place}: Discord knows no {key}")],
        });
        faults.collect()
    }
}

/// Does a rule hold that looks at the value alone? A rule for another type of value says nothing.
fn holds(rule: &str, limit: &Value, value: &Value) -> bool {
    let most =
        |count: Option<usize>| count.is_none_or(|count| count <= usize::try_from(limit.as_u64().unwrap()).unwrap());
    let least =
        |count: Option<usize>| count.is_none_or(|count| count >= usize::try_from(limit.as_u64().unwrap()).unwrap());
    let length = value.as_str().map(|text| text.chars().count());
    let items = value.as_array();
    match rule {
        "type" => of_type(limit, value),
        "enum" => limit.as_array().unwrap().contains(value),
        "const" => limit == value,
        "required" => value.as_object().is_none_or(|object| {
            limit.as_array().unwrap().iter().all(|key| object.contains_key(key.as_str().unwrap()))
        }),
        "minLength" => least(length),
        "maxLength" => most(length),
        "minItems" => least(items.map(Vec::len)),
        "maxItems" => most(items.map(Vec::len)),
        "maxProperties" => most(value.as_object().map(Map::len)),
        "uniqueItems" => items.is_none_or(|items| {
            let distinct: BTreeSet<String> = items.iter().map(ToString::to_string).collect();
            distinct.len() == items.len()
        }),
        "minimum" => value.as_i64().is_none_or(|number| number >= limit.as_i64().unwrap()),
        "maximum" => value.as_i64().is_none_or(|number| number <= limit.as_i64().unwrap()),
        words if WORDS.contains(&words) => true,
        other => panic!("the description has a rule that this test does not know: {other}"),
    }
}

fn of_type(types: &Value, value: &Value) -> bool {
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let one = |one: &Value| *one == name || (*one == "number" && name == "integer");
    types.as_array().map_or_else(|| one(types), |several| several.iter().any(one))
}

/// The keys of every `…_localizations` in the registration.
fn languages_in(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(object) => {
            let own = object.iter().filter(|(key, _)| key.ends_with("_localizations"));
            let own = own.flat_map(|(_, local)| local.as_object().unwrap().keys().cloned());
            own.chain(object.values().flat_map(languages_in)).collect()
        }
        Value::Array(items) => items.iter().flat_map(languages_in).collect(),
        _ => BTreeSet::new(),
    }
}

#[test]
fn the_registration_fits_discords_own_description() {
    let this = "grammar::discord::the_registration_fits_discords_own_description";
    let Some(file) = published("discord-openapi.json", this) else { return };
    let spec = Spec(serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap());
    let registration: Value = serde_json::from_str(&export_discord()).unwrap();
    let schema = spec.bulk_overwrite();
    let faults = |value: &Value| spec.faults(&schema, value, "");
    assert_eq!(faults(&registration), [""; 0]);
    let languages = languages_in(&registration);
    assert!(!languages.is_empty() && languages.is_subset(&spec.languages()), "{languages:?}");

    // The same checks see what is wrong.
    for (place, wrong) in [
        ("/0/name", json!("x".repeat(33))),
        ("/0/name", json!("")),
        ("/0/type", json!(9)),
        ("/0/description", json!("x".repeat(101))),
        ("/0/contexts", json!([0, 0])),
        ("/0/contexts", json!([7])),
        ("/0/options", json!(vec![registration[0]["options"][0].clone(); 26])),
        ("/0/options/0/options/1/type", json!(99)),
        ("/0/options/0/options/1/description", Value::Null),
        ("/0/options/0/options/1/name_localizations/sv-SE", json!("x".repeat(33))),
        ("/0/options/0/options/0/required", json!("yes")),
        ("/0/options/0/options/0", json!({ "type": 6, "name": "who" })),
        ("/0/options/0/options/0", json!({ "type": 6, "name": "who", "description": "Who", "autocomplete": true })),
    ] {
        let mut changed = registration.clone();
        *changed.pointer_mut(place).unwrap() = wrong.clone();
        assert_ne!(faults(&changed), [""; 0], "{place} as {wrong}");
    }
}
