use serde_json::{Value, json};

use super::company::Company;

async fn offered(company: &Company, person: &str, text: &str) -> Value {
    company.get("complete", &[("as", person), ("text", text), ("locale", "en")]).await
}

async fn inserts(company: &Company, person: &str, text: &str) -> Vec<String> {
    let offered = offered(company, person, text).await;
    let candidates = offered["candidates"].as_array().unwrap().iter();
    candidates.map(|candidate| candidate["insert"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_word_of_a_line_is_offered_while_it_is_typed() {
    let company = Company::open().await;
    let check = async |text: &str, expected: &[&str]| {
        assert_eq!(inserts(&company, "ana", text).await, expected, "{text:?}");
    };
    check("/li", &["license "]).await;
    check("/license st", &["status ", "stock "]).await;
    check("/visa", &["status "]).await;
    check("status @an", &["@ana ", "@anjali "]).await;
    check(
        "assign @bo Pow",
        &["\"Power Automate per user plan dept\" ", "\"Power BI Pro\" ", "\"Microsoft Power Automate Free\" "],
    )
    .await;
    check("assign @bo E5 --", &["--apps-off ", "--reason "]).await;
    check("assign @bo E5 --apps-off Sw", &["Sway "]).await;
    check("assign @bo E5 --reason b", &[]).await;
    company.close().await;
}

#[tokio::test]
async fn a_candidate_says_what_it_is_and_where_it_goes() {
    let company = Company::open().await;
    let visio = json!({ "insert": "\"Visio Plan 2\" ", "label": "Visio Plan 2", "detail": "0 free of 3" });
    assert_eq!(
        offered(&company, "bo", "/license stock visio").await,
        json!({ "replaceFrom": 15, "candidates": [visio] })
    );
    let people = offered(&company, "bo", "status me").await;
    assert_eq!(people["candidates"][0]["detail"], "yourself");
    assert_eq!(people["candidates"][1]["label"], "Megan Doyle");
    assert_eq!(people["candidates"][1]["detail"], "megan@northwind.example");
    company.close().await;
}

#[tokio::test]
async fn what_is_offered_can_be_typed() {
    let company = Company::open().await;
    for product in inserts(&company, "ana", "stock ").await {
        let told = company.told("ana", &format!("stock {product}")).await;
        assert!(told[0].starts_with("Seats: "), "{product}: {told:?}");
    }
    for person in inserts(&company, "oskar", "status al").await {
        let told = company.told("oskar", &format!("status {person}")).await;
        assert!(told[0].contains("hold"), "{person}: {told:?}");
    }
    company.close().await;
}

#[tokio::test]
async fn only_requests_of_ones_own_are_offered() {
    let company = Company::open().await;
    let request = company.request("ana", "assign me E5").await;
    for person in ["ana", "megan"] {
        assert_eq!(inserts(&company, person, "request r-").await, [format!("{request} ")], "{person}");
    }
    for person in ["bo", "oskar"] {
        assert_eq!(inserts(&company, person, "request ").await, Vec::<String>::new(), "{person}");
    }
    company.close().await;
}

#[tokio::test]
async fn people_and_products_are_found_from_every_keyboard() {
    let company = Company::open().await;
    let check = async |text: &str, expected: &[&str]| {
        assert_eq!(inserts(&company, "ana", text).await, expected, "{text:?}");
    };
    for text in ["status nyströ", "status NYSTRÖ", "status nystro\u{308}", "status @NYSTRO\u{308}M", "status nystrom"]
    {
        check(text, &["@oskar "]).await;
    }
    for text in ["assign me VISI", "assign me visio\u{a0}p", "tilldela"] {
        check(text, if text == "tilldela" { &["assign "] } else { &["\"Visio Plan 2\" "] }).await;
    }
    check("assign me isio", &[]).await;
    check("assign me Dynamics", &[]).await;
    company.close().await;
}
