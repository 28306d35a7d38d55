//! Stages, quorums, and what happens to votes when everything begins again.

use super::*;

fn vote(request: Request, by: PersonId, next: &[PersonId]) -> Request {
    request.vote(minute(5), by, next.iter().copied().collect(), None).unwrap().request
}

fn approval(request: &Request) -> &Approval {
    request.state.approval().unwrap()
}

#[test]
fn a_quorum_of_two_waits_for_two_different_people() {
    let request = waiting(&[2]);
    assert_eq!(approval(&request).votes_missing(), 2);
    let request = vote(request, MEGAN, &[]);
    assert_eq!(request.state.name(), StateName::AwaitingApproval);
    assert_eq!(approval(&request).votes_missing(), 1);
    assert_eq!(approval(&request).asked, BTreeSet::from([MEGAN, OSKAR]), "the stage is still the same");

    let again = request.clone().vote(minute(6), MEGAN, BTreeSet::new(), None).unwrap_err();
    assert_eq!(again, TransitionError::VotedAlready);
    assert_eq!(again.to_string(), "this person voted in this stage already");

    let request = vote(request, OSKAR, &[]);
    assert_eq!(request.state.name(), StateName::Approved);
    assert_eq!(approval(&request).votes_missing(), 0);
}

#[test]
fn stages_are_asked_one_after_the_other_and_the_same_person_may_vote_in_each() {
    let request = vote(waiting(&[1, 2]), MEGAN, &[MEGAN, LI]);
    let opened = approval(&request);
    assert_eq!((opened.stage, &opened.asked), (1, &BTreeSet::from([MEGAN, LI])));
    assert!(!opened.has_voted(MEGAN), "not in this stage");

    let request = vote(vote(request, MEGAN, &[]), LI, &[]);
    let votes: Vec<(PersonId, usize)> = approval(&request).votes.iter().map(|vote| (vote.by, vote.stage)).collect();
    assert_eq!(votes, [(MEGAN, 0), (MEGAN, 1), (LI, 1)]);
    assert_eq!((request.state.name(), approval(&request).open_stage()), (StateName::Approved, None));
}

#[test]
fn a_vote_that_leaves_its_stage_open_does_not_ask_the_next_one() {
    let request = vote(waiting(&[2, 1]), MEGAN, &[LI]);
    assert_eq!(approval(&request).asked, BTreeSet::from([MEGAN, OSKAR]));
}

#[test]
fn starting_over_takes_the_new_route_and_forgets_the_votes() {
    let halfway = vote(waiting(&[1, 1]), MEGAN, &[LI]);
    let stricter = Confirmation { policy: Digest([8; 32]), ..route(&[2, 1]) };
    let over = halfway.start_over(minute(9), stricter, StartOver::RouteChanged).unwrap().request;
    let begun = approval(&over);
    assert_eq!((begun.stage, begun.votes.len(), begun.votes_missing()), (0, 0, 2));
    assert_eq!(begun.policy, Digest([8; 32]));
    assert_eq!(over.expires_at(), Some(minute(1000)));
    vote(vote(over, MEGAN, &[]), OSKAR, &[LI]);
}

#[test]
fn starting_over_may_lead_straight_to_approved_and_an_execution_may_start_over() {
    let over = executing().start_over(minute(9), route(&[]), StartOver::VoterGone).unwrap().request;
    assert!(matches!(over.state, State::Approved { attempts: 0, .. }));
    let over = executing().start_over(minute(9), route(&[1]), StartOver::VoterGone).unwrap().request;
    assert_eq!(over.state.name(), StateName::AwaitingApproval);
}

#[test]
fn a_denial_and_an_end_by_hand_keep_who_and_why() {
    let reason = TextRef(Digest([4; 32]));
    let denied = waiting(&[1]).deny(minute(5), Some(MEGAN), Some(reason)).unwrap().request;
    assert_eq!(denied.state, State::Denied { by: Some(MEGAN), reason: Some(reason) });
    let by_policy = executing().deny(minute(5), None, None).unwrap().request;
    assert_eq!(by_policy.state, State::Denied { by: None, reason: None });
    assert_eq!(waiting(&[1]).cancel(minute(5), OSKAR).unwrap().request.state, State::Cancelled { by: OSKAR });
}

#[test]
fn only_what_waits_dies_on_its_own() {
    assert_eq!(draft().expires_at(), Some(minute(15)));
    assert_eq!(waiting(&[1]).expires_at(), Some(minute(1000)));
    for request in [approved(), executing(), verifying(), draft().expire(minute(15)).unwrap().request] {
        assert_eq!(request.expires_at(), None, "{:?}", request.state.name());
    }
}
