//! `licensebot policy explain` and `policy test`, with facts and texts in hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;
use licensebot::cli::policy::{Cases, Form, Hypothesis, Printed, explain, test};
use licensebot::domain::catalog::{Catalog, Nicknames, Stock, products};
use licensebot::domain::change::Wish;
use licensebot::domain::ids::{GroupId, PersonId};
use licensebot::domain::person::{Facts, GroupFacts, Holdings, Person, PersonFacts, UserType};
use licensebot::domain::policy::demo;
use licensebot::domain::text::{Locale, Texts};
use licensebot::domain::view::Names;
use serde_json::json;

const OPERATORS: &str = "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9";
const ANA: &str = "2f74ac2d-07b0-40e8-ba85-8f1ca792763d";
const MEGAN: &str = "aaf35ff7-4556-4482-82f0-1f02602007b8";
const OSKAR: &str = "85348e7f-5433-49ae-ba8e-4b295bf4b256";

fn id(text: &str) -> PersonId {
    text.parse().unwrap()
}

fn account(text: &str, name: &str) -> Person {
    Person {
        id: id(text),
        display_name: name.to_owned(),
        user_principal_name: format!("{name}@northwind.example"),
        nickname: None,
        job_title: None,
        department: None,
        enabled: true,
        user_type: UserType::Member,
        usage_location: Some("SE".parse().unwrap()),
        preferred_language: None,
    }
}

/// Ana, whose manager is Megan, and Oskar, the only operator.
fn company() -> Facts {
    let operators: GroupId = OPERATORS.parse().unwrap();
    let (ana, megan, oskar) = (account(ANA, "Ana"), account(MEGAN, "Megan"), account(OSKAR, "Oskar"));
    let facts = |person: &Person, manager: Option<&Person>, groups: &[GroupId]| PersonFacts {
        person: person.clone(),
        holdings: Holdings::default(),
        manager: manager.cloned(),
        groups: groups.iter().copied().collect(),
    };
    let people = [facts(&ana, Some(&megan), &[]), facts(&megan, None, &[]), facts(&oskar, None, &[operators])];
    let group = GroupFacts { id: operators, display_name: "License operators".into(), members: vec![oskar] };
    Facts {
        people: people.into_iter().map(|facts| (facts.person.id, facts)).collect(),
        groups: [(operators, group)].into(),
        stock: Some(Stock::default()),
        ..Facts::default()
    }
}

fn names(facts: &Facts) -> Names {
    Names {
        people: facts.people.values().map(|facts| (facts.person.id, facts.person.clone())).collect(),
        groups: facts.groups.values().map(|group| (group.id, group.display_name.clone())).collect(),
        catalog: Arc::new(Catalog::new(Arc::new(Nicknames::default()), Stock::default())),
    }
}

fn english() -> Texts {
    Texts::new(Locale::En, TimeZone::UTC)
}

fn wish(subject: &str, assign: &[&str], unassign: &[&str]) -> Wish {
    let sku = |part_number: &&str| products().by_part_number(part_number).unwrap().sku;
    Wish {
        subject: id(subject),
        assign: assign.iter().map(|part_number| (sku(part_number), BTreeSet::new())).collect(),
        unassign: unassign.iter().map(sku).collect(),
        switch: BTreeMap::new(),
        usage_location: None,
    }
}

fn explained(requester: &str, wish: &Wish, form: Form) -> Printed {
    let facts = company();
    let names = names(&facts);
    let asked = Hypothesis { requester: id(requester), wish, facts: &facts, names: &names };
    explain(&demo::policy().unwrap(), &asked, &english(), form)
}

#[test]
fn explain_names_rule_route_and_who_may_vote() {
    let printed = explained(ANA, &wish(ANA, &["Microsoft_365_Copilot"], &[]), Form::Text);
    assert_eq!(printed.err, "");
    assert_eq!(
        printed.out.lines().collect::<Vec<_>>(),
        [
            "Megan, the manager of Ana, must approve, then Oskar.",
            "For assigning Microsoft Copilot for Microsoft 365 (Microsoft_365_Copilot) to Ana, the rule “copilot” takes \
             the route “manager-then-operator”.",
            "The strictest route counts: “manager-then-operator”, 2 steps.",
            "Step 1 of 2: Megan may vote, and one vote is wanted.",
            "Step 2 of 2: Oskar may vote, and one vote is wanted.",
        ]
    );
    assert_eq!(printed.code, 0);
}

#[test]
fn explain_says_the_same_to_scripts() {
    let printed = explained(MEGAN, &wish(ANA, &["SPE_E5"], &[]), Form::Json);
    let answer: serde_json::Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!(
        answer,
        json!({
            "allowed": true,
            "route": "manager",
            "answers": [{
                "element": { "assign": "06ebc4ee-1bb5-47dd-8120-11324bc54e06" },
                "rules": ["ask-the-manager"],
                "route": "manager",
            }],
            "steps": [{ "quorum": 1, "asked": "fallback", "voters": [OSKAR] }],
            "sentences": [
                "Megan is the manager of Ana and asks for it, so Oskar must approve.",
                "For assigning Microsoft 365 E5 (SPE_E5) to Ana, the rule “ask-the-manager” takes the route “manager”.",
                "The strictest route counts: “manager”, one step.",
                "Step 1 of 1: Oskar may vote instead of the manager of Ana, and one vote is wanted.",
            ],
        })
    );
}

