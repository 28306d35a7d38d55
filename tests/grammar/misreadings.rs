//! Lines that are no commands, and what is said about them.

use licensebot::domain::command::Verb;
use licensebot::domain::grammar::{Known, Misread, parse, parse_known, parse_named};
use licensebot::domain::text::Locale;

use super::{known, say};

fn check(line: &str, expect: &Misread) {
    assert_eq!(parse_known(line, &known()).as_ref(), Err(expect), "{line}");
}

fn unknown_verb(word: &str, near: &[Verb]) -> Misread {
    Misread::UnknownVerb { word: word.to_owned(), near: near.to_vec() }
}

fn missing(verb: Verb, arg: &'static str) -> Misread {
    Misread::Missing { verb, arg }
}

fn surplus(verb: Verb, words: &str, option: Option<&'static str>) -> Misread {
    Misread::Surplus { verb, words: words.to_owned(), option }
}

#[test]
fn nothing_is_asked() {
    for line in
        ["", " \t\n", "/license", "license", "@licensebot", "<@123>", "<at>licensebot</at> /license", "\u{200b}"]
    {
        check(line, &Misread::Empty);
    }
}

#[test]
fn a_line_that_nobody_can_mean_is_refused_whole() {
    check(&format!("assign @ana {}", "E5 ".repeat(2_000)), &Misread::TooLong { max: 2_000 });
    check(&"😀".repeat(2_001), &Misread::TooLong { max: 2_000 });
    check("assign @ana\0 E5", &Misread::Hidden);
    check("assign @ana E5 --reason \u{202e}5E", &Misread::Hidden);
    check("assign @ana \u{1b}[31mE5", &Misread::Hidden);
    check("assign @ana \"Power BI Pro", &Misread::OpenQuote);
    check("assign @ana “Power BI Pro --reason x", &Misread::OpenQuote);
}

#[test]
fn an_unknown_verb_is_answered_with_what_it_may_mean() {
    check("asign @ana E5", &unknown_verb("asign", &[Verb::Assign]));
    check("un-assign @ana E5", &unknown_verb("un-assign", &[Verb::Unassign]));
    check("revoke @ana E5", &unknown_verb("revoke", &[Verb::Unassign]));
    check("Tilldela @ana E5", &unknown_verb("Tilldela", &[Verb::Assign]));
    check("reqest R-7K2M9QX4", &unknown_verb("reqest", &[Verb::Request, Verb::Requests]));
    check("req", &unknown_verb("req", &[Verb::Requests, Verb::Request]));
    check("--help", &unknown_verb("--help", &[Verb::Help]));
    // A Cyrillic letter that looks like an a.
    check("\u{430}ssign @ana E5", &unknown_verb("\u{430}ssign", &[Verb::Assign]));
    check("😀", &unknown_verb("😀", &[]));
    check("@ana E5", &unknown_verb("@ana", &[]));
    check("مرحبا", &unknown_verb("مرحبا", &[]));
    check("help asign", &unknown_verb("asign", &[Verb::Assign]));
}

#[test]
fn an_unknown_option_is_answered_with_what_it_may_mean() {
    let unknown = |verb, word: &str, options: &[&'static str], likely| Misread::UnknownOption {
        verb,
        word: word.to_owned(),
        options: options.to_vec(),
        likely,
    };
    check("assign @ana E5 --reson x", &unknown(Verb::Assign, "--reson", &["--reason"], true));
    check("assign @ana E5 --apps Sway", &unknown(Verb::Assign, "--apps", &["--apps-off"], true));
    check("assign @ana E5 --until friday", &unknown(Verb::Assign, "--until", &["--apps-off", "--reason"], false));
    check("assign @ana E5 --reason x --aps-off Sway", &unknown(Verb::Assign, "--aps-off", &["--apps-off"], true));
    check("status @ana --all", &unknown(Verb::Status, "--all", &[], false));
    check("assign @ana -raeson x", &unknown(Verb::Assign, "-raeson", &["--reason"], true));
}

#[test]
fn an_option_needs_a_value_once() {
    let no_value = |verb, option| Misread::NoValue { verb, option };
    check("assign @ana E5 --reason", &no_value(Verb::Assign, "--reason"));
    check("assign @ana E5 --reason=", &no_value(Verb::Assign, "--reason"));
    check("assign @ana E5 --reason \"\"", &no_value(Verb::Assign, "--reason"));
    check("assign @ana E5 --apps-off --reason x", &no_value(Verb::Assign, "--apps-off"));
    check("assign @ana E5 --apps-off ,", &no_value(Verb::Assign, "--apps-off"));
    check("assign @ana E5 --reason a --reason b", &Misread::Twice { option: "--reason" });
}

