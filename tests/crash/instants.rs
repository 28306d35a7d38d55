//! Killed right after an answer: what somebody was told is on the disk.

use super::ending::{Before, approves, asks, confirms, ends_well, nobody_is_told_of_an_end, the_request};
use super::world::{Sandbox, World};

/// The instants at which somebody was just answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Answered {
    Draft,
    Confirm,
    Vote,
}

/// Plays the story, killing the bot at this instant; the people go on from what they see.
async fn killed_after(instant: Answered, sandbox: Sandbox) {
    let mut world = World::new(sandbox).await;
    asks(world.chat()).await;
    if instant > Answered::Draft {
        confirms(world.chat()).await;
    }
    let before = Before::of(&world).await;
    if instant == Answered::Vote {
        approves(world.chat()).await;
    } else {
        nobody_is_told_of_an_end(world.chat()).await;
    }
    world.kill();
    world.restart().await;
    before.stands(&world).await;
    let (_, state) = the_request(world.chat()).await.unwrap().unwrap();
    if instant == Answered::Draft {
        assert_eq!(state, "draft");
        confirms(world.chat()).await;
    }
    if instant < Answered::Vote {
        approves(world.chat()).await;
    }
    ends_well(&world).await;
    before.stands(&world).await;
}

#[tokio::test]
async fn a_draft_that_was_shown_can_be_confirmed_after_a_crash() {
    killed_after(Answered::Draft, Sandbox::Apart).await;
}

#[tokio::test]
async fn a_draft_that_was_shown_can_be_confirmed_after_a_crash_of_bot_and_tenant() {
    killed_after(Answered::Draft, Sandbox::Inside).await;
}

#[tokio::test]
async fn a_confirmed_request_can_be_voted_on_after_a_crash() {
    killed_after(Answered::Confirm, Sandbox::Apart).await;
}

#[tokio::test]
async fn a_confirmed_request_can_be_voted_on_after_a_crash_of_bot_and_tenant() {
    killed_after(Answered::Confirm, Sandbox::Inside).await;
}

#[tokio::test]
async fn an_approved_request_is_carried_out_after_a_crash() {
    killed_after(Answered::Vote, Sandbox::Apart).await;
}

#[tokio::test]
async fn an_approved_request_is_carried_out_after_a_crash_of_bot_and_tenant() {
    killed_after(Answered::Vote, Sandbox::Inside).await;
}
