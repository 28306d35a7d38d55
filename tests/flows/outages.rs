//! The directory breaks at the worst moment: whatever is answered, the change happens once, or not at all and is said so.

use std::time::Instant;

use serde_json::{Value, json};

use crate::support::{Actor, LOOK, PATIENCE, Said, World};

/// Ana's request, approved while the write suffers this.
async fn approved_under(world: &World, fault: Value) -> Said {
    let [ana, megan] = world.people(["ana", "megan"]);
    let card = ana.asks("/license assign me E5").await;
    let ballot = megan.ballot(card.request()).await;
    world.tenant.suffers(fault).await;
    megan.clicks(&ballot, "approve").await.card(&ballot);
    card
}

/// The fate of the write is unknown; the quiet time passes, and it is tried again.
async fn is_tried_again(world: &World, ana: Actor<'_>, card: &Said) {
    let unsure = ana.sees_state(card, "verifying").await;
    assert_eq!(
        unsure.words()[2],
        "Approved by Megan Doyle. The change was sent and is now checked in the rehearsal tenant."
    );
    world.passes("1m").await;
    let again = ana.sees(|said| said.id == card.id && said.state() != "verifying").await;
    if again.state() == "approved" {
        assert_eq!(
            again.words()[2],
            "Approved by Megan Doyle. The rehearsal tenant has not taken the change yet; it is tried again."
        );
    }
    world.passes("1m").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_after_the_change_changes_nothing() {
    for fault in [
        json!({ "match": "assignLicense", "kind": "status", "status": 504, "when": "after" }),
        json!({ "match": "assignLicense", "kind": "cut", "when": "after" }),
        json!({ "match": "assignLicense", "kind": "status", "status": 429, "retryAfter": "1", "when": "after" }),
    ] {
        let world = World::start().await;
        let card = approved_under(&world, fault).await;
        world.person("ana").gets(card.request()).await;
        assert_eq!(world.tenant.faults_left().await, 0);
        assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
        assert_eq!(world.proven_requests().await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_never_arrived_is_sent_again_after_a_quiet_time() {
    for fault in [
        json!({ "match": "assignLicense", "kind": "status", "status": 504 }),
        json!({ "match": "assignLicense", "kind": "cut" }),
    ] {
        let world = World::start().await;
        let ana = world.person("ana");
        let card = approved_under(&world, fault).await;
        is_tried_again(&world, ana, &card).await;
        ana.gets(card.request()).await;
        assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_are_followed_by_as_long_a_wait_as_asked_for() {
    let world = World::start().await;
    let ana = world.person("ana");
    let fault = json!({ "match": "assignLicense", "kind": "status", "status": 429, "retryAfter": "120" });
    let card = approved_under(&world, fault).await;
    ana.sees_state(&card, "verifying").await;
    assert_eq!(world.tenant.faults_left().await, 0);
    world.passes("3m").await;
    ana.sees(|said| said.id == card.id && said.state() != "verifying").await;
    world.passes("3m").await;
    ana.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_nobody_can_tell_the_fate_of_is_put_before_the_operators() {
    let world = World::start().await;
    let fault = json!({ "match": "assignLicense", "kind": "status", "status": 504, "times": 4 });
    let card = approved_under(&world, fault).await;
    let [ana, bo, oskar, li] = world.people(["ana", "bo", "oskar", "li"]);
    let begin = Instant::now();
    while ana.now(&card).await.state() != "needs_human" {
        assert!(begin.elapsed() < PATIENCE);
        world.passes("1m").await;
        tokio::time::sleep(LOOK).await;
    }
    assert_eq!(world.tenant.faults_left().await, 0, "four tries");
    let unknown = "Nobody knows whether the change was made. A license operator has to find out.";
    for operator in [oskar, li] {
        let alarm = operator.sees(|said| said.is_of(card.request()) && said.private).await;
        assert_eq!(alarm.card().title, format!("REHEARSAL: {} needs a license operator", card.request()));
        assert_eq!(
            alarm.words()[2..],
            [
                unknown,
                "Look the person up in the admin center, then settle it with: licensebot request resolve R-… --applied \
                 (or --not-applied) --reason \"…\"",
            ]
        );
    }
    assert_eq!(bo.sees_public(card.request(), "needs_human").await.words()[2..], [unknown]);
    assert_eq!(world.tenant.writes().await, [""; 0]);

    let request = card.request().to_owned();
    let resolve =
        ["request", "resolve", &request, "--not-applied", "--reason", "looked in the admin center", "--sandbox"];
    let sandbox = world.tenant.url().to_owned();
    let untrue = ["request", "resolve", &request, "--applied", "--reason", "I believe so", "--sandbox", &sandbox];
    let refusal = format!(
        "Microsoft 365 shows no such change, so {request} cannot be settled like that: look again, and settle it as it is\n"
    );
    let world = world.stops_for_nothing(&untrue, &refusal).await;
    let world = world.stops_for(&[&resolve[..], &[&sandbox]].concat()).await;
    let ana = world.person("ana");
    let told = ana.sees_state(&card, "failed").await;
    assert_eq!(
        told.words()[2..],
        [
            "It did not work, and it is not tried again.",
            "A license operator found that the change did not happen. Ask again if it is still needed.",
        ]
    );
    assert_eq!(world.proven_requests().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_changes_of_one_person_follow_each_other() {
    let world = World::start().await;
    let [ana, oskar] = world.people(["ana", "oskar"]);
    world.tenant.suffers(json!({ "match": "assignLicense", "kind": "hold" })).await;
    let first = ana.asks("/license assign me \"Power BI Pro\"").await;
    world.tenant.holds(1).await;
    let second = oskar.asks("/license assign @ana copilot").await;
    assert_eq!(oskar.now(&second).await.state(), "approved");
    assert_eq!(world.tenant.writes().await, [""; 0]);
    world.tenant.releases().await;
    ana.gets(first.request()).await;
    world.passes("1m").await;
    ana.gets(second.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +POWER_BI_PRO", "ana: +Microsoft_365_Copilot"]);
    assert_eq!(world.proven_requests().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_is_replaced_and_the_write_goes_on() {
    let world = World::start().await;
    let fault = json!({ "match": "assignLicense", "kind": "status", "status": 401 });
    let card = approved_under(&world, fault).await;
    world.person("ana").gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_that_does_not_answer_loses_nothing() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    ana.says("/license status").await;
    let out = json!({ "match": "$batch", "kind": "status", "status": 503, "times": 3 });
    let sorry = "Microsoft 365 does not answer just now. Nothing was lost; try again in a minute.";
    world.tenant.suffers(out.clone()).await;
    let answer = ana.says("/license assign me E5").await;
    assert_eq!((answer.card().title.as_str(), answer.card().text.as_str()), ("REHEARSAL: Something broke", sorry));
    let briefly = json!({ "match": "$batch", "kind": "status", "status": 429, "retryAfter": "1" });
    world.tenant.suffers(briefly).await;
    let card = ana.asks("/license assign me E5").await;
    let ballot = megan.ballot(card.request()).await;
    world.tenant.suffers(out).await;
    assert_eq!(megan.clicks(&ballot, "approve").await.refused(), sorry);
    assert_eq!(megan.ballot(card.request()).await, ballot, "it still waits");
    megan.clicks(&ballot, "approve").await.card(&ballot);
    ana.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_is_gone_at_the_last_moment_is_a_refusal() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    for lucky in ["zoe", "luca"] {
        world.tenant.behind_the_bot(lucky, &["SPE_E5"], &["SPE_E3"]).await;
    }
    let card = ana.asks("/license assign me E5").await;
    let ballot = megan.ballot(card.request()).await;
    assert_eq!(ballot.words()[3..], ["This is the last free seat of Microsoft 365 E5 (SPE_E5)."]);
    world.tenant.suffers(json!({ "match": "assignLicense", "kind": "hold" })).await;
    megan.clicks(&ballot, "approve").await.card(&ballot);
    world.tenant.holds(1).await;
    world.tenant.behind_the_bot("ebba", &["SPE_E5"], &["SPE_E3"]).await;
    world.tenant.releases().await;
    assert_eq!(
        ana.hears(card.request()).await.words()[2..],
        [
            "It did not work, and it is not tried again.",
            "No seat of Microsoft 365 E5 (SPE_E5) is free: ask a license operator to buy or free one, then ask again.",
        ]
    );
    assert_eq!(megan.sees_state(&ballot, "failed").await.verbs(), [""; 0]);
    assert_eq!(world.tenant.holdings("ana").await, ["FLOW_FREE"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_did_it_by_hand_meanwhile_is_no_reason_to_do_it_twice() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);
    let card = ana.asks("/license assign me E5").await;
    let ballot = megan.ballot(card.request()).await;
    world.tenant.behind_the_bot("ana", &["SPE_E5"], &[]).await;
    let refused = megan.clicks(&ballot, "approve").await.refused();
    assert_eq!(refused, "Ana Silva already holds Microsoft 365 E5 (SPE_E5); there is nothing to change.");
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_no_tenant_is_answered_while_the_tenant_is_frozen() {
    let world = World::start().await;
    let ana = world.person("ana");
    let card = ana.says("/license assign me E5").await;
    world.passes("5m").await;
    world.tenant.suffers(json!({ "match": "subscribedSkus", "kind": "hold", "times": 9 })).await;
    assert_eq!(ana.says("/license help").await.words()[0], "REHEARSAL: What you can type");
    assert_eq!(ana.says("/license frobnicate").await.words()[0], "REHEARSAL: That did not work");
    ana.says(&format!("/license cancel {}", card.request())).await;
    assert_eq!(ana.now(&card).await.state(), "cancelled");
    world.tenant.holds(1).await;
    world.tenant.releases().await;
}
