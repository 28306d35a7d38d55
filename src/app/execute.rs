//! The worker's door, and the execution of approved requests: take the lane, read, judge, commit to one write, send it once,
//! read back, record. Picks up from whatever state a crash left. Never sends a write that was not committed to, never sends one
//! twice without reading in between.

use jiff::{SignedDuration, Timestamp};

use super::{App, AppError};
use crate::domain::change::Effect;
use crate::domain::ids::RequestId;
use crate::domain::judge::{Authorized, Forbidden, Verdict, authorize};
use crate::domain::person::{Facts, Holdings, Person};
use crate::domain::request::{Actor, Answer, Execution, Failure, Intent, Request, State, Step};
use crate::ports::{CardView, Commit, Delivery, FactsQuestion, PortError, PostedCard, Task, Work, WriteAnswer};

/// How often a write is tried before an operator is asked.
const ATTEMPTS: u32 = 4;
/// How often one that never left is tried before the request fails.
const UNSENT_ATTEMPTS: u32 = 12;
/// A write whose fate is unknown may still land for this long: longer than any time-out on the way.
const QUIET: SignedDuration = SignedDuration::from_secs(45);
/// How long a read-back may keep contradicting an accepted write before an operator is asked. Microsoft names minutes.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// Somebody else's write on the same person is on its way.
const LANE_WAIT: SignedDuration = SignedDuration::from_secs(2);

/// How far a task came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It is done.
    Done,
    /// It goes on then.
    Again(Timestamp),
}

impl App {
    /// Takes a task as far as it goes now.
    ///
    /// # Errors
    /// The world or the store failed; the task is to be tried again.
    pub async fn run(&self, task: &Task) -> Result<Progress, AppError> {
        match &task.work {
            Work::Deliver(id) => self.deliver(id, None).await.map(|()| Progress::Done),
            Work::Expire(id) => self.expire(id).await,
            Work::Execute(id) => self.execute(id).await,
        }
    }

    async fn execute(&self, id: &RequestId) -> Result<Progress, AppError> {
        loop {
            let Some(request) = self.world.store.proven_request(id).await? else { return Ok(Progress::Done) };
            let progress = match request.state.clone() {
                State::Approved { .. } => self.take_lane(request).await?,
                State::Executing(execution) => self.write_next(request, execution).await?,
                State::Verifying(execution) => self.read_back(request, execution).await?,
                _ => Some(Progress::Done),
            };
            if let Some(progress) = progress {
                return Ok(progress);
            }
        }
    }

    /// Approved -> executing.
    async fn take_lane(&self, request: Request) -> Result<Option<Progress>, AppError> {
        self.give_notice(&request).await?;
        let at = self.now();
        let step = request.begin_execution(at)?;
        match self.advance(at, Actor::Bot, step, Vec::new()).await? {
            Commit::LaneTaken => Ok(Some(Progress::Again(at + LANE_WAIT))),
            _ => Ok(None),
        }
    }

    /// The subject hears of a removal before anything else happens.
    async fn give_notice(&self, request: &Request) -> Result<(), AppError> {
        let cards = self.world.store.cards(&request.id).await?;
        let unheard = cards.iter().any(|card| card.view == CardView::Notice && card.delivery == Delivery::Sending);
        if unheard { self.deliver(&request.id, None).await } else { Ok(()) }
    }

    async fn write_next(&self, request: Request, execution: Execution) -> Result<Option<Progress>, AppError> {
        if execution.intent.is_some() {
            // A crash between intent and answer: the write may have gone out.
            return self.record_answer(request, Answer::Unknown).await;
        }
        let facts = self.facts_for(&request, &[]).await?;
        let may_set = self.settings.may_set_usage_location;
        match authorize(&self.policy, &request, &execution.approval, &facts, may_set) {
            Verdict::Go(authorized) => self.go(request, &authorized, &facts).await,
            Verdict::StartOver(permitted, why) => {
                self.start_over(request, *permitted, why, &facts).await?;
                Ok(Some(Progress::Done))
            }
            Verdict::Cannot(why) => self.end(request, failure_of(why), &facts).await,
            Verdict::Forbidden(Forbidden::NobodyMayVote(_)) => self.end(request, Failure::NobodyMayVote, &facts).await,
            Verdict::Forbidden(Forbidden::NotRead) => {
                Err(AppError::Port(PortError::Lasting { what: "the facts for an execution were not whole".to_owned() }))
            }
            Verdict::Forbidden(forbidden) => {
                self.fall(request, &forbidden, &facts).await?;
                Ok(Some(Progress::Done))
            }
        }
    }

