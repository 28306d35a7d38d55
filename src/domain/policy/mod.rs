//! Who may change and read what, and who must approve. Deny by default; never reads a fact: they come in, and one that is
//! missing denies.

pub mod route;
