use jiff::tz::TimeZone;

use super::super::eligibility::{Parties, voters};
use super::super::testing::*;
use super::*;
use crate::domain::person::{Facts, PersonFacts};
use crate::domain::text::{Locale, Texts};

struct Named;

impl Names for Named {
    fn person(&self, person: PersonId) -> Arg {
        let known = [(1, "Ana"), (2, "Bo"), (3, "Megan"), (8, "Li"), (9, "Oskar")];
        known.into_iter().find(|(number, _)| person_id(*number) == person).unwrap().1.into()
    }

    fn product(&self, product: SkuId) -> Arg {
        if product == sku("SPE_E5") { "Microsoft 365 E5" } else { "Power BI Pro" }.into()
    }

    fn app(&self, _: PlanId) -> Arg {
        "Microsoft Teams".into()
    }

    fn group(&self, _: GroupId) -> Arg {
        "License operators".into()
    }
}

fn say(locale: Locale, phrases: &[Phrase]) -> Vec<String> {
    let texts = Texts::new(locale, TimeZone::UTC);
    phrases.iter().map(|phrase| texts.say(phrase)).collect()
}

fn english(phrases: &[Phrase]) -> Vec<String> {
    say(Locale::En, phrases)
}

fn swedish(phrases: &[Phrase]) -> Vec<String> {
    say(Locale::Sv, phrases)
}

/// Ana asks for Bo.
fn ana_for_bo() -> Who {
    Who { requester: person_id(1), subject: person_id(2) }
}

fn answer(element: Element, rules: &[&str], route: &str) -> ElementAnswer {
    let rules = rules.iter().map(|rule| RuleId((*rule).to_owned())).collect();
    ElementAnswer { element, rules, route: route.into() }
}

#[test]
fn a_yes_names_rules_and_routes() {
    let plan = PlanId(uuid::Uuid::from_u128(1));
    let allowed = Decision::Allowed(Allowed {
        route: route("manager", 10),
        answers: vec![
            answer(Element::Assign(sku("POWER_BI_PRO")), &["power-bi"], "at-once"),
            answer(Element::Assign(sku("SPE_E5")), &["ask", "dear"], "manager"),
            answer(Element::SwitchOff(sku("SPE_E5"), plan), &["ask"], "manager"),
            answer(Element::SetUsageLocation, &["ask"], "manager"),
        ],
    });
    let phrases = explain(&allowed, ana_for_bo(), &Named);
    assert_eq!(
        english(&phrases),
        [
            "For assigning Power BI Pro to Bo, the rule “power-bi” wants nobody’s approval (“at-once”).",
            "For assigning Microsoft 365 E5 to Bo, the rules “ask” and “dear” take the route “manager”.",
            "For switching off Microsoft Teams in Microsoft 365 E5 for Bo, the rule “ask” takes the route “manager”.",
            "For setting the usage location of Bo, the rule “ask” takes the route “manager”.",
            "The strictest route counts: “manager”, one step.",
        ]
    );
    assert_eq!(
        swedish(&phrases),
        [
            "För att tilldela Bo Power BI Pro gäller regeln ”power-bi”, som inte kräver någons godkännande (”at-once”).",
            "För att tilldela Bo Microsoft 365 E5 gäller reglerna ”ask” och ”dear”, som tar beslutsvägen ”manager”.",
            "För att stänga av Microsoft Teams i Microsoft 365 E5 för Bo gäller regeln ”ask”, som tar beslutsvägen ”manager”.",
            "För att ange användningsplats för Bo gäller regeln ”ask”, som tar beslutsvägen ”manager”.",
            "Den strängaste beslutsvägen gäller: ”manager”, ett steg.",
        ]
    );
}

#[test]
fn an_at_once_says_that_nobody_has_to_approve() {
    let allowed = Allowed { route: Route::at_once(), answers: Vec::new() };
    assert_eq!(english(&allowed.phrases(ana_for_bo(), &Named)), ["Nobody has to approve it."]);
    assert_eq!(swedish(&allowed.phrases(ana_for_bo(), &Named)), ["Ingen behöver godkänna det."]);
}

