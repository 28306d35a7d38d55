//! A decision that the chat could not show: it stands, whoever made it is told so, and the cards follow by themselves.

use crate::support::World;

const FULL: &str =
    "CREATE TRIGGER full BEFORE UPDATE OF card ON message BEGIN SELECT RAISE(ABORT, 'as on a full disk'); END";

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_whose_card_could_not_be_changed_counts_and_the_card_follows() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    let card = ana.asks("/license assign me E5").await;
    let ballot = megan.ballot(card.request()).await;
    world.with_the_chats_file(FULL).await;
    let clicked = megan.clicks(&ballot, "approve").await;
    let told = clicked.all().iter().find(|said| said.request.is_none()).unwrap();
    let request = card.request();
    assert_eq!(
        told.card().text,
        format!(
            "What you chose for {request} is recorded and stands, but its card could not be changed yet. The card follows by \
             itself; see where the request stands with: /license request {request}."
        )
    );
    let stands = megan.says(&format!("/license request {request}")).await;
    assert!(stands.text.contains("pproved by Megan Doyle"), "{}", stands.text);
    world.with_the_chats_file("DROP TRIGGER full").await;
    let caught_up = megan.sees_state(&ballot, "applied").await;
    assert_eq!(caught_up.verbs(), [""; 0]);
    ana.gets(request).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_whose_card_could_not_be_posted_stands_and_its_card_follows() {
    let world = World::start().await;
    let ana = world.person("ana");
    let no_drafts = "CREATE TRIGGER full BEFORE INSERT ON message WHEN NEW.card LIKE '%\"draft\"%'
                     BEGIN SELECT RAISE(ABORT, 'as on a full disk'); END";
    world.with_the_chats_file(no_drafts).await;
    let told = ana.says("/license assign me E5").await;
    assert_eq!(told.words()[0], "REHEARSAL: Recorded", "and not that it should be typed again");
    world.with_the_chats_file("DROP TRIGGER full").await;
    let card = ana.sees(|said| said.state() == "draft").await;
    assert!(told.text.contains(card.request()), "{}", told.text);
    ana.clicks(&card, "confirm").await.card(&card);
    let drafts = ana.reads().await.into_iter().filter(|said| said.request.is_some() && said.private).count();
    assert_eq!(drafts, 1, "asked once");
}
