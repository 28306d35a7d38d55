//! Nobody decides about what they asked for or what is for them, and strangers decide nothing.

use crate::support::World;

const UNKNOWN: &str =
    "There is no such request, or only the people involved may see more of it. See yours with: /license requests.";

#[tokio::test(flavor = "multi_thread")]
async fn nobody_approves_what_they_asked_for_themselves() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    let card = ana.asks("/license assign me E5").await;
    let typed = format!("/license approve {}", card.request());
    ana.is_told(&typed, "You asked for this, so somebody else has to decide.").await;
    let ballot = megan.ballot(card.request()).await;
    let refused = ana.clicks(&ballot, "approve").await.refused();
    assert_eq!(
        refused,
        "This message is not for you, so its buttons are not either. See what waits for you with: /license requests."
    );
    assert_eq!(megan.ballot(card.request()).await, ballot, "nothing changed");
    assert_eq!(world.tenant.writes().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_who_asks_for_her_report_is_not_her_own_approver() {
    let world = World::start().await;
    let [megan, ana, oskar, li] = world.people(["megan", "ana", "oskar", "li"]);
    let card = megan.says("/license assign @ana E5").await;
    let stand_in = "You are the manager of Ana Silva and ask for it yourself, so Li Wei or Oskar Nyström must approve.";
    assert_eq!(card.fact("Approval"), stand_in);
    let card = megan.clicks(&card, "confirm").await.card(&card);
    assert_eq!(card.words()[2], "Waiting for approval by Li Wei and Oskar Nyström (1 needed).");
    let typed = format!("/license approve {}", card.request());
    megan.is_told(&typed, "You asked for this, so somebody else has to decide.").await;
    ana.is_told(&typed, "This is about you, so somebody else has to decide.").await;
    let ballot = oskar.ballot(card.request()).await;
    for person in [megan, ana, li] {
        let refused = person.clicks(&ballot, "approve").await.refused();
        assert!(refused.starts_with("This message is not for you"), "{refused}");
    }
    assert_eq!(world.tenant.writes().await, [""; 0]);
    li.approves(card.request()).await;
    assert_eq!(
        ana.hears(card.request()).await.words()[2],
        "Done, approved by Li Wei. The rehearsal tenant shows the change."
    );
    let late = oskar.clicks(&ballot, "approve").await.refused();
    assert_eq!(late, "R-…: Done, approved by Li Wei. The rehearsal tenant shows the change.");
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_learns_nothing_from_trying() {
    let world = World::start().await;
    let [ana, bo, megan] = world.people(["ana", "bo", "megan"]);
    let card = ana.asks("/license assign me E5").await;
    let ballot = megan.ballot(card.request()).await;
    for line in ["approve {}", "deny {} --reason no", "cancel {}", "request {}", "why {}"] {
        bo.is_told(&format!("/license {}", line.replace("{}", card.request())), UNKNOWN).await;
        bo.is_told(&format!("/license {}", line.replace("{}", "R-00000000")), UNKNOWN).await;
    }
    for (message, verb) in [(&ballot, "approve"), (&ballot, "deny"), (&card, "cancel")] {
        let refused = bo.fills_and_clicks(message, verb, &[("reason", "because")]).await.refused();
        assert!(refused.starts_with("This message is not for you"), "{refused}");
    }
    assert_eq!(megan.ballot(card.request()).await, ballot, "nothing changed");
    assert_eq!(world.tenant.writes().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_for_himself_is_as_anyone_else() {
    let world = World::start().await;
    let [oskar, tomas, li] = world.people(["oskar", "tomas", "li"]);
    let card = oskar.says("/license assign me copilot").await;
    assert_eq!(card.fact("Approval"), "Tomáš Dvořák must approve, then Li Wei.");
    let card = oskar.clicks(&card, "confirm").await.card(&card);
    let typed = format!("/license approve {}", card.request());
    oskar.is_told(&typed, "You asked for this, so somebody else has to decide.").await;
    tomas.approves(card.request()).await;
    oskar.is_told(&typed, "You asked for this, so somebody else has to decide.").await;
    li.approves(card.request()).await;
    let told = oskar.gets(card.request()).await;
    assert_eq!(told.words()[2], "Done, approved by Tomáš Dvořák and Li Wei. The rehearsal tenant shows the change.");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_operator_cancels_for_others() {
    let world = World::start().await;
    let [ana, megan, oskar] = world.people(["ana", "megan", "oskar"]);
    let card = ana.asks("/license assign me E5").await;
    let typed = format!("/license cancel {}", card.request());
    let refused = "Only the person who asked, or a license operator, can cancel this.";
    megan.is_told(&typed, refused).await;
    oskar.says(&typed).await;
    assert_eq!(ana.hears(card.request()).await.words()[2], "Cancelled by Oskar Nyström.");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_never_decides_two_steps_with_a_double_click_or_otherwise() {
    let world = World::start().await;
    let [nil, oskar, li] = world.people(["nil", "oskar", "li"]);
    let card = nil.asks("/license assign me copilot").await;
    let ballot = li.ballot(card.request()).await;
    li.clicks(&ballot, "approve").await.card(&ballot);
    let again = li.clicks(&ballot, "approve").await;
    assert_eq!(again.heading().as_deref(), Some("REHEARSAL: You did this already"));
    assert_eq!(again.refused(), "R-…: Approved by Li Wei. Waiting for Oskar Nyström (1 more needed).");
    let typed = format!("/license approve {}", card.request());
    li.is_told(&typed, "You approved an earlier step already, so somebody else takes this one.").await;
    assert_eq!(world.tenant.writes().await, [""; 0]);
    oskar.approves(card.request()).await;
    nil.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["nil: +Microsoft_365_Copilot"]);
}
