//! The tenant is killed in the middle of an execution, and the bot lives: it waits, and goes on when the tenant is there again
//! with what it had accepted.

use serde_json::{Value, json};

use super::ending::{
    Before, approves, approves_with_a_country, asks, confirms, ends_well, ends_with, lee_asks, lees_changes,
    nobody_is_told_of_an_end, the_change,
};
use super::world::{Sandbox, World};

const READ: &str = "GET /users/{id}";

/// The story up to the write, which the tenant holds; then the tenant dies and comes back.
async fn killed_with_the_write(when: &str, accepted: &[Value]) -> (World, Before) {
    let mut world = World::new(Sandbox::Apart).await;
    asks(world.chat()).await;
    confirms(world.chat()).await;
    let before = Before::of(&world).await;
    world.holds("assignLicense", when).await;
    approves(world.chat()).await;
    world.is_held().await;
    world.kill_tenant();
    nobody_is_told_of_an_end(world.chat()).await;
    world.restart_tenant().await;
    assert_eq!(world.accepted().await, accepted);
    (world, before)
}

#[tokio::test]
async fn a_write_that_died_with_the_tenant_is_made_when_it_is_back() {
    let (world, before) = killed_with_the_write("before", &[]).await;
    ends_well(&world).await;
    before.stands(&world).await;
    assert_eq!(world.writes().await, json!(1), "made once after the return");
}

#[tokio::test]
async fn a_write_that_the_tenant_kept_and_did_not_answer_is_found_when_it_is_back() {
    let (world, before) = killed_with_the_write("after", &[the_change()]).await;
    ends_well(&world).await;
    before.stands(&world).await;
    assert_eq!(world.writes().await, Value::Null, "no write went to the restarted tenant");
}

#[tokio::test]
async fn a_tenant_that_dies_while_it_is_read_back_is_read_again_when_it_is_back() {
    let mut world = World::new(Sandbox::Apart).await;
    lee_asks(world.chat()).await;
    let before = Before::of(&world).await;
    world.holds("PATCH /users/{id}", "before").await;
    approves_with_a_country(world.chat()).await;
    world.is_held().await;
    world.holds(READ, "before").await;
    world.releases().await;
    world.accepts(1).await;
    world.is_held().await;
    world.kill_tenant();
    nobody_is_told_of_an_end(world.chat()).await;
    world.restart_tenant().await;
    ends_with(&world, "lee", &lees_changes()).await;
    before.stands(&world).await;
    assert_eq!(world.writes().await, json!(1), "one license write went to the restarted tenant");
}
