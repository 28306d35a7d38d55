//! `policy explain` for every verb that changes something, on the directory of a demo.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::call;
use super::demo::running_demo;

const E3: &str = "05e9a617-0261-4cee-bb44-138d3ef5d965";
const E5: &str = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";
const TEAMS: &str = "57ff2da0-773e-42df-b2af-ffb7a2317929";

/// A directory that a demo has worked in.
fn used() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    running_demo(directory.path()).stop();
    directory
}

fn explain(directory: &Path, arguments: &[&str]) -> (i32, String, String) {
    let arguments: Vec<&str> = ["policy", "explain", "--data", "d"].iter().chain(arguments).copied().collect();
    call(directory, &arguments)
}

#[test]
fn every_verb_that_changes_something_is_explained() {
    let directory = used();
    for (arguments, rules, last) in [
        (
            &["--as", "ana", "--product", "E5", "--product", "POWER_BI_PRO", "--apps-off", "Teams, Yammer"][..],
            &["ask-the-manager", "power-bi-for-oneself"][..],
            "Step 1 of 1: Megan Doyle may vote, and one vote is wanted.",
        ),
        (
            &["--as", "eva", "--verb", "swap", "--product", "E3", "--to", "E5"],
            &["ask-the-manager", "swap"],
            "Step 2 of 2: Li Wei and Oskar Nyström may vote, and one vote is wanted.",
        ),
        (
            &["--as", "bo", "--subject", "eva", "--verb", "apps", "--product", "E3", "--on", "Teams"],
            &["ask-the-manager"],
            "Step 1 of 1: Megan Doyle may vote, and one vote is wanted.",
        ),
        (
            &["--as", "oskar", "--subject", "eva", "--verb", "unassign", "--product", "E3"],
            &["operator-for-others"],
            "Nobody has to approve it.",
        ),
        (
            &["--as", "bo", "--verb", "unassign", "--product", "E3"],
            &["unassign"],
            "Bo Lindqvist has Microsoft 365 E3 (SPE_E3) through Sales, so it cannot be changed for one person alone. \
             Ask the owner of the group to take Bo Lindqvist out of it.",
        ),
    ] {
        let (code, out, err) = explain(directory.path(), arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        assert!(rules.iter().all(|rule| out.contains(&format!("the rule “{rule}”"))), "{out}");
        assert!(out.lines().any(|line| line == last), "{arguments:?}: {out}");
    }
}

#[test]
fn what_could_not_be_done_is_judged_by_what_is_missing_and_no_more() {
    let directory = used();
    let swap = ["--as", "bo", "--verb", "swap", "--product", "E3", "--to", "E5", "--json"];
    let (code, out, err) = explain(directory.path(), &swap);
    assert_eq!((code, err.as_str()), (0, ""));
    let answer: Value = serde_json::from_str(&out).unwrap();
    let elements: Vec<&Value> = answer["answers"].as_array().unwrap().iter().map(|answer| &answer["element"]).collect();
    assert_eq!(elements, [&json!({ "assign": E5 }), &json!({ "unassign": E3 })], "he has a usage location");
    let inherited = "Bo Lindqvist has Microsoft 365 E3 (SPE_E3) through Sales, so it cannot be changed for one person \
                     alone. Ask the owner of the group to take Bo Lindqvist out of it.";
    assert_eq!(answer["sentences"].as_array().unwrap().last().unwrap(), inherited);
    // Lee has none.
    let (_, out, _) = explain(directory.path(), &["--as", "lee", "--product", "E5"]);
    assert!(out.contains("For setting the usage location of Lee Park, the rule “ask-the-manager”"), "{out}");
}

#[test]
fn the_plain_sentence_comes_first_and_that_nothing_would_change_last() {
    let directory = used();
    for (arguments, first, last) in [
        (
            &["--as", "megan", "--product", "E5"][..],
            "Vera Holm, the manager of Megan Doyle, must approve.",
            "Megan Doyle already holds Microsoft 365 E5 (SPE_E5); there is nothing to change.",
        ),
        (
            &["--as", "eva", "--verb", "apps", "--product", "E3", "--off", "Teams"],
            "Megan Doyle, the manager of Eva Novotná, must approve.",
            "Microsoft Teams is already off for Eva Novotná in Microsoft 365 E3 (SPE_E3); there is nothing to change.",
        ),
        (
            &["--as", "nil", "--product", "VISIOCLIENT"],
            "Nil Serra has no manager, so Li Wei or Oskar Nyström must approve.",
            "No seat of Visio Plan 2 (VISIOCLIENT) is free: 3 of 3 are in use. Ask a license operator to free or buy one.",
        ),
    ] {
        let (code, out, err) = explain(directory.path(), arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        assert_eq!((out.lines().next(), out.lines().last()), (Some(first), Some(last)), "{out}");
    }
}

#[test]
fn scripts_get_one_answer_for_each_thing_that_would_change() {
    let directory = used();
    let arguments = ["--as", "eva", "--verb", "apps", "--product", "E3", "--on", "Teams", "--json"];
    let (code, out, err) = explain(directory.path(), &arguments);
    assert_eq!((code, err.as_str()), (0, ""));
    let answer: Value = serde_json::from_str(&out).unwrap();
    let expected =
        json!([{ "element": { "switch_on": [E3, TEAMS] }, "rules": ["ask-the-manager"], "route": "manager" }]);
    assert_eq!((&answer["allowed"], &answer["answers"]), (&json!(true), &expected));
}

#[test]
fn what_belongs_to_another_verb_is_a_wrong_call() {
    let directory = tempfile::tempdir().unwrap();
    for (arguments, sentence) in [
        (&["--to", "E5"][..], "--to goes with --verb swap; name that verb, or leave --to out"),
        (&["--off", "Teams"], "--off goes with --verb apps; name that verb, or leave --off out"),
        (
            &["--verb", "unassign", "--apps-off", "Teams"],
            "--apps-off goes with --verb assign; name that verb, or leave --apps-off out",
        ),
        (&["--verb", "swap"], "--verb swap is about two products: --product FROM --to TO, each once"),
        (&["--verb", "apps"], "--verb apps needs the apps: --on APPS, --off APPS, or both"),
        (&["--verb", "apps", "--product", "E5", "--on", "Teams"], "--verb apps is about the apps of one --product"),
    ] {
        let asked: Vec<&str> = ["--as", "ana", "--product", "E3"].iter().chain(arguments).copied().collect();
        let wrong = (2, String::new(), format!("{sentence}\n"));
        assert_eq!(explain(directory.path(), &asked), wrong, "{arguments:?}");
    }
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0, "a wrong call leaves nothing behind");
}

#[test]
fn words_that_mean_nothing_or_too_much_are_sentences() {
    let directory = used();
    for (arguments, sentence) in [
        (
            &["--verb", "swap", "--product", "E3", "--to", "SPE_E3"][..],
            "`E3` and `SPE_E3` are the same product; name two",
        ),
        (
            &["--verb", "apps", "--product", "E3", "--on", "Teams", "--off", "TEAMS1"],
            "Microsoft Teams cannot go on and off at once; name it with --on or with --off",
        ),
        (
            &["--product", "E3", "--apps-off", "zzzz"],
            "there is no app called `zzzz` in Microsoft 365 E3; use its name or its servicePlanName",
        ),
        (&["--product", "E9"], "the company owns no product called `E9`; use a part number or a whole name"),
    ] {
        let asked: Vec<&str> = ["--as", "ana"].iter().chain(arguments).copied().collect();
        let wrong = (2, String::new(), format!("{sentence}\n"));
        assert_eq!(explain(directory.path(), &asked), wrong, "{arguments:?}");
    }
    let (code, _, err) = explain(directory.path(), &["--as", "nobody", "--product", "E5"]);
    assert_eq!(
        (code, err.as_str()),
        (2, "nobody is called `nobody`; use a short name, a full address or an object id\n")
    );
}
