//! licensebot: license management for Microsoft 365 from a chat window.
//!
//! The map, in reading order. Arrows go down only; a test reads the sources and fails on one that goes up.
//!
//! - [`domain`]: what the words mean and what is decided. Pure: no clock, no randomness, no I/O.
//! - [`ports`]: what the application needs from the world, as traits.
//! - [`app`]: one file per use case; the doors are `App::handle` and `App::run`.
//! - [`x509`]: what a certificate says. Knows nobody.
//! - [`adapters`]: the world: chat platforms, Microsoft Graph, the database.
//! - [`sandbox`]: a tenant that speaks the Graph wire protocol, for demo, tests and rehearsals.
//! - [`config`], [`runtime`], [`cli`]: settings, wiring and the command line.

pub mod adapters;
pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod ports;
pub mod runtime;
pub mod sandbox;
pub mod x509;
