//! The people in the demo's cases are the people of the seeded company: same ids, managers and groups.

use std::collections::{BTreeMap, BTreeSet};

use super::DEMO_CASES;

const COMPANY: &str = include_str!("../../src/sandbox/seed/northwind.toml");

#[derive(Debug, PartialEq, Eq)]
struct Somebody {
    id: String,
    manager: Option<String>,
    enabled: bool,
}

fn text(table: &toml::Table, key: &str) -> Option<String> {
    table.get(key).and_then(toml::Value::as_str).map(str::to_owned)
}

fn flag(table: &toml::Table, key: &str) -> Option<bool> {
    table.get(key).and_then(toml::Value::as_bool)
}

fn somebody(person: &toml::Table) -> Somebody {
    let enabled = flag(person, "enabled").or_else(|| flag(person, "blocked").map(|blocked| !blocked)).unwrap_or(true);
    Somebody { id: text(person, "id").unwrap(), manager: text(person, "manager"), enabled }
}

fn tables<'a>(file: &'a toml::Table, key: &str) -> Vec<&'a toml::Table> {
    file[key].as_array().unwrap().iter().map(|entry| entry.as_table().unwrap()).collect()
}

#[test]
fn the_people_of_the_cases_are_those_of_the_company() {
    let company: toml::Table = COMPANY.parse().unwrap();
    let cases: toml::Table = DEMO_CASES.parse().unwrap();
    let seeded: BTreeMap<String, Somebody> = tables(&company, "people")
        .into_iter()
        .map(|person| (text(person, "name").unwrap(), somebody(person)))
        .collect();
    let people = cases["people"].as_table().unwrap();
    assert!(people.len() > 10);
    for (name, person) in people {
        assert_eq!(Some(&somebody(person.as_table().unwrap())), seeded.get(name), "{name}");
    }
}

#[test]
fn the_groups_of_the_cases_are_those_of_the_company() {
    let company: toml::Table = COMPANY.parse().unwrap();
    let cases: toml::Table = DEMO_CASES.parse().unwrap();
    let people = cases["people"].as_table().unwrap();
    for (name, id) in [
        ("License operators", "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9"),
        ("License auditors", "f17f4de4-b6f2-4c92-aa14-ad9b11282bf2"),
    ] {
        let groups = tables(&company, "groups");
        let group = groups.into_iter().find(|group| text(group, "name").as_deref() == Some(name)).unwrap();
        assert_eq!(text(group, "id").as_deref(), Some(id));
        let members: BTreeSet<&str> =
            group["members"].as_array().unwrap().iter().map(|member| member.as_str().unwrap()).collect();
        let in_cases = people.iter().filter(|(_, person)| {
            let groups = person.get("groups").and_then(toml::Value::as_array);
            groups.is_some_and(|groups| groups.iter().any(|group| group.as_str() == Some(id)))
        });
        assert_eq!(in_cases.map(|(name, _)| name.as_str()).collect::<BTreeSet<_>>(), members, "{name}");
    }
}
