//! How often Graph is called, token and catalog warm: nobody waits for a call that is not needed.

use std::collections::BTreeMap;

use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_command_and_each_click_read_once_and_an_execution_takes_three_calls() {
    let world = World::start().await;
    let [ana, eva, megan] = world.people(["ana", "eva", "megan"]);
    let warm = eva.asks("/license assign me \"Power BI Pro\"").await;
    eva.gets(warm.request()).await;
    world.tenant.calls().await;

    let card = ana.says("/license assign me E5").await;
    assert_eq!(world.tenant.calls().await, counts([("POST /$batch", 1)]));
    ana.clicks(&card, "confirm").await.card(&card);
    let ballot = megan.ballot(card.request()).await;
    assert_eq!(world.tenant.calls().await, counts([("POST /$batch", 1)]));
    megan.clicks(&ballot, "approve").await.card(&ballot);
    ana.gets(card.request()).await;
    assert_eq!(
        world.tenant.calls().await,
        counts([("POST /$batch", 3), ("POST /users/{id}/assignLicense", 1)]),
        "the vote, the last look, the write, the look back"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_takes_one_call_at_most() {
    let world = World::start().await;
    let [ana, oskar] = world.people(["ana", "oskar"]);
    ana.says("/license status").await;
    ana.says("/license stock").await;
    world.tenant.calls().await;
    for line in ["status", "stock", "requests", "why me E5", "help", "assign me nonsense"] {
        for person in [ana, oskar] {
            person.says(&format!("/license {line}")).await;
            let calls: u64 = world.tenant.calls().await.values().sum();
            assert!(calls <= 1, "{line}: {calls}");
        }
    }
}

fn counts<const N: usize>(calls: [(&str, u64); N]) -> BTreeMap<String, u64> {
    calls.map(|(call, count)| (call.to_owned(), count)).into()
}