#[test]
fn a_no_names_every_reason_and_says_what_to_do() {
    let forbidden = |reason: Option<&str>| DenialReason::ForbiddenBy {
        rule: RuleId("no-guests".into()),
        reason: reason.map(str::to_owned),
    };
    let denial = Denial {
        reasons: vec![
            forbidden(None),
            forbidden(Some("Guests get no licenses here.")),
            DenialReason::NothingPermits { element: Element::Unassign(sku("SPE_E5")) },
        ],
    };
    let phrases = denial.phrases(ana_for_bo(), &Named);
    assert_eq!(
        english(&phrases),
        [
            "This is not allowed: the rule “no-guests” forbids it.",
            "This is not allowed: the rule “no-guests” forbids it. Guests get no licenses here.",
            "This is not allowed: no rule lets Ana ask for unassigning Microsoft 365 E5 from Bo.",
            "Nobody can make an exception while the policy forbids it. If it is needed all the same, the administrator of \
             licensebot has to change the policy.",
        ]
    );
    assert_eq!(
        swedish(&phrases),
        [
            "Det är inte tillåtet: regeln ”no-guests” förbjuder det.",
            "Det är inte tillåtet: regeln ”no-guests” förbjuder det. Guests get no licenses here.",
            "Det är inte tillåtet: ingen regel låter Ana begära att ta bort Microsoft 365 E5 från Bo.",
            "Ingen kan göra undantag så länge policyn förbjuder det. Om det behövs ändå måste den som sköter licensebot ändra \
             policyn.",
        ]
    );
}

#[test]
fn a_no_that_is_our_fault_sends_to_the_administrator() {
    let failed = DenialReason::PolicyFailed { rule: RuleId("price".into()) };
    let denial = Denial { reasons: vec![failed, DenialReason::Unaskable] };
    assert_eq!(
        english(&denial.phrases(ana_for_bo(), &Named)),
        [
            "The rule “price” could not be evaluated, and until it is corrected nothing is allowed that it is about.",
            "The question could not be put to the policy, so the answer is no.",
            "Please tell the administrator of licensebot.",
        ]
    );
    let nothing = Denial { reasons: vec![DenialReason::NothingAsked, DenialReason::NothingPermitsReading] };
    assert_eq!(
        english(&nothing.phrases(ana_for_bo(), &Named)),
        [
            "Nothing would change, so there is nothing to allow.",
            "This is not allowed: no rule lets Ana see it.",
            "If it is needed all the same, ask a license operator.",
        ]
    );
}

/// The sentence for the first of two steps: Ana asked for Bo.
fn step(stage: &Stage, subject: &PersonFacts, facts: &Facts, voted: &[u128]) -> [String; 2] {
    let parties = Parties { requester: person_id(1), subject };
    let voters = voters(stage, parties, facts);
    let voted = voted.iter().map(|number| person_id(*number)).collect();
    let view = StageView { step: 1, steps: 2, stage, voters: voters.as_ref(), voted: &voted };
    let phrase = stage_phrase(view, subject.person.id, &Named);
    [Locale::En, Locale::Sv].map(|locale| say(locale, std::slice::from_ref(&phrase)).remove(0))
}

