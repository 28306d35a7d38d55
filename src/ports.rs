//! What the application needs from the world, as traits. Never an implementation. Port errors say whether another try makes
//! sense; refusals are values.

mod chat;
mod directory;
mod licensing;
mod store;
mod unit;

use std::fmt::Debug;

use jiff::Timestamp;
use uuid::Uuid;

pub use chat::{Addressee, CardId, Chat, MessageRef};
pub use directory::{Directory, FactsQuestion};
pub use licensing::{Licensing, WriteAnswer};
pub use store::{Commit, Listed, Listing, Store, StoreError};
pub use unit::{CardView, Delivery, DeliveryId, PostedCard, PrivateText, Task, Unit, Work};

/// The time.
pub trait Clock: Send + Sync + Debug {
    /// The instant it is now.
    fn now(&self) -> Timestamp;
}

/// Randomness that nobody can guess.
pub trait Random: Send + Sync + Debug {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);

    /// A GUID of version 4.
    fn guid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

/// Something outside did not work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// Worth another try, not before the time given.
    #[error("{what}; worth another try")]
    Passing {
        /// For the log: what did not work. No secrets, no bodies.
        what: String,
        /// Seconds to wait at least, when the other side said so.
        retry_after: Option<u32>,
    },
    /// Not worth another try until somebody changes something.
    #[error("{what}")]
    Lasting {
        /// For the log: what did not work.
        what: String,
    },
    /// What was asked for does not exist.
    #[error("{what} does not exist")]
    Absent {
        /// For the log: what.
        what: String,
    },
}