#[test]
fn explain_of_a_no_is_an_answer_and_not_a_failure() {
    let alone = explained(OSKAR, &wish(OSKAR, &[], &["SPE_E3"]), Form::Text);
    assert_eq!(alone.code, 0);
    assert!(alone.out.contains("Step 1 of 1: Nobody can approve this: one vote of the members of License operators"));
    let denied = explained(ANA, &wish(MEGAN, &[], &["SPE_E3"]), Form::Json);
    let answer: serde_json::Value = serde_json::from_str(&denied.out).unwrap();
    let e3 = products().by_part_number("SPE_E3").unwrap().sku.to_string();
    assert_eq!(denied.code, 0);
    assert_eq!(
        answer,
        json!({
            "allowed": false,
            "reasons": [{ "nothing_permits": { "element": { "unassign": e3 } } }],
            "sentences": [
                "This is not allowed: no rule lets Ana ask for unassigning Microsoft 365 E3 (SPE_E3) from Megan.",
                "If it is needed all the same, ask a license operator.",
            ],
        })
    );
}

#[test]
fn explain_fails_about_somebody_who_is_not_there() {
    let nobody = "00000000-0000-0000-0000-000000000009";
    let printed = explained(ANA, &wish(nobody, &["SPE_E5"], &[]), Form::Text);
    let err = format!("{nobody} is not in the directory; name somebody who is\n");
    assert_eq!(printed, Printed { out: String::new(), err, code: 1 });
}

const CASES: &str = r#"
[people.ana]
manager = "megan"
[people.megan]

[[case]]
name = "E5"
as = "ana"
assign = ["SPE_E5"]
expect = "manager"

[[case]]
name = "Power BI Pro"
as = "ana"
assign = ["POWER_BI_PRO"]
expect = "manager"
rules = ["ask-the-manager"]
asks = [["megan"]]
"#;

fn tested(cases: &str, form: Form) -> Printed {
    let cases = Cases { file: "cases.toml", text: cases };
    test(&demo::policy().unwrap(), None, cases, &english(), form)
}

#[test]
fn test_tells_what_failed_and_why() {
    let printed = tested(CASES, Form::Text);
    assert_eq!(
        printed.out,
        "the policy is the demo's own, policies/demo.cedar; for another, name its --config\n\
         FAILED  Power BI Pro\n  \
           expected  manager; rules: ask-the-manager; asks: megan\n  \
           got       at-once; rules: power-bi-for-oneself; asks: nobody\n  \
           Nobody has to approve it.\n  \
           For assigning Power BI Pro to ana, the rule “power-bi-for-oneself” wants nobody’s approval (“at-once”).\n\
         NOTE    the policy names the group ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9, and nobody here is in it; give somebody \
                 `groups = [\"ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9\"]`\n\
         NOTE    the policy names the group f17f4de4-b6f2-4c92-aa14-ad9b11282bf2, and nobody here is in it; give somebody \
                 `groups = [\"f17f4de4-b6f2-4c92-aa14-ad9b11282bf2\"]`\n\
         1 of 2 cases passed\n"
    );
    assert_eq!(printed.code, 1);
    let answer: serde_json::Value = serde_json::from_str(&tested(CASES, Form::Json).out).unwrap();
    assert_eq!(answer["passed"], false);
    assert_eq!((&answer["policies"], &answer["config"]), (&json!(["policies/demo.cedar"]), &json!(null)));
    assert_eq!(answer["notes"].as_array().unwrap().len(), 2);
    assert_eq!(answer["cases"][0]["passed"], true);
    assert_eq!(answer["cases"][1]["expected"]["answer"], "manager");
    assert_eq!(answer["cases"][1]["got"]["rules"], json!(["power-bi-for-oneself"]));
}

#[test]
fn test_passes_with_zero_and_refuses_what_is_no_text_of_cases() {
    let demo = tested(super::DEMO_CASES, Form::Text);
    assert_eq!(demo.code, 0);
    let [_, line] = demo.out.lines().collect::<Vec<_>>()[..] else { panic!("{}", demo.out) };
    assert!(line.ends_with("cases passed"), "{line}");
    let empty = tested("", Form::Text);
    assert_eq!((empty.err.as_str(), empty.code), ("cases.toml: there is no case in it; add a [[case]]\n", 2));
    let broken = tested("[[case]]\nname = \"x\"\nas = \"bob\"\nassign = [\"SPE_E5\"]\nexpect = \"deny\"", Form::Text);
    let err = "cases.toml: case `x`: there is no person `bob`; add `[people.bob]`\n";
    assert_eq!((broken.err.as_str(), broken.code), (err, 2));
}
