//! Cards: posting them, and rendering the newest state onto every one. Idempotent, and never takes a card back to an older
//! state: one request's cards are rendered one rendering at a time, from the request as it is then.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tokio::sync::{Mutex, MutexGuard};

use super::late::Attempt;
use super::{App, AppError, Outcome};
use crate::domain::card::Card;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::judge::{Permitted, judge};
use crate::domain::person::Facts;
use crate::domain::request::{Event, Request, State, TextRef};
use crate::domain::text::Phrase;
use crate::domain::view::{self, Insight, Names, Scene, Viewer};
use crate::ports::{CardView, Commit, Delivery, MessageRef, PortError, PostedCard, Store, StoreError, Unit};

/// Locks by request, so that an older rendering can never overtake a newer one.
#[derive(Debug)]
pub(super) struct CardLocks(Vec<Mutex<()>>);

impl Default for CardLocks {
    fn default() -> Self {
        Self((0..64).map(|_| Mutex::new(())).collect())
    }
}

impl CardLocks {
    async fn of(&self, request: &RequestId) -> Option<MutexGuard<'_, ()>> {
        let sum =
            request.as_str().bytes().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        match self.0.get(sum % self.0.len().max(1)) {
            Some(lock) => Some(lock.lock().await),
            None => None,
        }
    }
}

/// Everything a rendering needs, gathered once for all cards of a request.
struct Gathered<'a> {
    request: &'a Request,
    names: Names,
    reason: Option<String>,
    denial: Option<String>,
    insight: Option<Insight>,
    facts: Option<&'a Facts>,
}

impl App {
    /// Commits the unit, shows the new state on the cards, and wakes the worker. Whoever lost the race is told who was first.
    pub(super) async fn commit_and_show(&self, unit: Unit, facts: Option<&Facts>) -> Result<Outcome, AppError> {
        let id = unit.request.id.clone();
        let said = recorded(&unit);
        let attempt = Attempt::of(unit.actor, &unit.event);
        match self.world.store.commit(unit).await? {
            Commit::Done => {}
            Commit::Lost(newest) => return self.overtaken(attempt, &newest).await,
            Commit::Repeated => return Ok(Outcome::Changed(id)),
            Commit::LaneTaken => return Ok(self.refuse(Phrase::new("try-again"))),
        }
        self.wake_worker();
        if let Err(error) = self.deliver(&id, facts).await {
            // The task delivers what is missing; what was decided is durable.
            tracing::warn!(request.id = %id, %error, "cards wait for the worker");
        }
        Ok(match said {
            Some(text) => Outcome::Recorded { request: id, said: self.saying("recorded-title", text) },
            None => Outcome::Changed(id),
        })
    }

    /// Posts one new card of a request that was just committed.
    pub(super) async fn post(&self, card: PostedCard, request: &Request, content: &Card) -> Result<(), AppError> {
        let message = self.world.chat.post(card.id, &card.to, card.locale, content).await?;
        let sent = PostedCard { delivery: Delivery::Sent(message), rendered: request.version, ..card };
        // Not on the way to the answer: until it is written, the worker would only post the same message again.
        let store = Arc::clone(&self.world.store);
        tokio::spawn(async move {
            if let Err(error) = store.save_cards(&[sent]).await {
                tracing::warn!(%error, "a sent card is not written down yet");
            }
        });
        Ok(())
    }

    /// Renders the newest state onto every card of the request that shows an older one.
    pub(super) async fn deliver(&self, id: &RequestId, facts: Option<&Facts>) -> Result<(), AppError> {
        let _rendering = self.card_locks.of(id).await;
        let Some((request, stale)) = stale(&*self.world.store, id).await? else { return Ok(()) };
        let read;
        let facts = match facts {
            None if needs_facts(&request) => {
                read = self.facts_for(&request, &[]).await?;
                Some(&read)
            }
            given => given,
        };
        let gathered = self.gather(&request, facts).await?;
        let mut shown = Vec::new();
        let mut failure = None;
        for card in stale {
            match self.show(&gathered, card.clone()).await {
                Ok(card) => shown.push(card),
                Err(PortError::Absent { .. }) => shown.push(PostedCard { delivery: Delivery::Lost, ..card }),
                Err(error) => failure = Some(error),
            }
        }
        self.world.store.save_cards(&shown).await?;
        failure.map_or(Ok(()), |error| Err(error.into()))
    }

    async fn gather<'a>(&self, request: &'a Request, facts: Option<&'a Facts>) -> Result<Gathered<'a>, AppError> {
        let denial = match &request.state {
            State::Denied { reason, .. } => self.words(*reason).await?,
            _ => None,
        };
        let insight = facts.filter(|_| needs_facts(request)).and_then(|facts| self.insight(request, facts));
        Ok(Gathered {
            request,
            names: self.names_for(request, facts).await?,
            reason: self.words(request.reason).await?,
            denial,
            insight,
            facts,
        })
    }

