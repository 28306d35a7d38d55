//! Help as a card. The words come from the files in `commands/`, in the reader's language already.

use super::{fact, words};
use crate::domain::card::{Card, Fact};
use crate::domain::grammar::{Help, HelpArg, HelpPage};
use crate::domain::text::{Arg, Phrase};

/// The card of help.
pub fn help(help: &Help) -> Card {
    match help {
        Help::All(lines) => {
            let text = vec![Phrase::new("help-words"), Phrase::new("help-more")];
            let facts = lines.iter().map(|line| fact(words(&line.usage), &line.summary)).collect();
            Card { facts, ..Card::saying(Phrase::new("help-title"), text) }
        }
        Help::One(page) => one(page),
    }
}

fn one(page: &HelpPage) -> Card {
    let title = Phrase::new("help-title-command").with("verb", page.line.verb.as_str());
    let mut card = Card::saying(title, vec![words(&page.line.summary)]);
    card.facts.push(fact(Phrase::new("help-usage"), &page.line.usage));
    card.facts.extend(page.args.iter().map(argument));
    card.facts.extend(page.examples.iter().map(|example| fact(words(&example.typed), &example.summary)));
    card
}

fn argument(arg: &HelpArg) -> Fact {
    let summary = Arg::from(&arg.summary);
    let value = if arg.required {
        summary
    } else {
        Phrase::new("reading-note").with("held", summary).with("note", Phrase::new("help-optional")).into()
    };
    fact(words(&arg.name), value)
}
