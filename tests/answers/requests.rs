use serde_json::json;

use super::company::{Company, lines};

const UNKNOWN: &str =
    "There is no such request, or only the people involved may see more of it. See yours with: /license requests.";

#[tokio::test]
async fn a_draft_is_its_authors_alone() {
    let company = Company::open().await;
    let (request, _) = company.draft("ana", "assign me E5").await;
    for person in ["bo", "megan", "oskar", "aud"] {
        assert_eq!(company.told(person, &format!("request {request}")).await, [UNKNOWN]);
        assert_eq!(company.told(person, &format!("why {request}")).await, [UNKNOWN]);
    }
    let told = company.told("ana", &format!("request {request}")).await;
    assert!(told.contains(&format!(
        "Confirm it with the button on its own card, or take it back with: /license cancel {request}"
    )));
    company.close().await;
}

#[tokio::test]
async fn a_request_shows_its_story_to_those_in_it_and_does_not_exist_for_strangers() {
    let company = Company::open().await;
    let request = company.request("ana", "assign me E5 --reason \"new job\"").await;
    let show = format!("request {request}");
    assert_eq!(company.told("bo", &show).await, [UNKNOWN]);
    assert_eq!(company.told("bo", "request R-00000000").await, [UNKNOWN]);
    let megan = company.ask("megan", &show).await;
    assert_eq!(megan["card"]["title"], format!("REHEARSAL: License request {request}"));
    let told = lines(&megan);
    assert_eq!(told[0], "Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5).");
    assert_eq!(told[1], "Waiting for approval by Megan Doyle (1 needed).");
    assert!(told.contains(&"Reason: new job".to_owned()));
    assert!(told.last().unwrap().ends_with(": Ana Silva confirmed it. Asked to approve: Megan Doyle."), "{told:#?}");
    company.close().await;
}

#[tokio::test]
async fn an_answer_has_no_buttons_that_could_go_stale() {
    let company = Company::open().await;
    let request = company.request("ana", "assign me E5").await;
    assert_eq!(company.get("waiting", &[]).await, json!({ "waiting": { "megan": 1 } }));
    let shown = company.ask("megan", &format!("request {request}")).await;
    assert_eq!(shown["card"]["actions"], json!([]));
    assert_eq!((&shown["request"], &shown["card"]["state"]), (&json!(null), &json!(null)), "it follows nothing");
    assert_eq!(company.get("waiting", &[]).await, json!({ "waiting": { "megan": 1 } }));
    let typed = format!("/license approve {request} or /license deny {request}");
    assert!(lines(&shown).iter().any(|line| line.contains(&typed)), "{shown}");
    company.close().await;
}

#[tokio::test]
async fn whoever_decided_can_see_what_became_of_it() {
    let company = Company::open().await;
    let request = company.request("ana", "assign me E5").await;
    company.ask("megan", &format!("approve {request}")).await;
    company.ended("ana", &request).await;
    let told = company.told("megan", &format!("request {request}")).await;
    assert!(told.contains(&"Approved by: Megan Doyle".to_owned()), "{told:#?}");
    assert!(told.last().unwrap().ends_with(": The rehearsal tenant showed the change."), "{told:#?}");
    assert!(!company.readings().await.is_empty(), "reading others' requests is on record");
    company.close().await;
}

#[tokio::test]
async fn the_subject_reads_what_happens_and_not_what_others_write_about_it() {
    let company = Company::open().await;
    let request = company.request("megan", "assign @bo \"Power BI Pro\" --reason \"keep him busy\"").await;
    let show = format!("request {request}");
    let bo = company.told("bo", &show).await;
    assert_eq!(bo[0], "Megan Doyle asks, for Bo Lindqvist: assign Power BI Pro (POWER_BI_PRO).");
    assert!(bo.iter().all(|line| !line.contains("busy")), "{bo:#?}");
    assert!(company.told("oskar", &show).await.contains(&"Reason: keep him busy".to_owned()));
    assert_eq!(company.told("ana", &show).await, [UNKNOWN]);
    company.close().await;
}

#[tokio::test]
async fn what_waits_for_me_and_what_i_asked_for() {
    let company = Company::open().await;
    let request = company.request("ana", "assign me E5").await;
    let line = format!(
        "{request}, waits for you: Ana Silva asks for: assign Microsoft 365 E5 (SPE_E5). \
         Waiting for approval by Megan Doyle (1 needed)."
    );
    assert_eq!(
        company.told("megan", "requests").await,
        [
            "One request waits for your vote.",
            "Nothing that you asked for is open.",
            "For one of them, type /license request and its ID.",
            line.as_str(),
        ]
    );
    assert_eq!(company.told("ana", "requests").await[0], "Nothing waits for your vote.");
    let under_way = company.told("megan", "status @ana").await;
    assert!(under_way.last().unwrap().starts_with(&format!("Under way: {request}: ")), "{under_way:#?}");
    company.ask("megan", &format!("deny {request} --reason \"not this year\"")).await;
    let ana = lines(&company.ask_in("sv", "ana", "requests").await);
    assert_eq!(
        ana.last().map(String::as_str),
        Some(
            format!(
                "{request}, avslutad: Ana Silva begär: tilldela Microsoft 365 E5 (SPE_E5). Avslagen av Megan Doyle."
            )
            .as_str()
        )
    );
    assert_eq!(company.told("megan", "requests").await[0], "Nothing waits for your vote.");
    company.close().await;
}
