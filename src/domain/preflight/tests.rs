use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::catalog::CapabilityStatus;
use crate::domain::catalog::testing::{owned, plan as app, sku};
use crate::domain::change;
use crate::domain::person::testing::{alone, member};
use crate::domain::person::{Assignment, AssignmentState, Path, Person, UsageLocation};

const SALES: &str = "ce252b1b-ecea-421b-a6bb-85199a1137c9";

fn sales() -> GroupId {
    SALES.parse().unwrap()
}

/// A member who signs in and holds these, each whole.
fn holder(held: &[(&str, Path)]) -> PersonFacts {
    let assignment = |(part_number, path): &(&str, Path)| Assignment {
        sku: sku(part_number),
        path: *path,
        disabled: BTreeSet::new(),
        state: AssignmentState::Active,
    };
    let id = "2f74ac2d-07b0-40e8-ba85-8f1ca792763d".parse().unwrap();
    let person = Person { usage_location: "SE".parse().ok(), ..member(id, "Ana Silva") };
    let holdings = Holdings { assignments: held.iter().map(assignment).collect() };
    PersonFacts { holdings, ..alone(person) }
}

fn wish(assign: &[&str], unassign: &[&str]) -> Wish {
    Wish {
        assign: assign.iter().map(|part_number| (sku(part_number), BTreeSet::new())).collect(),
        unassign: unassign.iter().map(|part_number| sku(part_number)).collect(),
        ..Wish::nothing_for(holder(&[]).person.id)
    }
}

/// Ten seats of each.
fn company() -> Stock {
    Stock { skus: ["SPE_E3", "SPE_E5", "EXCHANGESTANDARD", "MCOEV"].map(owned).into() }
}

/// The company in which so many seats of a product are taken.
fn with_taken(part_number: &str, consumed: u32) -> Stock {
    let mut stock = company();
    stock.skus.iter_mut().find(|owned| owned.sku == sku(part_number)).unwrap().consumed = consumed;
    stock
}

fn found(wish: &Wish, subject: &PersonFacts, stock: &Stock) -> Vec<Finding> {
    let plan = change::plan(wish, &subject.holdings, subject.person.usage_location, stock).unwrap();
    findings(wish, &plan, subject, stock, true)
}

#[test]
fn the_last_seat_is_told_and_no_seat_blocks() {
    let e5 = wish(&["SPE_E5"], &[]);
    assert_eq!(found(&e5, &holder(&[]), &with_taken("SPE_E5", 8)), []);
    assert_eq!(found(&e5, &holder(&[]), &with_taken("SPE_E5", 9)), [Finding::LastSeat(sku("SPE_E5"))]);
    let full = NotAssignable::NoSeatFree { enabled: 10, consumed: 10, warning: 0 };
    let blocked = found(&e5, &holder(&[]), &with_taken("SPE_E5", 10));
    assert_eq!(blocked, [Finding::NotAssignable(sku("SPE_E5"), full)]);
    assert!(blocked[0].blocks());
}

#[test]
fn who_has_a_seat_by_a_group_needs_no_other() {
    let bo = holder(&[("SPE_E3", Path::Group(sales()))]);
    let inherited = Finding::InheritedToo(sku("SPE_E3"), vec![sales()]);
    for taken in [9, 10] {
        assert_eq!(found(&wish(&["SPE_E3"], &[]), &bo, &with_taken("SPE_E3", taken)), std::slice::from_ref(&inherited));
    }
    let mut suspended = company();
    suspended.skus[0].capability = CapabilityStatus::Suspended;
    let closed = Finding::NotAssignable(sku("SPE_E3"), NotAssignable::Suspended);
    assert_eq!(found(&wish(&["SPE_E3"], &[]), &bo, &suspended), [closed, inherited], "seats aside");
}

#[test]
fn what_a_group_gives_too_stays_and_loses_nothing() {
    let both = holder(&[("SPE_E3", Path::Direct), ("SPE_E3", Path::Group(sales()))]);
    let stays = Finding::StaysInherited(sku("SPE_E3"), vec![sales()]);
    assert_eq!(found(&wish(&[], &["SPE_E3"]), &both, &company()), [stays]);
}

#[test]
fn losing_mail_files_and_security_is_told_and_blocks_nothing() {
    let eva = holder(&[("SPE_E3", Path::Direct)]);
    let lost = found(&wish(&[], &["SPE_E3"]), &eva, &company());
    let [Finding::MailLost, Finding::FilesLost, Finding::SecurityLost(apps)] = lost.as_slice() else {
        panic!("{lost:?}")
    };
    assert!(apps.contains(&app("AAD_PREMIUM")), "{apps:?}");
    assert!(lost.iter().all(|finding| !finding.blocks()));
    let swap = found(&wish(&["SPE_E5"], &["SPE_E3"]), &eva, &company());
    assert_eq!(swap, [], "mail and files are told when the last goes; of security, what no larger edition replaces");
    let without = Wish {
        assign: BTreeMap::from([(sku("SPE_E5"), BTreeSet::from([app("WINDEFATP")]))]),
        ..wish(&[], &["SPE_E3"])
    };
    let lost = Finding::SecurityLost(vec![app("MDE_LITE")]);
    assert_eq!(found(&without, &eva, &company()), [lost], "the larger edition comes switched off");
}

