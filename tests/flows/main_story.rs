//! Somebody asks, a manager approves, it happens.

use crate::support::{Actor, Said, World};

#[tokio::test(flavor = "multi_thread")]
async fn ana_asks_for_e5_and_gets_it() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]);

    let card = ana.says("/license assign me E5").await;
    assert_eq!(
        card.words(),
        [
            "REHEARSAL: Your license request",
            "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5).",
            "Not sent yet. Confirm before …, or it is forgotten.",
        ]
    );
    assert_eq!((card.state(), card.verbs()), ("draft", vec!["confirm", "cancel"]));
    assert_eq!(card.fact("Holds now"), "Microsoft Power Automate Free (FLOW_FREE)");
    assert_eq!(card.fact("Seats"), "Microsoft 365 E5: 3 seats free of 14");
    assert_eq!(card.fact("Approval"), "Megan Doyle must approve.");

    let waiting = ana.clicks(&card, "confirm").await.card(&card);
    assert_eq!((waiting.state(), waiting.verbs()), ("awaiting_approval", vec!["cancel"]));
    let ballot = megan.ballot(card.request()).await;
    assert_eq!((ballot.place.as_str(), ballot.private), ("direct", true));
    assert_eq!(
        ballot.words(),
        [
            "REHEARSAL: A license request waits for you",
            "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5).",
            "Waiting for approval by Megan Doyle (1 needed).",
        ]
    );
    assert_eq!(ballot.verbs(), ["approve", "deny"]);

    megan.clicks(&ballot, "approve").await.card(&ballot);
    let told = ana.gets(card.request()).await;
    assert_eq!(
        told.words(),
        [
            "REHEARSAL: License request R-… has ended",
            "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5).",
            "Done, approved by Megan Doyle. The rehearsal tenant shows the change.",
        ]
    );
    assert_eq!(told.fact("Holds now"), "Microsoft 365 E5 (SPE_E5) and Microsoft Power Automate Free (FLOW_FREE)");
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);

    for (who, card) in [(ana, &card), (megan, &ballot)] {
        let now = who.sees_state(card, "applied").await;
        assert_eq!(now.words()[2], "Done, approved by Megan Doyle. The rehearsal tenant shows the change.");
        assert_eq!(now.verbs(), [""; 0]);
        assert!(now.revision > card.revision);
    }
    assert_eq!(world.proven_requests().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_sees_who_asked_for_what_and_nothing_more() {
    let world = World::start().await;
    let [ana, bo, megan] = world.people(["ana", "bo", "megan"]);
    let draft = ana.says("/license assign me E5 --reason \"closing the quarter\"").await;
    assert_eq!(
        shown(&bo.reads().await),
        [("ana", "channel", false, "/license assign me E5 --reason \"closing the quarter\"")]
    );
    assert!(draft.private);

    ana.clicks(&draft, "confirm").await.card(&draft);
    let status = bo.sees_public(draft.request(), "awaiting_approval").await;
    assert_eq!(
        status.lines(),
        [
            "REHEARSAL: License request R-…",
            "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5).",
            "Waiting for approval by Megan Doyle (1 needed).",
        ]
    );
    assert_eq!(status.verbs(), [""; 0]);
    megan.approves(draft.request()).await;
    let done = bo.sees_public(draft.request(), "applied").await;
    assert_eq!(done.id, status.id, "one line in the channel, edited");
    assert_eq!(
        done.lines(),
        [
            "REHEARSAL: License request R-…",
            "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5).",
            "Done, approved by Megan Doyle. The rehearsal tenant shows the change.",
        ]
    );
    ana.gets(draft.request()).await;
    assert_eq!(bo.reads().await.len(), 2);
    for name in ["bo", "eva", "oskar", "aud"] {
        let seen = world.person(name).reads_of(draft.request()).await;
        assert_eq!(seen, std::slice::from_ref(&done), "{name} sees the public line and no other");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_to_the_bot_alone_stays_there() {
    let world = World::start().await;
    let [ana, bo, megan] = world.people(["ana", "bo", "megan"]);
    let card = ana.writes("assign me E5").await;
    assert_eq!((card.place.as_str(), card.private), ("direct", true));
    ana.clicks(&card, "confirm").await.card(&card);
    megan.approves(card.request()).await;
    ana.gets(card.request()).await;
    assert_eq!(bo.reads().await, []);
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_in_swedish() {
    let world = World::start().await;
    let [ana, megan] = world.people(["ana", "megan"]).map(Actor::in_swedish);
    let card = ana.says("/license assign mig E5").await;
    assert_eq!(
        card.words(),
        [
            "ÖVNING: Din licensbegäran",
            "Ana Silva begär: tilldela Microsoft 365 E5 (SPE_E5).",
            "Inte skickad än. Bekräfta före …, annars tas den bort.",
        ]
    );
    assert_eq!((card.action("confirm").label.as_str(), card.action("cancel").label.as_str()), ("Bekräfta", "Avbryt"));
    assert_eq!(card.fact("Godkännande"), "Megan Doyle måste godkänna.");
    ana.clicks(&card, "confirm").await.card(&card);
    let ballot = megan.ballot(card.request()).await;
    assert_eq!(
        ballot.words(),
        [
            "ÖVNING: En licensbegäran väntar på dig",
            "Ana Silva begär: tilldela Microsoft 365 E5 (SPE_E5).",
            "Väntar på godkännande av Megan Doyle (1 behövs).",
        ]
    );
    assert_eq!((ballot.action("approve").label.as_str(), ballot.action("deny").label.as_str()), ("Godkänn", "Avslå"));
    megan.clicks(&ballot, "approve").await.card(&ballot);
    let ended = [
        "ÖVNING: Licensbegäran R-… är avslutad",
        "Ana Silva begär: tilldela Microsoft 365 E5 (SPE_E5).",
        "Klar, godkänd av Megan Doyle. Övningstenanten visar ändringen.",
    ];
    assert_eq!(ana.gets(card.request()).await.words(), ended);
    let public = megan.sees_public(card.request(), "applied").await;
    assert_eq!(public.lines(), ["ÖVNING: Licensbegäran R-…", ended[1], ended[2]]);
    assert_eq!(world.tenant.writes().await, ["ana: +SPE_E5"]);
}

fn shown(seen: &[Said]) -> Vec<(&str, &str, bool, &str)> {
    seen.iter().map(|said| (said.from.as_str(), said.place.as_str(), said.private, said.text.as_str())).collect()
}
