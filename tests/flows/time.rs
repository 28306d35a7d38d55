//! What nobody decides dies, and who comes too late is told.

use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_forgotten_after_fifteen_minutes() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    let in_time = ana.says("/license assign me copilot").await;
    let card = ana.says("/license assign me E5").await;
    world.passes("14m").await;
    ana.clicks(&in_time, "confirm").await.card(&in_time);
    world.passes("2m").await;
    let refused = ana.clicks(&card, "confirm").await.refused();
    assert_eq!(refused, "R-…: Its time ran out.");
    let expired = ana.sees_state(&card, "expired").await;
    assert_eq!(expired.words()[2..], ["Its time ran out.", "Ask again if it is still needed."]);
    assert_eq!(expired.verbs(), [""; 0]);
    assert_eq!(ana.clicks(&card, "confirm").await.refused(), refused, "and it stays so");
    assert_eq!(megan.reads_of(card.request()).await, []);
    megan.ballot(in_time.request()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_dies_by_itself_and_quietly() {
    let world = World::start().await;
    let ana = world.person("ana");
    let card = ana.says("/license assign me E5").await;
    world.passes("20m").await;
    ana.sees_state(&card, "expired").await;
    assert_eq!(ana.reads_of(card.request()).await.len(), 1, "nothing but the card itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_dies_after_fourteen_days() {
    let world = World::start().await;
    let [ana, bo, megan] = world.people(["ana", "bo", "megan"]);
    let card = ana.asks("/license assign me E5").await;
    let ballot = megan.ballot(card.request()).await;
    world.passes("13d").await;
    assert_eq!(megan.ballot(card.request()).await.id, ballot.id);
    world.passes("2d").await;
    let late = megan.clicks(&ballot, "approve").await;
    assert_eq!(late.heading().as_deref(), Some("REHEARSAL: Too late"));
    let late = late.refused();
    assert_eq!(late, "R-…: Its time ran out.");
    let told = ana.hears(card.request()).await;
    assert_eq!(told.words()[2..], ["Its time ran out.", "Ask again if it is still needed."]);
    let closed = megan.sees_state(&ballot, "expired").await;
    assert_eq!(closed.verbs(), [""; 0]);
    assert_eq!(closed.words()[2..], ["Its time ran out."], "she did not ask");
    assert_eq!(bo.sees_public(card.request(), "expired").await.words()[2], told.words()[2]);
    let denied = megan.fills_and_clicks(&ballot, "deny", &[("reason", "too late")]).await.refused();
    assert_eq!(denied, late);
    assert_eq!(world.tenant.writes().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_ran_out_in_between_is_replaced() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    let card = ana.asks("/license assign me E5").await;
    world.tenant.calls().await;
    world.passes("1d").await;
    megan.approves(card.request()).await;
    ana.gets(card.request()).await;
    assert_eq!(world.tenant.calls().await["token"], 1);
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}
