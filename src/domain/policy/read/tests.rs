use super::super::testing::*;
use super::super::{PolicySettings, PolicySource};
use super::*;

fn read(text: &str, reader: &PersonFacts, what: ReadWhat<'_>) -> Result<Vec<String>, Vec<DenialReason>> {
    match load(text).unwrap().may_read(&ReadQuestion { reader, what }) {
        ReadDecision::Allowed { rules } => Ok(rules.iter().map(ToString::to_string).collect()),
        ReadDecision::Denied(denial) => Err(denial.reasons),
    }
}

fn nothing<T>() -> Result<T, Vec<DenialReason>> {
    Err(vec![DenialReason::NothingPermitsReading])
}

const ANYTHING: &str = "@id(\"all\") @route(\"at-once\") permit(principal, action in Action::\"read\", resource);";

fn request(requester: u128, subject: u128, manager: Option<u128>) -> ReadWhat<'static> {
    ReadWhat::Request {
        requester: person_id(requester),
        subject: person_id(subject),
        subject_manager: manager.map(person_id),
    }
}

#[test]
fn without_a_rule_nothing_can_be_seen_not_even_oneself() {
    let (reader, other) = (alone(1), alone(2));
    for what in [
        ReadWhat::Own,
        ReadWhat::Person(&other),
        ReadWhat::Holders(sku("SPE_E5")),
        ReadWhat::Stock(None),
        ReadWhat::Stock(Some(sku("SPE_E5"))),
        request(1, 1, None),
    ] {
        assert_eq!(read("", &reader, what), nothing(), "{what:?}");
        assert_eq!(read(ANYTHING, &reader, what), Ok(vec!["all".into()]), "{what:?}");
    }
}

#[test]
fn oneself_by_name_is_oneself() {
    let own = "@id(\"own\") @route(\"at-once\") permit(principal, action == Action::\"viewOwn\", resource);";
    assert_eq!(read(own, &alone(1), ReadWhat::Person(&alone(1))), Ok(vec!["own".into()]));
    assert_eq!(read(own, &alone(1), ReadWhat::Person(&alone(2))), nothing());
}

#[test]
fn forbid_beats_permit_for_reading_too() {
    let text = format!("{ANYTHING} @id(\"closed\") forbid(principal, action == Action::\"viewHolders\", resource);");
    let closed = DenialReason::ForbiddenBy { rule: RuleId("closed".into()), reason: None };
    assert_eq!(read(&text, &alone(1), ReadWhat::Holders(sku("SPE_E5"))), Err(vec![closed]));
    assert_eq!(read(&text, &alone(1), ReadWhat::Stock(None)), Ok(vec!["all".into()]));
}

#[test]
fn a_rule_that_cannot_be_evaluated_denies_a_look() {
    let text = format!(
        "{ANYTHING} @id(\"dear\") forbid(principal, action == Action::\"viewHolders\", resource)
         when {{ resource has price && resource.price * 2 > 100 }};"
    );
    let source = PolicySource { name: "rules.cedar".into(), text };
    let settings = PolicySettings { prices: [(sku("SPE_E5"), i64::MAX)].into(), ..PolicySettings::default() };
    let policy = Policy::load(&[source], Vec::new(), settings).unwrap();
    let reader = alone(1);
    let decision = policy.may_read(&ReadQuestion { reader: &reader, what: ReadWhat::Holders(sku("SPE_E5")) });
    let failed = DenialReason::PolicyFailed { rule: RuleId("dear".into()) };
    assert_eq!(decision, ReadDecision::Denied(Denial { reasons: vec![failed] }));
    assert!(policy.may_read(&ReadQuestion { reader: &reader, what: ReadWhat::Holders(sku("SPE_E3")) }).is_allowed());
}

#[test]
fn a_request_is_judged_by_who_asked_for_whom() {
    let parties = "@id(\"party\") @route(\"at-once\") permit(principal, action == Action::\"viewRequest\", resource)
        when { principal == resource.requester || (resource has subjectManager && principal == resource.subjectManager) };";
    assert_eq!(read(parties, &alone(1), request(1, 2, Some(3))), Ok(vec!["party".into()]));
    assert_eq!(read(parties, &alone(3), request(1, 2, Some(3))), Ok(vec!["party".into()]));
    assert_eq!(read(parties, &alone(2), request(1, 2, Some(3))), nothing());
    assert_eq!(read(parties, &alone(3), request(1, 2, None)), nothing());
}
