//! What somebody without rights can learn about others: nothing that their own eyes could not.

use crate::support::{Said, World};

/// Every command that somebody could try about somebody else.
const TRIES: [&str; 17] = [
    "status @WHO",
    "assign @WHO E5",
    "assign @WHO E3",
    "assign @WHO \"Power BI Pro\"",
    "assign @WHO copilot --apps-off Whiteboard",
    "assign @WHO visio",
    "assign @WHO project",
    "unassign @WHO E3",
    "unassign @WHO E5",
    "swap @WHO E3 E5",
    "apps @WHO E3 --off Sway",
    "apps @WHO E3 --on Teams",
    "apps @WHO E3 --off Exchange",
    "assign @WHO E3 --apps-off Exchange",
    "assign @WHO E3 visio --apps-off Sway",
    "why @WHO E5",
    "why @WHO \"Power BI Pro\"",
];

#[tokio::test(flavor = "multi_thread")]
async fn bo_hears_the_same_about_dana_as_about_her_colleagues() {
    // Dana's account is blocked; Henrik and Mei hold Power BI too; Olu does not.
    let dana = ["dana", "Dana Whitfield", "dana@northwind.example"];
    for other in [["henrik", "Henrik Dahl", "henrik@northwind.example"], ["olu", "Olu Bello", "olu@northwind.example"]]
    {
        hears_the_same("bo", dana, other).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn luca_hears_the_same_about_those_who_hold_nothing_much_and_have_no_country() {
    // Lee has no country; Eva holds E3 with apps off; Bo inherits it; Ana holds nothing but a free plan.
    let ana = ["ana", "Ana Silva", "ana@northwind.example"];
    for other in [
        ["lee", "Lee Park", "lee@northwind.example"],
        ["eva", "Eva Novotná", "eva@northwind.example"],
        ["bo", "Bo Lindqvist", "bo@northwind.example"],
    ] {
        hears_the_same("luca", ana, other).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_not_told_apart() {
    let gus = ["gus", "Gus Berg", "gus_fabrikam.example#EXT#@northwind.example"];
    hears_the_same("bo", gus, ["dmitri", "Dmitri Volkov", "dmitri@northwind.example"]).await;
}

async fn hears_the_same(asker: &'static str, one: [&str; 3], other: [&str; 3]) {
    let world = World::start().await;
    let asker = world.person(asker);
    for line in TRIES {
        let mut heard = Vec::new();
        for whom in [one, other] {
            let line = format!("/license {}", line.replace("WHO", whom[0]));
            let card = asker.says(&line).await;
            let mut about = vec![without_names(&card, whom)];
            // What is not about to happen anyway is asked for and taken back, so that the next finds the same seats.
            if card.verbs().contains(&"confirm") {
                let card = asker.clicks(&card, "confirm").await.card(&card);
                about.push(without_names(&card, whom));
                asker.clicks(&card, "cancel").await.card(&card);
            }
            heard.push(about);
        }
        assert_eq!(heard[0], heard[1], "{line}");
    }
    assert_eq!(world.tenant.writes().await, [""; 0]);
}

fn without_names(said: &Said, whom: [&str; 3]) -> String {
    let mut text = said.lines().join("\n");
    // The address first: the short name is a part of it.
    for name in [whom[2], whom[1]] {
        text = text.replace(name, "SOMEBODY");
    }
    text.replace(&format!("“{}”", whom[0]), "“SOMEBODY”")
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_forbidden_reads_as_somebody_unknown() {
    let world = World::start().await;
    let [bo, ana] = world.people(["bo", "ana"]);
    for stranger in [bo, ana] {
        for name in ["dana", "made-up-person"] {
            let sentence = format!(
                "There is nobody called “{name}” whose licenses you may see. Check the spelling, or ask a license operator."
            );
            stranger.is_told(&format!("/license status @{name}"), &sentence).await;
        }
        let who = "The policy does not let you see who holds a product. Ask a license operator.";
        stranger.is_told("/license who E5", who).await;
        stranger.is_told("/license who visio", who).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_may_see_do() {
    let world = World::start().await;
    for name in ["ruth", "oskar", "aud"] {
        let status = world.person(name).says("/license status @dana").await;
        assert!(status.text.contains("Microsoft 365 E3 (SPE_E3)"), "{name}: {}", status.text);
        assert!(status.private);
    }
    let holders = world.person("aud").says("/license who visio").await;
    assert_eq!(
        holders.lines(),
        [
            "REHEARSAL: Who holds Visio Plan 2 (VISIOCLIENT)",
            "3 people hold Visio Plan 2 (VISIOCLIENT).",
            "Seats: 0 free of 3, 3 in use",
            "Björn Ström: bjorn@northwind.example",
            "Sofia Lindholm: sofia@northwind.example",
            "Viktor Hansen: viktor@northwind.example",
        ]
    );
}
