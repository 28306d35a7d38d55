//! Deciding by typing: whoever types is told what is recorded, beside the cards that changed.

use crate::support::{Actor, Said, World};

#[tokio::test(flavor = "multi_thread")]
async fn each_approver_who_types_hears_what_the_vote_did() {
    let world = World::start().await;
    let [eva, megan, oskar] = world.people(["eva", "megan", "oskar"]);
    let card = eva.asks("/license assign me copilot").await;
    let (typed, ballot) = (format!("/license approve {}", card.request()), megan.ballot(card.request()).await);
    let seen = megan.types_and_sees(&typed, "channel").await;
    assert_eq!(told(&seen), "REHEARSAL: Recorded | You approved R-…; it waits for one more vote.");
    assert_eq!(newest(&seen, &ballot), ("awaiting_approval", vec![]), "her own card, as it is now");

    let (oskar, ballot) = (oskar.in_swedish(), oskar.ballot(card.request()).await);
    let seen = oskar.types_and_sees(&typed, "direct").await;
    assert_eq!(told(&seen), "ÖVNING: Noterat | Du godkände R-…; den genomförs nu.");
    assert_eq!(newest(&seen, &ballot).1, [""; 0]);
    eva.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["eva: +Microsoft_365_Copilot"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_is_told_in_both_languages() {
    let world = World::start().await;
    let [ana, eva, megan, li] = world.people(["ana", "eva", "megan", "li"]);
    let (first, second) = (ana.asks("/license assign me copilot").await, eva.asks("/license assign me copilot").await);
    let approve = |card: &Said| format!("/license approve {}", card.request());
    let seen = megan.in_swedish().types_and_sees(&approve(&first), "channel").await;
    assert_eq!(told(&seen), "ÖVNING: Noterat | Du godkände R-…; den väntar på en röst till.");
    megan.says(&approve(&second)).await;
    let seen = li.types_and_sees(&approve(&second), "channel").await;
    assert_eq!(told(&seen), "REHEARSAL: Recorded | You approved R-…; it is now being carried out.");
    eva.gets(second.request()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_types_a_no_hears_that_it_stands() {
    let world = World::start().await;
    let [eva, ana, megan] = world.people(["eva", "ana", "megan"]);
    for (asker, megan, said) in [
        (eva, megan, "REHEARSAL: Recorded | You denied R-…; whoever asked for it is told why."),
        (ana, megan.in_swedish(), "ÖVNING: Noterat | Du avslog R-…; den som begärde det får veta varför."),
    ] {
        let card = asker.asks("/license assign me copilot").await;
        let ballot = megan.ballot(card.request()).await;
        let seen = megan.types_and_sees(&format!("/license deny {} --reason later", card.request()), "channel").await;
        assert_eq!((told(&seen).as_str(), newest(&seen, &ballot)), (said, ("denied", vec![])));
        assert_eq!(asker.hears(card.request()).await.words()[3], "Reason: later");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_types_a_cancellation_hears_it_with_a_card_or_without() {
    let world = World::start().await;
    let [eva, oskar] = world.people(["eva", "oskar"]);
    let card = eva.says("/license assign me copilot").await;
    let seen = cancels(eva, &card).await;
    assert_eq!(told(&seen), "REHEARSAL: Recorded | You cancelled R-….", "a draft");
    assert_eq!(newest(&seen, &card), ("cancelled", vec![]));

    let card = eva.writes("/license assign me copilot").await;
    eva.clicks(&card, "confirm").await.card(&card);
    let seen = cancels(oskar.in_swedish(), &card).await;
    assert_eq!(told(&seen), "ÖVNING: Noterat | Du avbröt R-….");
    assert_eq!(seen.len(), 2, "the line and the answer: of what was asked in private the operator has no card");
    assert_eq!(eva.hears(card.request()).await.words()[2], "Cancelled by Oskar Nyström.");
}

async fn cancels(person: Actor<'_>, card: &Said) -> Vec<Said> {
    person.types_and_sees(&format!("/license cancel {}", card.request()), "direct").await
}

/// What only the typist is told, which is the last thing said.
fn told(seen: &[Said]) -> String {
    let answers: Vec<&Said> = seen.iter().filter(|said| said.from == "licensebot" && said.request.is_none()).collect();
    assert!(answers.len() == 1 && answers[0].private && seen.last().unwrap().id == answers[0].id, "{seen:#?}");
    answers[0].words().join(" | ")
}

/// The card as it was sent along.
fn newest<'a>(seen: &'a [Said], card: &Said) -> (&'a str, Vec<&'a str>) {
    let card = seen.iter().find(|said| said.id == card.id).unwrap();
    (card.state(), card.verbs())
}
