//! What needs nobody, and what does not become free of approval by coming with it.

use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn power_bi_comes_with_the_confirmation() {
    let world = World::start().await;
    let ana = world.person("ana");
    let card = ana.says("/license assign me \"Power BI Pro\"").await;
    assert_eq!(card.fact("Approval"), "Nobody has to approve; the change is made when you confirm.");
    assert_eq!(world.tenant.writes().await, [""; 0]);
    ana.clicks(&card, "confirm").await.card(&card);
    assert_eq!(ana.gets(card.request()).await.words()[2], "Done. The rehearsal tenant shows the change.");
    assert_eq!(world.tenant.writes().await, ["ana: +POWER_BI_PRO"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_covers_nothing_up() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    let card = ana.says("/license assign me \"Power BI Pro\", E5").await;
    assert_eq!(card.fact("Approval"), "Megan Doyle must approve.");
    assert_eq!(card.facts("Seats"), ["Microsoft 365 E5: 3 seats free of 14", "Power BI Pro: 7 seats free of 10"]);
    ana.clicks(&card, "confirm").await.card(&card);
    assert_eq!(world.tenant.writes().await, [""; 0]);
    megan.approves(card.request()).await;
    ana.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5 +POWER_BI_PRO"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_at_once_for_oneself_alone_and_not_without_a_country() {
    let world = World::start().await;
    let [bo, lee] = world.people(["bo", "lee"]);
    assert_eq!(bo.says("/license assign @ana \"Power BI Pro\"").await.fact("Approval"), "Megan Doyle must approve.");
    let card = lee.says("/license assign me \"Power BI Pro\"").await;
    assert_eq!(card.fact("Approval"), "Megan Doyle must approve.");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_helps_others_at_once() {
    let world = World::start().await;
    let [oskar, ana, megan] = world.people(["oskar", "ana", "megan"]);
    let card = oskar.says("/license assign @ana E5, copilot").await;
    assert_eq!(card.fact("Approval"), "Nobody has to approve; the change is made when you confirm.");
    oskar.clicks(&card, "confirm").await.card(&card);
    ana.gets(card.request()).await;
    assert_eq!(megan.reads_of(card.request()).await.len(), 1, "the public line");
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5 +Microsoft_365_Copilot"]);
}
