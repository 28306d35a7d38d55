//! Every state against every event. What is not in the table is no arrow.

use super::*;

/// Where an event leads, by where the request is. Everything that is not here is forbidden.
const ARROWS: &[(&str, &str, &str)] = &[
    ("draft", "confirmed", "awaiting_approval"),
    ("draft", "confirmed at once", "approved"),
    ("draft", "cancelled", "cancelled"),
    ("draft", "expired", "expired"),
    ("awaiting_approval", "voted", "approved"),
    ("awaiting_approval", "started_over", "awaiting_approval"),
    ("awaiting_approval", "denied", "denied"),
    ("awaiting_approval", "cancelled", "cancelled"),
    ("awaiting_approval", "expired", "expired"),
    ("approved", "started_over", "awaiting_approval"),
    ("approved", "denied", "denied"),
    ("approved", "cancelled", "cancelled"),
    ("approved", "began", "executing"),
    ("approved", "failed", "failed"),
    ("executing", "started_over", "awaiting_approval"),
    ("executing", "denied", "denied"),
    ("executing", "intended", "executing"),
    ("executing", "applied", "applied"),
    ("executing", "failed", "failed"),
    // With a write on its way only its answer leads on.
    ("executing with intent", "answered", "verifying"),
    ("verifying", "shown", "executing"),
    ("verifying", "put_back", "approved"),
    ("verifying", "applied", "applied"),
    ("verifying", "failed", "failed"),
    ("verifying", "needs_human", "needs_human"),
    ("needs_human", "resolved applied", "applied"),
    ("needs_human", "resolved not applied", "failed"),
];

fn states() -> Vec<(&'static str, Request)> {
    vec![
        ("draft", draft()),
        ("awaiting_approval", waiting(&[1])),
        ("approved", approved()),
        ("executing", executing()),
        ("executing with intent", intended()),
        ("verifying", verifying()),
        ("needs_human", verifying().needs_human(minute(9)).unwrap().request),
        ("applied", verifying().applied(minute(9), with_e5()).unwrap().request),
        ("failed", executing().fail(minute(9), Failure::Unreachable).unwrap().request),
        ("denied", waiting(&[1]).deny(minute(9), Some(MEGAN), None).unwrap().request),
        ("cancelled", draft().cancel(minute(9), ANA).unwrap().request),
        ("expired", draft().expire(minute(9)).unwrap().request),
    ]
}

fn events() -> Vec<(&'static str, Event)> {
    let confirmed = |quorums: &[u32]| draft().confirm(minute(1), route(quorums), None).unwrap().event;
    let Confirmation { route, rules, policy, asked, expires_at } = route(&[1]);
    let resolved = |applied| Event::Resolved { applied, after: None, reason: TextRef(Digest([1; 32])) };
    let digest = draft().digest;
    vec![
        ("opened", Request::open(id(), minute(0), (ANA, wish(), None), origin(), minute(15)).unwrap().event),
        ("confirmed", confirmed(&[1])),
        ("confirmed at once", confirmed(&[])),
        ("voted", Event::Voted { by: MEGAN, asked: BTreeSet::new(), usage_location: None, digest }),
        ("started_over", Event::StartedOver { route, rules, policy, asked, why: StartOver::RouteChanged, expires_at }),
        ("denied", Event::Denied { by: Some(MEGAN), reason: None }),
        ("cancelled", Event::Cancelled { by: ANA }),
        ("expired", Event::Expired),
        ("began", Event::Began),
        ("intended", Event::Intended { effect: licenses(), call: call(), before: Holdings::default() }),
        ("answered", Event::Answered { answer: Answer::Accepted }),
        ("shown", Event::Shown { after: with_e5() }),
        ("put_back", Event::PutBack),
        ("applied", Event::Applied { after: with_e5() }),
        ("failed", Event::Failed { failure: Failure::Unreachable }),
        ("needs_human", Event::NeedsHuman),
        ("resolved applied", resolved(true)),
        ("resolved not applied", resolved(false)),
    ]
}

#[test]
fn every_event_leads_where_the_table_says_or_nowhere() {
    for (from, request) in states() {
        for (event_name, event) in events() {
            let arrow = ARROWS.iter().find(|arrow| (arrow.0, arrow.1) == (from, event_name));
            let result = request.clone().apply(minute(20), &event);
            match (arrow, result) {
                (Some((_, _, to)), Ok(after)) => {
                    assert_eq!(after.state.name().as_str(), *to, "{event_name} from {from}");
                    assert_eq!(after.version, request.version + 1, "{event_name} from {from}");
                }
                (None, Err(error)) => {
                    let forbidden = TransitionError::Forbidden { from: request.state.name(), event: event.name() };
                    assert_eq!(error, forbidden, "{event_name} from {from}");
                }
                (_, result) => panic!("{event_name} from {from}: {result:?}"),
            }
        }
    }
}

#[test]
fn the_table_speaks_of_states_and_events_that_exist() {
    let states: BTreeSet<&str> = states().into_iter().map(|(name, _)| name).collect();
    let events: BTreeSet<&str> = events().into_iter().map(|(name, _)| name).collect();
    for (from, event, _) in ARROWS {
        assert!(states.contains(from) && events.contains(event), "{event} from {from}");
    }
    assert_eq!((states.len(), events.len(), ARROWS.len()), (12, 18, 27));
}

#[test]
fn a_state_knows_whether_it_ends_and_whether_it_holds_the_lane() {
    for (from, request) in states() {
        let name = request.state.name();
        let leads_on = ARROWS.iter().any(|arrow| arrow.0 == from);
        assert_eq!(name.is_end(), !leads_on, "{from}");
        let writing = ["executing", "executing with intent", "verifying", "needs_human"].contains(&from);
        assert_eq!(name.holds_lane(), writing, "{from}");
    }
}

#[test]
fn a_refused_arrow_says_from_where_and_which() {
    let error = draft().begin_execution(minute(1)).unwrap_err();
    assert_eq!(error.to_string(), "no `began` from `draft`");
}

#[test]
fn a_trail_begins_with_opened_and_with_nothing_else() {
    assert_eq!(Request::replay(&id(), []), Err(TransitionError::NotOpened));
    for (name, event) in events() {
        let begun = Request::replay(&id(), [(minute(0), &event)]);
        if name == "opened" {
            assert_eq!(begun, Ok(draft()));
        } else {
            assert_eq!(begun, Err(TransitionError::NotOpened), "{name}");
        }
    }
}

#[test]
fn events_and_states_survive_being_written_down() {
    for (name, event) in events() {
        let text = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event, "{name}");
        assert!(text.starts_with(&format!(r#"{{"event":"{}""#, event.name())), "{text}");
    }
    for (name, request) in states() {
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request, "{name}");
    }
}
