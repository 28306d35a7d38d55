//! Where a request stands, to those who read of it.

use super::*;

#[test]
fn who_asked_is_told_to_ask_again_and_nobody_else_is() {
    let names = names();
    let expired = waiting(BO, wish(ANA)).expire(at()).unwrap().request;
    let told = |card| aloud(Locale::En, &card)[2..].iter().any(|line| line == "Ask again if it is still needed.");
    assert!(told(preflight(scene(&expired, &names, None), SEES)));
    assert!(told(outcome(scene(&expired, &names, None), id(BO), true)));
    assert!(!told(outcome(scene(&expired, &names, None), id(ANA), true)));
    assert!(!told(ballot(scene(&expired, &names, None), id(MEGAN), true)));
    assert!(!told(status(scene(&expired, &names, None))));
    let closed = aloud(Locale::Sv, &preflight(scene(&expired, &names, None), SEES));
    assert_eq!(closed[2..4], ["Tiden gick ut.", "Begär igen om det fortfarande behövs."]);
}

#[test]
fn what_nobody_had_to_approve_is_confirmed_and_not_approved() {
    let at_once = Confirmation {
        route: Route { name: "at-once".to_owned(), rank: 0, stages: Vec::new() },
        rules: vec!["anything".to_owned()],
        policy: Digest([0; 32]),
        asked: BTreeSet::new(),
        expires_at: at(),
    };
    let names = names();
    let confirmed = draft(ANA, wish(ANA)).confirm(at(), at_once, None).unwrap().request;
    let said = |request: &Request, locale| aloud(locale, &status(scene(request, &names, None)))[2].clone();
    assert_eq!(said(&confirmed, Locale::En), "Confirmed. The change is about to be made.");
    assert_eq!(said(&confirmed, Locale::Sv), "Bekräftad. Ändringen görs strax.");
    let again = tried_again(&confirmed);
    let told = "Confirmed. Microsoft 365 has not taken the change yet; it is tried again.";
    assert_eq!(said(&again, Locale::En), told);
    let told = "Bekräftad. Microsoft 365 har inte tagit emot ändringen än; ett nytt försök görs.";
    assert_eq!(said(&again, Locale::Sv), told);
    let voted = waiting(BO, wish(ANA)).vote(at(), id(MEGAN), BTreeSet::new(), None).unwrap().request;
    let told = "Approved by Megan. Microsoft 365 has not taken the change yet; it is tried again.";
    assert_eq!(said(&tried_again(&voted), Locale::En), told);
}

/// The request after a write that did not come through.
fn tried_again(approved: &Request) -> Request {
    let call = crate::domain::request::CallId(uuid::Uuid::from_u128(1));
    let effect = change::Effect::SetLicenses(change::ChangeSet::default());
    let begun = approved.clone().begin_execution(at()).unwrap().request;
    let sent = begun.intend(at(), effect, call, Holdings::default()).unwrap().request;
    let answered = sent.answered(at(), crate::domain::request::Answer::NotSent).unwrap().request;
    answered.put_back(at()).unwrap().request
}
