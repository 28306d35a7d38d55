//! The real program, killed without warning in the middle of the story: with the tenant in a process of its own, and with the
//! tenant inside and killed with it. What must hold afterwards stands in `ending.rs`.

mod ending;
mod instants;
mod new_manager;
mod random;
mod tenant;
mod two_writes;
mod world;
mod writes;
