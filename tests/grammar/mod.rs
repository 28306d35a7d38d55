//! What people type, and what becomes of it: every example of `commands/`, tables of good and bad lines, round trips, help,
//! completion, the files generated from `commands/`, and random input.

mod catalog;
mod completion;
mod discord;
mod drive;
mod examples;
mod exports;
mod good;
mod helping;
mod mending;
mod misreadings;
mod roundtrip;

use jiff::tz::TimeZone;
use licensebot::domain::grammar::{Known, Misread};
use licensebot::domain::text::{Locale, Texts};

/// What the tenant of these tests sells and holds.
const PRODUCTS: [&str; 12] = [
    "E3",
    "E5",
    "Microsoft 365 E3",
    "Microsoft 365 E5",
    "Office 365 E3",
    "Power BI",
    "Power BI Pro",
    "Visio Plan 2",
    "Project Plan 3",
    "Copilot",
    "Windows 365 Business 2 vCPU, 8 GB, 128 GB",
    "Power Pages T3 min 1,000 units",
];
const APPS: [&str; 3] = ["Microsoft Teams", "Sway", "Yammer Enterprise"];

fn is(names: &[&str], text: &str) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(text))
}

fn known() -> Known<'static> {
    Known { product: &|text| is(&PRODUCTS, text), exact: &|text| is(&PRODUCTS, text), app: &|text| is(&APPS, text) }
}

fn say(misread: &Misread, locale: Locale) -> String {
    say_with(misread, &[], locale)
}

fn say_with(misread: &Misread, lines: &[String], locale: Locale) -> String {
    Texts::new(locale, TimeZone::UTC).say(&misread.phrase_with(lines))
}
