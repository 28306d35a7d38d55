//! Clicks on cards. Checks only what the card itself says; whether the person may, and whether it is still time, the
//! application decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::message::{Message, Room, in_order};
use super::talk::{Sent, Speaker, Unanswered, caller};
use super::{ChatError, Console};
use crate::app::{Click, Inbound};
use crate::domain::card::{Action, ActionVerb, InputId, action_id, parse_action_id};
use crate::domain::text::Phrase;
use crate::ports::DeliveryId;

/// A click as it came in.
#[derive(Clone, Debug)]
pub(super) struct Pressed {
    pub(super) message: String,
    pub(super) action: String,
    pub(super) inputs: BTreeMap<InputId, String>,
}

/// Why a click was not handled at all.
#[derive(Debug)]
pub(super) enum NotAClick {
    /// There is no such message.
    UnknownMessage,
    /// The message never had such an action.
    UnknownAction,
    /// It was handled, or not, but there is nothing to show.
    Unanswered(Unanswered),
}

impl From<Unanswered> for NotAClick {
    fn from(why: Unanswered) -> Self {
        Self::Unanswered(why)
    }
}

impl From<ChatError> for NotAClick {
    fn from(error: ChatError) -> Self {
        Self::Unanswered(error.into())
    }
}

impl Console {
    /// A click. Answers what the person sees because of it, with the message clicked if they see it.
    pub(super) async fn press(&self, speaker: Speaker, pressed: Pressed) -> Result<Vec<Arc<Message>>, NotAClick> {
        let message = self.store.find(&pressed.message).await?.ok_or(NotAClick::UnknownMessage)?;
        let (verb, digest) = parse_action_id(&pressed.action).ok_or(NotAClick::UnknownAction)?;
        if !message.is_visible_to(speaker.person) {
            // In the person's own room: an answer beside the message would say where it stands.
            let why = Phrase::new("console-not-visible");
            return Ok(vec![self.refuse(speaker.person, Room::Direct, why).await?]);
        }
        let card = message.card().ok_or(NotAClick::UnknownAction)?;
        let action = card.actions.iter().find(|action| action_id(action) == pressed.action);
        if let Some(why) = action.and_then(|action| input_fault(action, &pressed.inputs)) {
            return Ok(vec![self.refuse(speaker.person, message.room, why).await?]);
        }
        let since = self.store.latest_change();
        match (action, &card.request) {
            (Some(action), _) if action.verb == ActionVerb::Choose => {
                Ok(self.choose(speaker, &message, &pressed.inputs).await?)
            }
            // No card of a request ever had an action without a digest.
            (_, Some(request)) => {
                let digest = Some(digest.ok_or(NotAClick::UnknownAction)?.to_owned());
                let click = Click { request: request.clone(), verb, digest, inputs: pressed.inputs };
                let caller = caller(speaker, message.room, self.delivery());
                let outcome = self.door.handle(Inbound::Click { caller, click }).await;
                let sent = Sent { person: speaker.person, room: message.room, since, clicked: Some(&message) };
                Ok(self.settle(sent, outcome).await?)
            }
            (_, None) => Err(NotAClick::UnknownAction),
        }
    }

    /// The value chosen is a command. The same choice of the same card is the same delivery, so that a double click asks once.
    async fn choose(
        &self,
        speaker: Speaker,
        message: &Message,
        inputs: &BTreeMap<InputId, String>,
    ) -> Result<Vec<Arc<Message>>, Unanswered> {
        let chosen = inputs.get(&InputId::Choice).map(|value| value.trim().to_owned()).unwrap_or_default();
        let delivery = DeliveryId(format!("console/{}/{chosen}", message.id));
        let mut messages = self.command(speaker, message.room, chosen, delivery).await?;
        messages.extend(self.newest(Some(message), speaker.person).await?);
        Ok(in_order(messages))
    }
}

/// What is wrong with what was filled in, as far as the card says.
fn input_fault(action: &Action, inputs: &BTreeMap<InputId, String>) -> Option<Phrase> {
    surplus(action, inputs).or_else(|| missing(action, inputs))
}

/// Words that nobody asked for would be lost without a trace. About a country the application says more: who may choose it.
fn surplus(action: &Action, inputs: &BTreeMap<InputId, String>) -> Option<Phrase> {
    let given = inputs.iter().filter(|(id, value)| **id != InputId::UsageLocation && !value.trim().is_empty());
    let (id, _) = given.into_iter().find(|(id, _)| action.inputs.iter().all(|input| input.id != **id))?;
    Some(Phrase::new("console-input-surplus").with("input", id.as_str()).with("action", action.label.clone()))
}

fn missing(action: &Action, inputs: &BTreeMap<InputId, String>) -> Option<Phrase> {
    action.inputs.iter().find_map(|input| {
        let value = inputs.get(&input.id).map(|value| value.trim()).unwrap_or_default();
        let offered = input.choices.iter().any(|choice| choice.value == value);
        if input.required && value.is_empty() {
            let missing = Phrase::new("console-input-missing").with("input", input.label.clone());
            Some(missing.with("action", action.label.clone()))
        } else if input.id == InputId::Choice && !value.is_empty() && !offered {
            Some(Phrase::new("console-choice-unknown"))
        } else {
            None
        }
    })
}
