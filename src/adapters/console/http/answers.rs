//! The shape of an answer with messages.

use std::sync::Arc;

use serde::Serialize;

use crate::adapters::console::Console;
use crate::adapters::console::message::Message;
use crate::adapters::console::render::{Renderer, WireMessage};
use crate::domain::text::{Locale, Texts};

/// `{"messages":[…]}`
#[derive(Debug, Serialize)]
pub(super) struct Messages {
    messages: Vec<WireMessage>,
}

impl Messages {
    /// The messages in the words of this language.
    pub(super) fn of(console: &Console, locale: Locale, messages: &[Arc<Message>]) -> Self {
        let renderer = Renderer::new(Texts::new(locale, console.zone.clone()), &console.people);
        Self { messages: messages.iter().map(|message| renderer.message(message)).collect() }
    }
}
