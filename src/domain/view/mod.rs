//! Cards of requests, one file for each view. Never more than the view's viewer may know, and never a rule: what is shown
//! was decided elsewhere.

mod alarm;
mod asked;
mod ballot;
mod finding;
mod names;
mod notice;
mod outcome;
mod parts;
mod preflight;
pub mod reading;
mod status;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::catalog::Stock;
use super::change::{Impossible, Plan, Wish};
use super::person::PersonFacts;
use super::policy::outlook::Outlook;
use super::preflight::{Finding, public_findings};
use super::request::Request;

pub use alarm::alarm;
pub use asked::asked_for;
pub use ballot::ballot;
pub use finding::phrase as finding_phrase;
pub use names::{Extent, Names};
pub use notice::notice;
pub use outcome::outcome;
pub use parts::progress;
pub use preflight::preflight;
pub use status::status;

/// What every view of a request needs.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The request as it is.
    pub request: &'a Request,
    /// Names of everybody and everything in it.
    pub names: &'a Names,
    /// The requester's words, unless erased.
    pub reason: Option<&'a str>,
    /// The words of whoever said no.
    pub denial: Option<&'a str>,
    /// What the change would do, read and judged just now; absent once it is decided.
    pub insight: Option<&'a Insight>,
    /// Not Microsoft's Graph.
    pub rehearsal: bool,
}

/// What a change would do, for those who may see the person.
#[derive(Clone, Debug)]
pub struct Insight {
    /// What the wish means now.
    pub plan: Result<Plan, Impossible>,
    /// What to know before deciding.
    pub findings: Vec<Finding>,
    /// Whom it is about.
    pub subject: PersonFacts,
    /// Products and seats.
    pub stock: Stock,
    /// Who would be asked, in the order of the stages; for a draft, what the policy will ask for.
    pub outlook: Outlook,
}

impl Insight {
    /// The findings that a viewer may know.
    pub fn findings_for(&self, viewer: Viewer, wish: &Wish) -> Cow<'_, [Finding]> {
        if viewer.sees_person { Cow::Borrowed(&self.findings) } else { Cow::Owned(public_findings(wish, &self.stock)) }
    }
}

/// What a viewer may see and do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// May see what the person holds.
    pub sees_person: bool,
    /// May set the person's usage location.
    pub may_set_location: bool,
}
