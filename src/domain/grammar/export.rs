//! What the world outside is told about the commands, printed from `commands/`. The results are checked in under
//! `commands/generated/`, and a test compares them; nothing here is edited by hand.

mod discord;
mod markdown;

pub use discord::export_discord;
pub use markdown::export_markdown;
