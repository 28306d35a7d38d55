//! How typed words are understood, and what people are told about it.

use super::company::{Company, lines};

#[tokio::test]
async fn a_product_found_by_a_part_of_its_name_is_named_plainly() {
    let company = Company::open().await;
    let teams = "“Teams” is taken as Microsoft Teams Phone Standard (MCOEV), the only product here with that in its name. If \
                 you mean the app, it comes with Microsoft 365 E5 (SPE_E5), Microsoft 365 E3 (SPE_E3), Office 365 E5 \
                 (ENTERPRISEPREMIUM) or Microsoft 365 F3 (SPE_F1).";
    assert_eq!(company.told("ana", "assign me Teams").await[0], teams);
    let sway = "No product is called “Sway”, but an app that comes with Microsoft 365 E5 (SPE_E5), Microsoft 365 E3 (SPE_E3), \
                Office 365 E5 (ENTERPRISEPREMIUM) or Microsoft 365 F3 (SPE_F1).";
    assert_eq!(company.told("ana", "assign me Sway").await, [sway]);
    let copilot = company.told("ana", "assign me Copilot").await;
    assert_eq!(copilot[0], "Ana Silva asks for: assign Microsoft Copilot for Microsoft 365 (Microsoft_365_Copilot).");
    assert_eq!(
        copilot[1],
        "“Copilot” is taken as Microsoft Copilot for Microsoft 365 (Microsoft_365_Copilot), the only product here with that in its name."
    );
    let swedish = lines(&company.ask_in("sv", "ana", "assign me Copilot").await);
    assert_eq!(
        swedish[1],
        "”Copilot” har tolkats som Microsoft Copilot for Microsoft 365 (Microsoft_365_Copilot), den enda produkten här med det i namnet."
    );
    for whole in ["E5", "Power BI Pro", "SPE_E5"] {
        let told = company.told("ana", &format!("assign me {whole}")).await;
        assert!(told.iter().all(|line| !line.contains(" is taken as ")), "{told:?}");
    }
    company.close().await;
}

#[tokio::test]
async fn a_person_who_is_forgotten_or_comes_last_is_never_guessed() {
    let company = Company::open().await;
    let check = async |line: &str, expected: &str| assert_eq!(company.told("ana", line).await, [expected], "{line}");
    let forgotten = "For somebody else, put their name in place of “me”; \
                     for a person who is called like a product, put @ before the name.";
    for (line, meant) in [
        ("/license assign E5", "/license assign me E5"),
        ("assign Power BI Pro", "/license assign me Power BI Pro"),
        ("unassign E3", "/license unassign me E3"),
        ("swap E3 E5", "/license swap me E3 E5"),
    ] {
        check(line, &format!("It is not said for whom. Did you mean {meant}? {forgotten}")).await;
    }
    for (line, meant) in [
        ("/license assign E5 me", "/license assign me E5"),
        ("assign Microsoft 365 E5 megan", "/license assign megan Microsoft 365 E5"),
        ("unassign E3 @eva", "/license unassign @eva E3"),
    ] {
        check(line, &format!("The person stands before the product. Did you mean {meant}?")).await;
    }
    check(
        "assign Visio me",
        "Nobody here is called “Visio”, but a product is. Name the person first and then the product, as in: me Visio",
    )
    .await;
    let opened = company.ask("ana", "assign E5 me").await;
    assert_eq!(opened["request"], serde_json::Value::Null, "nothing is done on a guess");
    company.close().await;
}

#[tokio::test]
async fn a_whole_name_is_told_to_stand_in_quotation_marks() {
    let company = Company::open().await;
    let check = async |line: &str, meant: &str| {
        let said = format!("A name of several words stands in quotation marks. Did you mean {meant}?");
        assert_eq!(company.told("ana", line).await, [said], "{line}");
    };
    check("assign Ana Silva E5", "/license assign \"Ana Silva\" E5").await;
    check("assign Linnéa Åkesson Power BI Pro", "/license assign \"Linnéa Åkesson\" \"Power BI Pro\"").await;
    check("unassign Megan Doyle E3", "/license unassign \"Megan Doyle\" E3").await;
    assert!(company.told("ana", "assign Nobody Atall E5").await[0].starts_with("Nobody here is called “Nobody”."));
    company.close().await;
}

