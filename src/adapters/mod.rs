//! The world, behind the traits of [`crate::ports`]. Never decides: what is said here was decided elsewhere.

pub mod console;
pub mod graph;
pub mod store;
