//! One integration binary: flows through the whole program, wire tests, and checks of the source tree itself.

mod catalog_source;
