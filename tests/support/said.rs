//! A message of the chat, read strictly: an unknown or a missing field is a failure.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

/// A message as one person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    pub id: String,
    pub revision: u32,
    pub place: String,
    pub private: bool,
    pub from: String,
    pub text: String,
    pub request: Option<String>,
    pub card: Option<Card>,
    pub at: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub title: String,
    pub text: String,
    pub facts: Vec<Fact>,
    pub state: Option<String>,
    pub actions: Vec<Action>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    pub id: String,
    pub verb: String,
    pub label: String,
    pub inputs: Vec<Input>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    pub id: String,
    pub label: String,
    pub required: bool,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Said {
    /// The title and the sentences, without the facts. Request IDs read `R-…` and times `…`, since both differ each time.
    pub fn words(&self) -> Vec<String> {
        let card = self.card();
        std::iter::once(card.title.as_str()).chain(card.text.lines()).map(fixed).collect()
    }

    /// All that is said, line by line.
    pub fn lines(&self) -> Vec<String> {
        self.text.lines().map(fixed).collect()
    }

    /// The value of a fact that stands there once.
    pub fn fact(&self, name: &str) -> String {
        let mut facts = self.facts(name);
        assert_eq!(facts.len(), 1, "“{name}”: {}", self.text);
        facts.remove(0)
    }

    /// The values of all facts of this name.
    pub fn facts(&self, name: &str) -> Vec<String> {
        self.card().facts.iter().filter(|fact| fact.name == name).map(|fact| fixed(&fact.value)).collect()
    }

    /// The names of all facts.
    pub fn fact_names(&self) -> Vec<&str> {
        self.card().facts.iter().map(|fact| fact.name.as_str()).collect()
    }

    /// What this reader may do.
    pub fn verbs(&self) -> Vec<&str> {
        self.card().actions.iter().map(|action| action.verb.as_str()).collect()
    }

    /// One of the actions.
    pub fn action(&self, verb: &str) -> &Action {
        let action = self.card().actions.iter().find(|action| action.verb == verb);
        action.unwrap_or_else(|| panic!("no action “{verb}”: {}", self.text))
    }

    /// The state, or nothing for a card that shows no request.
    pub fn state(&self) -> &str {
        self.card().state.as_deref().unwrap_or_default()
    }

    /// The request that it shows.
    pub fn request(&self) -> &str {
        self.request.as_deref().unwrap_or_else(|| panic!("no request: {}", self.text))
    }

    /// Does it belong to this request?
    pub fn is_of(&self, request: &str) -> bool {
        self.request.as_deref() == Some(request)
    }

    /// Does it tell somebody alone how a request ended?
    pub fn is_outcome(&self) -> bool {
        let title = self.card.as_ref().map_or("", |card| card.title.as_str());
        self.place == "direct" && (title.ends_with("has ended") || title.ends_with("är avslutad"))
    }

    /// The card; a typed line has none.
    pub fn card(&self) -> &Card {
        self.card.as_ref().unwrap_or_else(|| panic!("no card: {}", self.text))
    }
}

/// Without what differs each time.
fn fixed(text: &str) -> String {
    static REQUEST: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"R-[0-9A-Z]{8}").unwrap());
    static TIME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\d{4}-\d\d-\d\d \d\d:\d\d (?:[A-Z]{2,5}|[+-]\d\d(?::?\d\d)?)").unwrap());
    let text = REQUEST.replace_all(text, "R-…");
    TIME.replace_all(&text, "…").into_owned()
}
