//! The bot stops in the middle of the story and starts again: nothing is lost, nothing is done twice.

use serde_json::json;

use crate::support::{Said, World};

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_goes_on_and_nothing_is_said_anew() {
    let world = World::start().await;
    let draft = world.person("eva").says("/license assign me copilot").await;
    let card = world.person("ana").asks("/license assign me E5").await;
    world.person("megan").ballot(card.request()).await;
    world.person("ana").sees_public(card.request(), "awaiting_approval").await;
    let before = all(&world).await;

    let world = world.restart().await;
    let [ana, eva, megan] = world.people(["ana", "eva", "megan"]);
    assert_eq!(all(&world).await, before, "every message with its id and revision");
    let confirmed = eva.clicks(&draft, "confirm").await.card(&draft);
    assert_eq!(confirmed.state(), "awaiting_approval");
    megan.approves(card.request()).await;
    ana.gets(card.request()).await;

    let ended = all(&world).await;
    let world = world.restart().await;
    assert_eq!(all(&world).await, ended);
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_whose_fate_is_unknown_is_settled_after_the_restart() {
    let world = World::start().await;
    let card = world.person("ana").asks("/license assign me E5").await;
    world.person("megan").ballot(card.request()).await;
    world.tenant.suffers(json!({ "match": "assignLicense", "kind": "status", "status": 504 })).await;
    world.person("megan").approves(card.request()).await;
    world.person("ana").sees_state(&card, "verifying").await;

    let world = world.restart().await;
    let ana = world.person("ana");
    world.passes("1m").await;
    ana.sees(|said| said.id == card.id && said.state() != "verifying").await;
    world.passes("1m").await;
    ana.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_does_not_go_back() {
    let world = World::start().await;
    let card = world.person("ana").says("/license assign me E5").await;
    world.passes("20m").await;
    let world = world.restart().await;
    let refused = world.person("ana").clicks(&card, "confirm").await.refused();
    assert_eq!(refused, "R-…: Its time ran out.");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_that_somebody_last_used_is_not_forgotten() {
    let world = World::start().await;
    world.person("megan").in_swedish().says("/license help").await;

    let world = world.restart().await;
    let card = world.person("ana").asks("/license assign me E5").await;
    world.person("megan").ballot(card.request()).await;
    assert_eq!(world.languages_of("ballot").await, ["sv"]);
}

async fn all(world: &World) -> Vec<Vec<Said>> {
    let mut seen = Vec::new();
    for name in ["ana", "eva", "megan", "oskar", "bo"] {
        seen.push(world.person(name).reads().await);
    }
    seen
}
