use std::collections::BTreeSet;

use super::super::route::Approvers;
use super::super::testing::*;
use super::*;

fn route_problem(route: Route) -> Vec<String> {
    let problems = Policy::load(&[], vec![route], PolicySettings::default()).err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_rule_goes_by_its_id_or_by_its_place() {
    let policy = load(
        "// permit(principal, action == Action::\"viewOwn\", resource);\n\
         @id(\"own\") @route(\"at-once\")\n\
         permit(principal, action == Action::\"viewOwn\", resource);\n\
         \n\
         forbid(principal, action, resource) when { principal.guest };",
    )
    .unwrap();
    let ids: Vec<String> = policy.rule_ids().into_iter().map(ToString::to_string).collect();
    assert_eq!(ids, ["own", "rules.cedar:5"]);
}

#[test]
fn every_problem_is_told_at_once_with_its_place() {
    let text = "permit(principal, action == Action::\"assign\", resource);\n\
        @route(\"nowhere\")\npermit(principal, action == Action::\"assign\", resource);\n\
        @id(\"x\") @route(\"easy\") @owner(\"ann\")\npermit(principal, action == Action::\"assign\", resource);\n\
        @id(\"x\")\n@route(\"easy\") forbid(principal, action, resource);\n\
        @route(\"easy\") permit(principal, action == Action::\"viewOwn\", resource);\n\
        @route(\"easy\") permit(principal, action == Action::\"asign\", resource);\n\
        @route(\"easy\") permit(principal, action == Action::\"assign\", resource) when { resource.manager == principal };\n";
    assert_eq!(
        problems(text),
        [
            "rules.cedar:1:1: this permit names no route; put `@route(\"at-once\")` or a configured route before it",
            "rules.cedar:2:1: there is no route `nowhere`; write one of `at-once`, `easy`, `hard`, or configure a `[[route]]`",
            "rules.cedar:4:25: `@owner` means nothing here; there are `@id`, `@route` and `@reason`",
            "rules.cedar:6:1: there is a rule `x` already; give this one another `@id`",
            "rules.cedar:7:1: a forbid leads nowhere; remove `@route`, or write permit",
            "rules.cedar:8:1: reading asks nobody, so its route is `at-once`; let `easy` stand for changes only, with `action in Action::\"change\"`",
            "rules.cedar:9:44: for policy `rules.cedar:9`, unrecognized action `Action::\"asign\"`; did you mean `Action::\"assign\"`?",
            "rules.cedar:10:79: for policy `rules.cedar:10`, unable to guarantee safety of access to optional attribute `manager` on entity type `Person`; try testing for the attribute's presence with `e has manager && ..`",
        ]
    );
}

#[test]
fn what_cedar_cannot_read_is_told_with_its_place_and_other_files_are_read_all_the_same() {
    let broken =
        PolicySource { name: "a.cedar".into(), text: "permit(principal, action, resource)\nwhen { 1 + };".into() };
    let other = PolicySource { name: "b.cedar".into(), text: "permit(principal, action, resource);".into() };
    let problems = Policy::load(&[broken, other], Vec::new(), PolicySettings::default()).unwrap_err();
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("a.cedar:2:12: unexpected token `}`"), "{problems:?}");
    assert!(problems[1].starts_with("b.cedar:1:1: this permit names no route"), "{problems:?}");
}

#[test]
fn an_id_that_could_never_match_is_refused() {
    for id in [
        "Group::\"Sales\"",
        "Group::\"EC232F4F-D38C-450E-A1B0-E3BBA1F3D8E9\"",
        "Group::\"ec232f4fd38c450ea1b0e3bba1f3d8e9\"",
    ] {
        let text = format!("@route(\"easy\") permit(principal in {id}, action in Action::\"change\", resource);");
        let problems = problems(&text);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with(&format!("rules.cedar:1:1: `{id}` matches nothing")), "{problems:?}");
    }
}

#[test]
fn a_rule_about_somebody_whose_facts_are_not_read_is_refused() {
    for condition in [
        "resource has manager && resource.manager in Group::\"ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9\"",
        "resource has manager && resource.manager.enabled",
        "Person::\"2f74ac2d-07b0-40e8-ba85-8f1ca792763d\".enabled",
    ] {
        let text = format!("forbid(principal, action in Action::\"change\", resource) when {{ {condition} }};");
        assert_eq!(problems(&text).len(), 1, "{condition}: {:?}", problems(&text));
    }
}

#[test]
fn a_rule_that_can_never_apply_is_refused() {
    let text = "forbid(principal, action == Action::\"viewOwn\", resource) when { context has product };";
    let problems = problems(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("impossible"), "{problems:?}");
}

