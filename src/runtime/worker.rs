//! The worker's loop: takes due tasks from the store and runs them through the application's door. Holds nothing that a crash
//! could lose: a task leaves the store only when it is done.

use std::collections::HashSet;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::app::{App, AppError, Progress};
use crate::domain::ids::RequestId;
use crate::ports::{Clock, PortError, Store, StoreError, Task, Work};

/// How many tasks are under way at once.
const CONCURRENT: usize = 16;
/// The clock of a demo can be moved by hand, so nobody sleeps longer than this before looking again.
const LONGEST_SLEEP: Duration = Duration::from_millis(500);
/// The pause after a task that broke off.
const AFTER_A_MISTAKE: SignedDuration = SignedDuration::from_mins(1);
/// How long the request of a task waits that could not be noted: what broke the store, such as a full disk, is still there.
const AFTER_A_BROKEN_STORE: Duration = Duration::from_secs(2);
/// The longest pause between two tries of a task that fails.
const LONGEST_PAUSE: i64 = 300;

/// Runs due tasks until `shutdown` ends, then finishes those under way.
#[derive(Debug)]
pub struct Worker {
    app: Arc<App>,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    busy: Arc<Mutex<HashSet<RequestId>>>,
}

impl Worker {
    /// A worker for this application.
    pub fn new(app: Arc<App>, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { app, store, clock, busy: Arc::default() }
    }

    /// The loop.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let mut running = JoinSet::new();
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            while running.try_join_next().is_some() {}
            if let Err(error) = self.start_due(&mut running).await {
                tracing::error!(%error, "due work cannot be read");
            }
            self.app.keep_languages().await;
            let nap = self.nap().await;
            tokio::select! {
                () = &mut shutdown => break,
                () = self.app.work_arrived() => {}
                Some(_) = running.join_next(), if !running.is_empty() => {}
                () = tokio::time::sleep(nap) => {}
            }
        }
        while running.join_next().await.is_some() {}
        self.app.keep_languages().await;
    }

    async fn start_due(&self, running: &mut JoinSet<()>) -> Result<(), StoreError> {
        let free = CONCURRENT.saturating_sub(running.len());
        // Tasks of busy requests come back too, so more are read than can be started.
        let limit = u32::try_from(CONCURRENT * 2).unwrap_or(u32::MAX);
        let due = self.store.due(self.clock.now(), limit).await?;
        for task in due.into_iter().filter(|task| self.claim(task)).take(free) {
            let (app, store, clock, busy) =
                (Arc::clone(&self.app), Arc::clone(&self.store), Arc::clone(&self.clock), Arc::clone(&self.busy));
            running.spawn(async move {
                let _claim = Claim { busy, request: request_of(&task).clone() };
                run_one(&app, store.as_ref(), clock.as_ref(), &task).await;
            });
        }
        Ok(())
    }

    /// One task of a request at a time: they would only wait for each other.
    fn claim(&self, task: &Task) -> bool {
        self.busy.lock().is_ok_and(|mut busy| busy.insert(request_of(task).clone()))
    }

    async fn nap(&self) -> Duration {
        let due = self.store.next_due().await.ok().flatten();
        let until = due.map(|due| due.duration_since(self.clock.now()));
        until
            .and_then(|until| Duration::try_from(until).ok())
            .unwrap_or(LONGEST_SLEEP)
            .clamp(Duration::from_millis(5), LONGEST_SLEEP)
    }
}

/// Gives a request free again, whatever happened to its task.
struct Claim {
    busy: Arc<Mutex<HashSet<RequestId>>>,
    request: RequestId,
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Ok(mut busy) = self.busy.lock() {
            busy.remove(&self.request);
        }
    }
}

fn request_of(task: &Task) -> &RequestId {
    match &task.work {
        Work::Deliver(id) | Work::Expire(id) | Work::Execute(id) => id,
    }
}

async fn run_one(app: &App, store: &dyn Store, clock: &dyn Clock, task: &Task) {
    let ran = AssertUnwindSafe(app.run(task)).catch_unwind().await;
    let result = match ran {
        // A mistake of ours must not be repeated as fast as the machine can, nor stop the others' work.
        Err(_) => store.postpone(task, clock.now() + AFTER_A_MISTAKE).await,
        Ok(Ok(Progress::Done)) => store.finish(task).await,
        Ok(Ok(Progress::Again(due))) => store.postpone(task, due).await,
        Ok(Err(error)) => {
            tracing::warn!(request.id = %request_of(task), attempts = task.attempts, %error, "a task is tried again");
            store.postpone(task, clock.now() + pause(&error, task.attempts)).await
        }
    };
    if let Err(error) = result {
        tracing::error!(request.id = %request_of(task), %error, "a task could not be noted; it will run again");
        tokio::time::sleep(AFTER_A_BROKEN_STORE).await;
    }
}

/// Longer each time, and never shorter than the other side asked for.
fn pause(error: &AppError, attempts: u32) -> SignedDuration {
    let backed_off = 2i64.saturating_pow(attempts.min(10)).min(LONGEST_PAUSE);
    let asked = match error {
        AppError::Port(PortError::Passing { retry_after, .. }) => retry_after.map_or(0, i64::from),
        AppError::Port(PortError::Lasting { .. }) => 60,
        _ => 0,
    };
    SignedDuration::from_secs(backed_off.max(asked))
}
