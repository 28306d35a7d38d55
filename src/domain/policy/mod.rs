//! Who may change and read what, and who must approve. Deny by default; never reads a fact: they come in, and one that is
//! missing denies.
//!
//! - [`load`]: from the operator's Cedar texts and routes to a [`Policy`]; [`problem`]: all that is wrong with them.
//! - [`decide`], [`read`]: the questions that a policy answers; [`decision`]: its answers.
//! - [`route`], [`spec`]: who is asked, stage after stage; [`eligibility`]: who of them may vote; [`settle`]: what becomes
//!   of a route under way when the policy is asked again.
//! - [`explain`], [`outlook`]: decisions, and what is asked for, in words; [`cases`]: what a policy must answer, as a test.
//! - [`demo`]: the policy of the demo.

pub mod cases;
pub mod decide;
pub mod decision;
pub mod demo;
pub mod eligibility;
pub mod explain;
pub mod load;
pub mod outlook;
pub mod problem;
pub mod read;
pub mod route;
mod route_problems;
mod rule;
pub mod settle;
pub mod spec;
#[cfg(test)]
mod testing;
mod vocabulary;

pub use decide::ChangeQuestion;
pub use decision::{Allowed, Decision, Denial, DenialReason, ElementAnswer};
pub use load::{Policy, PolicySettings, PolicySource};
pub use problem::PolicyProblem;
pub use read::{ReadDecision, ReadQuestion, ReadWhat};
pub use rule::RuleId;
pub use vocabulary::SCHEMA;
