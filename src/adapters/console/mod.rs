//! The demo's web chat: a platform like any other behind the `Chat` port, with its own storage and its own page. Never decides:
//! what people type and click goes through the application's door, and what the application says comes back as cards.
//!
//! - [`message`], [`store`]: what is said, who sees it, and where it is kept.
//! - [`people`], [`time`]: whom one can be, and the clock that can be moved.
//! - `addressed`, `talk`, `clicks`: from a line or a click to the application, and back to messages.
//! - `render`: a message in the words of the one who reads it.
//! - [`http`]: the JSON API, the stream of events and the page.

mod addressed;
mod clicks;
mod door;
pub mod http;
pub mod message;
pub mod people;
mod render;
pub mod store;
mod talk;
#[cfg(test)]
mod testing;
pub mod time;

use std::sync::Arc;

use jiff::tz::TimeZone;

pub use self::door::Door;
pub use self::people::{DemoPerson, Roster};
pub use self::store::{ChatError, ChatStore};
pub use self::time::DemoTime;
use crate::ports::Random;

/// Everything that the demo's chat is made of.
#[derive(Clone, Debug)]
pub struct Console {
    /// What is said.
    pub store: Arc<ChatStore>,
    /// The application.
    pub door: Arc<dyn Door>,
    /// Whom one can be.
    pub people: Arc<Roster>,
    /// The demo's clock.
    pub time: Arc<dyn DemoTime>,
    /// Randomness, for the names of messages.
    pub random: Arc<dyn Random>,
    /// Where the people live; times in sentences are shown in it.
    pub zone: TimeZone,
    /// Not Microsoft's Graph: what the chat itself says carries the mark too.
    pub rehearsal: bool,
}
