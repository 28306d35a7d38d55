//! Wiring: the worker's loop, and how the parts are put together. Never a rule of the business.

pub mod worker;
