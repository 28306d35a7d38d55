use super::super::testing::*;
use super::super::{PolicySettings, PolicySource};
use super::*;
use crate::domain::catalog::products;
use crate::domain::person::{Person, UserType};

const ASSIGN: &str = "permit(principal, action == Action::\"assign\", resource)";

fn decide(policy: &Policy, requester: &PersonFacts, subject: &PersonFacts, elements: &[Element]) -> Decision {
    policy.decide(&ChangeQuestion { requester, subject, elements, loses: &BTreeSet::new() })
}

/// The route, or the reasons.
fn outcome(text: &str, elements: &[Element]) -> Result<String, Vec<DenialReason>> {
    match decide(&load(text).unwrap(), &alone(1), &alone(2), elements) {
        Decision::Allowed(allowed) => Ok(allowed.route.name),
        Decision::Denied(denial) => Err(denial.reasons),
    }
}

fn e3() -> Element {
    Element::Assign(sku("SPE_E3"))
}

fn e5() -> Element {
    Element::Assign(sku("SPE_E5"))
}

fn rule(name: &str) -> RuleId {
    RuleId(name.into())
}

#[test]
fn what_no_rule_permits_is_denied() {
    assert_eq!(outcome("", &[e5()]), Err(vec![DenialReason::NothingPermits { element: e5() }]));
}

#[test]
fn a_change_of_nothing_is_denied() {
    assert_eq!(outcome(&format!("@route(\"at-once\") {ASSIGN};"), &[]), Err(vec![DenialReason::NothingAsked]));
}

#[test]
fn of_several_permits_the_strictest_route_is_taken_and_its_rules_are_named() {
    let text = format!(
        "@id(\"b\") @route(\"hard\") {ASSIGN}; @id(\"a\") @route(\"hard\") {ASSIGN}; @id(\"c\") @route(\"at-once\") {ASSIGN};"
    );
    let Decision::Allowed(allowed) = decide(&load(&text).unwrap(), &alone(1), &alone(2), &[e5()]) else {
        panic!("denied");
    };
    assert_eq!(allowed.route, route("hard", 2));
    let answer = ElementAnswer { element: e5(), rules: vec![rule("a"), rule("b")], route: "hard".into() };
    assert_eq!(allowed.answers, [answer]);
    assert_eq!(allowed.rules(), ["a", "b"]);
}

