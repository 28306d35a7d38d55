//! What people can find out, and what they cannot: the read commands through the whole program.

mod company;
mod completing;
mod people;
mod requests;
mod understanding;
mod why;
