//! The Graph client against a server that is told what to answer, and that keeps what it received.

mod people;
mod reads;
mod secrets;
mod stock;
mod support;
mod tokens;
mod writes;
