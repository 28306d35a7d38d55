//! What a decision costs: the policy asked about changes that people really ask for, and the whole judgement around it, on facts
//! in memory. Promised for the policy alone, warm: p99 under 100 µs an answer. `cargo bench --bench policy`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measurement, not the program"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::time::{Duration, Instant};

use licensebot::domain::catalog::{PlanClass, Stock, products};
use licensebot::domain::change::{Element, Wish};
use licensebot::domain::ids::{GroupId, PersonId, SkuId};
use licensebot::domain::judge::judge;
use licensebot::domain::person::{Facts, GroupFacts, Holdings, Person, PersonFacts, UserType};
use licensebot::domain::policy::{ChangeQuestion, Policy, ReadQuestion, ReadWhat, demo};
use uuid::Uuid;

/// Answers that are not timed, and answers that are.
const WARM: u32 = 5_000;
const TIMED: u32 = 50_000;

const OPERATORS: &str = "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9";

fn person(number: u128, name: &str) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(number)),
        display_name: name.to_owned(),
        user_principal_name: format!("{name}@northwind.example"),
        nickname: None,
        job_title: None,
        department: Some("Sales".to_owned()),
        enabled: true,
        user_type: UserType::Member,
        usage_location: Some("SE".parse().unwrap()),
        preferred_language: None,
    }
}

/// Ana and her manager, two operators, and as many other groups as people in a company are in.
fn company() -> (Facts, PersonId) {
    let [ana, megan, oskar, li] =
        [(1, "ana"), (2, "megan"), (3, "oskar"), (4, "li")].map(|(number, name)| person(number, name));
    let operators: GroupId = OPERATORS.parse().unwrap();
    let others = (100..120).map(|number| GroupId(Uuid::from_u128(number)));
    let facts = PersonFacts {
        person: ana.clone(),
        holdings: Holdings::default(),
        manager: Some(megan.clone()),
        groups: others.collect(),
    };
    let alone = |person: &Person| PersonFacts {
        person: person.clone(),
        holdings: Holdings::default(),
        manager: None,
        groups: BTreeSet::new(),
    };
    let people = [facts, alone(&megan), alone(&oskar), alone(&li)];
    let group = GroupFacts { id: operators, display_name: "License operators".into(), members: vec![oskar, li] };
    let facts = Facts {
        people: people.into_iter().map(|facts| (facts.person.id, facts)).collect(),
        groups: [(operators, group)].into(),
        stock: Some(Stock::default()),
        ..Facts::default()
    };
    (facts, ana.id)
}

fn sku(part_number: &str) -> SkuId {
    products().by_part_number(part_number).unwrap().sku
}

fn time(name: &str, mut answer: impl FnMut()) {
    (0..WARM).for_each(|_| answer());
    let mut times: Vec<Duration> = (0..TIMED)
        .map(|_| {
            let begin = Instant::now();
            answer();
            begin.elapsed()
        })
        .collect();
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e6;
    println!("{name:<44} n {:>6}   p50 {:>7.1} µs   p99 {:>7.1} µs", times.len(), at(50), at(99));
}

fn decide(name: &str, policy: &Policy, facts: &PersonFacts, elements: &[Element], loses: &BTreeSet<PlanClass>) {
    time(name, || {
        black_box(policy.decide(black_box(&ChangeQuestion { requester: facts, subject: facts, elements, loses })));
    });
}

fn main() {
    let policy = demo::policy().unwrap();
    let (facts, ana) = company();
    let about = &facts.people[&ana];
    let nothing = BTreeSet::new();
    let [e3, e5] = [sku("SPE_E3"), sku("SPE_E5")];
    decide("one product", &policy, about, &[Element::Assign(e5)], &nothing);
    decide("one product that goes", &policy, about, &[Element::Unassign(e3)], &[PlanClass::Mail].into());
    decide("a swap: two elements", &policy, about, &[Element::Assign(e5), Element::Unassign(e3)], &nothing);
    let apps = products().product(e3).unwrap().plans.iter();
    let apps: Vec<Element> = apps.take(10).map(|app| Element::SwitchOff(e3, *app)).collect();
    decide("ten apps: ten elements", &policy, about, &apps, &nothing);
    time("a look at somebody", || {
        let megan = about.manager.as_ref().map(|manager| &facts.people[&manager.id]).unwrap();
        black_box(policy.may_read(&ReadQuestion { reader: megan, what: ReadWhat::Person(about) }));
    });
    let wish = Wish {
        subject: ana,
        assign: BTreeMap::from([(e5, BTreeSet::new())]),
        unassign: BTreeSet::new(),
        switch: BTreeMap::new(),
        usage_location: None,
    };
    time("the whole judgement of one product", || {
        black_box(judge(&policy, ana, &wish, &facts, true).is_ok());
    });
}
