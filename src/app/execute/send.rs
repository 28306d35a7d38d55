//! The only place that writes to the directory: an intent that is committed, then exactly one call, then whatever came back.
//! Never decides what to write, and never what an answer means.

use jiff::SignedDuration;

use super::Progress;
use crate::app::{App, AppError};
use crate::domain::change::Effect;
use crate::domain::judge::Authorized;
use crate::domain::request::{Answer, Request};
use crate::ports::{Commit, PortError, WriteAnswer};

impl App {
    /// Intent, then exactly one call, then whatever came back. The proof says that this very effect is allowed.
    pub(super) async fn write(
        &self,
        request: Request,
        authorized: &Authorized,
        effect: Effect,
    ) -> Result<Option<Progress>, AppError> {
        let subject = request.wish.subject;
        let (at, call) = (self.now(), self.new_call_id());
        let step = request.intend(at, effect.clone(), call, authorized.before().clone())?;
        let request = step.request.clone();
        if self.advance(at, step, Vec::new()).await? != Commit::Done {
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

    pub(super) async fn record_answer(&self, request: Request, answer: Answer) -> Result<Option<Progress>, AppError> {
        let at = self.now();
        let step = request.answered(at, answer)?;
        self.advance(at, step, Vec::new()).await?;
        Ok(None)
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
