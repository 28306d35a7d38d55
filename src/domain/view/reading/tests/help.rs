use super::*;
use crate::domain::command::Verb;
use crate::domain::grammar;

#[test]
fn help_lists_every_verb_with_how_it_is_typed() {
    let lines = aloud(Locale::En, &help(&grammar::help(None, Locale::En)));
    assert_eq!(lines[0], "What you can type");
    assert_eq!(lines.len(), 3 + Verb::ALL.len());
    assert!(lines.contains(&"/license who PRODUCT: See who holds a product".to_owned()), "{lines:#?}");
}

#[test]
fn help_for_a_verb_shows_arguments_and_examples() {
    assert_eq!(
        aloud(Locale::En, &help(&grammar::help(Some(Verb::Status), Locale::En))),
        [
            "Help for /license status",
            "See what someone holds, and what is under way",
            "How to type it: /license status [WHO]",
            "WHO: Whose licenses; yours when left out; may be left out",
            "/license status: What you hold yourself",
            "/license status @bo: What Bo holds, if you may see it",
        ]
    );
    assert_eq!(
        aloud(Locale::Sv, &help(&grammar::help(Some(Verb::Who), Locale::Sv))),
        [
            "Hjälp för /license who",
            "Se vilka som har en produkt",
            "Så skrivs det: /license who PRODUKT",
            "PRODUKT: Produkten",
            "/license who E5: Alla som har Microsoft 365 E5",
            "who Power BI Pro: Där bara en produkt kan stå behövs inga citattecken",
        ]
    );
}