#[test]
fn what_is_missing_is_named() {
    check("assign", &missing(Verb::Assign, "who"));
    check("assign @ana", &missing(Verb::Assign, "products"));
    check("assign @ana \"\"", &missing(Verb::Assign, "products"));
    check("assign @ana ,", &missing(Verb::Assign, "products"));
    check("swap @eva", &missing(Verb::Swap, "from"));
    check("swap @eva E3", &missing(Verb::Swap, "to"));
    check("swap @eva Microsoft 365 E3", &missing(Verb::Swap, "to"));
    check("swap @eva E3 to", &missing(Verb::Swap, "to"));
    check("who", &missing(Verb::Who, "product"));
    check("approve", &missing(Verb::Approve, "request"));
    check("deny R-7K2M9QX4", &missing(Verb::Deny, "reason"));
    check("why", &missing(Verb::Why, "request"));
    check("why @bo", &missing(Verb::Why, "product"));
    check("apps @eva E3", &Misread::NothingToSwitch);
}

#[test]
fn what_is_left_over_is_never_dropped() {
    check("requests now", &surplus(Verb::Requests, "now", None));
    check("status @bo please", &surplus(Verb::Status, "please", None));
    check("who E5 please now", &surplus(Verb::Who, "please now", None));
    check("who \"E5\" \"E3\"", &surplus(Verb::Who, "E3", None));
    check("stock E5, E3", &surplus(Verb::Stock, "E3", None));
    check("approve R-7K2M9QX4 R-7K2M9QX5", &surplus(Verb::Approve, "R-7K2M9QX5", None));
    check("why R-7K2M9QX4 E5", &surplus(Verb::Why, "E5", None));
    check("help assign now", &surplus(Verb::Help, "now", None));
    check("deny R-7K2M9QX4 too expensive", &surplus(Verb::Deny, "too expensive", Some("--reason")));
    check("swap @eva E3, E5, Copilot", &surplus(Verb::Swap, "Copilot", Some("--reason")));
    check("unassign @ana E5 --reason \"left\" yesterday @bo", &Misread::SeveralPeople);
    check(
        "status @bo --reason x",
        &Misread::UnknownOption { verb: Verb::Status, word: "--reason".to_owned(), options: Vec::new(), likely: false },
    );
}

#[test]
fn people_and_products_are_not_mixed_up() {
    check("assign @ana @bo E5", &Misread::SeveralPeople);
    check("assign @ana, @bo E5", &Misread::SeveralPeople);
    check("assign @ana E5 <@42>", &Misread::SeveralPeople);
    check("assign E5 @ana", &Misread::PersonFirst { verb: Verb::Assign });
    check("assign E5 <at>Ana Lind</at>", &Misread::PersonFirst { verb: Verb::Assign });
    check("who @ana", &Misread::NotAProduct { word: "@ana".to_owned() });
    for word in ["@everyone", "@here", "<@&77>", "<#42>", "@<#42>", "<!channel>", "@"] {
        check(&format!("assign {word} E5"), &Misread::NotOnePerson { word: word.to_owned() });
    }
    check("approve 17", &Misread::NotARequest { word: "17".to_owned() });
    check("why R-12 E5", &surplus(Verb::Why, "E5", None));
    check("why R-12", &Misread::NotARequest { word: "R-12".to_owned() });
}

#[test]
fn a_contradiction_is_not_a_command() {
    check("apps @eva E3 --on Sway --off sway", &Misread::OnAndOff { word: "Sway".to_owned() });
    check("swap @eva E3 e3", &Misread::SameProduct { word: "e3".to_owned() });
    check("swap @eva Visioo Plan 2 E5x", &Misread::Unclear);
}

#[test]
fn limits_are_told() {
    let many = (0..11).map(|number| format!("P{number}")).collect::<Vec<_>>().join(", ");
    check(&format!("assign @ana {many}"), &Misread::TooMany { max: 10 });
    let long = "x".repeat(501);
    check(&format!("assign @ana E5 --reason {long}"), &Misread::ValueTooLong { arg: "reason", max: 500 });
    check(&format!("assign @ana {long}"), &Misread::ValueTooLong { arg: "products", max: 200 });
    check(&format!("status {long}"), &Misread::ValueTooLong { arg: "who", max: 256 });
}