#[tokio::test]
async fn namesakes_are_told_apart_by_no_more_than_one_may_see() {
    let company = Company::open().await;
    let labels = async |person: &str| {
        let asked = company.ask(person, "assign \"Alex Kim\" E5").await;
        let choices = asked["card"]["actions"][0]["inputs"][0]["choices"].as_array().unwrap().clone();
        choices.iter().map(|choice| choice["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(labels("ana").await, ["Alex Kim (alex@northwind.example)", "Alex Kim (alexandra@northwind.example)"]);
    assert_eq!(
        labels("oskar").await,
        ["Alex Kim (alex@northwind.example), Sales", "Alex Kim (alexandra@northwind.example), Engineering"]
    );
    let nickname = company.told("ana", "assign @alex E5").await;
    assert_eq!(nickname[0], "Ana Silva asks, for Alex Kim: assign Microsoft 365 E5 (SPE_E5).");
    assert!(nickname.contains(&"For: Alex Kim (alex@northwind.example)".to_owned()), "{nickname:?}");
    company.close().await;
}

#[tokio::test]
async fn a_slip_in_a_product_suggests_only_what_the_company_owns() {
    let company = Company::open().await;
    let check = async |line: &str, expected: &str| assert_eq!(company.told("ana", line).await, [expected], "{line}");
    check(
        "assign me Powr BI Pro",
        "No product is called “Powr”. Did you mean Power BI Pro (POWER_BI_PRO), Power Automate per user plan dept \
         (FLOW_PER_USER_DEPT) or Microsoft Power Automate Free (FLOW_FREE)?",
    )
    .await;
    check(
        "assign me \"Microsoft 365 E7\"",
        "“Microsoft 365 E7” means Microsoft 365 E7 (MICROSOFT_365_E7), which the company does not own. Did you mean \
         Microsoft 365 E3 (SPE_E3), Microsoft 365 E5 (SPE_E5), Microsoft 365 F3 (SPE_F1) or Microsoft Copilot for \
         Microsoft 365 (Microsoft_365_Copilot)?",
    )
    .await;
    check(
        "assign me \"Visio Plan 1\"",
        "“Visio Plan 1” means Visio Plan 1 (VISIOONLINE_PLAN1) or Visio Plan 1 (VISIO_PLAN1_DEPT), which the company \
         does not own. Did you mean Visio Plan 2 (VISIOCLIENT)?",
    )
    .await;
    company.close().await;
}

#[tokio::test]
async fn what_belongs_to_the_whole_company_is_refused_by_name_and_never_offered() {
    let company = Company::open().await;
    let why = "Office 365 Extra File Storage (SHAREPOINTSTORAGE) belongs to the whole company and is never assigned to \
               people. Choose another product.";
    for typed in ["SHAREPOINTSTORAGE", "Office 365 Extra File Storage", "99049c9c-6011-4908-bf17-15f496e6519d"] {
        assert_eq!(company.told("ana", &format!("assign me {typed}")).await, [why], "{typed}");
    }
    let choice = company.ask("ana", "assign me \"Office 365\"").await;
    let told = choice.to_string();
    assert!(!told.contains("SHAREPOINTSTORAGE") && told.contains("Office 365 E5"), "{told}");
    let slip = company.told("ana", "assign me \"Ofice 365 Extra File Storag\"").await.concat();
    assert!(!slip.contains("SHAREPOINTSTORAGE"), "{slip}");
    for typed in ["", "Off", "extra", "SHAREPOINTST"] {
        let query = [("as", "ana"), ("text", &*format!("assign me {typed}")), ("locale", "en")];
        let offered = company.get("complete", &query).await.to_string();
        assert!(!offered.contains("Extra File Storage"), "{typed}: {offered}");
    }
    let stock = company.told("ana", "stock").await.concat();
    assert!(stock.contains("Office 365 Extra File Storage"), "the stock is whole: {stock}");
    company.close().await;
}

#[tokio::test]
async fn an_app_that_nobody_knows_is_answered_with_the_line_that_lists_them() {
    let company = Company::open().await;
    let e5 = "Microsoft 365 E5 has no app called “Qqqq”. See its apps with: /license stock E5";
    assert_eq!(company.told("ana", "apps me E5 --off Qqqq").await, [e5]);
    let visio = "Visio Plan 2 har ingen app som heter ”Qqqq”. Se apparna med: /license stock VISIOCLIENT";
    assert_eq!(lines(&company.ask_in("sv", "ana", "apps me Visio Plan 2 --off Qqqq").await), [visio]);
    company.close().await;
}