    async fn go(&self, request: Request, authorized: &Authorized, facts: &Facts) -> Result<Option<Progress>, AppError> {
        match authorized.plan().effects().into_iter().next() {
            None => self.applied(request, authorized.before().clone(), facts).await,
            Some(effect) => self.write(request, authorized, effect).await,
        }
    }

    /// Intent, then exactly one call, then whatever came back. The proof says that this very effect is allowed.
    async fn write(
        &self,
        request: Request,
        authorized: &Authorized,
        effect: Effect,
    ) -> Result<Option<Progress>, AppError> {
        let subject = request.wish.subject;
        let (at, call) = (self.now(), self.new_call_id());
        let step = request.intend(at, effect.clone(), call, authorized.before().clone())?;
        let request = step.request.clone();
        if self.advance(at, Actor::Bot, step, Vec::new()).await? != Commit::Done {
            return Ok(None);
        }
        let answer = match &effect {
            Effect::SetUsageLocation(location) => {
                self.world.licensing.set_usage_location(subject, *location, call).await
            }
            Effect::SetLicenses(change) => self.world.licensing.set_licenses(subject, change, call).await,
        };
        let wait = asked_to_wait(&answer);
        self.record_answer(request, heard(answer)).await?;
        Ok(wait.map(|seconds| Progress::Again(self.now() + SignedDuration::from_secs(seconds))))
    }

    async fn record_answer(&self, request: Request, answer: Answer) -> Result<Option<Progress>, AppError> {
        let at = self.now();
        let step = request.answered(at, answer)?;
        self.advance(at, Actor::Bot, step, Vec::new()).await?;
        Ok(None)
    }

    /// Verifying -> whatever the directory shows.
    async fn read_back(&self, request: Request, execution: Execution) -> Result<Option<Progress>, AppError> {
        let Some(intent) = execution.intent.clone() else { return Ok(Some(Progress::Done)) };
        let question = FactsQuestion { people: [request.wish.subject].into(), ..FactsQuestion::default() };
        let facts = self.world.directory.read(&question).await?;
        let Some(subject) = facts.people.get(&request.wish.subject) else {
            return self.end(request, Failure::Refused(crate::domain::refusal::Refusal::PersonGone), &facts).await;
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
                self.advance(at, Actor::Bot, step, Vec::new()).await?;
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
            Some(Answer::Refused(refusal)) if retry_is_wise(refusal, execution) => self.put_back(request).await,
            Some(Answer::Refused(refusal)) => self.end(request, Failure::Refused(refusal.clone()), facts).await,
            Some(Answer::NotSent) if execution.attempt < UNSENT_ATTEMPTS => self.put_back(request).await,
            Some(Answer::NotSent) => self.end(request, Failure::Unreachable, facts).await,
            Some(Answer::Accepted) if waited < PATIENCE => Ok(Some(Progress::Again(at + pause(waited)))),
            Some(Answer::Unknown) | None if waited < QUIET => Ok(Some(Progress::Again(at + pause(waited)))),
            Some(Answer::Unknown) | None if execution.attempt < ATTEMPTS => self.put_back(request).await,
            Some(Answer::Accepted | Answer::Unknown) | None => self.ask_a_human(request).await,
        }
    }

