//! The Graph client against a server that is told what to answer, and that keeps what it received.

mod answers;
mod facts;
mod outages;
mod people;
mod reads;
mod secrets;
mod stock;
mod support;
mod tenant;
mod tokens;
mod tokens_certificate;
mod writes;
