//! The shipped policies, held to their cases sentence by sentence, and to the company that they are written for.

mod cli;
mod company;

use std::collections::BTreeSet;

use licensebot::domain::policy::cases::{Report, run_cases};
use licensebot::domain::policy::{Policy, PolicySettings, PolicySource, SCHEMA, demo, spec};
use licensebot::domain::text::{Locale, Texts};

const STARTER: &str = include_str!("../../policies/starter.cedar");
const DEMO_CASES: &str = include_str!("../../policies/demo.cases.toml");
const STARTER_CASES: &str = include_str!("../../policies/starter.cases.toml");

fn starter() -> Policy {
    let source = PolicySource { name: "policies/starter.cedar".into(), text: STARTER.into() };
    Policy::load(&[source], spec::routes_from_toml(&routes_in_header()).unwrap(), PolicySettings::default()).unwrap()
}

/// The routes that an operator copies out of the header: the lines of it that are TOML.
fn routes_in_header() -> String {
    let header = STARTER.lines().take_while(|line| line.starts_with("//"));
    header.filter_map(|line| line.strip_prefix("//   ")).map(|line| format!("{line}\n")).collect()
}

fn assert_passed(report: &Report) {
    let texts = Texts::new(Locale::En, jiff::tz::TimeZone::UTC);
    for case in report.cases.iter().filter(|case| !case.passed()) {
        let why: Vec<String> = case.why.iter().map(|phrase| texts.say(phrase)).collect();
        eprintln!("{}: expected {:?}, got {:?}: {why:?}", case.name, case.expected, case.got);
    }
    assert!(report.passed());
}

/// The rules that the cases of a text name.
fn rules_named(cases: &str) -> BTreeSet<String> {
    let cases: toml::Table = cases.parse().unwrap();
    let rules = cases["case"].as_array().unwrap().iter().filter_map(|case| case.get("rules"));
    rules.flat_map(|rules| rules.as_array().unwrap()).map(|rule| rule.as_str().unwrap().to_owned()).collect()
}

fn rules_of(policy: &Policy) -> BTreeSet<String> {
    policy.rule_ids().into_iter().map(ToString::to_string).collect()
}

#[test]
fn the_demo_answers_every_sentence_of_its_story() {
    let policy = demo::policy().unwrap();
    assert_passed(&run_cases(&policy, DEMO_CASES).unwrap());
    assert_eq!(rules_named(DEMO_CASES), rules_of(&policy), "every rule decides a case");
}

#[test]
fn the_starter_loads_as_it_is_with_the_routes_of_its_header() {
    let policy = starter();
    let routes: Vec<&str> = policy.routes().map(|route| route.name.as_str()).collect();
    assert_eq!(routes, ["at-once", "manager", "manager-then-operator"]);
    assert!(STARTER.contains("REPLACE"));
}

#[test]
fn the_starter_lets_people_see_and_ask_and_protects_what_cannot_be_undone() {
    let policy = starter();
    let report = run_cases(&policy, STARTER_CASES).unwrap();
    assert_passed(&report);
    assert_eq!(report.notes, [""; 0], "nothing to configure before they pass");
}

#[test]
fn the_rules_that_the_starter_offers_fit_its_schema() {
    let offered = STARTER.split("What you may want to add").nth(1).unwrap();
    let rules: String = offered
        .lines()
        .filter_map(|line| line.strip_prefix("//   "))
        .filter(|line| !line.starts_with("unless"))
        .fold(String::new(), |mut rules, line| {
            rules.push_str(line);
            rules.push('\n');
            rules
        });
    let source = PolicySource { name: "offered".into(), text: rules };
    let policy = Policy::load(&[source], Vec::new(), PolicySettings::default()).unwrap();
    assert_eq!(
        rules_of(&policy),
        ["managers-read", "operators-read", "power-bi-for-oneself", "stock"].map(String::from).into()
    );
}

#[test]
fn the_schema_names_every_question() {
    for action in [
        "assign",
        "unassign",
        "switchOn",
        "switchOff",
        "setUsageLocation",
        "viewOwn",
        "viewPerson",
        "viewHolders",
        "viewStock",
        "viewRequest",
    ] {
        assert!(SCHEMA.contains(action), "{action}");
    }
}
