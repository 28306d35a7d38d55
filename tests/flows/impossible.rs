//! What cannot be done is said before anybody is asked; what only the directory knows, afterwards.

use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_from_a_group_is_not_taken_from_the_person() {
    let world = World::start().await;
    let [bo, oskar] = world.people(["bo", "oskar"]);
    let inherited = "Bo Lindqvist has Microsoft 365 E3 (SPE_E3) through Sales, so it cannot be changed for one person alone. \
             Ask the owner of the group to take Bo Lindqvist out of it.";
    bo.is_told("/license unassign me E3", inherited).await;
    bo.is_told("/license swap me E3 E5", inherited).await;
    bo.is_told("/license apps me E3 --off Sway", inherited).await;
    oskar.is_told("/license unassign @bo E3", inherited).await;
    assert_eq!(world.tenant.writes().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_seat_a_suspended_product_and_nothing_to_do_are_said_at_once() {
    let world = World::start().await;
    let [ana, eva, oskar] = world.people(["ana", "eva", "oskar"]);
    ana.is_told(
        "/license assign me \"Visio Plan 2\"",
        "No seat of Visio Plan 2 (VISIOCLIENT) is free: 3 of 3 are in use. Ask a license operator to free or buy one.",
    )
    .await;
    ana.is_told(
        "/license assign me PROJECTPROFESSIONAL",
        "Planner and Project Plan 3 (PROJECTPROFESSIONAL) is suspended: nothing new can be assigned until the \
         subscription is renewed. Ask a license operator.",
    )
    .await;
    ana.is_told(
        "/license unassign me E5",
        "Ana Silva does not hold Microsoft 365 E5 (SPE_E5), so neither it nor its apps can be changed. See what is held \
         with: /license status.",
    )
    .await;
    eva.is_told(
        "/license assign me E3",
        "Eva Novotná already holds Microsoft 365 E3 (SPE_E3); there is nothing to change.",
    )
    .await;
    let both = eva.says("/license assign me E3 E5").await;
    let half = "Eva Novotná already holds Microsoft 365 E3 (SPE_E3); that part changes nothing.";
    assert_eq!(both.words().iter().filter(|line| *line == half).count(), 1, "{both:#?}");
    oskar
        .is_told(
            "/license assign me E5",
            "Oskar Nyström already holds Microsoft 365 E5 (SPE_E5); there is nothing to change.",
        )
        .await;
    assert_eq!(world.tenant.writes().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_account_and_a_guest_are_pointed_out_to_those_who_may_see_them() {
    let world = World::start().await;
    let [oskar, bo, ruth] = world.people(["oskar", "bo", "ruth"]);
    let blocked = "Signing in is blocked for Dana Whitfield; a license is used up all the same.";
    let guest = "Gus Berg is a guest; what a license gives depends on the guest’s own company too.";
    assert_eq!(oskar.says("/license assign @dana E5").await.words()[3..], [blocked]);
    assert_eq!(oskar.says("/license assign @gus E3").await.words()[3..], [guest]);
    assert_eq!(bo.says("/license assign @gus E3").await.words()[3..], [""; 0]);
    let card = bo.asks("/license assign @dana E5").await;
    assert_eq!(card.words()[3..], [""; 0]);
    assert_eq!(ruth.ballot(card.request()).await.words()[3..], [blocked]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_without_somebody_who_decides() {
    let world = World::start().await;
    let [nil, oskar] = world.people(["nil", "oskar"]);
    let card = nil.asks("/license assign me E5").await;
    assert_eq!(card.words()[2], "Waiting for approval by Li Wei and Oskar Nyström (1 needed).");
    oskar.approves(card.request()).await;
    nil.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["nil: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_of_the_directory_is_one_sentence_for_those_who_may_know() {
    let world = World::start().await;
    let [bo, ana, megan] = world.people(["bo", "ana", "megan"]);
    let card = bo.asks("/license assign @ana FLOW_PER_USER_DEPT").await;
    megan.approves(card.request()).await;
    let failed = "It did not work, and it is not tried again.";
    let why = "Microsoft does not let the bot change Power Automate per user plan dept (FLOW_PER_USER_DEPT) for Ana Silva, \
               because the bot lacks a permission or because an employee bought the product on their own: tell an \
               administrator.";
    assert_eq!(ana.hears(card.request()).await.words()[2..], [failed, why]);
    assert_eq!(
        bo.hears(card.request()).await.words()[2..],
        [failed, "The approvers can see why. Ask them, or a license operator."]
    );
    assert_eq!(bo.sees_public(card.request(), "failed").await.words()[2..], [failed]);
    assert_eq!(world.tenant.writes().await, [""; 0]);
}
