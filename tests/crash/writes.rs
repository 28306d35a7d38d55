//! Killed while the write is on its way, at each side of its effect, and while looking whether it was made.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::ending::{
    Before, approves, asks, confirms, ends_well, nobody_is_told_of_an_end, the_change, the_request, the_trail_holds,
};
use super::world::{Sandbox, World, within};

const WRITE: &str = "assignLicense";
const READ: &str = "GET /users/{id}";

/// The story up to the write, which the tenant holds.
async fn up_to_the_write(sandbox: Sandbox, when: &str) -> (World, Before) {
    let world = World::new(sandbox).await;
    asks(world.chat()).await;
    confirms(world.chat()).await;
    let before = Before::of(&world).await;
    world.holds(WRITE, when).await;
    approves(world.chat()).await;
    world.is_held().await;
    nobody_is_told_of_an_end(world.chat()).await;
    (world, before)
}

async fn state(world: &World) -> String {
    the_request(world.chat()).await.unwrap().unwrap().1
}

#[tokio::test]
async fn a_write_that_lands_while_the_bot_is_dead_is_found_and_not_made_again() {
    let (mut world, before) = up_to_the_write(Sandbox::Apart, "before").await;
    world.kill();
    assert_eq!(world.accepted().await, [] as [Value; 0]);
    world.releases().await;
    world.accepts(1).await;
    world.restart().await;
    ends_well(&world).await;
    before.stands(&world).await;
    assert_eq!(world.writes().await, 1, "no second write went out");
}

#[tokio::test]
async fn a_write_that_lands_after_the_restart_is_waited_for() {
    let (mut world, before) = up_to_the_write(Sandbox::Apart, "before").await;
    world.kill();
    world.restart().await;
    assert!(within(Duration::from_secs(20), async || state(&world).await == "verifying").await);
    nobody_is_told_of_an_end(world.chat()).await;
    assert_eq!(world.accepted().await, [] as [Value; 0]);
    world.releases().await;
    world.accepts(1).await;
    ends_well(&world).await;
    before.stands(&world).await;
    assert_eq!(world.writes().await, 1, "no second write went out");
}

#[tokio::test]
async fn a_write_that_lands_after_all_patience_changes_nothing_any_more() {
    let (mut world, before) = up_to_the_write(Sandbox::Apart, "before").await;
    world.kill();
    world.restart().await;
    // Nothing shows it, so after the quiet time the bot writes again.
    ends_well(&world).await;
    let (request, _) = the_request(world.chat()).await.unwrap().unwrap();
    world.releases().await;
    world.accepts(2).await;
    assert_eq!(world.accepted().await, [the_change(), the_change()], "the same, said twice");
    assert_eq!(state(&world).await, "applied");
    the_trail_holds(&world, &request).await;
    before.stands(&world).await;
}

#[tokio::test]
async fn a_write_that_died_with_the_tenant_is_made_after_the_restart() {
    let (mut world, before) = up_to_the_write(Sandbox::Inside, "before").await;
    world.kill();
    world.restart().await;
    ends_well(&world).await;
    before.stands(&world).await;
}

#[tokio::test]
async fn a_write_that_was_made_and_never_answered_is_not_made_again() {
    let (mut world, before) = up_to_the_write(Sandbox::Apart, "after").await;
    assert_eq!(world.accepted().await, [the_change()]);
    world.kill();
    world.restart().await;
    ends_well(&world).await;
    before.stands(&world).await;
    assert_eq!(world.writes().await, 1, "no second write went out");
}

#[tokio::test]
async fn a_write_that_the_tenant_kept_and_died_with_is_not_made_again() {
    let (mut world, before) = up_to_the_write(Sandbox::Inside, "after").await;
    assert_eq!(world.accepted().await, [the_change()]);
    world.kill();
    world.restart().await;
    ends_well(&world).await;
    before.stands(&world).await;
    assert_eq!(world.writes().await, Value::Null, "no write went to the restarted tenant");
}

#[tokio::test]
async fn a_crash_while_reading_back_only_reads_again() {
    let (mut world, before) = up_to_the_write(Sandbox::Apart, "before").await;
    world.holds(READ, "before").await;
    world.releases().await;
    world.accepts(1).await;
    world.is_held().await;
    nobody_is_told_of_an_end(world.chat()).await;
    world.kill();
    world.releases().await;
    world.restart().await;
    ends_well(&world).await;
    before.stands(&world).await;
    assert_eq!(world.writes().await, 1, "no second write went out");
}

#[tokio::test]
async fn crashes_in_the_middle_of_recovery_are_recovered_from() {
    let (mut world, before) = up_to_the_write(Sandbox::Apart, "after").await;
    world.kill();
    world.releases().await;
    world.holds_nothing().await;
    for _ in 0..2 {
        // Every read about a person waits, the one that looks for the write among them.
        let fault = json!({ "match": READ, "kind": "hold", "times": 1000 });
        world.control(Method::POST, "/faults", Some(fault)).await;
        world.start();
        world.control(Method::GET, "/held?atLeast=1", None).await;
        world.kill();
        world.control(Method::DELETE, "/faults", None).await;
        world.control(Method::POST, "/release", None).await;
        world.holds_nothing().await;
    }
    world.restart().await;
    ends_well(&world).await;
    before.stands(&world).await;
    assert_eq!(world.writes().await, 1, "no second write went out");
}
