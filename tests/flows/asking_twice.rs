//! The same wish a second time: nobody is asked twice, and whoever would join somebody else's request is told of it.

use crate::support::World;

const WAITS: &str = "Waiting for approval by Megan Doyle (1 needed).";

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_again_is_shown_the_request_that_waits() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    let card = ana.asks("/license assign me E5").await;
    let again = ana.says("/license assign me E5").await;
    assert_eq!(again.words(), ["REHEARSAL: You did this already", &format!("You have asked for this in R-…. {WAITS}")]);
    let again = ana.in_swedish().says("/license assign ana SPE_E5").await;
    assert_eq!(again.words()[0], "ÖVNING: Det har du redan gjort");
    let other = ana.says("/license assign me \"Power BI Pro\"").await;
    assert_eq!(other.state(), "draft", "another wish is another request");
    megan.approves(card.request()).await;
    ana.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_equal_drafts_one_can_be_confirmed() {
    let world = World::start().await;
    let ana = world.person("ana");
    let [first, second] = [ana.says("/license assign me E5").await, ana.says("/license assign me E5").await];
    ana.clicks(&first, "confirm").await.card(&first);
    let refused = ana.clicks(&second, "confirm").await;
    assert_eq!(refused.refused(), format!("You have asked for this in R-…. {WAITS}"));
    assert_eq!(ana.now(&second).await.state(), "draft");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_asked_for_is_told_to_who_may_know_it() {
    let world = World::start().await;
    let [ana, megan, bo] = world.people(["ana", "megan", "bo"]);
    ana.asks("/license assign me E5").await;
    let told = megan.says("/license assign @ana E5").await;
    let note = format!("The same is asked for in R-… already. {WAITS}");
    assert!(told.words().contains(&note), "{:?}", told.words());
    let unaware = bo.says("/license assign @ana E5").await;
    assert!(!unaware.words().iter().any(|line| line.contains("already")), "{:?}", unaware.words());
}
