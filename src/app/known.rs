//! The catalog as it was last known: by it lines are read and things are named, so that nobody waits for a tenant that does not
//! answer to be told that a line cannot be read, or to take back a request. Never for seats, and never for a decision.

use std::sync::{Arc, PoisonError, RwLock};

use super::App;
use crate::domain::catalog::{Catalog, Nicknames, Stock};
use crate::ports::{Licensing, PortError};

/// What the company's products were when they were last asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct LastKnown(Arc<RwLock<Option<Arc<Catalog>>>>);

impl LastKnown {
    fn get(&self) -> Option<Arc<Catalog>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn with(&self, stock: Stock, nicknames: &Arc<Nicknames>) -> Arc<Catalog> {
        let catalog = Arc::new(Catalog::new(Arc::clone(nicknames), stock));
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&catalog));
        catalog
    }
}

impl App {
    /// What the company owns, no older than the directory's adapter allows.
    ///
    /// # Errors
    /// The directory did not answer.
    pub(super) async fn catalog(&self) -> Result<Arc<Catalog>, PortError> {
        let stock = self.world.licensing.stock().await?;
        Ok(self.last_known.with(stock, &self.settings.nicknames))
    }

    /// For reading and naming: as last known, while it is asked for anew beside it. Waits only as long as nothing is known.
    ///
    /// # Errors
    /// Nothing is known yet, and the directory did not answer.
    pub(super) async fn known_catalog(&self) -> Result<Arc<Catalog>, PortError> {
        let Some(known) = self.last_known.get() else { return self.catalog().await };
        let renewed =
            renewed(Arc::clone(&self.world.licensing), self.last_known.clone(), Arc::clone(&self.settings.nicknames));
        tokio::spawn(renewed);
        Ok(known)
    }
}

/// What cannot be asked for now stays as it was known; whoever needs it as it is will be told.
async fn renewed(licensing: Arc<dyn Licensing>, last_known: LastKnown, nicknames: Arc<Nicknames>) {
    match licensing.stock().await {
        Ok(stock) => _ = last_known.with(stock, &nicknames),
        Err(error) => tracing::debug!(%error, "the products stay as they were last known"),
    }
}
