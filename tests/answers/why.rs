use super::company::Company;

#[tokio::test]
async fn a_question_about_a_change_asks_for_nothing() {
    let company = Company::open().await;
    assert_eq!(
        company.told("ana", "why me Copilot").await,
        [
            "If you asked for yourself: assign Microsoft Copilot for Microsoft 365 (Microsoft_365_Copilot).",
            "Megan Doyle, your manager, must approve, then Li Wei or Oskar Nyström.",
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
async fn what_is_held_is_explained_as_unassigning_it() {
    let company = Company::open().await;
    assert_eq!(
        company.told("megan", "why @eva E3").await[..6],
        [
            "Eva Novotná holds Microsoft 365 E3 (SPE_E3) already, so this explains unassigning it.",
            "If you asked for Eva Novotná: unassign Microsoft 365 E3 (SPE_E3).",
            "Li Wei or Oskar Nyström must approve.",
            "For unassigning Microsoft 365 E3 (SPE_E3) from Eva Novotná, the rule “unassign” takes the route “one-operator”.",
            "The strictest route counts: “one-operator”, one step.",
            "Step 1 of 1: Li Wei and Oskar Nyström may vote, and one vote is wanted.",
        ]
    );
    let bo = company.told("bo", "why me E3").await;
    assert_eq!(
        bo[..2],
        [
            "You hold Microsoft 365 E3 (SPE_E3) already, so this explains giving it back.",
            "If you asked for yourself: unassign Microsoft 365 E3 (SPE_E3).",
        ]
    );
    assert_eq!(
        bo[6..],
        [
            "Bo Lindqvist has Microsoft 365 E3 (SPE_E3) through Sales, so it cannot be changed for one person alone. \
             Ask the owner of the group to take Bo Lindqvist out of it.",
            "This only explains; nothing was asked for.",
        ]
    );
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
    // Both ways, so that the answer does not tell which of them it would be.
    assert_eq!(
        dana,
        [
            "If you asked for NAME: assign Microsoft 365 E5 (SPE_E5).",
            "Ruth Adeyemi must approve.",
            "For assigning Microsoft 365 E5 (SPE_E5) to NAME, the rule “ask-the-manager” takes the route “manager”.",
            "The strictest route counts: “manager”, one step.",
            "Step 1 of 1: Ruth Adeyemi may vote, and one vote is wanted.",
            "If you asked for NAME: unassign Microsoft 365 E5 (SPE_E5).",
            "The policy does not allow you to ask for this. A license operator can tell you more.",
            "This only explains; nothing was asked for.",
        ]
    );
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
