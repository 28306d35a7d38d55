use super::*;
use crate::domain::catalog::testing::{owned, plan as app, sku};
use crate::domain::ids::GroupId;

fn apps(part_names: &[&str]) -> BTreeSet<PlanId> {
    part_names.iter().map(|name| app(name)).collect()
}

fn stock(part_numbers: &[&str]) -> Stock {
    Stock { skus: part_numbers.iter().map(|part_number| owned(part_number)).collect() }
}

fn held(part_number: &str, path: Path, off: &[&str]) -> Assignment {
    Assignment { sku: sku(part_number), path, disabled: apps(off), state: AssignmentState::Active }
}

fn holdings(assignments: Vec<Assignment>) -> Holdings {
    Holdings { assignments }
}

fn sales() -> Path {
    Path::Group(GroupId("ce252b1b-ecea-421b-a6bb-85199a1137c9".parse().unwrap()))
}

fn wish() -> Wish {
    Wish {
        subject: PersonId("2f74ac2d-07b0-40e8-ba85-8f1ca792763d".parse().unwrap()),
        assign: BTreeMap::new(),
        unassign: BTreeSet::new(),
        switch: BTreeMap::new(),
        usage_location: None,
    }
}

fn assign(part_number: &str, off: &[&str]) -> Wish {
    Wish { assign: BTreeMap::from([(sku(part_number), apps(off))]), ..wish() }
}

fn sweden() -> Option<UsageLocation> {
    "SE".parse().ok()
}

fn planned(wish: &Wish, holdings: &Holdings) -> Plan {
    plan(wish, holdings, sweden(), &stock(&["SPE_E3", "SPE_E5", "POWER_BI_PRO"])).unwrap()
}

#[test]
fn a_new_product_comes_with_every_app_but_those_that_are_to_be_off() {
    let plan = planned(&assign("SPE_E5", &["TEAMS1"]), &holdings(vec![]));
    assert_eq!(plan.change.add, BTreeMap::from([(sku("SPE_E5"), apps(&["TEAMS1"]))]));
    assert_eq!(plan.change.remove, BTreeSet::new());
    assert!(plan.gains.contains(&app("EXCHANGE_S_ENTERPRISE")));
    assert!(!plan.gains.contains(&app("TEAMS1")));
    assert_eq!(plan.elements, vec![Element::Assign(sku("SPE_E5"))]);
}

#[test]
fn a_swap_is_one_call_and_keeps_what_was_off() {
    let eva = holdings(vec![held("SPE_E3", Path::Direct, &["TEAMS1", "SWAY"])]);
    let swap = Wish { unassign: BTreeSet::from([sku("SPE_E3")]), ..assign("SPE_E5", &[]) };
    let plan = planned(&swap, &eva);
    assert_eq!(plan.change.add, BTreeMap::from([(sku("SPE_E5"), apps(&["TEAMS1", "SWAY"]))]));
    assert_eq!(plan.change.remove, BTreeSet::from([sku("SPE_E3")]));
    assert!(!plan.loses.contains(&app("EXCHANGE_S_ENTERPRISE")), "the mailbox stays: both products hold the same app");
    assert!(!plan.gains.contains(&app("TEAMS1")));
    assert_eq!(plan.effects().len(), 1);
}

#[test]
fn an_app_that_only_the_leaving_product_has_is_not_sent_along() {
    let holder = holdings(vec![held("SPE_E3", Path::Direct, &["FORMS_PLAN_E3"])]);
    let swap = Wish { unassign: BTreeSet::from([sku("SPE_E3")]), ..assign("SPE_E5", &[]) };
    assert_eq!(planned(&swap, &holder).change.add, BTreeMap::from([(sku("SPE_E5"), BTreeSet::new())]));
}

#[test]
fn what_a_product_holds_is_what_the_company_bought_not_what_microsofts_list_says() {
    let eva = holdings(vec![held("SPE_E3", Path::Direct, &["TEAMS1", "SWAY"])]);
    let swap_to = |sku| {
        let assign = BTreeMap::from([(sku, BTreeSet::new())]);
        Wish { assign, unassign: BTreeSet::from([self::sku("SPE_E3")]), ..wish() }
    };
    let mut owned = stock(&["SPE_E3", "SPE_E5", "SPE_E5"]);
    owned.skus[1].plans.retain(|plan| plan.id != app("SWAY"));
    let newer = SkuId("00000000-0000-4000-8000-00000000feed".parse().unwrap());
    owned.skus[2].sku = newer;
    let off = |sku| plan(&swap_to(sku), &eva, sweden(), &owned).unwrap().change.add;
    assert_eq!(off(sku("SPE_E5")), BTreeMap::from([(sku("SPE_E5"), apps(&["TEAMS1"]))]));
    assert_eq!(off(newer), BTreeMap::from([(newer, apps(&["TEAMS1", "SWAY"]))]));
}

