use proptest::prelude::*;

use super::super::testing::*;
use super::*;
use crate::domain::person::UserType;

const REQUESTER: u128 = 1;
const SUBJECT: u128 = 2;
const MANAGER: u128 = 3;
const OPERATORS: u128 = 1;

fn people(numbers: &[u128]) -> BTreeSet<PersonId> {
    numbers.iter().map(|number| person_id(*number)).collect()
}

fn manager_else_operators() -> Stage {
    stage(Approvers::Manager, 1, Some(Approvers::Group(group_id(OPERATORS))))
}

fn operators() -> Facts {
    facts_of_group(OPERATORS, &[person(8), person(9)])
}

fn ask(stage: &Stage, requester: u128, subject: &PersonFacts, facts: &Facts) -> Result<Voters, NoVoters> {
    voters(stage, Parties { requester: person_id(requester), subject }, facts)
}

fn asked(numbers: &[u128], source: Asked) -> Result<Voters, NoVoters> {
    Ok(Voters { people: people(numbers), source })
}

#[test]
fn the_manager_is_the_subjects_manager() {
    let subject = managed(SUBJECT, MANAGER);
    assert_eq!(ask(&manager_else_operators(), REQUESTER, &subject, &operators()), asked(&[MANAGER], Asked::Approvers));
}

#[test]
fn a_manager_who_asks_for_his_report_is_not_asked_himself() {
    let subject = managed(SUBJECT, MANAGER);
    assert_eq!(ask(&manager_else_operators(), MANAGER, &subject, &operators()), asked(&[8, 9], Asked::Fallback));
}

#[test]
fn a_manager_who_is_missing_blocked_a_guest_or_of_an_unknown_kind_is_not_asked() {
    let blocked = Person { enabled: false, ..person(MANAGER) };
    let guest = Person { user_type: UserType::Guest, ..person(MANAGER) };
    let unknown = Person { user_type: UserType::Unknown, ..person(MANAGER) };
    for manager in [None, Some(blocked), Some(guest), Some(unknown), Some(person(SUBJECT))] {
        let subject = PersonFacts { manager, ..alone(SUBJECT) };
        let voters = ask(&manager_else_operators(), REQUESTER, &subject, &operators());
        assert_eq!(voters, asked(&[8, 9], Asked::Fallback), "{:?}", subject.manager);
    }
}

#[test]
fn the_fallback_keeps_four_eyes_too() {
    assert_eq!(ask(&manager_else_operators(), 8, &alone(SUBJECT), &operators()), asked(&[9], Asked::Fallback));
    assert_eq!(ask(&manager_else_operators(), 8, &alone(8), &operators()), asked(&[9], Asked::Fallback));
    assert_eq!(ask(&manager_else_operators(), REQUESTER, &alone(9), &operators()), asked(&[8], Asked::Fallback));
}

#[test]
fn too_few_on_both_sides_is_nobody() {
    let stage = stage(Approvers::Group(group_id(OPERATORS)), 2, Some(Approvers::Manager));
    let nobody = ask(&stage, 8, &managed(SUBJECT, MANAGER), &operators());
    assert_eq!(nobody, Err(NoVoters::NobodyMayVote(NobodyMayVote { stage, eligible: 1 })));
}

#[test]
fn a_group_that_is_missing_from_the_facts_is_an_error_and_not_an_empty_group() {
    let stage = stage(Approvers::Group(group_id(2)), 1, Some(Approvers::Group(group_id(OPERATORS))));
    assert_eq!(ask(&stage, REQUESTER, &alone(SUBJECT), &operators()), Err(NoVoters::MissingFacts(group_id(2))));
    let stage = manager_else_operators();
    assert_eq!(ask(&stage, REQUESTER, &alone(SUBJECT), &Facts::default()), Err(NoVoters::MissingFacts(group_id(1))));
    let managed = managed(SUBJECT, MANAGER);
    assert_eq!(ask(&stage, REQUESTER, &managed, &Facts::default()), asked(&[MANAGER], Asked::Approvers));
}

#[test]
fn people_who_left_do_not_vote() {
    let facts = Facts { people: [(person_id(5), alone(5))].into(), ..operators() };
    let named = stage(Approvers::People(people(&[4, 5])), 1, None);
    assert_eq!(ask(&named, REQUESTER, &alone(SUBJECT), &facts), asked(&[5], Asked::Approvers));
}

