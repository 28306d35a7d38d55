//! A message in the words of the one who reads it, as the API sends it. The same message is the same for everyone who sees it,
//! but for the language.

use serde::Serialize;

use super::message::{Author, Content, Message};
use super::people::Roster;
use crate::domain::card::{Action, Card, Input, InputId, action_id};
use crate::domain::text::{Arg, Phrase, Texts};

/// The name of the bot among the people.
pub(super) const BOT: &str = "licensebot";
/// Longer menus are not read out in the text: nobody listens to the names of all countries.
const LONGEST_MENU: usize = 12;

/// A message as the API sends it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct WireMessage {
    id: String,
    revision: i64,
    place: &'static str,
    private: bool,
    from: String,
    text: String,
    request: Option<String>,
    card: Option<WireCard>,
    at: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct WireCard {
    title: String,
    text: String,
    facts: Vec<WireFact>,
    state: Option<&'static str>,
    actions: Vec<WireAction>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct WireFact {
    name: String,
    value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct WireAction {
    id: String,
    verb: &'static str,
    label: String,
    inputs: Vec<WireInput>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct WireInput {
    id: &'static str,
    label: String,
    required: bool,
    choices: Vec<WireChoice>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct WireChoice {
    value: String,
    label: String,
}

/// Renders for one language.
#[derive(Clone, Debug)]
pub(super) struct Renderer<'a> {
    texts: Texts,
    people: &'a Roster,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(texts: Texts, people: &'a Roster) -> Self {
        Self { texts, people }
    }

    pub(super) fn message(&self, message: &Message) -> WireMessage {
        let (text, card) = match &message.content {
            Content::Line(line) => (line.clone(), None),
            Content::Card(card) => {
                let spoken = Self { texts: self.texts.in_rehearsal(card.rehearsal), people: self.people };
                let rendered = spoken.card(card);
                (spoken.in_words(&rendered, card), Some(rendered))
            }
        };
        WireMessage {
            id: message.id.clone(),
            revision: message.revision,
            place: message.room.as_str(),
            private: message.viewer.is_some(),
            from: self.author(message.author),
            text,
            request: message.request().map(ToString::to_string),
            card,
            at: message.at.to_string(),
        }
    }

    /// Somebody who left the directory keeps their line, under their id.
    fn author(&self, author: Author) -> String {
        match author {
            Author::Bot => BOT.to_owned(),
            Author::Person(person) => self.people.name(person).map_or_else(|| person.to_string(), str::to_owned),
        }
    }

    fn card(&self, card: &Card) -> WireCard {
        let title = self.texts.say(&card.title);
        let title = if card.rehearsal { self.say("console-rehearsal", &[("title", title)]) } else { title };
        let sentences: Vec<String> = card.text.iter().map(|sentence| self.texts.say(sentence)).collect();
        let facts = card.facts.iter();
        WireCard {
            title,
            text: sentences.join("\n"),
            facts: facts
                .map(|fact| WireFact { name: self.texts.say(&fact.name), value: self.texts.words(&fact.value) })
                .collect(),
            state: card.state.map(|state| state.as_str()),
            actions: card.actions.iter().map(|action| self.action(action)).collect(),
        }
    }

    fn action(&self, action: &Action) -> WireAction {
        WireAction {
            id: action_id(action),
            verb: action.verb.as_str(),
            label: self.texts.say(&action.label),
            inputs: action.inputs.iter().map(|input| self.input(input)).collect(),
        }
    }

    fn input(&self, input: &Input) -> WireInput {
        let choices = input.spoken(&self.texts).into_iter();
        WireInput {
            id: input.id.as_str(),
            label: self.texts.say(&input.label),
            required: input.required,
            choices: choices.map(|(value, label)| WireChoice { value: value.to_owned(), label }).collect(),
        }
    }

    /// The whole card as lines of text.
    fn in_words(&self, rendered: &WireCard, card: &Card) -> String {
        let mut lines = vec![rendered.title.clone()];
        lines.extend((!rendered.text.is_empty()).then(|| rendered.text.clone()));
        lines.extend(
            rendered
                .facts
                .iter()
                .map(|fact| self.say("console-fact", &[("name", fact.name.clone()), ("value", fact.value.clone())])),
        );
        if !card.actions.is_empty() {
            let actions: Vec<Arg> = rendered.actions.iter().map(|action| self.action_in_words(action).into()).collect();
            lines.push(self.texts.say(&Phrase::new("console-actions").with("actions", Arg::List(actions))));
        }
        lines.join("\n")
    }

    fn action_in_words(&self, action: &WireAction) -> String {
        let inputs: Vec<String> = action.inputs.iter().map(|input| self.input_in_words(input)).collect();
        if inputs.is_empty() {
            return action.label.clone();
        }
        self.say("console-action-with", &[("action", action.label.clone()), ("inputs", inputs.join("; "))])
    }

    /// What the choices are for, the card says already where they are all that it asks.
    fn input_in_words(&self, input: &WireInput) -> String {
        let choices: Vec<&str> = input.choices.iter().map(|choice| choice.label.as_str()).collect();
        if input.id == InputId::Choice.as_str() {
            return choices.join(", ");
        }
        if choices.is_empty() || choices.len() > LONGEST_MENU {
            return input.label.clone();
        }
        self.say("console-input-of", &[("input", input.label.clone()), ("choices", choices.join(", "))])
    }

    fn say(&self, key: &'static str, args: &[(&'static str, String)]) -> String {
        let phrase = args.iter().fold(Phrase::new(key), |phrase, (name, value)| phrase.with(name, value.as_str()));
        self.texts.say(&phrase)
    }
}
