//! The company's products and seats, kept for a minute. Never decides about a write: those read the stock with their facts.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::api::Api;
use super::flight::SingleFlight;
use super::{pages, wire};
use crate::domain::catalog::Stock;
use crate::ports::PortError;

/// How old a kept stock may be.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// The stock, and when it was read.
type Kept = Mutex<Option<(Timestamp, Arc<Stock>)>>;

/// The last stock that was read.
#[derive(Debug)]
pub(super) struct StockCache {
    kept: Arc<Kept>,
    flight: SingleFlight<Arc<Stock>>,
}

impl StockCache {
    pub(super) fn new() -> Self {
        Self { kept: Arc::default(), flight: SingleFlight::new() }
    }

    /// The stock, not older than a minute.
    ///
    /// # Errors
    /// It could not be read.
    pub(super) async fn get(&self, api: &Arc<Api>) -> Result<Arc<Stock>, PortError> {
        let now = api.now();
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, stock)) = kept.filter(|(read_at, _)| is_within(*read_at, now, FRESH)) {
            return Ok(stock);
        }
        let (api, kept) = (api.clone(), self.kept.clone());
        self.flight
            .join(|| async move {
                let read_at = api.now();
                let skus = pages::all(&api, "read the stock", api.url("/subscribedSkus", ""), api.soon()).await?;
                let stock = Arc::new(wire::stock(skus));
                keep(&kept, read_at, stock.clone());
                Ok(stock)
            })
            .await
    }

    /// Keeps a stock that was read with facts.
    pub(super) fn learn(&self, read_at: Timestamp, stock: &Stock) {
        keep(&self.kept, read_at, Arc::new(stock.clone()));
    }
}

fn keep(kept: &Kept, read_at: Timestamp, stock: Arc<Stock>) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.as_ref().is_none_or(|(before, _)| *before <= read_at) {
        *kept = Some((read_at, stock));
    }
}

/// Did it happen at most this long ago? A clock that was set back makes everything old.
pub(super) fn is_within(then: Timestamp, now: Timestamp, time: SignedDuration) -> bool {
    let age = now.duration_since(then);
    age >= SignedDuration::ZERO && age < time
}
