//! Lines that are no commands, and the line that is shown to type instead.

use licensebot::domain::command::Verb;
use licensebot::domain::grammar::{Misread, mended, parse, parse_known};
use licensebot::domain::text::Locale;

use super::{known, say_with};

fn lines(line: &str) -> Vec<String> {
    let misread = parse_known(line, &known()).unwrap_err();
    mended(line, &misread, &known())
}

fn check(line: &str, expect: &str) {
    assert_eq!(lines(line), [expect], "{line}");
}

#[test]
fn a_forgotten_person_is_asked_for() {
    for line in ["assign E5", "/license assign Microsoft 365 E5", "unassign Power BI Pro, E5", "why E5"] {
        let verb = line.trim_start_matches("/license ").split(' ').next().unwrap();
        let expect = Misread::PersonMissing { verb: verb.parse().unwrap() };
        assert_eq!(parse_known(line, &known()), Err(expect), "{line}");
    }
    check("assign E5", "/license assign me E5");
    check("assign E5 E3", "/license assign me E5 E3");
    check("assign E5 Copilot", "/license assign me E5 Copilot");
    check("@licensebot assign Power BI Pro --reason x", "/license assign me Power BI Pro --reason x");
    check("swap E3 E5", "/license swap me E3 E5");
    check("swap Office 365 E3 to Microsoft 365 E5", "/license swap me Office 365 E3 to Microsoft 365 E5");
    check("apps E3 --off Sway", "/license apps me E3 --off Sway");
    check("why E5", "/license why me E5");
}

#[test]
fn a_person_who_stands_last_is_put_first() {
    for (line, expect) in [
        ("assign E5 me", "/license assign me E5"),
        ("assign Microsoft 365 E5 me", "/license assign me Microsoft 365 E5"),
        ("assign E5 bo", "/license assign bo E5"),
        ("assign E5 for bo", "/license assign bo E5"),
        ("assign Power BI Pro till bo", "/license assign bo Power BI Pro"),
        ("assign E5 to me", "/license assign me E5"),
        ("assign E5 till mig --reason x", "/license assign mig E5 --reason x"),
        ("assign E5 @ana", "/license assign @ana E5"),
        ("assign E5 <at>Ana Lind</at>", "/license assign <at>Ana Lind</at> E5"),
        ("unassign E3 ana@contoso.com", "/license unassign ana@contoso.com E3"),
    ] {
        let verb = if line.starts_with("un") { Verb::Unassign } else { Verb::Assign };
        assert_eq!(parse_known(line, &known()), Err(Misread::PersonFirst { verb }), "{line}");
        check(line, expect);
    }
}

#[test]
fn a_line_that_could_not_be_read_as_it_is_shown_is_not_shown() {
    assert_eq!(lines("license license assign @ana \"E5"), [""; 0]);
    assert_eq!(lines("license assign @ana \"E5"), ["/license assign @ana \"E5\""]);
}

#[test]
fn a_person_who_is_called_like_a_product_says_so() {
    for line in ["assign @E5 E3", "assign \"E5\" E3", "assign E5@contoso.com E3", "why @E5 E3", "status @E5"] {
        assert!(parse_known(line, &known()).is_ok(), "{line}");
    }
    assert!(parse("assign E5 E3").is_ok(), "without a catalog nothing is known");
    assert_eq!(parse_known("status E5", &known()), Err(Misread::NotAPerson { word: "E5".to_owned() }));
    assert_eq!(
        parse_known("status Power BI Pro", &known()),
        Err(Misread::NotAPerson { word: "Power BI Pro".to_owned() })
    );
}

#[test]
fn what_is_missing_is_put_in() {
    check("assign @bo", "/license assign @bo E5");
    check("assign @bo --reason x", "/license assign @bo E5 --reason x");
    check("swap @bo", "/license swap @bo E3 E5");
    check("swap @bo E3", "/license swap @bo E3 E5");
    check("swap @bo E5", "/license swap @bo E5 E3");
    check("why me", "/license why me E5");
    check("apps me E3", "/license apps me E3 --off Sway");
    check("deny R-7K2M9QX5", "/license deny R-7K2M9QX5 --reason \"…\"");
    check("deny R-7K2M9QX5 too expensive", "/license deny R-7K2M9QX5 --reason too expensive");
    check("assign me E5 --reason", "/license assign me E5 --reason \"…\"");
    check("assign me E5 --reason \"\"", "/license assign me E5 --reason \"…\"");
    check("assign me E5 —reason", "/license assign me E5 --reason \"…\"");
    check("assign me E5 --apps-off", "/license assign me E5 --apps-off Sway");
    check("assign me E5 --apps-off , --reason x", "/license assign me E5 --apps-off Sway --reason x");
    check("assign me \"Power BI Pro", "/license assign me \"Power BI Pro\"");
    check("assign me “Power BI Pro --reason x", "/license assign me “Power BI Pro\" --reason x");
}

