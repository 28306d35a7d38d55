//! Wiring: clocks, randomness, the worker's loop, and how the parts are put together. Never a rule of the business.

mod cause;
pub mod clock;
pub mod data_dir;
pub mod demo;
mod footing;
pub mod limits;
pub mod listener;
mod problem;
pub mod random;
pub mod reach;
pub mod secret_file;
pub mod shutdown;
pub mod telemetry;
pub mod tenant;
pub mod terminal;
pub mod workbench;
pub mod worker;

pub use problem::Problem;
