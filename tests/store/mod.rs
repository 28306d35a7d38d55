//! The store, told as stories. `story` runs against anything that is a `Store`; the rest is what SQLite owes us.

mod cards;
mod deliveries;
mod exporting;
mod failing;
mod languages;
mod listing;
mod opening;
mod privacy;
mod races;
mod rebuild;
mod story;
mod support;
mod tampering;
mod tasks;
mod walk;
