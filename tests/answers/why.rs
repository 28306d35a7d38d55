use super::company::Company;

#[tokio::test]
async fn a_question_about_a_change_asks_for_nothing() {
    let company = Company::open().await;
    assert_eq!(
        company.told("ana", "why me Copilot").await,
        [
            "If you asked for yourself: assign Microsoft Copilot for Microsoft 365 (Microsoft_365_Copilot).",
            "For assigning Microsoft Copilot for Microsoft 365 (Microsoft_365_Copilot) to Ana Silva, the rule \
             “copilot” takes the route “manager-then-operator”.",
            "The strictest route counts: “manager-then-operator”, 2 steps.",
            "Step 1 of 2: Megan Doyle may vote, and one vote is wanted.",
            "Step 2 of 2: Li Wei and Oskar Nyström may vote, and one vote is wanted.",
            "This only explains; nothing was asked for.",
        ]
    );
    assert_eq!(company.told("ana", "requests").await[1], "Nothing that you asked for is open.");
    company.close().await;
}

#[tokio::test]
async fn the_answer_tells_a_stranger_nothing_about_the_person() {
    let company = Company::open().await;
    let bo = company.told("bo", "why @lee E5").await;
    assert!(bo.iter().all(|line| !line.contains("usage location")), "{bo:#?}");
    let megan = company.told("megan", "why @lee E5").await;
    assert!(megan.iter().any(|line| line.contains("For setting the usage location of Lee Park")), "{megan:#?}");
    let dana: Vec<String> =
        company.told("bo", "why @dana E5").await.iter().map(|line| line.replace("Dana Whitfield", "NAME")).collect();
    assert_eq!(dana.len(), 5, "{dana:#?}");
    assert!(dana.iter().all(|line| !line.contains("blocked") && !line.contains("holds")), "{dana:#?}");
    company.close().await;
}

#[tokio::test]
async fn a_request_is_explained_to_each_by_what_they_may_do() {
    let company = Company::open().await;
    let request = company.request("ana", "assign me Copilot").await;
    let why = format!("why {request}");
    assert_eq!(
        company.told("ana", &why).await[2..],
        [
            "The rule “copilot” sent this request on the route “manager-then-operator”.",
            "Step 1 of 2: Megan Doyle may vote, and one vote is wanted.",
            "Step 2 of 2: Li Wei and Oskar Nyström may vote, and one vote is wanted.",
            "You asked for this yourself, so somebody else has to decide on it.",
        ]
    );
    company.ask("megan", &format!("approve {request}")).await;
    assert_eq!(
        company.told("megan", &why).await[3..],
        [
            "Step 1 of 2: passed with the votes of Megan Doyle.",
            "Step 2 of 2: Li Wei and Oskar Nyström may vote, and one vote is wanted.",
            "You are not among the people who are asked to decide on this.",
        ]
    );
    assert_eq!(company.told("oskar", &why).await.len(), 5, "who may vote is told no reason why not");
    company.close().await;
}
