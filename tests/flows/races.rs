//! Two hands at once: one effect, and the second is told who was first.

use crate::support::{Clicked, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_on_confirm_asks_once() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    let card = ana.says("/license assign me E5").await;
    let clicks = tokio::join!(ana.clicks(&card, "confirm"), ana.clicks(&card, "confirm"));
    let [first, second] =
        [&clicks.0, &clicks.1].map(|clicked| (clicked.seen(&card).state(), clicked.seen(&card).verbs()));
    assert_eq!(first, ("awaiting_approval", vec!["cancel"]), "whoever was first");
    assert_eq!(second, first, "and whoever was second");
    assert_eq!(heading_of_the_loser(&clicks), "REHEARSAL: You did this already");
    let refused = the_loser(clicks);
    assert_eq!(refused, "R-…: Waiting for approval by Megan Doyle (1 needed).");
    let ballot = megan.ballot(card.request()).await;
    ana.sees_public(card.request(), "awaiting_approval").await;
    let (of_ana, of_megan) = (ana.reads_of(card.request()).await, megan.reads_of(card.request()).await);
    assert_eq!(of_ana.iter().filter(|said| !said.private).count(), 1);
    assert_eq!(of_megan.iter().filter(|said| said.private).count(), 1);
    megan.clicks(&ballot, "approve").await.card(&ballot);
    ana.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_on_approve_counts_once() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    let card = ana.asks("/license assign me E5").await;
    let ballot = megan.ballot(card.request()).await;
    let clicks = tokio::join!(megan.clicks(&ballot, "approve"), megan.clicks(&ballot, "approve"));
    for clicked in [&clicks.0, &clicks.1] {
        assert_eq!(clicked.seen(&ballot).verbs(), [""; 0], "nobody is left with buttons that do not count");
    }
    assert_eq!(heading_of_the_loser(&clicks), "REHEARSAL: You did this already");
    let refused = the_loser(clicks);
    assert!(refused.starts_with("R-…: ") && refused.contains("pproved by Megan Doyle."), "{refused}");
    ana.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_operators_the_second_is_told_who_was_first() {
    let world = World::start().await;
    let [nil, oskar, li] = world.people(["nil", "oskar", "li"]);
    let card = nil.asks("/license assign me E5").await;
    let (first, second) = (oskar.ballot(card.request()).await, li.ballot(card.request()).await);
    let clicks = tokio::join!(oskar.clicks(&first, "approve"), li.clicks(&second, "approve"));
    assert_eq!((clicks.0.seen(&first).verbs(), clicks.1.seen(&second).verbs()), (Vec::new(), Vec::new()));
    assert_eq!(heading_of_the_loser(&clicks), "REHEARSAL: Already decided");
    let winner = if clicks.0.refusal().is_none() { "Oskar Nyström" } else { "Li Wei" };
    let refused = the_loser(clicks);
    assert!(refused.starts_with("R-…: ") && refused.contains(&format!("pproved by {winner}.")), "{refused}");
    let told = nil.hears(card.request()).await;
    assert_eq!(told.words()[2], format!("Done, approved by {winner}. The rehearsal tenant shows the change."));
    assert_eq!(world.tenant.writes().await, ["nil: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_and_a_no_at_once_are_one_of_them() {
    let world = World::start().await;
    let [nil, oskar, li] = world.people(["nil", "oskar", "li"]);
    let card = nil.asks("/license assign me E5").await;
    let (first, second) = (oskar.ballot(card.request()).await, li.ballot(card.request()).await);
    let no = li.fills_and_clicks(&second, "deny", &[("reason", "not now")]);
    let (yes, no) = tokio::join!(oskar.clicks(&first, "approve"), no);
    let approved = yes.refusal().is_none();
    let clicks = (yes, no);
    assert_eq!(heading_of_the_loser(&clicks), "REHEARSAL: Already decided");
    let refused = the_loser(clicks);
    let told = nil.hears(card.request()).await;
    if approved {
        assert!(refused.contains("pproved by Oskar Nyström."), "{refused}");
        assert_eq!(told.state(), "applied");
        assert_eq!(world.tenant.writes().await, ["nil: +SPE_E5"]);
    } else {
        assert_eq!(refused, "R-…: Denied by Li Wei.");
        assert_eq!(told.state(), "denied");
        assert_eq!(world.tenant.writes().await, [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_seat_goes_to_whoever_is_approved_first() {
    let world = World::start().await;
    let [ana, nil, megan, oskar] = world.people(["ana", "nil", "megan", "oskar"]);
    for lucky in ["zoe", "luca"] {
        world.tenant.behind_the_bot(lucky, &["SPE_E5"], &["SPE_E3"]).await;
    }
    let first = ana.asks("/license assign me E5").await;
    let second = nil.asks("/license assign me E5").await;
    megan.approves(first.request()).await;
    ana.gets(first.request()).await;
    let ballot = oskar.ballot(second.request()).await;
    let refused = oskar.clicks(&ballot, "approve").await.refused();
    assert_eq!(
        refused,
        "No seat of Microsoft 365 E5 (SPE_E5) is free: 14 of 14 are in use. Ask a license operator to free or buy one."
    );
    assert_eq!(world.tenant.writes().await, ["zoe: +SPE_E5 -SPE_E3", "luca: +SPE_E5 -SPE_E3", "ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_clicks_at_once_each_sees_the_newest_card() {
    let world = World::start().await;
    let ana = world.person("ana");
    let card = ana.says("/license assign me E5").await;
    let clicks = futures_util::future::join_all((0..12).map(|_| ana.clicks(&card, "confirm"))).await;
    assert_eq!(clicks.iter().filter(|clicked| clicked.refusal().is_none()).count(), 1);
    for clicked in &clicks {
        let seen = clicked.seen(&card);
        assert_eq!((seen.state(), seen.verbs()), ("awaiting_approval", vec!["cancel"]), "{:?}", clicked.refusal());
    }
}

/// Exactly one of two clicks was refused; why.
fn the_loser(clicks: (Clicked, Clicked)) -> String {
    match (clicks.0.refusal(), clicks.1.refusal()) {
        (Some(why), None) | (None, Some(why)) => why,
        both => panic!("one wins, one loses: {both:?}"),
    }
}

fn heading_of_the_loser(clicks: &(Clicked, Clicked)) -> String {
    match (clicks.0.heading(), clicks.1.heading()) {
        (Some(heading), None) | (None, Some(heading)) => heading,
        both => panic!("one wins, one loses: {both:?}"),
    }
}
