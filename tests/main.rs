//! One integration binary: flows through the whole program, wire tests, and checks of the source tree itself.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "a test that breaks must break loudly, in its support as in itself"
)]

mod answers;
mod architecture;
mod browser;
mod catalog_source;
mod cli;
mod console;
mod crash;
mod flows;
mod grammar;
mod graph;
mod policy;
mod readme;
mod sandbox;
mod store;
mod support;
