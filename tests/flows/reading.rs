//! Asking where things stand, why, and what there is.

use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn requests_shows_what_waits_for_me_and_what_i_asked() {
    let world = World::start().await;
    let [ana, megan, bo] = world.people(["ana", "megan", "bo"]);
    let card = ana.asks("/license assign me E5 --reason \"big deal\"").await;
    megan.ballot(card.request()).await;
    let asked = "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5). Waiting for approval by Megan Doyle (1 needed).";
    let how = "For one of them, type /license request and its ID.";
    let mine = ana.says("/license requests").await;
    assert_eq!(mine.words()[1..], ["Nothing waits for your vote.", "One request of yours is open.", how]);
    assert_eq!(mine.fact(&format!("{}, yours", card.request())), asked);
    let hers = megan.says("/license requests").await;
    assert_eq!(hers.words()[1..], ["One request waits for your vote.", "Nothing that you asked for is open.", how]);
    assert_eq!(hers.fact(&format!("{}, waits for you", card.request())), asked);
    let none = bo.says("/license requests").await;
    assert_eq!(none.fact_names(), [""; 0]);
    assert!(!none.text.contains("Ana"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_tells_its_story_to_those_who_may_read_it() {
    let world = World::start().await;
    let [ana, megan, oskar, aud, bo] = world.people(["ana", "megan", "oskar", "aud", "bo"]);
    let card = ana.asks("/license assign me E5 --reason \"big deal\"").await;
    megan.approves(card.request()).await;
    ana.gets(card.request()).await;
    let line = format!("/license request {}", card.request());
    let told = ana.says(&line).await;
    assert_eq!(
        told.lines(),
        [
            "REHEARSAL: License request R-…",
            "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5).",
            "Done, approved by Megan Doyle. The rehearsal tenant shows the change.",
            "Request: R-…",
            "Asked by: Ana Silva",
            "For: Ana Silva (ana@northwind.example)",
            "Change: assign Microsoft 365 E5 (SPE_E5)",
            "Reason: big deal",
            "Approved by: Megan Doyle",
            "…: Ana Silva asked for it.",
            "…: Ana Silva confirmed it. Asked to approve: Megan Doyle.",
            "…: Megan Doyle approved it.",
            "…: The change began.",
            "…: The change of licenses was on its way to the rehearsal tenant.",
            "…: The rehearsal tenant accepted it.",
            "…: The rehearsal tenant showed the change.",
        ]
    );
    for reader in [megan, oskar, aud] {
        assert_eq!(reader.says(&line).await.lines(), told.lines());
    }
    bo.is_told(
        &line,
        "There is no such request, or only the people involved may see more of it. See yours with: /license requests.",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn why_names_rule_route_and_voters() {
    let world = World::start().await;
    let [ana, bo] = world.people(["ana", "bo"]);
    let before = ana.says("/license why me E5").await;
    assert_eq!(
        before.words(),
        [
            "REHEARSAL: What would happen",
            "If you asked for yourself: assign Microsoft 365 E5 (SPE_E5).",
            "Megan Doyle, your manager, must approve.",
            "For assigning Microsoft 365 E5 (SPE_E5) to Ana Silva, the rule “ask-the-manager” takes the route “manager”.",
            "The strictest route counts: “manager”, one step.",
            "Step 1 of 1: Megan Doyle may vote, and one vote is wanted.",
            "This only explains; nothing was asked for.",
        ]
    );
    let card = ana.asks("/license assign me E5").await;
    let why = ana.says(&format!("/license why {}", card.request())).await;
    assert_eq!(
        why.words(),
        [
            "REHEARSAL: Why R-… goes the way it goes",
            "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5).",
            "Waiting for approval by Megan Doyle (1 needed).",
            "The rule “ask-the-manager” sent this request on the route “manager”.",
            "Step 1 of 1: Megan Doyle may vote, and one vote is wanted.",
            "You asked for this yourself, so somebody else has to decide on it.",
        ]
    );
    let unknown =
        "There is no such request, or only the people involved may see more of it. See yours with: /license requests.";
    bo.is_told(&format!("/license why {}", card.request()), unknown).await;
    assert_eq!(world.tenant.writes().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stock_is_for_everyone() {
    let world = World::start().await;
    let bo = world.person("bo");
    let stock = bo.says("/license stock").await;
    assert_eq!(stock.words()[1], "The company owns 13 products.");
    assert_eq!(stock.fact("Microsoft 365 E5 (SPE_E5)"), "3 free of 14, 11 in use");
    assert_eq!(
        stock.fact("Planner and Project Plan 3 (PROJECTPROFESSIONAL)"),
        "0 free of 0, 2 in use; suspended, nothing new can be assigned until the subscription is renewed"
    );
    let visio = bo.says("/license stock visio").await;
    assert_eq!(
        visio.lines(),
        [
            "REHEARSAL: Seats of Visio Plan 2 (VISIOCLIENT)",
            "Seats: 0 free of 3, 3 in use",
            "Apps: OneDrive for Business (Basic), Visio Desktop App and Visio Web App",
            "Apps for the whole company: Exchange Foundation",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_licenses_come_with_where_they_come_from() {
    let world = World::start().await;
    let status = world.person("bo").says("/license status").await;
    assert_eq!(
        status.lines(),
        [
            "REHEARSAL: What you hold",
            "You hold one license.",
            "Account: Bo Lindqvist (bo@northwind.example)",
            "Usage location: Sweden (SE)",
            "Microsoft 365 E3 (SPE_E3): inherited from Sales",
        ]
    );
    let swedish = world.person("bo").in_swedish().says("/license status").await;
    assert_eq!(
        swedish.lines(),
        [
            "ÖVNING: Det här har du",
            "Du har en licens.",
            "Konto: Bo Lindqvist (bo@northwind.example)",
            "Användningsplats: Sverige (SE)",
            "Microsoft 365 E3 (SPE_E3): ärvd från Sales",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_meant_is_asked_when_it_is_not_clear() {
    let world = World::start().await;
    let ana = world.person("ana");
    let help = ana.says("/license help").await;
    assert_eq!(help.fact("/license stock [PRODUCT]"), "See how many seats are free");
    ana.is_told("/license assing me E5", "“assing” is not a command. Did you mean /license assign me E5?").await;
    let meant = "Nobody here is called “megann”. Did you mean Megan Doyle (megan@northwind.example)?";
    ana.is_told("/license assign @megann E5", meant).await;
    let question = ana.says("/license assign me \"Microsoft 365\" --reason \"new role\"").await;
    assert_eq!(
        question.words(),
        ["REHEARSAL: Which one do you mean?", "“Microsoft 365” can be several products. Which one do you mean?"]
    );
    let choices = &question.action("choose").inputs[0].choices;
    let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "Microsoft 365 E3 (SPE_E3)",
            "Microsoft 365 E5 (SPE_E5)",
            "Microsoft 365 F3 (SPE_F1)",
            "Microsoft Copilot for Microsoft 365 (Microsoft_365_Copilot)",
        ]
    );
    let chosen = ana.fills_and_clicks(&question, "choose", &[("choice", &choices[1].value)]).await;
    let card = chosen.all().iter().find(|said| said.request.is_some()).unwrap();
    assert_eq!(card.words()[1], "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5).");
    assert_eq!(card.fact("Reason"), "new role");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_people_with_one_name_one_is_chosen() {
    let world = World::start().await;
    let megan = world.person("megan");
    let question = megan.says("/license assign \"Alex Kim\" \"Power BI Pro\"").await;
    assert_eq!(question.words()[1..], ["Several people are called “Alex Kim”. Which one do you mean?"]);
    let choices = &question.action("choose").inputs[0].choices;
    assert_eq!(choices[0].label, "Alex Kim (alex@northwind.example), Sales");
    assert_eq!(choices[1].label, "Alex Kim (alexandra@northwind.example)", "not hers to see");
    let chosen = megan.fills_and_clicks(&question, "choose", &[("choice", &choices[1].value)]).await;
    let card = chosen.all().iter().find(|said| said.request.is_some()).unwrap();
    assert_eq!(card.fact("For"), "Alex Kim (alexandra@northwind.example)");
}
