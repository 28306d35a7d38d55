//! The meaning of everything: words, rules and decisions. Never awaits, never reads a clock, a random number or a file;
//! fails only for reasons that a user can read.

pub mod catalog;
pub mod command;
pub mod ids;
pub mod person;
pub mod policy;
pub mod text;
