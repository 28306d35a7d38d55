//! Swaps, apps, and taking away: what is lost is said first, what is off stays off, and whoever loses hears of it in time.

use serde_json::json;

use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_swap_is_one_call_and_keeps_what_was_off() {
    let world = World::start().await;
    let [eva, megan, li] = world.people(["eva", "megan", "li"]);
    assert_eq!(world.tenant.holdings("eva").await, ["SPE_E3 without Microsoft Teams, Sway"]);
    let card = eva.says("/license swap me E3 E5").await;
    assert_eq!(
        card.words()[1],
        "Eva Novotná asks for: replace Microsoft 365 E3 (SPE_E3) with Microsoft 365 E5 (SPE_E5)."
    );
    assert_eq!(card.words()[3], "Both happen in one step: there is no moment without a license.");
    assert_eq!(card.fact("Apps that are off"), "Microsoft 365 E5: Microsoft Teams and Sway");
    assert_eq!(card.fact("Approval"), "Megan Doyle must approve, then Li Wei or Oskar Nyström.");
    assert!(!card.text.contains("mailbox"), "E5 brings the mailbox too");
    eva.clicks(&card, "confirm").await.card(&card);
    let half = megan.approves(card.request()).await;
    assert_eq!(half.words()[2], "Approved by Megan Doyle. Waiting for Li Wei and Oskar Nyström (1 more needed).");
    assert_eq!(world.tenant.writes().await, [""; 0]);
    li.approves(card.request()).await;
    let told = eva.gets(card.request()).await;
    assert_eq!(told.fact("Holds now"), "Microsoft 365 E5 (SPE_E5), without Microsoft Teams and Sway");
    assert_eq!(world.tenant.writes().await, ["eva: +SPE_E5 without Microsoft Teams, Sway -SPE_E3"]);
    assert_eq!(world.tenant.holdings("eva").await, ["SPE_E5 without Microsoft Teams, Sway"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_app_on_leaves_the_other_off() {
    let world = World::start().await;
    let [eva, megan, li] = world.people(["eva", "megan", "li"]);
    let card = eva.says("/license apps me E3 --on Teams").await;
    assert_eq!(card.fact("Apps gained"), "Microsoft Teams");
    assert_eq!(card.fact("Apps that are off"), "Microsoft 365 E3: Sway");
    eva.clicks(&card, "confirm").await.card(&card);
    megan.approves(card.request()).await;
    eva.gets(card.request()).await;
    let card = eva.asks("/license apps me E3 --off \"Exchange Online (Plan 2)\"").await;
    // As when she gave the product back: no verb is a way around another.
    let mail = "The mailbox goes: mail is kept for 30 days after the change, then deleted for good.";
    assert_eq!(li.ballot(card.request()).await.words()[3..], [mail]);
    li.approves(card.request()).await;
    eva.gets(card.request()).await;
    assert_eq!(
        world.tenant.writes().await,
        ["eva: +SPE_E3 without Sway", "eva: +SPE_E3 without Exchange Online (Plan 2), Sway"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn giving_back_says_what_goes_and_an_operator_decides() {
    let world = World::start().await;
    let [eva, oskar] = world.people(["eva", "oskar"]);
    let card = eva.says("/license unassign me E3").await;
    let words = card.words();
    assert_eq!(words[3], "The mailbox goes: mail is kept for 30 days after the change, then deleted for good.");
    assert_eq!(words[4], "OneDrive goes: files become read-only on day 60 and are archived on day 93.");
    assert_eq!(
        words[5],
        "These security apps go: Microsoft Defender for Endpoint Plan 1, Microsoft Defender for Office 365 (Plan 1), \
         Microsoft Entra ID P1, Microsoft Intune Plan 1, Microsoft Azure Multi-Factor Authentication and 6 more."
    );
    assert_eq!(words.len(), 6);
    assert_eq!(card.fact("Approval"), "Li Wei or Oskar Nyström must approve.");
    eva.clicks(&card, "confirm").await.card(&card);
    assert_eq!(oskar.ballot(card.request()).await.words()[3..], words[3..]);
    oskar.approves(card.request()).await;
    assert_eq!(eva.gets(card.request()).await.fact("Holds now"), "nothing");
    assert_eq!(world.tenant.writes().await, ["eva: -SPE_E3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_loses_a_license_hears_of_it_before_it_goes() {
    let world = World::start().await;
    let [oskar, zoe] = world.people(["oskar", "zoe"]);
    let card = oskar.says("/license unassign @zoe E3").await;
    world.tenant.suffers(json!({ "match": "assignLicense", "kind": "hold" })).await;
    oskar.clicks(&card, "confirm").await.card(&card);
    world.tenant.holds(1).await;
    let notice = zoe.sees(|said| said.is_of(card.request()) && said.private).await;
    assert_eq!(notice.card().title, format!("REHEARSAL: A license of yours is about to change ({})", card.request()));
    assert_eq!(notice.words()[1], "Oskar Nyström asks, for Zoë Martin: unassign Microsoft 365 E3 (SPE_E3).");
    assert_eq!(world.tenant.writes().await, [""; 0]);
    world.tenant.releases().await;
    zoe.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["zoe: -SPE_E3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_never_spoke_to_the_bot_hears_of_it_in_the_language_of_the_directory() {
    let world = World::start().await;
    let [oskar, ebba] = world.people(["oskar", "ebba"]);
    let card = oskar.asks("/license unassign @ebba E3").await;
    ebba.gets(card.request()).await;
    assert_eq!(
        (world.languages_of("notice").await, world.tenant.writes().await),
        (vec!["sv".into()], vec!["ebba: -SPE_E3".into()])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_oneself_and_the_manager_may_ask_to_take_away() {
    let world = World::start().await;
    let [bo, megan, li] = world.people(["bo", "megan", "li"]);
    let no = "The policy does not allow you to ask for this. A license operator can tell you more.";
    bo.is_told("/license unassign @eva E3", no).await;
    bo.is_told("/license swap @eva E3 E5", no).await;
    let card = megan.asks("/license unassign @eva E3").await;
    assert_eq!(card.words()[2], "Waiting for approval by Li Wei and Oskar Nyström (1 needed).");
    li.approves(card.request()).await;
    megan.gets(card.request()).await;
    assert_eq!(world.tenant.writes().await, ["eva: -SPE_E3"]);
}
