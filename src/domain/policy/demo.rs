//! The demo's policy and routes, for the made-up company that the demo runs on. Never loaded for a real tenant: whoever is
//! not the demo and names this policy is refused.

use super::problem::PolicyProblem;
use super::route::Route;
use super::spec::routes_from_toml;
use super::{Policy, PolicySettings, PolicySource};

/// Stands in the demo's policy, and in what is copied from it.
const MARK: &str = "licensebot: for the demo only";

const POLICY: &str = include_str!("../../../policies/demo.cedar");
const ROUTES: &str = include_str!("../../../policies/demo.routes.toml");

/// The text of `policies/demo.cedar`.
pub fn source() -> PolicySource {
    PolicySource { name: "policies/demo.cedar".to_owned(), text: POLICY.to_owned() }
}

/// The routes of `policies/demo.routes.toml`.
///
/// # Errors
/// The embedded text is broken, which a test sees first.
pub fn routes() -> Result<Vec<Route>, toml::de::Error> {
    routes_from_toml(ROUTES)
}

/// The demo's policy, ready to be asked.
///
/// # Errors
/// The embedded texts are broken, which a test sees first.
pub fn policy() -> Result<Policy, Vec<PolicyProblem>> {
    let routes = routes().map_err(|error| vec![PolicyProblem::in_route("demo.routes.toml", error.to_string())])?;
    Policy::load(&[source()], routes, PolicySettings { demo: true, ..PolicySettings::default() })
}

/// The problem with a text that is the demo's policy, or a copy of it.
pub(super) fn refuse(source: &PolicySource) -> Option<PolicyProblem> {
    let at = source.text.find(MARK)?;
    let message =
        "this policy is for the demo's made-up company; copy policies/starter.cedar instead and name the copy";
    Some(PolicyProblem::in_text(&source.name, &source.text, at, message))
}
