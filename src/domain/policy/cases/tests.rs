use jiff::tz::TimeZone;

use super::super::PolicySettings;
use super::super::route::{Approvers, Route};
use super::super::testing::*;
use super::*;
use crate::domain::text::{Locale, Texts};

const RULES: &str = "@id(\"e5\") @route(\"easy\") permit(principal, action == Action::\"assign\", resource)
    when { context.product.partNumber == \"SPE_E5\" };
    @id(\"no-guests\") forbid(principal, action in Action::\"change\", resource) when { resource.guest };";

const PEOPLE: &str = "[people.ana]\nmanager = \"megan\"\n[people.megan]\n[people.gus]\nguest = true\n";

fn run(case: &str) -> Result<Report, String> {
    let text = format!("{PEOPLE}[[case]]\nname = \"the case\"\n{case}");
    run_cases(&load(RULES).unwrap(), &text).map_err(|error| error.to_string())
}

#[test]
fn a_case_that_holds_passes() {
    for case in [
        "as = \"ana\"\nassign = [\"SPE_E5\"]\nexpect = \"easy\"\nrules = [\"e5\"]\nasks = [[\"megan\"]]",
        "as = \"ana\"\nassign = [\"06ebc4ee-1bb5-47dd-8120-11324bc54e06\"]\nexpect = \"easy\"",
        "as = \"ana\"\nassign = [\"SPE_E3\"]\nexpect = \"deny\"\nrules = []",
        "as = \"ana\"\nsubject = \"gus\"\nassign = [\"SPE_E5\"]\nexpect = \"deny\"\nrules = [\"no-guests\"]",
        "as = \"megan\"\nassign = [\"SPE_E5\"]\nexpect = \"easy\"\nasks = [[]]",
        "as = \"ana\"\nview = \"stock\"\nexpect = \"deny\"",
    ] {
        let report = run(case).unwrap();
        assert!(report.passed(), "{case}: {report:?}");
    }
}

#[test]
fn a_case_that_does_not_hold_says_what_came_instead_and_why() {
    let report = run("as = \"ana\"\nassign = [\"SPE_E5\"]\nexpect = \"hard\"\nasks = [[\"gus\"]]").unwrap();
    assert!(!report.passed());
    let [case] = report.cases.as_slice() else { panic!("{report:?}") };
    assert_eq!((case.expected.answer.as_str(), case.got.answer.as_str()), ("hard", "easy"));
    assert_eq!(case.got.asks, Some(vec![["megan".to_owned()].into()]));
    let texts = Texts::new(Locale::En, TimeZone::UTC);
    let why: Vec<String> = case.why.iter().map(|phrase| texts.say(phrase)).collect();
    assert_eq!(
        why,
        [
            "For assigning Microsoft 365 E5 to ana, the rule “e5” takes the route “easy”.",
            "The strictest route counts: “easy”, one step.",
        ]
    );
}

#[test]
fn somebody_is_protected_whatever_the_configuration_says() {
    let rules =
        format!("{RULES} @id(\"protected\") forbid(principal, action, resource) when {{ principal.protected }};");
    let text = "[people.vera]\nprotected = true\n[people.ana]\nmanager = \"vera\"\n\
        [[case]]\nname = \"one\"\nas = \"vera\"\nassign = [\"SPE_E5\"]\nexpect = \"deny\"\nrules = [\"protected\"]\n\
        [[case]]\nname = \"other\"\nas = \"ana\"\nassign = [\"SPE_E5\"]\nexpect = \"easy\"\nasks = [[\"vera\"]]";
    let report = run_cases(&load(&rules).unwrap(), text).unwrap();
    assert!(report.passed(), "{report:?}");
    assert_eq!(report.notes, [""; 0]);
}

#[test]
fn what_only_text_or_policy_knows_is_noted() {
    let (theirs, ours) = (group_id(1), group_id(2));
    let rules = format!("{RULES} forbid(principal in Group::\"{theirs}\", action in Action::\"change\", resource);");
    let manager = stage(Approvers::People([person_id(7)].into()), 1, None);
    let routes = vec![Route { stages: vec![manager], ..route("easy", 1) }];
    let policy = Policy::load(&[source(&rules)], routes, PolicySettings::default()).unwrap();
    let text = format!(
        "[people.ana]\ngroups = [\"{ours}\"]\n[people.bo]\ngroups = [\"{ours}\"]\n\
         [[case]]\nname = \"one\"\nas = \"ana\"\nassign = [\"SPE_E5\"]\nexpect = \"deny\"\nrules = [\"e7\", \"e5\"]"
    );
    let seven = person_id(7);
    assert_eq!(
        run_cases(&policy, &text).unwrap().notes,
        [
            format!(
                "the group {ours} (of ana, bo) is named by no rule, no route and no `protected_groups` of the policy; check \
                 the id, or configure it"
            ),
            format!(
                "the policy names the group {theirs}, and nobody here is in it; give somebody `groups = [\"{theirs}\"]`"
            ),
            format!("a route asks the person {seven}, who is not here; give somebody `id = \"{seven}\"`"),
            "the policy has no rule `e7`; give one this `@id`, or correct the case".to_owned(),
        ]
    );
}

#[test]
fn a_text_without_cases_proves_nothing() {
    assert!(!run_cases(&load(RULES).unwrap(), PEOPLE).unwrap().passed());
}

#[test]
fn what_a_case_names_wrongly_is_told() {
    for (case, expected) in [
        (
            "as = \"bob\"\nassign = [\"SPE_E5\"]\nexpect = \"deny\"",
            "case `the case`: there is no person `bob`; add `[people.bob]`",
        ),
        (
            "as = \"ana\"\nassign = [\"E7\"]\nexpect = \"deny\"",
            "case `the case`: there is no product `E7`; write a part number such as SPE_E5, or the product's id",
        ),
        (
            "as = \"ana\"\nswitch_on = [\"SPE_E5\"]\nexpect = \"deny\"",
            "case `the case`: `SPE_E5` is no app; write PRODUCT/APP, such as SPE_E3/TEAMS1",
        ),
        (
            "as = \"ana\"\nswitch_on = [\"SPE_E5/POKER\"]\nexpect = \"deny\"",
            "case `the case`: there is no app `POKER` in `SPE_E5`; write its servicePlanName, or its id",
        ),
        (
            "as = \"ana\"\nassign = [\"SPE_E5\"]\nexpect = \"soft\"",
            "case `the case`: `soft` is no answer of rules.cedar; a change expects `deny` or one of `at-once`, `easy`, `hard`, a view `deny` or `allow`",
        ),
        (
            "as = \"ana\"\nview = \"own\"\nexpect = \"at-once\"",
            "case `the case`: `at-once` is no answer of rules.cedar; a change expects `deny` or one of `at-once`, `easy`, `hard`, a view `deny` or `allow`",
        ),
        (
            "as = \"ana\"\nexpect = \"deny\"",
            "case `the case`: it asks for nothing; add `assign`, `unassign`, `switch_on`, `switch_off`, `set_usage_location` or `view`",
        ),
        (
            "as = \"ana\"\nassign = [\"SPE_E5\"]\nview = \"own\"\nexpect = \"deny\"",
            "case `the case`: it views and changes at once; make two cases of it",
        ),
        ("as = \"ana\"\nview = \"holders\"\nexpect = \"deny\"", "case `the case`: name the `product`"),
        ("as = \"ana\"\nview = \"request\"\nexpect = \"deny\"", "case `the case`: name who asked for it: `asked_by`"),
    ] {
        assert_eq!(run(case).unwrap_err(), expected);
    }
    let manager = run_cases(&load(RULES).unwrap(), "[people.ana]\nmanager = \"bob\"").unwrap_err().to_string();
    assert_eq!(manager, "person `ana`: there is no manager `bob`; add `[people.bob]`");
    let key = run("as = \"ana\"\nassing = [\"SPE_E5\"]\nexpect = \"deny\"").unwrap_err();
    assert!(key.contains("unknown field `assing`") && key.contains("line 9"), "{key}");
}
