//! `[[route]]` and `[[route.stage]]`: who is asked, stage after stage. Whether a route makes sense is judged where policies
//! are loaded.

use std::num::NonZeroU32;
use std::ops::Range;

use toml::de::DeValue;

use crate::config::section::{Section, exactly_one};
use crate::config::value::{Read, Value, guid, list, number, text, wrong};
use crate::domain::policy::route::{Approvers, Route};
use crate::domain::policy::spec::{RouteSpec, StageSpec};

const FORMS: &str = "\"manager\", { group = \"objectId\" } or { people = [\"objectId\"] }";

/// One `[[route]]`, as far as it could be read.
#[derive(Debug)]
pub(in crate::config) struct RouteSection {
    /// Where it stands.
    pub(in crate::config) at: Range<usize>,
    name: Option<String>,
    rank: Option<u32>,
    stages: Option<Vec<StageSpec>>,
}

impl RouteSection {
    pub(super) fn read(mut section: Section<'_, '_, '_>) -> Self {
        let name = section.required("name", "name = \"…\", as policies say it in @route(\"…\")", text);
        let rank =
            section.required("rank", "rank = 10: a higher one is stricter", |value| number(value, 0..=1_000_000));
        let stages = section.sections("stage", stage).into_iter().collect();
        let at = section.at();
        section.finish(&[]);
        Self { at, name, rank, stages }
    }

    pub(in crate::config) fn is_named(&self, name: &str) -> bool {
        self.name.as_deref() == Some(name)
    }

    /// The route. One that has a name and could not be read whole gets a stand-in, so that rules which name it are not told
    /// to be wrong too; `place` keeps stand-ins apart.
    pub(in crate::config) fn route(&self, place: u32) -> Option<Route> {
        let name = self.name.clone()?;
        let spec = match (self.rank, self.stages.clone()) {
            (Some(rank), Some(stage)) => RouteSpec { name, rank, stage },
            (rank, _) => RouteSpec { name, rank: rank.unwrap_or(u32::MAX - place), stage: vec![stand_in()] },
        };
        Some(spec.into())
    }
}

fn stand_in() -> StageSpec {
    StageSpec { approvers: Approvers::Manager, quorum: NonZeroU32::MIN, fallback: None }
}

fn stage(mut section: Section<'_, '_, '_>) -> Option<StageSpec> {
    let approvers = section.required("approvers", &format!("approvers = {FORMS}"), approvers);
    let quorum = section.or("quorum", NonZeroU32::MIN, |value| {
        let votes: u32 = number(value, 1..=1000)?;
        NonZeroU32::new(votes).map_or_else(|| wrong(value, "at least one vote is wanted"), Ok)
    });
    let fallback = section.or("fallback", None, |value| self::approvers(value).map(Some));
    section.finish(&[]);
    Some(StageSpec { approvers: approvers?, quorum: quorum?, fallback: fallback? })
}

fn approvers(value: &Value<'_>) -> Read<Approvers> {
    match value.get_ref() {
        DeValue::String(word) if word == "manager" => return Ok(Approvers::Manager),
        DeValue::String(_) => return wrong(value, format!("{FORMS} is wanted")),
        _ => {}
    }
    let (key, named) = exactly_one(value, &["group", "people"], FORMS)?;
    match key {
        "group" => guid(named, "the group's objectId").map(Approvers::Group),
        _ => list(named, |person| guid(person, "the person's objectId"))
            .map(|people| Approvers::People(people.into_iter().collect())),
    }
}