#[test]
fn slots_empty_words_and_a_doubled_annotation_are_refused() {
    for (text, expected) in [
        ("@route(\"easy\") permit(principal == ?principal, action, resource);", "rules.cedar:1:1: slots such as"),
        ("@route(\"at-once\") @id(\" \") permit(principal, action, resource);", "rules.cedar:1:19: `@id` is empty"),
        ("@reason(\"\") forbid(principal, action, resource);", "rules.cedar:1:1: `@reason` says nothing"),
        ("@route(\"easy\") @route(\"hard\") permit(principal, action, resource);", "rules.cedar:1:16: "),
    ] {
        let problems = problems(text);
        assert!(problems.iter().any(|problem| problem.starts_with(expected)), "{problems:?}");
    }
}

#[test]
fn a_route_that_makes_no_sense_is_refused() {
    let good = route("good", 1);
    assert_eq!(route_problem(good.clone()), [] as [&str; 0]);
    assert_eq!(
        route_problem(Route { name: "at-once".into(), ..good.clone() }),
        ["route `at-once`: `at-once` is built in; give this route another name"]
    );
    assert_eq!(
        route_problem(Route { rank: 0, ..good.clone() }),
        ["route `good`: rank 0 belongs to `at-once`; ranks begin at 1"]
    );
    assert_eq!(
        route_problem(Route { stages: Vec::new(), ..good.clone() }),
        ["route `good`: it asks nobody; give it a `[[route.stage]]`, or use `at-once`"]
    );
}

#[test]
fn a_stage_that_can_never_be_passed_is_refused() {
    let with =
        |approvers, quorum, fallback| Route { stages: vec![stage(approvers, quorum, fallback)], ..route("good", 1) };
    let two = Approvers::People([person_id(1), person_id(2)].into());
    assert_eq!(route_problem(with(two.clone(), 2, None)), [] as [&str; 0]);
    assert_eq!(
        route_problem(with(two, 3, None)),
        ["route `good`: stage 1: `approvers` can never give 3 votes, at most 2; lower the quorum or name more people"]
    );
    assert_eq!(
        route_problem(with(Approvers::Group(group_id(1)), 2, Some(Approvers::Manager))),
        ["route `good`: stage 1: `fallback` can never give 2 votes, at most 1; lower the quorum or name more people"]
    );
    assert_eq!(
        route_problem(with(Approvers::People(BTreeSet::new()), 1, None)),
        ["route `good`: stage 1: `approvers` names nobody; name people, a group or the manager"]
    );
    assert_eq!(
        route_problem(with(Approvers::Manager, 1, Some(Approvers::Manager))),
        ["route `good`: stage 1: the fallback is the approvers again; name others, or remove it"]
    );
}

#[test]
fn names_and_ranks_are_given_once() {
    let problems = Policy::load(&[], vec![route("a", 1), route("a", 2), route("b", 2)], PolicySettings::default());
    let problems: Vec<String> = problems.unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "route `a`: the name is given twice; keep one",
            "route `b`: it has the rank 2 of `a`, so neither is stricter; give it its own",
        ]
    );
}

#[test]
fn the_hash_names_texts_routes_and_settings() {
    let text = "forbid(principal, action, resource);";
    let base = load(text).unwrap();
    assert_eq!(load(text).unwrap().hash(), base.hash());
    assert_ne!(load("").unwrap().hash(), base.hash());
    let load = |routes, settings| Policy::load(&[source(text)], routes, settings).unwrap();
    let routes = || vec![route("easy", 1), route("hard", 2)];
    assert_eq!(load(routes(), PolicySettings::default()).hash(), base.hash());
    assert_ne!(load(vec![route("easy", 1)], PolicySettings::default()).hash(), base.hash());
    let protecting = PolicySettings { protected_groups: [group_id(1)].into(), ..PolicySettings::default() };
    assert_ne!(load(routes(), protecting).hash(), base.hash());
    assert_eq!(Digest(Sha256::digest(base.texts().as_bytes()).into()), base.hash());
    assert!(base.texts().contains(text));
}

#[test]
fn the_demos_policy_is_for_the_demo_only() {
    let policy = demo::policy().unwrap();
    assert_eq!(
        policy.routes().map(|route| route.name.as_str()).collect::<Vec<_>>(),
        ["at-once", "manager", "manager-then-operator", "one-operator"]
    );
    let elsewhere = Policy::load(&[demo::source()], demo::routes().unwrap(), PolicySettings::default());
    let problems: Vec<String> = elsewhere.unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "policies/demo.cedar:1:4: this policy is for the demo's made-up company; copy policies/starter.cedar instead and name the copy"
        ]
    );
}