#[test]
fn the_refusal_of_a_vote_says_why() {
    let subject = managed(SUBJECT, MANAGER);
    let parties = Parties { requester: person_id(REQUESTER), subject: &subject };
    let stage = stage(Approvers::Group(group_id(OPERATORS)), 2, None);
    let vote = |voter| may_vote(person_id(voter), &stage, parties, &operators(), &people(&[8]));
    assert_eq!(vote(9), Ok(()));
    assert_eq!(vote(8), Err(WhyNot::AlreadyVoted));
    assert_eq!(vote(MANAGER), Err(WhyNot::NotAsked));
    assert_eq!(vote(REQUESTER), Err(WhyNot::OwnRequest));
    assert_eq!(vote(SUBJECT), Err(WhyNot::IsSubject));
    let unknown = may_vote(person_id(9), &stage, parties, &Facts::default(), &people(&[]));
    assert_eq!(unknown, Err(WhyNot::NoVoters(NoVoters::MissingFacts(group_id(OPERATORS)))));
}

#[test]
fn a_vote_stands_until_its_voter_may_not_vote_any_more() {
    let subject = managed(SUBJECT, MANAGER);
    let parties = Parties { requester: person_id(REQUESTER), subject: &subject };
    let both = Route {
        name: "both".into(),
        rank: 1,
        stages: vec![manager_else_operators(), stage(Approvers::Group(group_id(OPERATORS)), 1, None)],
    };
    let vote = |by, stage| Vote { by: person_id(by), stage, at: jiff::Timestamp::UNIX_EPOCH };
    let votes = [vote(MANAGER, 0), vote(8, 1)];
    assert_eq!(standing(&both, &votes, parties, &operators()), Ok(Standing::Stands));
    assert_eq!(standing(&both, &[], parties, &Facts::default()), Ok(Standing::Stands));

    let only_nine = facts_of_group(OPERATORS, &[person(9)]);
    assert_eq!(standing(&both, &votes, parties, &only_nine), Ok(Standing::VotersGone(people(&[8]))));
    let another = managed(SUBJECT, 4);
    let parties = Parties { subject: &another, ..parties };
    assert_eq!(standing(&both, &votes, parties, &operators()), Ok(Standing::VotersGone(people(&[MANAGER]))));
}

/// Few enough people that every role meets every other.
fn anyone() -> impl Strategy<Value = u128> {
    1..6u128
}

fn approvers() -> impl Strategy<Value = Approvers> {
    prop_oneof![
        Just(Approvers::Manager),
        Just(Approvers::Group(group_id(OPERATORS))),
        proptest::collection::btree_set(anyone().prop_map(person_id), 0..4).prop_map(Approvers::People),
    ]
}

fn account() -> impl Strategy<Value = Person> {
    (anyone(), any::<bool>(), any::<bool>()).prop_map(|(number, enabled, member)| Person {
        enabled,
        user_type: if member { UserType::Member } else { UserType::Guest },
        ..person(number)
    })
}

proptest! {
    #[test]
    fn no_voter_is_requester_or_subject_and_every_quorum_can_be_reached(
        requester in anyone(),
        subject in anyone(),
        manager in proptest::option::of(account()),
        members in proptest::collection::vec(account(), 0..5),
        known in proptest::collection::vec(account(), 0..5),
        approvers_ in approvers(),
        fallback in proptest::option::of(approvers()),
        quorum in 1..3u32,
    ) {
        let subject = PersonFacts { manager, ..alone(subject) };
        let known = known.into_iter().map(|person| (person.id, PersonFacts { person, ..alone(0) })).collect();
        let facts = Facts { people: known, ..facts_of_group(OPERATORS, &members) };
        let stage = stage(approvers_, quorum, fallback);
        let parties = Parties { requester: person_id(requester), subject: &subject };
        match voters(&stage, parties, &facts) {
            Ok(voters) => {
                prop_assert!(voters.people.len() >= quorum as usize);
                prop_assert!(!voters.people.contains(&person_id(requester)));
                prop_assert!(!voters.people.contains(&subject.person.id));
                for voter in &voters.people {
                    prop_assert_eq!(may_vote(*voter, &stage, parties, &facts, &BTreeSet::new()), Ok(()));
                }
            }
            Err(NoVoters::NobodyMayVote(nobody)) => prop_assert!(nobody.eligible < quorum),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}
