//! When to stop: the terminal's interrupt, or the system's request to end.

use tokio::signal::unix::{SignalKind, signal};

/// Ends when somebody wants the program to stop.
pub async fn requested() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
