//! Where the cursor stands while somebody types.

use licensebot::domain::command::Verb;
use licensebot::domain::grammar::{Completion, Slot, complete, complete_named, complete_with};

use super::known;

fn at(slot: Slot, typed: &str, replace_from: usize) -> Completion {
    Completion { slot, typed: typed.to_owned(), replace_from }
}

fn app(products: &[&str]) -> Slot {
    Slot::App { products: products.iter().map(|product| (*product).to_owned()).collect() }
}

#[test]
fn the_cursor_knows_where_it_stands() {
    let options = |options: &[&'static str]| Slot::Option(options.to_vec());
    for (line, expect) in [
        ("", at(Slot::Verb, "", 0)),
        ("/", at(Slot::Verb, "", 1)),
        ("/as", at(Slot::Verb, "as", 1)),
        ("/license ", at(Slot::Verb, "", 9)),
        ("/license un", at(Slot::Verb, "un", 9)),
        ("<@42> st", at(Slot::Verb, "st", 6)),
        ("assign ", at(Slot::Person, "", 7)),
        ("assign @", at(Slot::Person, "", 7)),
        ("assign @an", at(Slot::Person, "an", 7)),
        ("assign \"Ana L", at(Slot::Person, "Ana L", 7)),
        ("assign @åsa E", at(Slot::Product, "E", 12)),
        ("assign @ana ", at(Slot::Product, "", 12)),
        ("assign @ana Power B", at(Slot::Product, "Power B", 12)),
        ("assign @ana \"Power B", at(Slot::Product, "Power B", 12)),
        ("assign @ana E5, Vis", at(Slot::Product, "Vis", 16)),
        ("assign @ana E5,", at(Slot::Product, "", 15)),
        ("assign @ana \"E5\" Vis", at(Slot::Product, "Vis", 17)),
        ("swap @eva E3 to Vis", at(Slot::Product, "Vis", 16)),
        ("assign @ana E5 -", at(options(&["--apps-off", "--reason"]), "-", 15)),
        ("assign @ana E5 --re", at(options(&["--apps-off", "--reason"]), "--re", 15)),
        ("assign @ana E5 --reason \"x\" --", at(options(&["--apps-off"]), "--", 28)),
        ("assign @ana E5 --reason because of", at(Slot::Nothing, "", 34)),
        ("assign @ana E5 --apps-off ", at(app(&["E5"]), "", 26)),
        ("assign @ana E5 --apps-off=Sw", at(app(&["E5"]), "Sw", 26)),
        ("assign @ana E5, E3 --apps-off Sway, Yam", at(app(&["E5", "E3"]), "Yam", 36)),
        ("apps @eva Office 365 E3 --on Te", at(app(&["Office 365 E3"]), "Te", 29)),
        ("approve R-7K", at(Slot::Request, "R-7K", 8)),
        ("why R-7K", at(Slot::Request, "R-7K", 4)),
        ("why R-7K2M9QX4 ", at(Slot::Nothing, "", 15)),
        ("why @b", at(Slot::Person, "b", 4)),
        ("why @bo E", at(Slot::Product, "E", 8)),
        ("status @bo ", at(Slot::Nothing, "", 11)),
        ("help as", at(Slot::Verb, "as", 5)),
        ("help assign ", at(Slot::Nothing, "", 12)),
        ("deny R-7K2M9QX4 ", at(options(&["--reason"]), "", 16)),
        ("asign @a", at(Slot::Nothing, "", 8)),
    ] {
        assert_eq!(complete(line), expect, "{line}");
    }
}

#[test]
fn a_name_that_is_complete_does_not_hide_the_next() {
    for (line, typed, replace_from) in [
        ("assign @ana E5 Pow", "Pow", 15),
        ("assign @ana E5 Visio Pl", "Visio Pl", 15),
        ("assign @ana E5 ", "", 15),
        ("assign @ana E5", "E5", 12),
        ("assign @ana Power BI Pro Vis", "Vis", 25),
        ("swap @eva Office 365 E3 Micro", "Micro", 24),
    ] {
        let expect = at(Slot::Product, typed, replace_from);
        assert_eq!(complete_with(line, &known()), expect, "{line}");
    }
    let expect = at(app(&["E5"]), "Yam", 31);
    assert_eq!(complete_with("assign @ana E5 --apps-off Sway Yam", &known()), expect);
}

#[test]
fn typed_options_are_completed_one_by_one() {
    let line = [("who", "@ana"), ("products", "E5, Power B"), ("apps-off", "Sway, Te")];
    assert_eq!(complete_named(Verb::Assign, &line, "products", &known()), at(Slot::Product, "Power B", 4));
    assert_eq!(complete_named(Verb::Assign, &line, "apps-off", &known()), at(app(&["E5", "Power B"]), "Te", 6));
    assert_eq!(complete_named(Verb::Assign, &line, "who", &known()), at(Slot::Person, "ana", 0));
    assert_eq!(complete_named(Verb::Assign, &line, "reason", &known()), at(Slot::Nothing, "", 0));
    assert_eq!(complete_named(Verb::Swap, &[("from", "Office 3")], "from", &known()), at(Slot::Product, "Office 3", 0));
    assert_eq!(complete_named(Verb::Help, &[("verb", "as")], "verb", &known()), at(Slot::Verb, "as", 0));
    assert_eq!(complete_named(Verb::Help, &[("verb", "as")], "nothing", &known()), at(Slot::Nothing, "", 0));
}

#[test]
fn a_line_too_long_has_nothing_to_complete() {
    assert_eq!(complete(&format!("assign @ana {}", "E5 ".repeat(1_000))).slot, Slot::Nothing);
}
