//! Many ask at once, one goes, all get what it brings, a failure too. Never keeps what was brought: the next one who asks
//! after the landing starts anew.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio::task::AbortHandle;
use tracing::Instrument;

use crate::ports::PortError;

type Flight<T> = Shared<BoxFuture<'static, Result<T, PortError>>>;

/// At most one piece of work under way.
pub(super) struct SingleFlight<T> {
    /// The task tells whether it is over: a shared future that nobody polls does not know.
    current: Mutex<Option<(AbortHandle, Flight<T>)>>,
}

impl<T: Clone + Send + Sync + 'static> SingleFlight<T> {
    pub(super) fn new() -> Self {
        Self { current: Mutex::new(None) }
    }

    /// Joins the work that is under way, or starts it. It goes on even when nobody waits for it any more.
    pub(super) fn join<F>(&self, start: impl FnOnce() -> F) -> Flight<T>
    where
        F: Future<Output = Result<T, PortError>> + Send + 'static,
    {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, flight)) = current.as_ref().filter(|(task, _)| !task.is_finished()) {
            return flight.clone();
        }
        let task = tokio::spawn(start().in_current_span());
        let handle = task.abort_handle();
        let stopped = || PortError::Passing { what: "the work was stopped".into(), retry_after: None };
        let flight = async move { task.await.unwrap_or_else(|_| Err(stopped())) }.boxed().shared();
        *current = Some((handle, flight.clone()));
        flight
    }
}

impl<T> fmt::Debug for SingleFlight<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SingleFlight")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn many_who_ask_at_once_share_one_answer_and_the_next_starts_anew() {
        let (flight, gate, started) = (SingleFlight::new(), Arc::new(Semaphore::new(0)), Arc::new(AtomicU32::new(0)));
        let ask = || {
            flight.join(|| {
                let (gate, number) = (gate.clone(), started.fetch_add(1, Ordering::SeqCst) + 1);
                async move {
                    let _permit = gate.acquire().await;
                    Ok(number)
                }
            })
        };
        let (first, second) = (ask(), ask());
        gate.add_permits(1);
        assert_eq!(tokio::join!(first, second), (Ok(1), Ok(1)));
        assert_eq!(ask().await, Ok(2));
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_lands_too() {
        let (flight, done) = (SingleFlight::new(), Arc::new(Semaphore::new(0)));
        let told = done.clone();
        drop(flight.join(|| async move {
            told.add_permits(1);
            Ok(1)
        }));
        let _landed = done.acquire().await;
        tokio::task::yield_now().await;
        assert_eq!(flight.join(|| async { Ok(2) }).await, Ok(2));
    }

    #[tokio::test]
    async fn a_failure_is_shared_and_not_kept() {
        let flight = SingleFlight::<u32>::new();
        let failure = PortError::Lasting { what: "no".into() };
        let told = failure.clone();
        assert_eq!(flight.join(|| async { Err(told) }).await, Err(failure));
        assert_eq!(flight.join(|| async { Ok(7) }).await, Ok(7));
    }
}
