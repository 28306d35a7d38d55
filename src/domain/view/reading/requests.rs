//! What waits for somebody's vote, and what they asked for themselves.

use super::{fact, headline};
use crate::domain::card::{Card, Fact};
use crate::domain::request::{Request, State};
use crate::domain::text::Phrase;
use crate::domain::view::Names;

/// How many of each kind are shown; the rest are counted.
const SHOWN: usize = 15;

/// How many that have ended are shown, the newest.
const ENDED_SHOWN: usize = 5;

/// The beginning of a list that may be longer.
#[derive(Clone, Copy, Debug)]
pub struct Beginning<'a> {
    /// In their order.
    pub requests: &'a [Request],
    /// How many there are, with those that are not here.
    pub all: usize,
}

impl<'a> Beginning<'a> {
    fn shown(self) -> impl Iterator<Item = &'a Request> {
        self.requests.iter().take(SHOWN)
    }

    fn hidden(self) -> usize {
        self.all.saturating_sub(self.requests.len().min(SHOWN))
    }
}

/// The requests that concern one person.
#[derive(Clone, Copy, Debug)]
pub struct OwnRequests<'a> {
    /// Those that wait for this person's vote, oldest first.
    pub waiting: Beginning<'a>,
    /// Those that this person asked for and that go on, newest first.
    pub open: Beginning<'a>,
    /// Those that this person asked for and that ended, newest first; no more of them than are at hand.
    pub ended: &'a [Request],
    /// Names of everybody and everything in them.
    pub names: &'a Names,
}

/// The card of somebody's requests: what waits for them first, then what is open, then what ended last.
pub fn requests(own: OwnRequests<'_>) -> Card {
    let OwnRequests { waiting, open, ended, names } = own;
    // The newest first, and drafts live for minutes: none is beyond the beginning.
    let drafts = open.requests.iter().filter(|request| is_draft(request)).count();
    let mut text = vec![
        Phrase::new("requests-waiting").with("count", waiting.all),
        Phrase::new("requests-open").with("count", open.all.saturating_sub(drafts)),
    ];
    if drafts > 0 {
        text.push(Phrase::new("requests-drafts").with("count", drafts));
    }
    let hidden = waiting.hidden() + open.hidden();
    if hidden > 0 {
        text.push(Phrase::new("reading-more").with("count", hidden));
    }
    let waiting = waiting.shown().map(|request| line("requests-waits", request, names));
    let open = open.shown().map(|request| {
        let key = if is_draft(request) { "requests-draft" } else { "requests-yours" };
        line(key, request, names)
    });
    let ended = ended.iter().take(ENDED_SHOWN).map(|request| line("requests-ended", request, names));
    let facts: Vec<Fact> = waiting.chain(open).chain(ended).collect();
    if !facts.is_empty() {
        text.push(Phrase::new("requests-how"));
    }
    Card { facts, ..Card::saying(Phrase::new("requests-title"), text) }
}

fn is_draft(request: &Request) -> bool {
    matches!(request.state, State::Draft { .. })
}

fn line(key: &'static str, request: &Request, names: &Names) -> Fact {
    fact(Phrase::new(key).with("request", request.id.as_str()), headline(request, names))
}