#[test]
fn a_step_says_who_may_still_vote() {
    let operators = facts_of_group(1, &[person(8), person(9)]);
    let group = Approvers::Group(group_id(1));
    let manager = stage(Approvers::Manager, 1, Some(group.clone()));
    assert_eq!(
        step(&manager, &managed(2, 3), &operators, &[]),
        ["Step 1 of 2: Megan may vote, and one vote is wanted.", "Steg 1 av 2: Megan får rösta, och en röst behövs."]
    );
    assert_eq!(
        step(&manager, &alone(2), &operators, &[]),
        [
            "Step 1 of 2: Li and Oskar may vote instead of the manager of Bo, and one vote is wanted.",
            "Steg 1 av 2: Li och Oskar får rösta i stället för chefen för Bo, och en röst behövs.",
        ]
    );
    let both = stage(group, 2, None);
    assert_eq!(
        step(&both, &alone(2), &operators, &[]),
        [
            "Step 1 of 2: Li and Oskar may vote, and 2 votes are wanted.",
            "Steg 1 av 2: Li och Oskar får rösta, och 2 röster behövs.",
        ]
    );
    assert_eq!(
        step(&both, &alone(2), &operators, &[9]),
        ["Step 1 of 2: Li may vote, and one vote is wanted.", "Steg 1 av 2: Li får rösta, och en röst behövs."]
    );
    assert_eq!(
        step(&both, &alone(2), &operators, &[8, 9]),
        ["Step 1 of 2: passed with the votes of Li and Oskar.", "Steg 1 av 2: klart med röster från Li och Oskar."]
    );
}

#[test]
fn a_step_that_nobody_can_take_says_why() {
    let operators = facts_of_group(1, &[person(8)]);
    let group = Approvers::Group(group_id(1));
    assert_eq!(
        step(&stage(Approvers::Manager, 1, None), &alone(2), &operators, &[])[0],
        "Step 1 of 2: Nobody can approve this: one vote of the manager of Bo would be needed, and none of them may vote. \
         Requester and subject never do, nor do guests and blocked accounts. Ask a license operator."
    );
    let two = stage(group.clone(), 2, Some(Approvers::People([person_id(3)].into())));
    assert_eq!(
        step(&two, &alone(2), &operators, &[])[1],
        "Steg 1 av 2: Ingen kan godkänna det här: 2 röster från medlemmarna i License operators eller från Megan skulle \
         behövas, och bara en person får rösta. Den som begär och den som det gäller röstar aldrig, inte heller gäster och \
         spärrade konton. Fråga en licensansvarig."
    );
    assert_eq!(
        step(&stage(group, 1, None), &alone(2), &Facts::default(), &[])[0],
        "Step 1 of 2: Nobody can approve this: the directory does not know the group License operators that the route \
         asks. Please tell the administrator of licensebot."
    );
}

#[test]
fn a_refused_vote_says_why() {
    let reasons = [WhyNot::OwnRequest, WhyNot::IsSubject, WhyNot::AlreadyVoted, WhyNot::NotAsked];
    let phrases = reasons.map(|reason| reason.phrase(person_id(2), &Named));
    assert_eq!(
        english(&phrases),
        [
            "You asked for this yourself, so somebody else has to decide on it.",
            "This is for you, so somebody else has to decide on it.",
            "You have voted in this step already; now the others are asked.",
            "You are not among the people who are asked to decide on this.",
        ]
    );
    assert_eq!(
        swedish(&phrases),
        [
            "Du har själv begärt det här, så någon annan måste besluta om det.",
            "Det här gäller dig, så någon annan måste besluta om det.",
            "Du har redan röstat i det här steget; nu frågas de andra.",
            "Du är inte en av dem som får besluta om det här.",
        ]
    );
}

#[test]
fn a_request_under_way_names_the_rules_that_sent_it() {
    let rules = ["ask".to_owned(), "dear".to_owned()];
    let taken = [taken_phrase(&rules[..1], &route("manager", 10)), taken_phrase(&rules, &Route::at_once())];
    assert_eq!(
        english(&taken),
        [
            "The rule “ask” sent this request on the route “manager”.",
            "The rules “ask” and “dear” wanted nobody’s approval for this request (“at-once”).",
        ]
    );
    assert_eq!(
        swedish(&taken),
        [
            "Regeln ”ask” gav den här begäran beslutsvägen ”manager”.",
            "Reglerna ”ask” och ”dear” krävde inte någons godkännande för den här begäran (”at-once”).",
        ]
    );
}
