//! README.md against the program: what it says one types is read from it, so that neither can change without the other.

mod commands;
mod source;
mod tour;
