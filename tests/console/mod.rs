//! The demo's chat over HTTP, with a scripted application behind its door: who sees what, in which words, and what a call that
//! is wrong is told.

mod clicking;
mod clock;
pub mod door;
mod events;
mod hostile;
mod page;
mod reading;
mod recorded;
mod restart;
pub mod room;
mod typing;
