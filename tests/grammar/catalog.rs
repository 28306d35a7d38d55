//! The grammar together with everything that Microsoft sells: names are typed as they are sold, without quotation marks.

use std::collections::BTreeSet;

use licensebot::domain::catalog::{Catalog, Nicknames, Resolution, Stock, products};
use licensebot::domain::command::{Assign, Command, Swap};
use licensebot::domain::grammar::{parse_with, word};

fn catalog() -> Catalog {
    Catalog::new(Nicknames::default(), Stock::default())
}

fn names(catalog: &Catalog, text: &str) -> bool {
    !matches!(catalog.resolve(text), Resolution::Unknown { .. })
}

fn assigned(known: &dyn Fn(&str) -> bool, line: &str) -> Vec<String> {
    match parse_with(&format!("assign @ana {line}"), known) {
        Ok(Command::Assign(Assign { products, .. })) => products.iter().map(ToString::to_string).collect(),
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn every_product_can_be_typed_as_it_is_sold() {
    let sold: BTreeSet<&str> = products().products().iter().map(|product| product.name).collect();
    let known = |text: &str| text == "E5" || sold.contains(text);
    for name in &sold {
        assert_eq!(assigned(&known, name), [*name]);
        // Beside others, a name with a comma needs quotation marks.
        let beside = if name.contains(", ") { word(name) } else { (*name).to_owned() };
        assert_eq!(assigned(&known, &format!("E5 {beside}")), ["E5", name]);
    }
}

#[test]
fn several_products_are_told_apart() {
    let catalog = catalog();
    let known = |text: &str| names(&catalog, text);
    assert_eq!(assigned(&known, "E5 Power BI Pro"), ["E5", "Power BI Pro"]);
    assert_eq!(assigned(&known, "Microsoft 365 E3 Visio Plan 2 E5"), ["Microsoft 365 E3", "Visio Plan 2", "E5"]);
    assert_eq!(assigned(&known, "e5 visio"), ["e5", "visio"]);
}

#[test]
fn a_swap_is_told_apart() {
    let catalog = catalog();
    for (line, from, to) in [
        ("E3 E5", "E3", "E5"),
        ("Office 365 E3 Microsoft 365 E5", "Office 365 E3", "Microsoft 365 E5"),
        ("E3 to Microsoft 365 E5", "E3", "Microsoft 365 E5"),
        ("Power BI Pro to Power BI Premium Per User", "Power BI Pro", "Power BI Premium Per User"),
    ] {
        match parse_with(&format!("swap @eva {line}"), &|text| names(&catalog, text)) {
            Ok(Command::Swap(Swap { from: found, to: into, .. })) => {
                assert_eq!((found.as_str(), into.as_str()), (from, to), "{line}");
            }
            other => panic!("{line}: {other:?}"),
        }
    }
}