#[test]
fn of_several_elements_the_strictest_route_is_taken_and_one_no_denies_all() {
    let text = format!(
        "@id(\"e3\") @route(\"at-once\") {ASSIGN} when {{ context.product.partNumber == \"SPE_E3\" }};
         @id(\"e5\") @route(\"easy\") {ASSIGN} when {{ context.product.partNumber == \"SPE_E5\" }};"
    );
    assert_eq!(outcome(&text, &[e3()]).as_deref(), Ok("at-once"));
    assert_eq!(outcome(&text, &[e3(), e5()]).as_deref(), Ok("easy"));
    assert_eq!(outcome(&text, &[e5(), e3()]).as_deref(), Ok("easy"));
    let visio = Element::Assign(sku("VISIOCLIENT"));
    assert_eq!(outcome(&text, &[e3(), visio]), Err(vec![DenialReason::NothingPermits { element: visio }]));
}

#[test]
fn forbid_beats_permit_and_says_why() {
    let text = format!(
        "@route(\"at-once\") {ASSIGN};
         @id(\"no-e5\") @reason(\"E5 is for the board.\")
         forbid(principal, action, resource) when {{ context has product && context.product.partNumber == \"SPE_E5\" }};"
    );
    let forbidden = DenialReason::ForbiddenBy { rule: rule("no-e5"), reason: Some("E5 is for the board.".into()) };
    assert_eq!(outcome(&text, &[e3()]).as_deref(), Ok("at-once"));
    assert_eq!(outcome(&text, &[e3(), e5(), e5()]), Err(vec![forbidden]));
}

#[test]
fn a_rule_that_cannot_be_evaluated_denies_although_another_permits() {
    let source = PolicySource {
        name: "rules.cedar".into(),
        text: format!(
            "@id(\"free\") @route(\"at-once\") {ASSIGN};
             @id(\"twice\") @route(\"hard\") {ASSIGN}
             when {{ context.product has price && context.product.price * 2 > 100 }};"
        ),
    };
    let settings = PolicySettings { prices: [(sku("SPE_E5"), i64::MAX)].into(), ..PolicySettings::default() };
    let policy = Policy::load(&[source], vec![route("hard", 2)], settings).unwrap();
    let failed = Denial { reasons: vec![DenialReason::PolicyFailed { rule: rule("twice") }] };
    assert_eq!(decide(&policy, &alone(1), &alone(2), &[e5()]), Decision::Denied(failed));
    assert!(matches!(decide(&policy, &alone(1), &alone(2), &[e3()]), Decision::Allowed(_)));
}

/// Does a condition hold for this question?
fn holds(condition: &str, requester: &PersonFacts, subject: &PersonFacts, element: Element) -> bool {
    let text = format!(
        "@route(\"at-once\") permit(principal, action in Action::\"change\", resource) when {{ {condition} }};"
    );
    let settings = PolicySettings {
        protected_groups: [group_id(7)].into(),
        prices: [(sku("SPE_E5"), 5700)].into(),
        ..PolicySettings::default()
    };
    let policy = Policy::load(&[source(&text)], Vec::new(), settings).unwrap();
    let loses = BTreeSet::from([PlanClass::Files]);
    let elements = [element];
    let question = ChangeQuestion { requester, subject, elements: &elements, loses: &loses };
    matches!(policy.decide(&question), Decision::Allowed(_))
}

#[test]
fn rules_see_who_the_two_people_are() {
    let guest = Person { enabled: false, user_type: UserType::Guest, ..person(2) };
    let guest = PersonFacts { person: guest, groups: [group_id(7)].into(), ..managed(2, 3) };
    let sees = |condition: &str| holds(condition, &alone(1), &guest, e5());
    assert!(sees("principal.enabled && !principal.guest && !principal.protected && !(principal has manager)"));
    assert!(sees("!resource.enabled && resource.guest && resource.protected"));
    assert!(sees(&format!("resource in Group::\"{}\"", group_id(7))));
    assert!(sees(&format!("resource has manager && resource.manager == Person::\"{}\"", person_id(3))));
    assert!(!sees("resource has manager && resource.manager == principal"));
    assert!(sees("!(resource has department) && !(resource has usageLocation)"));
    let unknown = Person { user_type: UserType::Unknown, department: Some("Sales".into()), ..person(2) };
    let unknown = PersonFacts { person: unknown, ..alone(2) };
    assert!(holds(
        "resource.guest && resource has department && resource.department == \"Sales\"",
        &alone(1),
        &unknown,
        e5()
    ));
}

#[test]
fn rules_see_what_changes() {
    let sees = |condition: &str, element| holds(condition, &alone(1), &alone(1), element);
    assert!(sees("principal == resource && context.losesFiles && !context.losesMail && !context.losesSecurity", e5()));
    assert!(sees("context has product && context.product has price && context.product.price == 5700", e5()));
    assert!(!sees("context has product && context.product has price", e3()));
    let teams = products().plans().iter().find(|plan| plan.part_name == "TEAMS1").unwrap().id;
    let app = "context has app && context.app.partName == \"TEAMS1\" && context.app.class == \"other\"";
    assert!(sees(app, Element::SwitchOff(sku("SPE_E3"), teams)));
    assert!(!sees("context has product", Element::SetUsageLocation));
}

#[test]
fn a_product_and_an_app_that_nobody_knows_yet_have_their_ids_for_names() {
    let new = uuid::Uuid::from_u128(99);
    let unknown = Element::SwitchOn(SkuId(new), PlanId(new));
    let condition =
        format!("context has app && context.app.partName == \"{new}\" && context.product.partNumber == \"{new}\"");
    assert!(holds(&condition, &alone(1), &alone(2), unknown));
    assert!(holds("context has app && context.app.class == \"security\"", &alone(1), &alone(2), unknown));
}

#[test]
fn a_swap_is_seen_as_one() {
    let text = "@id(\"swap\") @route(\"hard\") permit(principal, action, resource)
        when { context has swap && context.swap };";
    assert!(load(text).is_err(), "an unbounded permit reads too, so its route cannot be hard");
    let text = text.replace("action,", "action in Action::\"change\",");
    let app = |change: fn(SkuId, PlanId) -> Element| change(sku("SPE_E3"), PlanId(uuid::Uuid::from_u128(1)));
    let brings = [e5(), app(Element::SwitchOn)];
    let takes = [Element::Unassign(sku("SPE_E3")), app(Element::SwitchOff)];
    for (comes, goes) in brings.into_iter().flat_map(|comes| takes.map(|goes| (comes, goes))) {
        assert_eq!(outcome(&text, &[comes, goes]).as_deref(), Ok("hard"), "{comes:?} {goes:?}");
    }
    assert!(outcome(&text, &brings).is_err());
    assert!(outcome(&text, &takes).is_err());
}
