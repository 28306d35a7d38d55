//! From what people type to a [`Command`](super::command::Command), and back: parsing, help, autocomplete, and what the
//! platforms are told, all from the files in `commands/`. Never resolves a name and never asks who may: it reads.

mod build;
mod canonical;
mod complete;
mod export;
mod help;
mod mend;
mod misread;
mod named;
mod names;
mod near;
mod parse;
mod places;
mod scan;
mod spec;
mod token;

pub use canonical::word;
pub use complete::{Completion, Slot, complete, complete_named, complete_with};
pub use export::{export_discord, export_markdown};
pub use help::{Help, HelpArg, HelpExample, HelpLine, HelpPage, help};
pub use mend::mended;
pub use misread::Misread;
pub use named::{parse_named, parse_named_with};
pub use names::Known;
pub use parse::{MAX_TEXT, parse, parse_known, parse_with};
pub use spec::{ArgKind, ArgSpec, CommandEffect, CommandSpec, Example, Local, Visibility, spec};
