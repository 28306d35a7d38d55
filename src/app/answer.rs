//! Short answers that need no request: refusals, apologies, choices. Never a promise of something that was not stored.

use super::{App, Outcome};
use crate::domain::card::{Action, ActionVerb, Card, Choice, Input, InputId};
use crate::domain::text::{Arg, Phrase};

impl App {
    /// One sentence under a title.
    pub(super) fn say(&self, title: &'static str, text: Phrase) -> Outcome {
        Outcome::Answer(self.saying(title, text))
    }

    /// The same, as a card.
    pub(super) fn saying(&self, title: &'static str, text: Phrase) -> Card {
        self.marked(Card::saying(Phrase::new(title), vec![text]))
    }

    /// A refusal: why, and what to do next.
    pub(super) fn refuse(&self, why: Phrase) -> Outcome {
        self.say("refused-title", why)
    }

    /// What was clicked twice: nothing went wrong, it is done.
    pub(super) fn already(&self, how_it_stands: Phrase) -> Outcome {
        self.say("already-title", how_it_stands)
    }

    /// A whole card as the answer.
    pub(super) fn answer(&self, card: Card) -> Outcome {
        Outcome::Answer(self.marked(card))
    }

    /// Marks the card as a rehearsal where it is one.
    fn marked(&self, card: Card) -> Card {
        Card { rehearsal: self.settings.rehearsal, ..card }
    }

    /// Several things it could mean. Each choice is a whole command; choosing runs it with all its checks.
    pub(super) fn choose(&self, question: Phrase, choices: Vec<(String, Arg)>) -> Outcome {
        let choices = choices.into_iter().map(|(value, label)| Choice { value, label }).collect();
        let input = Input { id: InputId::Choice, label: Phrase::new("input-choice"), required: true, choices };
        let action =
            Action { verb: ActionVerb::Choose, digest: None, label: Phrase::new("action-choose"), inputs: vec![input] };
        let mut card = Card::saying(Phrase::new("choose-title"), vec![question]);
        card.actions.push(action);
        self.answer(card)
    }
}
