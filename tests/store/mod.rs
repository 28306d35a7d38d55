//! The store, told as stories. `story` runs against anything that is a `Store`; the rest is what SQLite owes us.

mod cards;
mod opening;
mod races;
mod story;
mod support;
mod tasks;
