//! A message before any platform has seen it: keys and typed arguments, facts, actions, inputs. Never a finished sentence,
//! and never more than its viewer may know: whoever builds a card builds it for one view.

use serde::{Deserialize, Serialize};

use super::ids::RequestId;
use super::request::{Digest, StateName};
use super::text::{Arg, Phrase, Texts};

/// A platform-neutral message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The line on top.
    pub title: Phrase,
    /// What it says, in sentences; each stands on a line of its own.
    pub text: Vec<Phrase>,
    /// Name and value, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// The request it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// The state of that request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateName>,
    /// What this viewer may do now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Not Microsoft's Graph: every rendering says so.
    #[serde(default)]
    pub rehearsal: bool,
}

/// One line of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is.
    pub name: Phrase,
    /// What it says.
    pub value: Arg,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What it does.
    pub verb: ActionVerb,
    /// The digest it was made for; a click on another one is stale. None where no request stands behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// What stands on it.
    pub label: Phrase,
    /// What must, or may, be filled in with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
}

/// The closed set of buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionVerb {
    /// The requester means it.
    Confirm,
    /// The requester, or an operator, takes it back.
    Cancel,
    /// Yes.
    Approve,
    /// No.
    Deny,
    /// One of several: the value chosen is a command to run, with all its checks.
    Choose,
}

impl ActionVerb {
    /// Every button.
    pub const ALL: [Self; 5] = [Self::Confirm, Self::Cancel, Self::Approve, Self::Deny, Self::Choose];

    /// The fixed word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Cancel => "cancel",
            Self::Approve => "approve",
            Self::Deny => "deny",
            Self::Choose => "choose",
        }
    }
}

/// Something to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Which.
    pub id: InputId,
    /// What stands beside it.
    pub label: Phrase,
    /// The click is refused without it.
    pub required: bool,
    /// What can be chosen; empty for free text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

impl Input {
    /// What can be chosen, in the viewer's language: value and words. Countries stand in the order of their names in that
    /// language; elsewhere the order of the choices means something and stays.
    pub fn spoken(&self, texts: &Texts) -> Vec<(&str, String)> {
        let choices = self.choices.iter().map(|choice| (choice.value.as_str(), texts.words(&choice.label)));
        let mut choices: Vec<(&str, String)> = choices.collect();
        if self.id == InputId::UsageLocation {
            choices.sort_by_cached_key(|(_, words)| texts.sorts_as(words));
        }
        choices
    }
}

/// The closed set of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputId {
    /// Why.
    Reason,
    /// Which of several.
    Choice,
    /// Two letters of a country.
    UsageLocation,
}

impl InputId {
    /// The fixed word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Choice => "choice",
            Self::UsageLocation => "usage_location",
        }
    }
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What comes back.
    pub value: String,
    /// What is shown.
    pub label: Arg,
}

/// The id of an action as platforms carry it: the verb and the start of the digest. It proves nothing; it tells a stale
/// click from a fresh one.
pub fn action_id(action: &Action) -> String {
    match action.digest {
        Some(digest) => format!("{}-{}", action.verb.as_str(), digest.short()),
        None => action.verb.as_str().to_owned(),
    }
}

/// Reads an action id back: the verb, and the start of the digest where there was one.
pub fn parse_action_id(id: &str) -> Option<(ActionVerb, Option<&str>)> {
    let (verb, digest) = match id.split_once('-') {
        Some((verb, digest)) => (verb, Some(digest)),
        None => (id, None),
    };
    let verb = ActionVerb::ALL.into_iter().find(|known| known.as_str() == verb)?;
    let plausible =
        digest.is_none_or(|digits| digits.len() == 12 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    plausible.then_some((verb, digest))
}

impl Card {
    /// A card that only says something.
    pub fn saying(title: Phrase, text: Vec<Phrase>) -> Self {
        Self { title, text, facts: Vec::new(), request: None, state: None, actions: Vec::new(), rehearsal: false }
    }

    /// The same card with one more fact.
    #[must_use]
    pub fn fact(mut self, name: Phrase, value: impl Into<Arg>) -> Self {
        self.facts.push(Fact { name, value: value.into() });
        self
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::country;
    use crate::domain::text::Locale;

    fn spoken(input: &Input, locale: Locale) -> Vec<String> {
        input.spoken(&Texts::new(locale, TimeZone::UTC)).into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn countries_stand_in_the_order_of_the_viewers_alphabet() {
        let label = Phrase::new("input-usage-location");
        let input = Input { id: InputId::UsageLocation, label, required: true, choices: country::choices() };
        let english = spoken(&input, Locale::En);
        assert_eq!(english.len(), 249);
        assert_eq!(english[..4], ["Afghanistan (AF)", "Åland Islands (AX)", "Albania (AL)", "Algeria (DZ)"]);
        assert_eq!(english[246..], ["Yemen (YE)", "Zambia (ZM)", "Zimbabwe (ZW)"]);
        let swedish = spoken(&input, Locale::Sv);
        assert_eq!(swedish[..3], ["Afghanistan (AF)", "Albanien (AL)", "Algeriet (DZ)"]);
        let end = ["Åland (AX)", "Österrike (AT)", "Östtimor (TL)"];
        assert_eq!(swedish[246..], end);
        let values: Vec<&str> =
            input.spoken(&Texts::new(Locale::Sv, TimeZone::UTC)).iter().map(|(value, _)| *value).collect();
        assert_eq!(values[246..], ["AX", "AT", "TL"], "a name keeps its code");
    }

    #[test]
    fn other_choices_keep_their_order() {
        let choice = |label: &str| Choice { value: label.to_lowercase(), label: label.into() };
        let choices = vec![choice("Visio"), choice("Project")];
        let input = Input { id: InputId::Choice, label: Phrase::new("input-choice"), required: true, choices };
        assert_eq!(spoken(&input, Locale::En), ["Visio", "Project"]);
    }
}
