//! Intent before effect: what an execution remembers, and that replaying the trail remembers the same.

use super::*;

#[test]
fn the_first_holdings_read_are_the_before_of_the_outcome() {
    let country = Effect::SetUsageLocation("SE".parse().unwrap());
    let first = executing().intend(minute(3), country.clone(), call(), Holdings::default()).unwrap().request;
    let shown = first
        .answered(minute(4), Answer::Unknown)
        .unwrap()
        .request
        .shown(minute(5), Holdings::default())
        .unwrap()
        .request;
    let State::Executing(execution) = &shown.state else { panic!("{:?}", shown.state) };
    assert_eq!((execution.shown.as_slice(), &execution.intent), ([country].as_slice(), &None));

    let second = shown.intend(minute(6), licenses(), call(), with_e5()).unwrap().request;
    let verifying = second.answered(minute(7), Answer::Accepted).unwrap().request;
    let applied = verifying.applied(minute(8), with_e5()).unwrap().request;
    let State::Applied { before, after, .. } = applied.state else { panic!("{:?}", applied.state) };
    assert_eq!((before, after), (Holdings::default(), Some(with_e5())), "not what was there between the two writes");
}

#[test]
fn nothing_to_write_means_before_is_after() {
    let applied = executing().applied(minute(3), with_e5()).unwrap().request;
    let State::Applied { before, after, .. } = applied.state else { panic!("{:?}", applied.state) };
    assert_eq!((before, after), (with_e5(), Some(with_e5())));
}

#[test]
fn an_intent_keeps_its_call_and_its_answer() {
    let request = verifying();
    let State::Verifying(Execution { intent: Some(intent), attempt, .. }) = &request.state else { panic!() };
    let expected = Intent { effect: licenses(), call: call(), at: minute(3), answer: Some(Answer::Accepted) };
    assert_eq!((intent, *attempt), (&expected, 1));
}

#[test]
fn every_new_try_is_counted() {
    let mut request = approved();
    for attempt in 1..=3u32 {
        let executing = request.begin_execution(minute(2)).unwrap().request;
        let State::Executing(execution) = &executing.state else { panic!("{:?}", executing.state) };
        assert_eq!(execution.attempt, attempt);
        let intended = executing.intend(minute(3), licenses(), call(), Holdings::default()).unwrap().request;
        let verifying = intended.answered(minute(4), Answer::NotSent).unwrap().request;
        request = verifying.put_back(minute(5)).unwrap().request;
        assert!(matches!(request.state, State::Approved { attempts, .. } if attempts == attempt));
    }
}

#[test]
fn an_operator_settles_what_nobody_knows() {
    let asked = verifying().needs_human(minute(9)).unwrap().request;
    let reason = TextRef(Digest([4; 32]));
    let done = asked.clone().resolve(minute(10), true, Some(with_e5()), reason).unwrap().request;
    let State::Applied { before, after, .. } = done.state else { panic!("{:?}", done.state) };
    assert_eq!((before, after), (Holdings::default(), Some(with_e5())));
    let unread = asked.clone().resolve(minute(10), true, None, reason).unwrap().request;
    let State::Applied { after, .. } = unread.state else { panic!("{:?}", unread.state) };
    assert_eq!(after, None, "what was not read back is not told");
    let not = asked.resolve(minute(10), false, None, reason).unwrap().request;
    assert!(matches!(not.state, State::Failed { failure: Failure::SettledByOperator, .. }));
}

#[test]
fn replaying_the_trail_gives_the_same_request_at_every_step() {
    let country = Some("SE".parse().unwrap());
    let opened = Request::open(id(), minute(0), (ANA, wish(), None), origin(), minute(15)).unwrap();
    let confirmed = opened.request.clone().confirm(minute(1), route(&[2]), None).unwrap();
    let first = confirmed.request.clone().vote(minute(2), MEGAN, BTreeSet::new(), country).unwrap();
    let second = first.request.clone().vote(minute(3), OSKAR, BTreeSet::new(), None).unwrap();
    let began = second.request.clone().begin_execution(minute(4)).unwrap();
    let intended = began.request.clone().intend(minute(5), licenses(), call(), Holdings::default()).unwrap();
    let answered = intended.request.clone().answered(minute(6), Answer::Unknown).unwrap();
    let applied = answered.request.clone().applied(minute(7), with_e5()).unwrap();

    let steps = [opened, confirmed, first, second, began, intended, answered, applied];
    let trail: Vec<(Timestamp, &Event)> = (0..).map(minute).zip(steps.iter().map(|step| &step.event)).collect();
    for (count, step) in (1..).zip(&steps) {
        let replayed = Request::replay(&id(), trail.iter().take(count).copied()).unwrap();
        assert_eq!(replayed, step.request);
        assert_eq!(replayed.version, u64::try_from(count).unwrap());
    }
}
