//! What is written with an arrow in one unit: its tasks, its cards and the words that people wrote. Never commits it.

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::audit::bind_text;
use crate::domain::command::Reason;
use crate::domain::ids::RequestId;
use crate::domain::person::Facts;
use crate::domain::request::{Actor, Request, State, Step};
use crate::ports::{PostedCard, PrivateText, Task, Unit, Work};

/// A delivery that was done on the way leaves its task to be found and ended by the worker after this long; one that was cut
/// off is done then.
const SAFETY: SignedDuration = SignedDuration::from_secs(3);

impl App {
    /// A unit with the work that its new state causes.
    pub(super) fn unit(
        &self,
        at: Timestamp,
        actor: Actor,
        step: Step,
        mut cards: Vec<PostedCard>,
        facts: &Facts,
    ) -> Unit {
        let request = step.request;
        cards.extend(self.notice(&request, facts));
        let tasks = tasks(&request, at);
        Unit { at, actor, event: step.event, tasks, cards, texts: Vec::new(), delivery: None, request }
    }

    /// Words that can be erased, and what the trail is bound to them by.
    pub(super) fn private_text(&self, reason: &Reason) -> PrivateText {
        let salt = self.random_bytes();
        PrivateText { reference: bind_text(&salt, reason.as_str()), salt, text: reason.as_str().to_owned() }
    }
}

fn tasks(request: &Request, at: Timestamp) -> Vec<Task> {
    let mut tasks = vec![safety_delivery(&request.id, at)];
    tasks.extend(request.expires_at().map(|due| Task { work: Work::Expire(request.id.clone()), due, attempts: 0 }));
    if matches!(request.state, State::Approved { .. }) {
        tasks.push(Task { work: Work::Execute(request.id.clone()), due: at, attempts: 0 });
    }
    tasks
}

/// Cards whose sending is cut off are sent by the worker.
fn safety_delivery(request: &RequestId, at: Timestamp) -> Task {
    Task { work: Work::Deliver(request.clone()), due: at + SAFETY, attempts: 0 }
}