    pub(super) async fn words(&self, reference: Option<TextRef>) -> Result<Option<String>, AppError> {
        match reference {
            Some(reference) => Ok(self.world.store.text(reference).await?),
            None => Ok(None),
        }
    }

    /// What the change would do now. A change that is not allowed any more shows nothing; the click will say why.
    fn insight(&self, request: &Request, facts: &Facts) -> Option<Insight> {
        let may_set = self.settings.may_set_usage_location;
        let permitted: Result<Permitted, _> = judge(&self.policy, request.requester, &request.wish, facts, may_set);
        permitted.ok().map(|permitted| permitted.insight)
    }

    async fn show(&self, gathered: &Gathered<'_>, card: PostedCard) -> Result<PostedCard, PortError> {
        let content = self.render(gathered, &card);
        let message: MessageRef = match &card.delivery {
            Delivery::Sent(message) => {
                self.world.chat.update(message, card.locale, &content).await?;
                message.clone()
            }
            Delivery::Sending | Delivery::Lost => {
                self.world.chat.post(card.id, &card.to, card.locale, &content).await?
            }
        };
        Ok(PostedCard { delivery: Delivery::Sent(message), rendered: gathered.request.version, ..card })
    }

    fn render(&self, gathered: &Gathered<'_>, card: &PostedCard) -> Card {
        let scene = Scene {
            request: gathered.request,
            names: &gathered.names,
            reason: gathered.reason.as_deref(),
            denial: gathered.denial.as_deref(),
            insight: gathered.insight.as_ref(),
            rehearsal: self.settings.rehearsal,
        };
        let reader = card.to.only.unwrap_or(gathered.request.requester);
        match card.view {
            CardView::Preflight => view::preflight(scene, self.reader(gathered, reader)),
            CardView::Status => view::status(scene),
            CardView::Ballot => view::ballot(scene, reader, self.settings.may_set_usage_location),
            CardView::Notice => view::notice(scene),
            CardView::Outcome => view::outcome(scene, reader, reader == gathered.request.wish.subject),
            CardView::Alarm => view::alarm(scene),
        }
    }

    /// Without facts nothing about the person is shown, except to the person.
    fn reader(&self, gathered: &Gathered<'_>, reader: PersonId) -> Viewer {
        match gathered.facts {
            Some(facts) => self.viewer(reader, gathered.request.wish.subject, facts),
            None => Viewer { sees_person: reader == gathered.request.wish.subject, may_set_location: false },
        }
    }
}

/// What somebody decided by this very arrow, in a sentence; nothing where a card is the answer. What comes after it is no part
/// of it, however fast it comes.
fn recorded(unit: &Unit) -> Option<Phrase> {
    let phrase = match (&unit.event, &unit.request.state) {
        (Event::Voted { .. }, State::AwaitingApproval { approval, .. }) => {
            Phrase::new("recorded-approved-waits").with("missing", approval.votes_missing())
        }
        (Event::Voted { .. }, _) => Phrase::new("recorded-approved"),
        (Event::Denied { by: Some(_), .. }, _) => Phrase::new("recorded-denied"),
        (Event::Cancelled { .. }, _) => Phrase::new("recorded-cancelled"),
        _ => return None,
    };
    Some(phrase.with("request", unit.request.id.as_str()))
}

/// A request, and those of its cards that show an older state of it; nothing where there is none. The cards are read first:
/// what a unit brings that is committed in between must not be rendered from the state before it. How it ended is said once, so
/// that would stand for ever.
async fn stale(store: &dyn Store, id: &RequestId) -> Result<Option<(Request, Vec<PostedCard>)>, StoreError> {
    let cards = store.cards(id).await?;
    let Some(request) = store.proven_request(id).await? else { return Ok(None) };
    let stale: Vec<PostedCard> = cards.into_iter().filter(|card| wants_rendering(card, &request)).collect();
    Ok((!stale.is_empty()).then_some((request, stale)))
}

fn needs_facts(request: &Request) -> bool {
    matches!(request.state, State::Draft { .. } | State::AwaitingApproval { .. })
}

fn wants_rendering(card: &PostedCard, request: &Request) -> bool {
    let old = card.rendered < request.version;
    match (&card.delivery, card.view) {
        (Delivery::Lost, _) => false,
        (Delivery::Sending, _) => true,
        // How it ended is said once.
        (Delivery::Sent(_), CardView::Outcome) => false,
        (Delivery::Sent(_), _) => old,
    }
}
