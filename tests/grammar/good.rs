//! Lines that are commands, in every way that people and platforms write them.

use licensebot::domain::command::{
    AppText, Apps, Assign, Command, ProductText, Reason, Swap, Unassign, Verb, Who, WhyTarget,
};
use licensebot::domain::grammar::{parse, parse_known, parse_named, parse_named_with};

use super::known;

fn named(name: &str) -> Who {
    Who::try_new(&format!("@{name}")).unwrap()
}

fn product(text: &str) -> ProductText {
    ProductText::try_new(text).unwrap()
}

fn apps(texts: &[&str]) -> Vec<AppText> {
    texts.iter().map(|text| AppText::try_new(text).unwrap()).collect()
}

fn assign(who: Who, products: &[&str]) -> Assign {
    Assign { who, products: products.iter().map(|text| product(text)).collect(), apps_off: Vec::new(), reason: None }
}

fn reason(text: &str) -> Option<Reason> {
    Some(Reason::try_new(text).unwrap())
}

#[test]
fn a_line_may_be_written_in_many_ways() {
    let expect = Ok(Command::Assign(assign(named("ana"), &["E5"])));
    for line in [
        "/license assign @ana E5",
        "license assign @ana E5",
        "assign @ana E5",
        "/assign ana E5",
        "  ASSIGN\t@ana\n E5  ",
        "/LICENSE Assign ＠ana E5",
        "@licensebot assign @ana E5",
        "@licensebot /license assign @ana E5",
        "<@1234567890> assign @ana E5",
        "<@!1234567890> /license assign @ana E5",
        "<at>licensebot</at> assign @ana E5",
        "<at>License Bot</at>\u{a0}license assign <at>ana</at> E5",
        "\u{feff}assign \"@ana\" 'E5'",
        "assign @ana, E5,",
        "assign @ana E5 e5",
    ] {
        assert_eq!(parse(line), expect, "{line}");
    }
}

#[test]
fn oneself_has_many_words() {
    for word in ["me", "Me", "mig", "myself", "@me"] {
        let expect = Ok(Command::Assign(assign(Who::Me, &["E5"])));
        assert_eq!(parse(&format!("assign {word} E5")), expect, "{word}");
    }
}

#[test]
fn people_are_named_as_the_platforms_name_them() {
    for (word, name) in [
        ("@ana", "ana"),
        ("ana@contoso.com", "ana@contoso.com"),
        ("\"Ana Lind\"", "Ana Lind"),
        ("“Ana Lind”", "Ana Lind"),
        ("\"Lind, Ana\"", "Lind, Ana"),
        ("<at>Ana Lind</at>", "Ana Lind"),
        ("<@42>", "<@42>"),
        ("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000001"),
        ("@åsa.ö", "åsa.ö"),
    ] {
        let expect = Ok(Command::Status { who: Some(Who::Named(name.to_owned())) });
        assert_eq!(parse(&format!("status {word}")), expect, "{word}");
    }
}

#[test]
fn a_word_between_two_products_is_no_product() {
    for joining in ["and", "AND", "och", "samt", "&", "+"] {
        let command = parse(&format!("assign me E3 {joining} E5")).unwrap();
        assert_eq!(products_of(command), ["E3", "E5"], "{joining}");
    }
    assert_eq!(products_of(parse("assign me and").unwrap()), ["and"], "alone it is what was typed");
}

