use std::num::NonZeroU32;

use jiff::tz::TimeZone;

use super::super::testing::*;
use super::*;
use crate::domain::ids::{GroupId, PlanId, SkuId};
use crate::domain::person::PersonFacts;
use crate::domain::text::{Locale, Texts};

struct Named;

impl Names for Named {
    fn person(&self, person: PersonId) -> Arg {
        let known = [(1, "Ana"), (2, "Bo"), (3, "Megan"), (6, "Eva"), (7, "Kim"), (8, "Li"), (9, "Oskar")];
        known.into_iter().find(|(number, _)| person_id(*number) == person).unwrap().1.into()
    }

    fn product(&self, _: SkuId) -> Arg {
        "E5".into()
    }

    fn app(&self, _: PlanId) -> Arg {
        "Teams".into()
    }

    fn group(&self, _: GroupId) -> Arg {
        "Operators".into()
    }
}

const YOU: Reader = Reader { person: None, sees_subject: true, wants_ties: false };

fn read_by(person: u128) -> Reader {
    Reader { person: Some(person_id(person)), ..YOU }
}

/// Who must approve what Ana asks for, in both languages. Each stage asks the manager or operators, and so many may vote and must.
fn said(stages: &[(Approvers, &[u128], u32)], subject: &PersonFacts, reader: Reader) -> [String; 2] {
    let route = Route {
        stages: stages
            .iter()
            .map(|(approvers, _, quorum)| Stage {
                approvers: approvers.clone(),
                quorum: NonZeroU32::new(*quorum).unwrap(),
                fallback: None,
            })
            .collect(),
        ..route("r", 1)
    };
    let voters: Vec<BTreeSet<PersonId>> =
        stages.iter().map(|(_, voters, _)| voters.iter().map(|number| person_id(*number)).collect()).collect();
    let outlook = Outlook::of(&route, &voters, Parties { requester: person_id(1), subject });
    let who = Who { requester: person_id(1), subject: subject.person.id };
    let phrase = outlook.phrase(who, reader, &Named);
    [Locale::En, Locale::Sv].map(|locale| Texts::new(locale, TimeZone::UTC).say(&phrase))
}

fn operators() -> Approvers {
    Approvers::Group(group_id(1))
}

fn check(stages: &[(Approvers, &[u128], u32)], english: &str, swedish: &str) {
    assert_eq!(said(stages, &managed(2, 3), YOU), [english, swedish]);
}

#[test]
fn a_stage_names_who_may_say_yes_for_all() {
    check(&[(operators(), &[8], 1)], "Li must approve.", "Li måste godkänna.");
    check(&[(operators(), &[9, 8], 1)], "Li or Oskar must approve.", "Li eller Oskar måste godkänna.");
    check(&[(operators(), &[7, 8, 9], 1)], "Kim, Li or Oskar must approve.", "Kim, Li eller Oskar måste godkänna.");
    check(
        &[(operators(), &[6, 7, 8, 9], 1)],
        "one of Eva, Kim, Li and Oskar must approve.",
        "en av Eva, Kim, Li och Oskar måste godkänna.",
    );
    check(
        &[(operators(), &[3, 6, 7, 8, 9], 2)],
        "2 of Eva, Kim, Li, Megan and 1 more must approve.",
        "2 av Eva, Kim, Li, Megan och 1 till måste godkänna.",
    );
    check(&[(operators(), &[8, 9], 2)], "Li and Oskar must approve.", "Li och Oskar måste godkänna.");
}

#[test]
fn a_later_stage_never_seems_to_ask_the_same_person_again() {
    check(
        &[(operators(), &[8, 9], 1), (operators(), &[8, 9], 1)],
        "Li or Oskar must approve, then the other one.",
        "Li eller Oskar måste godkänna, därefter den andra av dem.",
    );
    check(
        &[(operators(), &[7, 8, 9], 1), (operators(), &[7, 8, 9], 1)],
        "Kim, Li or Oskar must approve, then somebody else of them.",
        "Kim, Li eller Oskar måste godkänna, därefter någon annan av dem.",
    );
    check(
        &[(Approvers::Manager, &[3], 1), (operators(), &[3, 9], 1)],
        "Megan must approve, then Oskar.",
        "Megan måste godkänna, därefter Oskar.",
    );
    check(
        &[(operators(), &[8], 1), (operators(), &[8], 1)],
        "Li must approve, then Li.",
        "Li måste godkänna, därefter Li.",
    );
}

#[test]
fn whoever_wants_to_know_is_told_who_of_them_is_the_manager() {
    let stages: [(Approvers, &[u128], u32); 2] = [(Approvers::Manager, &[3], 1), (operators(), &[8, 9], 1)];
    let reader = |person| Reader { wants_ties: true, ..read_by(person) };
    assert_eq!(
        said(&stages, &managed(1, 3), reader(1)),
        [
            "Megan, your manager, must approve, then Li or Oskar.",
            "Megan, din chef, måste godkänna, därefter Li eller Oskar."
        ]
    );
    assert_eq!(
        said(&stages, &managed(2, 3), reader(1)),
        [
            "Megan, the manager of Bo, must approve, then Li or Oskar.",
            "Megan, chef för Bo, måste godkänna, därefter Li eller Oskar."
        ]
    );
}

#[test]
fn why_others_stand_in_for_the_manager_is_said_first() {
    let stages: [(Approvers, &[u128], u32); 1] = [(Approvers::Manager, &[8, 9], 1)];
    for (subject, reader, english, swedish) in [
        (alone(2), read_by(1), "Bo has no manager, so ", "Bo har ingen chef, så "),
        (alone(1), read_by(1), "You have no manager here, so ", "Du har ingen chef här, så "),
        (
            managed(2, 1),
            read_by(1),
            "You are the manager of Bo and ask for it yourself, so ",
            "Du är chef för Bo och begär det själv, så ",
        ),
        (managed(2, 1), YOU, "Ana is the manager of Bo and asks for it, so ", "Ana är chef för Bo och begär det, så "),
        (managed(2, 3), read_by(1), "The manager of Bo cannot be asked, so ", "Chefen för Bo kan inte tillfrågas, så "),
        (managed(1, 3), read_by(1), "Your manager cannot be asked, so ", "Din chef kan inte tillfrågas, så "),
        // Whether somebody has a manager is not for whoever may not see them.
        (alone(2), Reader { sees_subject: false, ..read_by(1) }, "", ""),
        (managed(2, 3), Reader { sees_subject: false, ..read_by(1) }, "", ""),
    ] {
        let expected =
            [format!("{english}Li or Oskar must approve."), format!("{swedish}Li eller Oskar måste godkänna.")];
        assert_eq!(said(&stages, &subject, reader), expected);
    }
}

#[test]
fn a_route_without_stages_asks_nobody() {
    let outlook = Outlook::of(&Route::at_once(), &[], Parties { requester: person_id(1), subject: &alone(1) });
    assert_eq!(outlook, Outlook::AtOnce);
}
