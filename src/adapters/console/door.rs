//! The application, as the chat sees it: one door.

use std::fmt::Debug;

use async_trait::async_trait;

use crate::app::{App, Inbound, Outcome};

/// Takes what people send.
#[async_trait]
pub trait Door: Send + Sync + Debug {
    /// Handles it. Never fails: whatever breaks, there is something to say.
    async fn handle(&self, inbound: Inbound) -> Outcome;
}

#[async_trait]
impl Door for App {
    async fn handle(&self, inbound: Inbound) -> Outcome {
        App::handle(self, inbound).await
    }
}