#[test]
fn apps_that_exclude_or_need_each_other_are_found_before_graph_refuses() {
    let eva = holder(&[("SPE_E3", Path::Direct)]);
    let conflict = Finding::Conflict(app("EXCHANGE_S_STANDARD"), app("EXCHANGE_S_ENTERPRISE"));
    let second_mailbox = found(&wish(&["EXCHANGESTANDARD"], &[]), &eva, &company());
    assert!(second_mailbox.contains(&conflict), "{second_mailbox:?}");
    let needs = vec![app("MCOSTANDARD"), app("TEAMS1")];
    let alone = found(&wish(&["MCOEV"], &[]), &holder(&[]), &company());
    assert_eq!(alone, [Finding::MissingDependency(app("MCOEV"), needs)]);
    assert_eq!(found(&wish(&["MCOEV"], &[]), &eva, &company()), []);
    assert!(conflict.blocks() && alone[0].blocks());
    let holder = holder(&[("SPE_E5", Path::Direct)]);
    let off = change::Switches { off: BTreeSet::from([app("EXCHANGE_S_ENTERPRISE")]), ..Default::default() };
    let without_mail = Wish { switch: BTreeMap::from([(sku("SPE_E5"), off)]), ..wish(&[], &[]) };
    let lost = found(&without_mail, &holder, &company());
    let mail = Finding::MissingDependency(app("THREAT_INTELLIGENCE"), vec![app("EXCHANGE_S_ENTERPRISE")]);
    assert!(lost.contains(&mail), "only what this person has: {lost:?}");
}

#[test]
fn a_missing_country_is_chosen_where_it_may_be_set_and_blocks_elsewhere() {
    let mut lee = holder(&[]);
    lee.person.usage_location = None;
    let told = |country: Option<UsageLocation>, may_set| {
        let wish = Wish { usage_location: country, ..wish(&["SPE_E5"], &[]) };
        let plan = change::plan(&wish, &lee.holdings, None, &company()).unwrap();
        findings(&wish, &plan, &lee, &company(), may_set)
    };
    assert_eq!(told(None, true), [Finding::LocationToChoose]);
    assert_eq!(told("SE".parse().ok(), true), []);
    for country in [None, "SE".parse().ok()] {
        assert_eq!(told(country, false), [Finding::LocationCannotBeSet]);
    }
    assert!(Finding::LocationCannotBeSet.blocks() && !Finding::LocationToChoose.blocks());
}

#[test]
fn what_is_so_already_blocks_and_an_odd_account_is_only_told() {
    let mut gus = holder(&[("SPE_E5", Path::Direct)]);
    (gus.person.enabled, gus.person.user_type) = (false, UserType::Guest);
    let told = found(&wish(&["SPE_E5"], &[]), &gus, &company());
    assert_eq!(told, [Finding::AlreadySo, Finding::Blocked, Finding::Guest]);
    assert_eq!(told.iter().map(Finding::blocks).collect::<Vec<_>>(), [true, false, false]);
}

#[test]
fn what_is_held_already_is_told_beside_what_is_not() {
    let eva = holder(&[("SPE_E3", Path::Direct)]);
    let told = found(&wish(&["SPE_E3", "MCOEV"], &[]), &eva, &company());
    assert_eq!(told, [Finding::AlreadyHeld(sku("SPE_E3"))]);
    assert!(!told[0].blocks());
    let mut off = eva.clone();
    off.holdings.assignments[0].disabled = BTreeSet::from([app("SWAY")]);
    let with_apps_off = |apps: &[&str]| {
        let apps = apps.iter().map(|name| app(name)).collect();
        let assign = BTreeMap::from([(sku("SPE_E3"), apps), (sku("MCOEV"), BTreeSet::new())]);
        found(&Wish { assign, ..wish(&[], &[]) }, &off, &company())
    };
    assert_eq!(with_apps_off(&["SWAY"]), [Finding::AlreadyHeld(sku("SPE_E3"))]);
    assert_eq!(
        with_apps_off(&["SWAY", "TEAMS1"]).iter().filter(|told| **told == Finding::AlreadyHeld(sku("SPE_E3"))).count(),
        0
    );
}

#[test]
fn what_cannot_be_planned_names_the_groups_it_comes_from() {
    let bo = holder(&[("SPE_E3", Path::Group(sales()))]).holdings;
    let e3 = sku("SPE_E3");
    assert_eq!(impossible(&Impossible::Inherited(e3), &bo), Finding::Inherited(e3, vec![sales()]));
    assert_eq!(impossible(&Impossible::NotHeld(e3), &Holdings::default()), Finding::NotHeld(e3));
}

#[test]
fn who_may_not_see_the_person_is_told_of_seats_alone() {
    let e5 = wish(&["SPE_E5"], &["SPE_E3"]);
    assert_eq!(public_findings(&e5, &with_taken("SPE_E5", 9)), [Finding::LastSeat(sku("SPE_E5"))]);
    assert_eq!(public_findings(&e5, &company()), []);
}

#[test]
fn a_product_of_which_every_app_is_there_already_is_told_and_does_not_block() {
    let phone = wish(&["MCOEV"], &[]);
    let nothing = Finding::GainsNothing(vec![sku("MCOEV")]);
    assert!(!nothing.blocks());
    assert_eq!(found(&phone, &holder(&[("SPE_E5", Path::Direct)]), &company()), std::slice::from_ref(&nothing));
    assert!(!found(&phone, &holder(&[("SPE_E3", Path::Direct)]), &company()).contains(&nothing));
    let swap = wish(&["MCOEV"], &["SPE_E5"]);
    assert!(!found(&swap, &holder(&[("SPE_E5", Path::Direct)]), &company()).contains(&nothing), "it takes something");
    let inherited = holder(&[("MCOEV", Path::Group(sales())), ("SPE_E5", Path::Direct)]);
    assert!(!found(&phone, &inherited, &company()).contains(&nothing), "no seat is taken");
}
