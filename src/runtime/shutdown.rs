//! When to stop: the terminal's interrupt, or the system's request to end.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Ends when somebody wants the program to stop. Listens from the call on, not only from the first wait: call it before anybody
/// is told that the program runs.
pub fn requested() -> impl Future<Output = ()> + Send + use<> {
    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).ok());
    async move {
        let [interrupt, terminate] = signals.map(received);
        tokio::select! {
            () = interrupt => {}
            () = terminate => {}
        }
    }
}

/// A signal that cannot be listened to never comes.
async fn received(signal: Option<Signal>) {
    match signal {
        Some(mut signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    }
}
