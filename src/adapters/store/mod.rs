//! Where requests, trail, tasks and cards live. Never decides what happens: it keeps what was decided, whole or not at all.

pub mod lock;
mod mount;
pub mod sqlite;
