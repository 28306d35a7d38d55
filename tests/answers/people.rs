use super::company::{Company, lines};

const E5: &str = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";
const DANA: &str = "07a59367-9c44-42d9-99e6-f0bf8b688547";

#[tokio::test]
async fn what_bo_can_learn_about_dana_is_what_he_can_learn_about_nobody() {
    let company = Company::open().await;
    let mut answers = Vec::new();
    for name in ["dana", "Dana Whitfield", "dana@northwind.example", DANA, "nobody-at-all", "Danna"] {
        let card = company.ask("bo", &format!("/license status \"{name}\"")).await;
        answers.push(card.to_string().replace(name, "NAME").replace(card["id"].as_str().unwrap(), "ID"));
    }
    let at = regex::Regex::new(r#""at":"[^"]*""#).unwrap();
    let same: std::collections::BTreeSet<_> = answers.iter().map(|answer| at.replace(answer, "")).collect();
    assert_eq!(same.len(), 1, "{same:#?}");
    assert_eq!(
        company.told("bo", "status @dana").await,
        ["There is nobody called “dana” whose licenses you may see. Check the spelling, or ask a license operator."]
    );
    assert_eq!(company.readings().await, Vec::<String>::new());
    company.close().await;
}

#[tokio::test]
async fn oneself_ones_reports_and_for_operators_everybody() {
    let company = Company::open().await;
    let bo = [
        "You hold one license.",
        "Account: Bo Lindqvist (bo@northwind.example)",
        "Usage location: Sweden (SE)",
        "Microsoft 365 E3 (SPE_E3): inherited from Sales",
    ];
    assert_eq!(company.told("bo", "status").await, bo);
    assert_eq!(company.told("bo", "status me").await, bo);
    assert_eq!(company.told("bo", "status @bo").await, bo);
    assert_eq!(company.readings().await, Vec::<String>::new(), "reading about oneself is nobody's business");
    assert_eq!(company.told("megan", "status @bo").await[0], "Bo Lindqvist holds one license.");
    assert_eq!(
        lines(&company.ask_in("sv", "aud", "status @dana").await),
        [
            "Dana Whitfield har en licens.",
            "Inloggningen är spärrad för det här kontot; dess licenser förbrukas ändå.",
            "Konto: Dana Whitfield (dana@northwind.example)",
            "Användningsplats: Storbritannien (GB)",
            "Microsoft 365 E3 (SPE_E3): tilldelad direkt",
        ]
    );
    assert_eq!(
        company.readings().await,
        [r#"{"person":"e4e88ff3-dbb9-464b-b3ee-7922b23896f8"}"#.to_owned(), format!(r#"{{"person":"{DANA}"}}"#)]
    );
    company.close().await;
}

#[tokio::test]
async fn of_two_with_one_name_only_those_whom_one_may_see_are_a_choice() {
    let company = Company::open().await;
    let choice = company.ask("oskar", "status \"Alex Kim\"").await;
    let choices = choice["card"]["actions"][0]["inputs"][0]["choices"].as_array().unwrap().clone();
    assert_eq!(choices.len(), 2, "{choice}");
    assert!(choices.iter().all(|choice| choice["value"].as_str().unwrap().starts_with("/license status ")));
    assert_eq!(
        company.told("bo", "status \"Alex Kim\"").await,
        ["There is nobody called “Alex Kim” whose licenses you may see. \
             Check the spelling, or ask a license operator."]
    );
    company.close().await;
}

#[tokio::test]
async fn holders_are_for_operators_and_auditors_and_on_record() {
    let company = Company::open().await;
    for person in ["bo", "megan"] {
        assert_eq!(
            company.told(person, "who E5").await,
            ["The policy does not let you see who holds a product. Ask a license operator."]
        );
    }
    let told = company.told("aud", "who E5").await;
    assert_eq!(told[..2], ["11 people hold Microsoft 365 E5 (SPE_E5).", "Seats: 3 free of 14, 11 in use"]);
    assert_eq!(told[2], "Akira Tanaka: akira@northwind.example");
    assert_eq!(company.readings().await, [format!(r#"{{"holders":"{E5}"}}"#)]);
    company.close().await;
}

#[tokio::test]
async fn the_stock_is_for_everyone_and_says_what_cannot_be_given() {
    let company = Company::open().await;
    let told = company.told("ana", "stock").await;
    for line in [
        "The company owns 13 products.",
        "Microsoft 365 E5 (SPE_E5): 3 free of 14, 11 in use",
        "Visio Plan 2 (VISIOCLIENT): 0 free of 3, 3 in use",
        "Planner and Project Plan 3 (PROJECTPROFESSIONAL): 0 free of 0, 2 in use; suspended, nothing new can be \
         assigned until the subscription is renewed",
    ] {
        assert!(told.contains(&line.to_owned()), "{line}\n{told:#?}");
    }
    assert_eq!(
        told.last().map(String::as_str),
        Some("Microsoft Power Automate Free (FLOW_FREE): 9997 free of 10000, 3 in use")
    );
    let one = company.told("ana", "stock power bi pro").await;
    assert_eq!(
        one,
        ["Seats: 7 free of 10, 3 in use", "Apps: Power BI Pro", "Apps for the whole company: Exchange Foundation"]
    );
    let unknown = company.told("ana", "stock Powr BI Pro").await;
    assert!(unknown[0].contains("Did you mean"), "{unknown:?}");
    company.close().await;
}
