//! The product table that ships, held against Microsoft's own list: once with the tool that makes it, and once read
//! independently, fact by fact. Needs the folder of published specifications, named by `LICENSEBOT_SPECS`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use licensebot::domain::catalog::products;

use crate::support::published;

/// The list, or nothing where there are no specifications.
fn product_list(test: &str) -> Option<PathBuf> {
    published("product-names.csv", &format!("catalog_source::{test}"))
}

/// Spellings of one id's names, and how many rows have each.
#[derive(Default)]
struct Spellings {
    part: BTreeMap<String, usize>,
    name: BTreeMap<String, usize>,
}

#[derive(Default)]
struct Source {
    products: BTreeMap<String, (Spellings, BTreeSet<String>)>,
    plans: BTreeMap<String, Spellings>,
}

impl Source {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut source = Self::default();
        for line in text.lines().skip(1) {
            let columns: [String; 6] = columns(line).try_into().unwrap_or_else(|_| panic!("six columns: {line}"));
            let [product_name, part_number, sku, part_name, plan, plan_name] = columns.map(|text| clean(&text));
            let (sku, plan) = (sku.to_lowercase(), plan.to_lowercase());
            let (spellings, plans) = source.products.entry(sku).or_default();
            *spellings.part.entry(part_number).or_default() += 1;
            *spellings.name.entry(product_name).or_default() += 1;
            plans.insert(plan.clone());
            let spellings = source.plans.entry(plan).or_default();
            *spellings.part.entry(part_name).or_default() += 1;
            *spellings.name.entry(plan_name).or_default() += 1;
        }
        source
    }
}

/// The fields of a line, where a field in quotes may hold commas and doubled quotes.
fn columns(line: &str) -> Vec<String> {
    let mut columns = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let column = columns.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => column.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => columns.push(String::new()),
            letter => column.push(letter),
        }
    }
    columns
}

/// Without the odd spaces and dashes of the source.
fn clean(text: &str) -> String {
    text.replace(['–', '—'], "-").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn most_rows(spellings: &BTreeMap<String, usize>) -> usize {
    spellings.values().copied().max().unwrap_or_default()
}

#[test]
fn the_tool_makes_exactly_the_files_that_ship() {
    let Some(list) = product_list("the_tool_makes_exactly_the_files_that_ship") else { return };
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/make_products.py");
    let output = Command::new("python3").arg(tool).arg(&list).arg("--check").output();
    let output = output.unwrap_or_else(|error| panic!("python3 is needed to check data/: {error}"));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said, "");
}

#[test]
fn every_product_of_microsofts_list_is_here_with_its_plans() {
    let Some(list) = product_list("every_product_of_microsofts_list_is_here_with_its_plans") else { return };
    let source = Source::read(&list);
    let expected: BTreeMap<_, _> =
        source.products.iter().map(|(sku, (_, plans))| (sku.clone(), plans.clone())).collect();
    let shipped: BTreeMap<_, _> = products()
        .products()
        .iter()
        .map(|product| (product.sku.to_string(), product.plans.iter().map(ToString::to_string).collect()))
        .collect();
    assert_eq!(shipped, expected);
    let plans: BTreeSet<_> = products().plans().iter().map(|plan| plan.id.to_string()).collect();
    assert_eq!(plans, source.plans.into_keys().collect());
}

#[test]
fn products_are_named_as_most_rows_name_them_but_for_known_misprints() {
    let Some(list) = product_list("products_are_named_as_most_rows_name_them_but_for_known_misprints") else { return };
    let source = Source::read(&list);
    let mut mended = Vec::new();
    for product in products().products() {
        let (spellings, _) = &source.products[&product.sku.to_string()];
        assert_eq!(spellings.part.keys().collect::<Vec<_>>(), [product.part_number]);
        if spellings.name.get(product.name) != Some(&most_rows(&spellings.name)) {
            mended.push(product.name);
        }
    }
    let expected = [
        "Microsoft 365 Business Voice (UK)",
        "Dynamics 365 P1 Trial for Information Workers",
        "Power BI (individual user)",
    ];
    assert_eq!(mended, expected);
}

#[test]
fn plans_are_named_as_in_some_row_but_for_known_misprints() {
    let Some(list) = product_list("plans_are_named_as_in_some_row_but_for_known_misprints") else { return };
    let source = Source::read(&list);
    let (mut mended, mut shouting) = (Vec::new(), Vec::new());
    for plan in products().plans() {
        let spellings = &source.plans[&plan.id.to_string()];
        let most = spellings.part.get(plan.part_name) == Some(&most_rows(&spellings.part));
        if !most || !spellings.name.keys().any(|name| name.eq_ignore_ascii_case(plan.name)) {
            mended.push(plan.part_name);
        }
        let calm = spellings.name.keys().any(|name| name.chars().any(char::is_lowercase));
        if calm && !plan.name.chars().any(char::is_lowercase) {
            shouting.push(plan.part_name);
        }
    }
    let expected = [
        "CRMSTANDARD",
        "Dynamics_365_for_Operations",
        "EXCHANGE_S_STANDARD_MIDMARKET",
        "MCOSTANDARD_MIDMARKET",
        "ONEDRIVEENTERPRISE",
        "PBI_PREMIUM_EM1_ADDON",
        "PBI_PREMIUM_P1_ADDON",
        "SHAREPOINTSTORAGE_GOV",
    ];
    assert_eq!(mended, expected);
    assert_eq!(shouting, [""; 0]);
}
