//! Somebody says no, and says why.

use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_no_needs_a_reason_and_only_those_who_decide_and_ask_read_it() {
    let world = World::start().await;
    let [eva, megan, bo] = world.people(["eva", "megan", "bo"]);
    let card = eva.asks("/license assign me copilot").await;
    let ballot = megan.ballot(card.request()).await;
    let empty = megan.clicks(&ballot, "deny").await;
    assert_eq!(empty.refused(), "“Reason” is still empty. Fill it in, then choose “Deny” again.");
    let blank = megan.fills_and_clicks(&ballot, "deny", &[("reason", "  \n ")]).await;
    assert_eq!(blank.refused(), "“Reason” is still empty. Fill it in, then choose “Deny” again.");
    let endless = megan.fills_and_clicks(&ballot, "deny", &[("reason", &"no ".repeat(400))]).await;
    assert_eq!(endless.refused(), "Say why, in 1 to 500 characters; the person who asked will read it.");
    assert_eq!(eva.sees_public(card.request(), "awaiting_approval").await.revision, 1);

    let denied = megan.fills_and_clicks(&ballot, "deny", &[("reason", "not this year")]).await.card(&ballot);
    let asked = "Eva Novotná asks for: assign Microsoft Copilot for Microsoft 365 (Microsoft_365_Copilot).";
    assert_eq!(denied.words()[1..], [asked, "Denied by Megan Doyle.", "Reason: not this year"]);
    assert_eq!(denied.verbs(), [""; 0]);
    let told = eva.hears(card.request()).await;
    let ended = "REHEARSAL: License request R-… has ended";
    assert_eq!(told.words(), [ended, asked, "Denied by Megan Doyle.", "Reason: not this year"]);
    let mine = eva.sees_state(&card, "denied").await;
    assert_eq!(mine.words()[2..], ["Denied by Megan Doyle.", "Reason: not this year"]);
    let public = bo.sees_public(card.request(), "denied").await;
    assert_eq!(public.words()[1..], [asked, "Denied by Megan Doyle."]);
    assert_eq!(bo.reads_of(card.request()).await, [public]);
    assert_eq!(world.tenant.writes().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_it_was_for_hears_of_the_no_without_its_reason() {
    let world = World::start().await;
    let [bo, ana, megan] = world.people(["bo", "ana", "megan"]);
    let card = bo.asks("/license assign @ana E5").await;
    let ballot = megan.ballot(card.request()).await;
    megan.fills_and_clicks(&ballot, "deny", &[("reason", "she leaves in May")]).await.card(&ballot);
    assert_eq!(bo.hears(card.request()).await.words()[2..], ["Denied by Megan Doyle.", "Reason: she leaves in May"]);
    assert_eq!(ana.hears(card.request()).await.words()[2..], ["Denied by Megan Doyle."]);
    let seen = ana.reads().await;
    assert!(seen.iter().all(|said| !said.text.contains("May")), "{seen:#?}");
    assert_eq!(world.tenant.writes().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_can_be_typed() {
    let world = World::start().await;
    let [eva, megan] = world.people(["eva", "megan"]);
    let card = eva.asks("/license assign me copilot").await;
    let typed = format!("/license deny {} --reason \"no budget\"", card.request());
    megan.says(&typed).await;
    assert_eq!(eva.hears(card.request()).await.words()[2..], ["Denied by Megan Doyle.", "Reason: no budget"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asked_takes_it_back() {
    let world = World::start().await;
    let [eva, megan] = world.people(["eva", "megan"]);
    let card = eva.asks("/license assign me copilot").await;
    let ballot = megan.ballot(card.request()).await;
    let cancelled = eva.clicks(&card, "cancel").await.card(&card);
    assert_eq!(cancelled.words()[2], "Cancelled by Eva Novotná.");
    assert_eq!(megan.sees_state(&ballot, "cancelled").await.verbs(), [""; 0]);
    let late = megan.clicks(&ballot, "approve").await;
    assert_eq!(late.refused(), "R-…: Cancelled by Eva Novotná.");
    assert_eq!(world.tenant.writes().await, [""; 0]);
}