    /// Verifying -> approved: nothing was written, for certain or after the quiet time; the next try reads and judges anew.
    async fn put_back(&self, request: Request) -> Result<Option<Progress>, AppError> {
        let at = self.now();
        let attempt = request.state.clone();
        let step = request.put_back(at)?;
        self.advance(at, Actor::Bot, step, Vec::new()).await?;
        let tries = match attempt {
            State::Verifying(execution) => execution.attempt,
            _ => 1,
        };
        Ok(Some(Progress::Again(at + SignedDuration::from_secs(2i64.saturating_pow(tries.min(6))))))
    }

    async fn ask_a_human(&self, request: Request) -> Result<Option<Progress>, AppError> {
        let facts = self.facts_for(&request, &[]).await?;
        let at = self.now();
        let step = request.needs_human(at)?;
        let mut cards = self.alarm_cards(&step.request, &facts);
        cards.extend(self.outcome_cards(&step.request, &facts));
        self.advance(at, Actor::Bot, step, cards).await?;
        Ok(Some(Progress::Done))
    }

    async fn applied(&self, request: Request, after: Holdings, facts: &Facts) -> Result<Option<Progress>, AppError> {
        let at = self.now();
        let step = request.applied(at, after)?;
        let cards = self.outcome_cards(&step.request, facts);
        self.advance(at, Actor::Bot, step, cards).await?;
        Ok(Some(Progress::Done))
    }

    async fn end(&self, request: Request, failure: Failure, facts: &Facts) -> Result<Option<Progress>, AppError> {
        let at = self.now();
        let step = request.fail(at, failure)?;
        let cards = self.outcome_cards(&step.request, facts);
        self.advance(at, Actor::Bot, step, cards).await?;
        Ok(Some(Progress::Done))
    }

    /// One arrow of an execution. Its cards follow by task, off the path to the write.
    async fn advance(
        &self,
        at: Timestamp,
        actor: Actor,
        step: Step,
        cards: Vec<PostedCard>,
    ) -> Result<Commit, AppError> {
        let id = step.request.id.clone();
        let mut unit = self.unit(at, actor, step, cards);
        for task in &mut unit.tasks {
            if task.work == Work::Deliver(id.clone()) {
                task.due = at;
            }
        }
        // The task that runs us stays; it must not be put in anew by our own unit.
        unit.tasks.retain(|task| !matches!(task.work, Work::Execute(_)));
        let commit = self.world.store.commit(unit).await?;
        self.wake_worker();
        Ok(commit)
    }
}

/// Seconds that the other side asked to be left alone.
fn asked_to_wait(answer: &WriteAnswer) -> Option<i64> {
    match answer {
        WriteAnswer::Unknown(PortError::Passing { retry_after, .. }) => retry_after.map(i64::from),
        _ => None,
    }
}

fn heard(answer: WriteAnswer) -> Answer {
    match answer {
        WriteAnswer::Accepted => Answer::Accepted,
        WriteAnswer::Refused(refusal) => Answer::Refused(refusal),
        WriteAnswer::NotSent(error) => {
            tracing::warn!(%error, "a write was not sent");
            Answer::NotSent
        }
        WriteAnswer::Unknown(error) => {
            tracing::warn!(%error, "the fate of a write is unknown");
            Answer::Unknown
        }
    }
}

/// A location that was just set may take a while until licenses can follow; the directory says so with this refusal.
fn retry_is_wise(refusal: &crate::domain::refusal::Refusal, execution: &Execution) -> bool {
    let after_location = execution.shown.iter().any(|effect| matches!(effect, Effect::SetUsageLocation(_)));
    *refusal == crate::domain::refusal::Refusal::UsageLocation && after_location && execution.attempt < ATTEMPTS
}

fn failure_of(why: crate::domain::change::Impossible) -> Failure {
    match why {
        crate::domain::change::Impossible::NotHeld(sku) => Failure::NotHeld(sku),
        crate::domain::change::Impossible::Inherited(sku) => Failure::Inherited(sku),
    }
}

fn shows(effect: &Effect, person: &Person, holdings: &Holdings) -> bool {
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
