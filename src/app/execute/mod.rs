//! The worker's door, and the execution of approved requests: take the lane, read, judge; then [`send`] commits to one write and
//! sends it once, [`read_back`] looks, [`end`] records how it ended. Picks up from whatever state a crash left. Never sends a write
//! that was not committed to, never sends one twice without reading in between.

mod end;
mod read_back;
mod send;

pub(super) use read_back::shows;

use jiff::{SignedDuration, Timestamp};

use super::{App, AppError};
use crate::domain::ids::RequestId;
use crate::domain::judge::{Authorized, Forbidden, Verdict, authorize};
use crate::domain::person::Facts;
use crate::domain::request::{Actor, Answer, Execution, Failure, Request, State, Step};
use crate::ports::{CardView, Commit, Delivery, PortError, PostedCard, Task, Work};

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
        match self.advance(at, step, Vec::new()).await? {
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
            Verdict::Cannot(why) => self.end(request, end::failure_of(why), &facts).await,
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

    /// One arrow of an execution. Its cards follow by task, off the path to the write.
    async fn advance(&self, at: Timestamp, step: Step, cards: Vec<PostedCard>) -> Result<Commit, AppError> {
        let mut unit = self.unit(at, Actor::Bot, step, cards, &Facts::default());
        for task in unit.tasks.iter_mut().filter(|task| matches!(task.work, Work::Deliver(_))) {
            task.due = at;
        }
        // The task that runs us stays; it must not be put in anew by our own unit.
        unit.tasks.retain(|task| !matches!(task.work, Work::Execute(_)));
        let commit = self.world.store.commit(unit).await?;
        self.wake_worker();
        Ok(commit)
    }
}
