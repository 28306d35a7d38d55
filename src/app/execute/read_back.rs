//! After a write: what the directory shows, and what it means that it does not. Only this turns an answer into knowledge. Never
//! writes to the directory.

use jiff::SignedDuration;

use super::Progress;
use crate::app::{App, AppError};
use crate::domain::change::Effect;
use crate::domain::person::{Facts, Holdings, Person};
use crate::domain::refusal::Refusal;
use crate::domain::request::{Answer, Execution, Failure, Intent, Request};
use crate::ports::FactsQuestion;

/// How often a write is tried before an operator is asked.
const ATTEMPTS: u32 = 4;
/// How often one that never left is tried before the request fails.
const UNSENT_ATTEMPTS: u32 = 12;
/// A write whose fate is unknown may still land for this long: longer than any time-out on the way.
const QUIET: SignedDuration = SignedDuration::from_secs(45);
/// How long a read-back may keep contradicting an accepted write before an operator is asked. Microsoft names minutes.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

impl App {
    /// Verifying -> whatever the directory shows.
    pub(super) async fn read_back(&self, request: Request, execution: Execution) -> Result<Option<Progress>, AppError> {
        let Some(intent) = execution.intent.clone() else { return Ok(Some(Progress::Done)) };
        let question = FactsQuestion { people: [request.wish.subject].into(), ..FactsQuestion::default() };
        let facts = self.world.directory.read(&question).await?;
        let Some(subject) = facts.people.get(&request.wish.subject) else {
            return self.end(request, Failure::Refused(Refusal::PersonGone), &facts).await;
        };
        if shows(&intent.effect, &subject.person, &subject.holdings) {
            return self.shown(request, &intent, subject.holdings.clone(), &facts).await;
        }
        self.not_shown(request, &execution, &intent, &facts).await
    }

    async fn shown(
        &self,
        request: Request,
        intent: &Intent,
        after: Holdings,
        facts: &Facts,
    ) -> Result<Option<Progress>, AppError> {
        match intent.effect {
            Effect::SetLicenses(_) => self.applied(request, after, facts).await,
            Effect::SetUsageLocation(_) => {
                let at = self.now();
                let step = request.shown(at, after)?;
                self.advance(at, step, Vec::new()).await?;
                Ok(None)
            }
        }
    }

    /// The directory does not show the write. What that means depends on what it said, and on how long ago.
    async fn not_shown(
        &self,
        request: Request,
        execution: &Execution,
        intent: &Intent,
        facts: &Facts,
    ) -> Result<Option<Progress>, AppError> {
        let at = self.now();
        let waited = at.duration_since(intent.at);
        match &intent.answer {
            Some(Answer::Refused(refusal)) if retry_is_wise(refusal, execution) => {
                self.put_back(request, execution).await
            }
            Some(Answer::Refused(refusal)) => self.end(request, Failure::Refused(refusal.clone()), facts).await,
            Some(Answer::NotSent) if execution.attempt < UNSENT_ATTEMPTS => self.put_back(request, execution).await,
            Some(Answer::NotSent) => self.end(request, Failure::Unreachable, facts).await,
            Some(Answer::Accepted) if waited < PATIENCE => Ok(Some(Progress::Again(at + pause(waited)))),
            Some(Answer::Unknown) | None if waited < QUIET => Ok(Some(Progress::Again(at + pause(waited)))),
            Some(Answer::Unknown) | None if execution.attempt < ATTEMPTS => self.put_back(request, execution).await,
            Some(Answer::Accepted | Answer::Unknown) | None => self.ask_a_human(request).await,
        }
    }

    /// Verifying -> approved: nothing was written, for certain or after the quiet time; the next try reads and judges anew.
    async fn put_back(&self, request: Request, execution: &Execution) -> Result<Option<Progress>, AppError> {
        let at = self.now();
        let step = request.put_back(at)?;
        self.advance(at, step, Vec::new()).await?;
        let wait = SignedDuration::from_secs(2i64.saturating_pow(execution.attempt.min(6)));
        Ok(Some(Progress::Again(at + wait)))
    }
}

/// A location that was just set may take a while until licenses can follow; the directory says so with this refusal.
fn retry_is_wise(refusal: &Refusal, execution: &Execution) -> bool {
    let after_location = execution.shown.iter().any(|effect| matches!(effect, Effect::SetUsageLocation(_)));
    *refusal == Refusal::UsageLocation && after_location && execution.attempt < ATTEMPTS
}

/// Is what was to be written there?
pub(in crate::app) fn shows(effect: &Effect, person: &Person, holdings: &Holdings) -> bool {
    match effect {
        Effect::SetUsageLocation(location) => person.usage_location == Some(*location),
        Effect::SetLicenses(change) => change.shown_by(&holdings.direct_state()),
    }
}

/// 1, 2, 4, 8, 15, then every 30 seconds.
fn pause(waited: SignedDuration) -> SignedDuration {
    let seconds = match waited.as_secs() {
        ..1 => 1,
        1..3 => 2,
        3..7 => 4,
        7..15 => 8,
        15..30 => 15,
        _ => 30,
    };
    SignedDuration::from_secs(seconds)
}