#[test]
fn switching_one_app_on_sends_the_others_that_are_off_along() {
    let eva = holdings(vec![held("SPE_E3", Path::Direct, &["TEAMS1", "SWAY"])]);
    let switches = Switches { on: apps(&["TEAMS1"]), off: apps(&["YAMMER_ENTERPRISE"]) };
    let plan = planned(&Wish { switch: BTreeMap::from([(sku("SPE_E3"), switches)]), ..wish() }, &eva);
    assert_eq!(plan.change.add, BTreeMap::from([(sku("SPE_E3"), apps(&["SWAY", "YAMMER_ENTERPRISE"]))]));
    assert_eq!(plan.gains, apps(&["TEAMS1"]));
    assert_eq!(plan.loses, apps(&["YAMMER_ENTERPRISE"]));
    let e3 = sku("SPE_E3");
    let expected =
        BTreeSet::from([Element::SwitchOn(e3, app("TEAMS1")), Element::SwitchOff(e3, app("YAMMER_ENTERPRISE"))]);
    assert_eq!(plan.elements.into_iter().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn assigning_what_is_held_keeps_what_is_off_and_asks_about_every_app_it_would_switch() {
    let eva = holdings(vec![held("SPE_E3", Path::Direct, &["TEAMS1"])]);
    let plan = planned(&assign("SPE_E3", &["SWAY"]), &eva);
    assert_eq!(plan.change.add, BTreeMap::from([(sku("SPE_E3"), apps(&["TEAMS1", "SWAY"]))]));
    assert!(plan.elements.contains(&Element::SwitchOff(sku("SPE_E3"), app("SWAY"))), "no verb is a way around another");
    assert!(plan.elements.contains(&Element::Assign(sku("SPE_E3"))));
}

#[test]
fn nothing_to_do_is_still_something_to_ask_about() {
    let holder = holdings(vec![held("SPE_E5", Path::Direct, &[])]);
    let plan = planned(&assign("SPE_E5", &[]), &holder);
    assert!(plan.is_noop());
    assert_eq!(plan.elements, vec![Element::Assign(sku("SPE_E5"))]);
}

#[test]
fn what_comes_only_from_a_group_cannot_be_taken_from_the_person() {
    let bo = holdings(vec![held("SPE_E3", sales(), &[])]);
    let unassign = Wish { unassign: BTreeSet::from([sku("SPE_E3")]), ..wish() };
    let verdict = plan(&unassign, &bo, sweden(), &stock(&["SPE_E3"]));
    assert_eq!(verdict, Err(Impossible::Inherited(sku("SPE_E3"))));
    let verdict = plan(&unassign, &holdings(vec![]), sweden(), &stock(&["SPE_E3"]));
    assert_eq!(verdict, Err(Impossible::NotHeld(sku("SPE_E3"))));
}

#[test]
fn a_direct_assignment_goes_while_the_inherited_one_keeps_every_app() {
    let both = holdings(vec![held("SPE_E3", Path::Direct, &["SWAY"]), held("SPE_E3", sales(), &[])]);
    let plan = planned(&Wish { unassign: BTreeSet::from([sku("SPE_E3")]), ..wish() }, &both);
    assert_eq!(plan.change.remove, BTreeSet::from([sku("SPE_E3")]));
    assert_eq!(plan.loses, BTreeSet::new());
}

#[test]
fn the_last_mail_app_going_is_a_fact_whatever_the_verb() {
    let holder = holdings(vec![held("SPE_E3", Path::Direct, &[])]);
    let off = Switches { on: BTreeSet::new(), off: apps(&["EXCHANGE_S_ENTERPRISE"]) };
    let switched = planned(&Wish { switch: BTreeMap::from([(sku("SPE_E3"), off)]), ..wish() }, &holder);
    assert_eq!(switched.classes_lost, BTreeSet::from([PlanClass::Mail]));
    let unassigned = planned(&Wish { unassign: BTreeSet::from([sku("SPE_E3")]), ..wish() }, &holder);
    assert!(unassigned.classes_lost.is_superset(&BTreeSet::from([PlanClass::Mail, PlanClass::Files])));
    let assigned = planned(&assign("SPE_E3", &["EXCHANGE_S_ENTERPRISE"]), &holder);
    assert_eq!(assigned.classes_lost, BTreeSet::from([PlanClass::Mail]));
}

#[test]
fn a_missing_country_is_chosen_never_guessed_and_written_first() {
    let lee = holdings(vec![]);
    let owned = stock(&["SPE_E5"]);
    let open = plan(&assign("SPE_E5", &[]), &lee, None, &owned).unwrap();
    assert_eq!(open.location, LocationNeed::Choose);
    assert!(open.elements.contains(&Element::SetUsageLocation));
    let chosen = Wish { usage_location: sweden(), ..assign("SPE_E5", &[]) };
    let chosen = plan(&chosen, &lee, None, &owned).unwrap();
    let effects = chosen.effects();
    assert_eq!(effects.first(), Some(&Effect::SetUsageLocation("SE".parse().unwrap())));
    assert_eq!(effects.len(), 2);
    let german = plan(&chosen_wish(), &lee, "DE".parse().ok(), &owned).unwrap();
    assert_eq!(german.location, LocationNeed::None, "a country that stands is never overwritten");
}

fn chosen_wish() -> Wish {
    Wish { usage_location: sweden(), ..assign("SPE_E5", &[]) }
}

#[test]
fn only_exactly_what_was_sent_counts_as_shown() {
    let change = ChangeSet {
        add: BTreeMap::from([(sku("SPE_E5"), apps(&["TEAMS1"]))]),
        remove: BTreeSet::from([sku("SPE_E3")]),
    };
    let shows = |assignments| change.shown_by(&holdings(assignments).direct_state());
    assert!(shows(vec![held("SPE_E5", Path::Direct, &["TEAMS1"])]));
    assert!(!shows(vec![held("SPE_E5", Path::Direct, &[])]), "an app that should be off is on");
    assert!(!shows(vec![held("SPE_E5", sales(), &["TEAMS1"])]), "from a group is not from us");
    assert!(!shows(vec![held("SPE_E5", Path::Direct, &["TEAMS1"]), held("SPE_E3", Path::Direct, &[])]));
}
