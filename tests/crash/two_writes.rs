//! Killed between the two writes of one request: lee has no usage location, so it is set before the license. Whichever of them
//! was made is not made again, and the other follows.

use super::ending::{Before, approves_with_a_country, ends_with, lee_asks, lees_changes, nobody_is_told_of_an_end};
use super::world::{Sandbox, World};

const LOCATION: &str = "PATCH /users/{id}";
const LICENSE: &str = "assignLicense";
const READ: &str = "GET /users/{id}";

/// The story up to a call that the tenant holds.
async fn up_to(sandbox: Sandbox, call: &str, when: &str) -> (World, Before) {
    let world = World::new(sandbox).await;
    lee_asks(world.chat()).await;
    let before = Before::of(&world).await;
    world.holds(call, when).await;
    approves_with_a_country(world.chat()).await;
    world.is_held().await;
    (world, before)
}

/// Killed now, and started again: both changes are made, each once.
async fn killed(mut world: World, before: Before, held: bool) {
    nobody_is_told_of_an_end(world.chat()).await;
    world.kill();
    if held {
        world.releases().await;
        world.holds_nothing().await;
    }
    world.restart().await;
    ends_with(&world, "lee", &lees_changes()).await;
    before.stands(&world).await;
}

async fn with_the_location_made_and_not_answered(sandbox: Sandbox) {
    let (world, before) = up_to(sandbox, LOCATION, "after").await;
    assert_eq!(world.accepted().await, lees_changes()[..1]);
    killed(world, before, sandbox == Sandbox::Apart).await;
}

#[tokio::test]
async fn a_location_that_was_set_and_never_answered_is_not_set_again() {
    with_the_location_made_and_not_answered(Sandbox::Apart).await;
}

#[tokio::test]
async fn a_location_that_the_tenant_kept_and_died_with_is_not_set_again() {
    with_the_location_made_and_not_answered(Sandbox::Inside).await;
}

async fn while_reading_the_location_back(sandbox: Sandbox) {
    let (world, before) = up_to(sandbox, LOCATION, "before").await;
    world.holds(READ, "before").await;
    world.releases().await;
    world.accepts(1).await;
    world.is_held().await;
    killed(world, before, sandbox == Sandbox::Apart).await;
}

#[tokio::test]
async fn a_location_that_was_being_read_back_is_read_again() {
    while_reading_the_location_back(Sandbox::Apart).await;
}

#[tokio::test]
async fn a_location_that_was_being_read_back_from_a_tenant_that_died_is_read_again() {
    while_reading_the_location_back(Sandbox::Inside).await;
}

/// The location is known to be set, and the license is committed to and on its way, not made.
async fn with_the_license_on_its_way(sandbox: Sandbox) -> (World, Before) {
    let (world, before) = up_to(sandbox, LICENSE, "before").await;
    assert_eq!(world.accepted().await, lees_changes()[..1]);
    (world, before)
}

#[tokio::test]
async fn the_license_that_was_on_its_way_after_the_location_lands_once() {
    let (world, before) = with_the_license_on_its_way(Sandbox::Apart).await;
    killed(world, before, true).await;
}

#[tokio::test]
async fn the_license_that_died_with_the_tenant_after_the_location_is_made_once() {
    let (world, before) = with_the_license_on_its_way(Sandbox::Inside).await;
    killed(world, before, false).await;
}
