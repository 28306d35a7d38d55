//! The meaning of everything: words, rules and decisions. Never awaits, never reads a clock, a random number or a file;
//! fails only for reasons that a user can read.

pub mod audit;
pub mod card;
pub mod catalog;
pub mod change;
pub mod command;
pub mod country;
pub mod grammar;
pub mod ids;
pub mod judge;
pub mod person;
pub mod policy;
pub mod preflight;
pub mod refusal;
pub mod request;
pub mod text;
pub mod view;
