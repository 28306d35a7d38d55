//! A missing usage location is chosen by somebody who may, never guessed, and set before the licenses.

use crate::support::World;

const MISSING: &str = "Lee Park has no usage location yet. An approver or a license operator chooses it on their card; it \
                       is never guessed.";

#[tokio::test(flavor = "multi_thread")]
async fn the_approver_chooses_the_country() {
    let world = World::start().await;
    let [lee, megan] = world.people(["lee", "megan"]);
    let card = lee.says("/license assign me E3").await;
    assert_eq!(card.words()[3..], [MISSING]);
    assert_eq!((card.fact("Usage location"), card.action("confirm").inputs.len()), ("none".to_owned(), 0));
    lee.clicks(&card, "confirm").await.card(&card);

    let ballot = megan.ballot(card.request()).await;
    let input = &ballot.action("approve").inputs[0];
    assert_eq!((input.id.as_str(), input.required, input.choices.len()), ("usage_location", true, 249));
    let sweden = input.choices.iter().find(|choice| choice.value == "SE").unwrap();
    assert_eq!(sweden.label, "Sweden (SE)");
    let empty = megan.clicks(&ballot, "approve").await.refused();
    assert_eq!(empty, "“Usage location” is still empty. Fill it in, then choose “Approve” again.");
    for nonsense in ["Sweden", "XX", "S", "se-SE"] {
        let refused = megan.fills_and_clicks(&ballot, "approve", &[("usage_location", nonsense)]).await.refused();
        assert_eq!(refused, "That is no country. Choose one from the list.", "{nonsense}");
    }
    let typed = format!("/license approve {}", card.request());
    let needed = "Choose a usage location first; it decides which services are allowed, and is never guessed.";
    megan.is_told(&typed, needed).await;
    assert_eq!(world.tenant.writes().await, [""; 0]);

    megan.fills_and_clicks(&ballot, "approve", &[("usage_location", "SE")]).await.card(&ballot);
    let told = lee.gets(card.request()).await;
    assert_eq!(told.fact("Holds now"), "Microsoft 365 E3 (SPE_E3)");
    assert_eq!(world.tenant.writes().await, ["lee: country SE", "lee: +SPE_E3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_chooses_it_when_asking() {
    let world = World::start().await;
    let [oskar, lee] = world.people(["oskar", "lee"]);
    let card = oskar.says("/license assign @lee E3").await;
    assert_eq!(card.action("confirm").inputs[0].id, "usage_location");
    let empty = oskar.clicks(&card, "confirm").await.refused();
    assert_eq!(empty, "“Usage location” is still empty. Fill it in, then choose “Confirm” again.");
    oskar.fills_and_clicks(&card, "confirm", &[("usage_location", "NO")]).await.card(&card);
    let again = oskar.fills_and_clicks(&card, "confirm", &[("usage_location", "NO")]).await;
    assert_eq!(again.heading().as_deref(), Some("REHEARSAL: You did this already"));
    lee.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["lee: country NO", "lee: +SPE_E3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_choose_cannot_smuggle_a_country_in() {
    let world = World::start().await;
    let [lee, ana, megan] = world.people(["lee", "ana", "megan"]);
    let card = lee.says("/license assign me E3").await;
    let refused = lee.fills_and_clicks(&card, "confirm", &[("usage_location", "IR")]).await.refused();
    assert_eq!(refused, "You may not set the usage location. An approver chooses it.");
    // A country for somebody who has one is nothing that anybody asked for.
    let card = ana.asks("/license assign me E5").await;
    let ballot = megan.ballot(card.request()).await;
    megan.fills_and_clicks(&ballot, "approve", &[("usage_location", "IR")]).await.card(&ballot);
    ana.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_who_asked_never_learns_the_country() {
    let world = World::start().await;
    let [bo, megan, lee] = world.people(["bo", "megan", "lee"]);
    let card = bo.asks("/license assign @lee E3").await;
    let ballot = megan.ballot(card.request()).await;
    megan.fills_and_clicks(&ballot, "approve", &[("usage_location", "NO")]).await.card(&ballot);
    lee.gets(card.request()).await;
    bo.gets(card.request()).await;
    bo.says(&format!("/license request {}", card.request())).await;
    bo.says(&format!("/license why {}", card.request())).await;
    for said in bo.reads().await {
        let tells = ["Norway", "(NO)", ": NO", "location"].iter().find(|word| said.text.contains(**word));
        assert_eq!(tells, None, "{}", said.text);
    }
}