#[test]
fn typed_options_are_checked_as_well() {
    assert_eq!(parse_named(Verb::Assign, &[("who", "@ana")]), Err(missing(Verb::Assign, "products")));
    assert_eq!(
        parse_named(Verb::Why, &[("request", "R-7K2M9QX4"), ("who", "@bo")]),
        Err(surplus(Verb::Why, "bo", None))
    );
    assert_eq!(parse_named(Verb::Status, &[("who", "@a"), ("who", "@b")]), Err(Misread::Twice { option: "who" }));
    assert_eq!(
        parse_named(Verb::Status, &[("person", "@a")]),
        Err(Misread::UnknownOption {
            verb: Verb::Status,
            word: "person".to_owned(),
            options: Vec::new(),
            likely: false
        })
    );
    assert_eq!(parse_named(Verb::Status, &[("who", "ana, @bo")]), Err(Misread::SeveralPeople));
    assert_eq!(parse_named(Verb::Status, &[("who", "a\0b")]), Err(Misread::Hidden));
}

#[test]
fn the_same_line_is_always_read_the_same() {
    let counts = std::cell::Cell::new(0u32);
    let product = |text: &str| {
        counts.set(counts.get() + 1);
        super::is(&super::PRODUCTS, text)
    };
    let known = Known { product: &product, ..Known::NOTHING };
    let first = parse_known("assign @ana E5 Power BI Pro Visioo", &known);
    let asked = counts.take();
    assert_eq!(parse_known("assign @ana E5 Power BI Pro Visioo", &known), first);
    assert_eq!(counts.get(), asked, "the catalog is asked the same questions");
}

#[test]
fn the_catalog_is_not_asked_without_end() {
    let counts = std::cell::Cell::new(0u32);
    let product = |_: &str| {
        counts.set(counts.get() + 1);
        false
    };
    let known = Known { product: &product, ..Known::NOTHING };
    assert_eq!(parse_known(&format!("assign @ana {}", "a ".repeat(900)), &known), Err(Misread::TooMany { max: 10 }));
    assert!(counts.get() <= 11 * 16, "{} questions", counts.get());
}

#[test]
fn every_fault_has_a_sentence_that_says_what_to_do() {
    for (line, english, swedish) in [
        (
            "",
            "There is no command here yet. Type one, for example /license assign @ana E5, or /license help to see them all.",
            "Här finns inget kommando än. Skriv ett, till exempel /license assign @ana E5, eller /license help för att se alla.",
        ),
        (
            "revoke @ana E5",
            "“revoke” is not a command. Did you mean /license unassign?",
            "”revoke” är inget kommando. Menade du /license unassign?",
        ),
        (
            "req",
            "“req” is not a command. Did you mean /license requests or /license request?",
            "”req” är inget kommando. Menade du /license requests eller /license request?",
        ),
        (
            "assign @ana E5 --until friday",
            "/license assign has no option “--until”. Use --apps-off or --reason, or put the text in quotation marks.",
            "/license assign har inget tillval ”--until”. Använd --apps-off eller --reason, eller sätt texten inom citattecken.",
        ),
        (
            "deny R-7K2M9QX4",
            "A denial needs a reason, because the requester reads it. Add one, for example: /license deny R-7K2M9QX4 --reason \"E3 is enough for this role\"",
            "Ett avslag behöver ett skäl, eftersom den som bad om det läser det. Lägg till ett, till exempel: /license deny R-7K2M9QX4 --reason \"E3 is enough for this role\"",
        ),
        (
            "deny R-7K2M9QX4 too expensive",
            "“too expensive” does not belong to /license deny. If it is the reason, put it after --reason.",
            "”too expensive” hör inte till /license deny. Om det är skälet, skriv det efter --reason.",
        ),
        (
            "why",
            "It is not said what to explain. Name a request, or a person and a product, for example: /license why R-7K2M9QX4",
            "Det står inte vad som ska förklaras. Ange en begäran, eller en person och en produkt, till exempel: /license why R-7K2M9QX4",
        ),
    ] {
        let misread = parse(line).unwrap_err();
        assert_eq!(say(&misread, Locale::En), english);
        assert_eq!(say(&misread, Locale::Sv), swedish);
    }
}

#[test]
fn a_sentence_repeats_only_a_part_of_a_long_word() {
    let misread = parse(&"x".repeat(1_000)).unwrap_err();
    let expect = format!("“{}…” is not a command. Type /license help to see all commands.", "x".repeat(39));
    assert_eq!(say(&misread, Locale::En), expect);
}
