//! Help, as cards and documents get it.

use licensebot::domain::command::Verb;
use licensebot::domain::grammar::{Help, HelpArg, HelpExample, help};
use licensebot::domain::text::Locale;

fn usages(locale: Locale) -> Vec<String> {
    match help(None, locale) {
        Help::All(lines) => lines.into_iter().map(|line| line.usage).collect(),
        Help::One(page) => panic!("{page:?}"),
    }
}

#[test]
fn the_list_shows_how_everything_is_typed() {
    let english = [
        "/license assign WHO PRODUCT… [--apps-off APPS] [--reason TEXT]",
        "/license unassign WHO PRODUCT… [--reason TEXT]",
        "/license swap WHO FROM TO [--reason TEXT]",
        "/license apps WHO PRODUCT [--on APPS] [--off APPS] [--reason TEXT]",
        "/license status [WHO]",
        "/license who PRODUCT",
        "/license stock [PRODUCT]",
        "/license requests",
        "/license request R-…",
        "/license approve R-…",
        "/license deny R-… --reason TEXT",
        "/license cancel R-…",
        "/license why R-… | WHO PRODUCT",
        "/license help [VERB]",
    ];
    assert_eq!(usages(Locale::En), english);
    let swedish = usages(Locale::Sv);
    assert_eq!(swedish[0], "/license assign VEM PRODUKT… [--apps-off APPAR] [--reason TEXT]");
    assert_eq!(swedish[2], "/license swap VEM FRÅN TILL [--reason TEXT]");
    assert_eq!(swedish[13], "/license help [KOMMANDO]");
}

#[test]
fn a_page_says_all_about_one_verb() {
    let Help::One(page) = help(Some(Verb::Deny), Locale::Sv) else { panic!("one verb has one page") };
    assert_eq!(page.line.verb, Verb::Deny);
    assert_eq!(page.line.summary, "Avslå en begäran som väntar på dig, med ett skäl");
    assert_eq!(
        page.args,
        [
            HelpArg { name: "R-…".into(), required: true, summary: "Id för begäran: R- och åtta tecken".into() },
            HelpArg {
                name: "--reason TEXT".into(),
                required: true,
                summary: "Varför inte, i en mening; den som bad om det läser det".into()
            },
        ]
    );
    assert_eq!(
        page.examples,
        [HelpExample {
            typed: "/license deny R-7K2M9QX4 --reason \"E3 is enough for this role\"".into(),
            summary: "Du röstar mot begäran".into()
        }]
    );
}
