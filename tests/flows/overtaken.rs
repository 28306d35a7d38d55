//! Whoever comes after somebody else's decision is told what was decided and by whom, under a title that says so.

use crate::support::{Clicked, World};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_are_asked_the_slower_reads_who_was_first() {
    let world = World::start().await;
    let [nil, oskar, li] = world.people(["nil", "oskar", "li"]);
    let card = nil.asks("/license assign me E5").await;
    let ballot = li.ballot(card.request()).await;
    oskar.approves(card.request()).await;
    nil.gets(card.request()).await;
    let became = "Done, approved by Oskar Nyström. The rehearsal tenant shows the change.";
    let late = li.clicks(&ballot, "approve").await;
    assert_eq!(told(&late), format!("REHEARSAL: Already decided | R-…: {became}"));
    let late = li.in_swedish().fills_and_clicks(&ballot, "deny", &[("reason", "nej")]).await;
    let became = "Klar, godkänd av Oskar Nyström. Övningstenanten visar ändringen.";
    assert_eq!(told(&late), format!("ÖVNING: Redan avgjort | R-…: {became}"));
    let typed = li.says(&format!("/license approve {}", card.request())).await;
    assert_eq!(typed.words()[0], "REHEARSAL: Already decided");
    let typed = nil.says(&format!("/license cancel {}", card.request())).await;
    let became = "R-…: Done, approved by Oskar Nyström. The rehearsal tenant shows the change.";
    assert_eq!(typed.words(), ["REHEARSAL: Too late", became]);
    assert_eq!(world.tenant.writes().await, ["nil: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_and_a_cancellation_are_somebodys_decision_too() {
    let world = World::start().await;
    let [nil, oskar, li] = world.people(["nil", "oskar", "li"]);
    let card = nil.asks("/license assign me E5").await;
    let (first, second) = (oskar.ballot(card.request()).await, li.ballot(card.request()).await);
    oskar.fills_and_clicks(&first, "deny", &[("reason", "not now")]).await.card(&first);
    let late = li.clicks(&second, "approve").await;
    assert_eq!(told(&late), "REHEARSAL: Already decided | R-…: Denied by Oskar Nyström.");
    let late = nil.in_swedish().says(&format!("/license cancel {}", card.request())).await;
    assert_eq!(late.words(), ["ÖVNING: Redan avgjort", "R-…: Avslagen av Oskar Nyström."]);

    let card = nil.asks("/license assign me E5").await;
    let ballot = li.ballot(card.request()).await;
    nil.clicks(&card, "cancel").await.card(&card);
    let late = li.in_swedish().clicks(&ballot, "approve").await;
    assert_eq!(told(&late), "ÖVNING: Redan avgjort | R-…: Avbruten av Nil Serra.");
    let again = nil.says(&format!("/license cancel {}", card.request())).await;
    assert_eq!(again.words()[0], "REHEARSAL: You did this already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_its_authors_alone() {
    let world = World::start().await;
    let [megan, ana, oskar] = world.people(["megan", "ana", "oskar"]);
    let card = megan.says("/license assign @ana E5").await;
    for line in ["approve {}", "deny {} --reason no", "cancel {}", "request {}", "why {}"] {
        let line = format!("/license {}", line.replace("{}", card.request()));
        for person in [ana, oskar] {
            person
                .is_told(&line, "There is no such request, or only the people involved may see more of it. See yours with: /license requests.")
                .await;
        }
    }
    assert_eq!(megan.now(&card).await, card);
}

fn told(clicked: &Clicked) -> String {
    format!("{} | {}", clicked.heading().unwrap(), clicked.refused())
}
