//! What each section may hold. A key stands here only when it has an effect in this version.

mod catalog;
mod graph;
mod policy;
mod route;

use std::ops::Range;
use std::path::PathBuf;

use jiff::tz::TimeZone;

use super::document::Document;
use super::secret::{Secret, secret};
use super::section::Section;
use super::value::{Read, Value, number, text, wrong};
use crate::adapters::store::sqlite::file_of;

pub(super) use catalog::CatalogSection;
pub(super) use graph::{GraphSection, Proof};
pub(super) use policy::PolicySection;
pub(super) use route::RouteSection;

/// How long a request waits when nobody says otherwise.
const PENDING_DAYS: u16 = 14;

/// Sections that come with what they are for.
const LATER: [(&str, &str); 4] = [
    ("http", "this version listens to nobody, so the section has no effect; remove it"),
    ("discord", "this version does not know Discord yet, so the section has no effect; remove it"),
    ("link", "this version does not link accounts yet, so the section has no effect; remove it"),
    ("teams", "this version does not know Microsoft Teams yet, so the section has no effect; remove it"),
];

/// Everything that the file says, as far as it could be read.
#[derive(Debug)]
pub(super) struct Sections {
    /// And where it is named.
    pub(super) database: Option<(PathBuf, Range<usize>)>,
    pub(super) zone: Option<TimeZone>,
    pub(super) audit_key: Option<Secret>,
    pub(super) graph: GraphSection,
    pub(super) policy: PolicySection,
    pub(super) routes: Vec<RouteSection>,
    pub(super) catalog: CatalogSection,
    pub(super) pending_days: Option<u16>,
}

impl Sections {
    /// Reads the whole file; what is wrong is noted, not answered.
    pub(super) fn read(mut file: Section<'_, '_, '_>, document: &Document) -> Self {
        let sections = Self {
            database: store(&mut file, document),
            zone: zone(&mut file),
            audit_key: audit_key(&mut file, document),
            graph: GraphSection::read(&mut file, document),
            policy: PolicySection::read(&mut file),
            routes: file.sections("route", RouteSection::read),
            catalog: CatalogSection::read(&mut file),
            pending_days: pending_days(&mut file),
        };
        file.finish(&LATER);
        sections
    }
}

fn store(file: &mut Section<'_, '_, '_>, document: &Document) -> Option<(PathBuf, Range<usize>)> {
    const ADVICE: &str = "url = \"sqlite://licensebot.db\"";
    let mut section = file.required_section("store", ADVICE);
    let url = section.required("url", ADVICE, |value| {
        let url = text(value)?;
        match file_of(&url) {
            Ok(file) => Ok((file, value.span())),
            Err(error) => wrong(value, error.to_string()),
        }
    });
    section.finish(&[]);
    url.map(|(path, at)| (document.resolve(&path.to_string_lossy()), at))
}

fn zone(file: &mut Section<'_, '_, '_>) -> Option<TimeZone> {
    let mut section = file.optional_section("time");
    let zone = section.or("zone", TimeZone::UTC, time_zone);
    section.finish(&[]);
    zone
}

fn time_zone(value: &Value<'_>) -> Read<TimeZone> {
    let name = text(value)?;
    TimeZone::get(&name).or_else(|_| {
        let sentence = "this machine knows no such time zone; write one such as \"Europe/Stockholm\", and see that the \
                        package tzdata is installed";
        wrong(value, sentence)
    })
}

fn audit_key(file: &mut Section<'_, '_, '_>, document: &Document) -> Option<Secret> {
    const ADVICE: &str = "key = { file = \"audit.key\" }";
    let mut section = file.required_section("audit", ADVICE);
    let key = section.required("key", ADVICE, |value| secret(value, document));
    section.finish(&[]);
    key
}

fn pending_days(file: &mut Section<'_, '_, '_>) -> Option<u16> {
    let mut section = file.optional_section("limits");
    let days = section.or("pending_days", PENDING_DAYS, |value| number(value, 1..=365));
    section.finish(&[]);
    days
}
