//! A tenant that speaks the wire protocols of Entra and Microsoft Graph over HTTP, for the demo, tests and rehearsals.
//! Knows products and ids from `domain` and nothing else of this program; never shares a wire type with the Graph
//! client that it is there to test.

pub mod seed;