fn products_of(command: Command) -> Vec<String> {
    match command {
        Command::Assign(assign) => assign.products.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn without_a_catalog_quotes_and_commas_bind_words() {
    for (line, expect) in [
        ("E5 Visio", vec!["E5", "Visio"]),
        ("E5, Visio", vec!["E5", "Visio"]),
        ("E5,Visio", vec!["E5", "Visio"]),
        ("E5 \"Power BI Pro\"", vec!["E5", "Power BI Pro"]),
        ("\"Power BI Pro\",\"Visio Plan 2\"", vec!["Power BI Pro", "Visio Plan 2"]),
        ("”Power BI Pro” „Visio Plan 2“ «E5»", vec!["Power BI Pro", "Visio Plan 2", "E5"]),
        ("'Power BI Pro' ’Visio Plan 2’", vec!["Power BI Pro", "Visio Plan 2"]),
        ("E5, Power BI Pro, Visio Plan 2", vec!["E5", "Power BI Pro", "Visio Plan 2"]),
        ("E5，Visio", vec!["E5", "Visio"]),
        ("Power BI Pro", vec!["Power", "BI", "Pro"]),
        ("\"a \"\"b\"\" c\"", vec!["a \"b\" c"]),
    ] {
        assert_eq!(products_of(parse(&format!("assign @ana {line}")).unwrap()), expect, "{line}");
    }
}

#[test]
fn a_catalog_groups_words_longest_first() {
    for (line, expect) in [
        ("Power BI Pro", vec!["Power BI Pro"]),
        ("power bi", vec!["power bi"]),
        ("E5 Power BI Pro", vec!["E5", "Power BI Pro"]),
        ("Microsoft 365 E3 Visio Plan 2 E5", vec!["Microsoft 365 E3", "Visio Plan 2", "E5"]),
        ("E5, Visio Plan 2 Power BI Pro", vec!["E5", "Visio Plan 2", "Power BI Pro"]),
        ("E5, Visioo Plan 2", vec!["E5", "Visioo Plan 2"]),
        ("Visioo E5", vec!["Visioo", "E5"]),
        ("\"Power BI\" Pro", vec!["Power BI", "Pro"]),
        ("Windows 365 Business 2 vCPU, 8 GB, 128 GB", vec!["Windows 365 Business 2 vCPU, 8 GB, 128 GB"]),
        ("Power Pages T3 min 1,000 units", vec!["Power Pages T3 min 1,000 units"]),
    ] {
        let command = parse_known(&format!("assign @ana {line}"), &known()).unwrap();
        assert_eq!(products_of(command), expect, "{line}");
        let command = parse_named_with(Verb::Assign, &[("who", "@ana"), ("products", line)], &known()).unwrap();
        assert_eq!(products_of(command), expect, "{line}, as a typed option");
    }
}

#[test]
fn one_product_needs_no_quotation_marks() {
    for (line, expect) in [
        ("who Power BI Pro", "Power BI Pro"),
        ("who \"Power BI Pro\"", "Power BI Pro"),
        ("who Powr BI Pro", "Powr BI Pro"),
        ("who E5", "E5"),
        ("who E5,", "E5"),
        ("who Windows 365 Business 2 vCPU, 8 GB, 128 GB", "Windows 365 Business 2 vCPU, 8 GB, 128 GB"),
    ] {
        assert_eq!(parse_known(line, &known()), Ok(Command::WhoHolds { product: product(expect) }), "{line}");
    }
    assert_eq!(parse("who Power BI Pro"), Ok(Command::WhoHolds { product: product("Power BI Pro") }));
}

#[test]
fn a_swap_finds_where_one_name_ends() {
    let swap = |from: &str, to: &str| {
        Ok(Command::Swap(Swap { who: named("eva"), from: product(from), to: product(to), reason: None }))
    };
    for (line, from, to) in [
        ("E3 E5", "E3", "E5"),
        ("E3, E5", "E3", "E5"),
        ("E3 to E5", "E3", "E5"),
        ("E3 till E5", "E3", "E5"),
        ("E3 → E5", "E3", "E5"),
        ("E3 -> Visioo Plan 2", "E3", "Visioo Plan 2"),
        ("\"Office 365 E3\" Microsoft 365 E5", "Office 365 E3", "Microsoft 365 E5"),
        ("Project Plan 3 \"Visio Plan 2\"", "Project Plan 3", "Visio Plan 2"),
    ] {
        assert_eq!(parse(&format!("swap @eva {line}")), swap(from, to), "{line}");
    }
    for (line, from, to) in [
        ("Office 365 E3 Microsoft 365 E5", "Office 365 E3", "Microsoft 365 E5"),
        ("E3 Power BI Pro", "E3", "Power BI Pro"),
        ("Power BI Power BI Pro", "Power BI", "Power BI Pro"),
        ("E3 Visioo Plan 2", "E3", "Visioo Plan 2"),
        ("Visioo Plan 2 Microsoft 365 E5", "Visioo Plan 2", "Microsoft 365 E5"),
    ] {
        assert_eq!(parse_known(&format!("swap @eva {line}"), &known()), swap(from, to), "{line}");
    }
}

#[test]
fn options_are_written_in_many_ways() {
    let expect = Ok(Command::Assign(Assign {
        apps_off: apps(&["Sway", "Teams"]),
        reason: reason("new job"),
        ..assign(named("ana"), &["E5"])
    }));
    for line in [
        "assign @ana E5 --apps-off Sway,Teams --reason new job",
        "assign @ana E5 --apps-off=Sway,Teams --reason=\"new job\"",
        "assign @ana E5 --reason 'new job' --apps-off Sway Teams",
        "assign --reason \"new job\" @ana E5 --apps-off Sway --apps-off Teams",
        "assign @ana E5 —apps-off Sway, Teams —reason new job",
        "assign @ana E5 –apps‑off Sway, Teams –reason “new job”",
        "assign @ana E5 --APPS_OFF sway, Sway, Teams -reason new  job",
    ] {
        let got = parse(line).map(|command| match command {
            Command::Assign(mut assign) => {
                assign.apps_off =
                    assign.apps_off.iter().map(|app| apps(&[&capitalized(app.as_str())]).remove(0)).collect();
                Command::Assign(assign)
            }
            other => other,
        });
        assert_eq!(got, expect, "{line}");
    }
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

#[test]
fn a_reason_is_taken_as_typed_up_to_the_next_option() {
    for (line, expect) in [
        ("--reason Bo's new job, see mail", "Bo's new job, see mail"),
        ("--reason he said \"yes\" today", "he said \"yes\" today"),
        ("--reason left — see the ticket - thanks", "left — see the ticket - thanks"),
        ("--reason project —maybe -later", "project —maybe -later"),
        ("--reason \"quoted --apps-off text\"", "quoted --apps-off text"),
        ("--reason 'Bo's job'", "Bo's job"),
        ("--reason 🎉 تم 中文", "🎉 تم 中文"),
        ("--reason 31.02. or 1e9 days, -5", "31.02. or 1e9 days, -5"),
        ("--reason @everyone <script>", "@everyone <script>"),
    ] {
        let expect =
            Command::Unassign(Unassign { who: named("ana"), products: vec![product("E5")], reason: reason(expect) });
        assert_eq!(parse(&format!("unassign @ana E5 {line}")), Ok(expect), "{line}");
    }
}

#[test]
fn apps_go_on_and_off() {
    let expect = Command::Apps(Apps {
        who: named("eva"),
        product: product("Office 365 E3"),
        on: apps(&["Microsoft Teams", "Sway"]),
        off: apps(&["Yammer Enterprise"]),
        reason: None,
    });
    let line = "apps @eva Office 365 E3 --on Microsoft Teams Sway --off Yammer Enterprise";
    assert_eq!(parse_known(line, &known()), Ok(expect.clone()));
    assert_eq!(parse("apps @eva \"Office 365 E3\" --off \"Yammer Enterprise\" --on Microsoft Teams, Sway"), Ok(expect));
}

#[test]
fn requests_are_found_however_their_id_is_typed() {
    let id: licensebot::domain::ids::RequestId = "R-7K2M9QX4".parse().unwrap();
    for text in ["R-7K2M9QX4", "r-7k2m9qx4", "R–7K2M9QX4", "R‑7K2M9QX4", "\"R-7K2M9QX4\""] {
        assert_eq!(parse(&format!("approve {text}")), Ok(Command::Approve(id.clone())), "{text}");
    }
    assert_eq!(parse("request R-7K2M9QX4"), Ok(Command::ShowRequest(id.clone())));
    assert_eq!(parse("cancel R-7K2M9QX4"), Ok(Command::Cancel(id.clone())));
    assert_eq!(parse("why R-7K2M9QX4"), Ok(Command::Why(WhyTarget::Request(id.clone()))));
    let deny = Command::Deny { request: id, reason: reason("E3 is enough").unwrap() };
    assert_eq!(parse("deny R-7K2M9QX4 --reason E3 is enough"), Ok(deny));
}

#[test]
fn a_person_whose_name_looks_like_a_request_is_typed_with_the_sign() {
    let expect = WhyTarget::Change { who: named("r-1"), product: product("E5") };
    assert_eq!(parse("why @r-1 E5"), Ok(Command::Why(expect)));
}

#[test]
fn what_may_be_left_out_is_left_out() {
    assert_eq!(parse("status"), Ok(Command::Status { who: None }));
    assert_eq!(parse("stock"), Ok(Command::Stock { product: None }));
    assert_eq!(parse("stock visio plan 2"), Ok(Command::Stock { product: Some(product("visio plan 2")) }));
    assert_eq!(parse("requests"), Ok(Command::Requests));
    assert_eq!(parse("help"), Ok(Command::Help { verb: None }));
    assert_eq!(parse("HELP Assign"), Ok(Command::Help { verb: Some(Verb::Assign) }));
}

#[test]
fn typed_options_take_the_same_exit() {
    assert_eq!(
        parse_named(Verb::Swap, &[("who", "<@42>"), ("from", "Office 365 E3"), ("to", "\"E5\""), ("reason", " ")]),
        Ok(Command::Swap(Swap {
            who: Who::Named("<@42>".to_owned()),
            from: product("Office 365 E3"),
            to: product("E5"),
            reason: None
        }))
    );
    assert_eq!(
        parse_named(
            Verb::Assign,
            &[("who", "me"), ("products", "E5, Power BI Pro"), ("reason", "it's \"urgent\" --now")]
        ),
        Ok(Command::Assign(Assign {
            reason: reason("it's \"urgent\" --now"),
            ..assign(Who::Me, &["E5", "Power BI Pro"])
        }))
    );
    assert_eq!(parse_named(Verb::Status, &[]), Ok(Command::Status { who: None }));
}

#[test]
fn what_phones_and_foreign_keyboards_put_in_is_understood() {
    let expect = parse("/license assign @ana \"Power BI Pro\" --apps-off Sway --reason \"new job\"").unwrap();
    for line in [
        "／license assign @ana “Power BI Pro” —apps-off Sway —reason “new job”",
        "/license\u{a0}assign\u{a0}@ana\u{a0}”Power BI Pro”\u{a0}–apps‑off\u{a0}Sway –reason=”new job”",
        "@licensebot, assign ＠ana «Power BI Pro» −−apps_off Sway ――reason ‘new job’",
        "\u{200b}<at>licensebot</at>\u{3000}ASSIGN @ana 'Power BI Pro' ---apps-off Sway --Reason new job",
    ] {
        assert_eq!(parse(line).as_ref(), Ok(&expect), "{line}");
    }
}