#[test]
fn a_slip_is_mended_in_the_whole_line() {
    check("asign @ana E5 --reason x", "/license assign @ana E5 --reason x");
    check("/license revoke @ana E5", "/license unassign @ana E5");
    check("tilldela mig E5", "/license assign mig E5");
    check("assign me E5 --reson x", "/license assign me E5 --reason x");
    check("assign me E5 --reson=x", "/license assign me E5 --reason=x");
    check("please assign me E5", "/license assign me E5");
    check("me E5", "/license assign me E5");
    check("E5 me", "/license assign me E5");
    check("E5", "/license assign me E5");
    check("tilldela E5", "/license assign me E5");
    check("ta bort mig E5", "/license unassign mig E5");
    check("lägg till E5", "/license assign me E5");
    check("@ana Power BI Pro", "/license assign @ana Power BI Pro");
}

#[test]
fn several_people_get_one_line_each() {
    assert_eq!(
        lines("assign @bo and @eva E5 --reason x"),
        ["/license assign @bo E5 --reason x", "/license assign @eva E5 --reason x"]
    );
    assert_eq!(lines("unassign @bo, <@42> E5"), ["/license unassign @bo E5", "/license unassign <@42> E5"]);
    assert_eq!(lines("assign @a @b @c @d E5"), [""; 0], "the sentence alone is clear enough");
}

#[test]
fn nothing_is_shown_where_nothing_is_likely() {
    for line in [
        "",
        "frobnicate @bo E5",
        "good morning",
        "assign",
        "assign bo",
        "assign Visio",
        "req",
        "assign me E5 --because x",
        "requests now",
        "who",
    ] {
        assert_eq!(lines(line), [""; 0], "{line}");
    }
    assert_eq!(lines(&format!("asign me {}", "E5 ".repeat(70))), [""; 0], "too long to type");
}

#[test]
fn the_sentences_show_the_line() {
    let told = |line: &str, locale| {
        let misread = parse_known(line, &known()).unwrap_err();
        say_with(&misread, &mended(line, &misread, &known()), locale)
    };
    for (line, english, swedish) in [
        (
            "assign E5",
            "It is not said for whom. Did you mean /license assign me E5? For somebody else, put their name in place of “me”; for a person who is called like a product, put @ before the name.",
            "Det står inte vem det gäller. Menade du /license assign me E5? För någon annan, skriv namnet i stället för ”me”; för en person som heter som en produkt, skriv @ före namnet.",
        ),
        (
            "assign E5 me",
            "The person stands before the product. Did you mean /license assign me E5?",
            "Personen ska stå före produkten. Menade du /license assign me E5?",
        ),
        (
            "assign @bo @eva E5",
            "One request is for one person. Send one command for each of them: /license assign @bo E5 and /license assign @eva E5",
            "En begäran gäller en person. Skicka ett kommando för var och en: /license assign @bo E5 och /license assign @eva E5",
        ),
        (
            "asign me E5",
            "“asign” is not a command. Did you mean /license assign me E5?",
            "”asign” är inget kommando. Menade du /license assign me E5?",
        ),
        (
            "assign me E5 --reson x",
            "/license assign has no option “--reson”. Did you mean /license assign me E5 --reason x?",
            "/license assign har inget tillval ”--reson”. Menade du /license assign me E5 --reason x?",
        ),
        (
            "assign me E5 --reason",
            "Nothing stands after --reason. Add what you mean, for example: /license assign me E5 --reason \"…\"",
            "Det står inget efter --reason. Skriv vad du menar, till exempel: /license assign me E5 --reason \"…\"",
        ),
        (
            "deny R-7K2M9QX5 too expensive",
            "“too expensive” does not belong to /license deny. If it is the reason, type: /license deny R-7K2M9QX5 --reason too expensive",
            "”too expensive” hör inte till /license deny. Om det är skälet, skriv: /license deny R-7K2M9QX5 --reason too expensive",
        ),
        (
            "assign me \"Power BI Pro",
            "A quotation mark is opened and never closed. Close it, for example: /license assign me \"Power BI Pro\"",
            "Ett citattecken öppnas men stängs aldrig. Stäng det, till exempel: /license assign me \"Power BI Pro\"",
        ),
        (
            "status E5",
            "“E5” is a product, and a person is wanted here. To see who holds it, type /license who and the name; for a person who is called so, put @ before the name.",
            "”E5” är en produkt, men här ska det stå en person. Skriv /license who och namnet för att se vem som har den; för en person som heter så, skriv @ före namnet.",
        ),
    ] {
        assert_eq!(told(line, Locale::En), english);
        assert_eq!(told(line, Locale::Sv), swedish);
    }
}
