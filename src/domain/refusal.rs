//! What the directory says no with, in our words. Never matches texts: the client that speaks to the directory does.

use serde::{Deserialize, Serialize};

use super::ids::{PlanId, SkuId};

/// A clean no to a write. The texts of the directory stay in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The person has no valid usage location.
    UsageLocation,
    /// No seat of this product is free (unknown product when the directory did not name it).
    NoSeats(Option<SkuId>),
    /// The company does not own this product.
    NotOwned(Option<SkuId>),
    /// The product belongs to the company and is never assigned to people.
    NotForPeople(Option<SkuId>),
    /// These apps cannot be on together.
    Conflict(Vec<PlanId>),
    /// An app needs one of others that would not be on.
    Dependency {
        /// The app.
        plan: Option<PlanId>,
        /// Any one of these would do.
        needs: Vec<PlanId>,
    },
    /// Another account has one of the person's mail addresses.
    AddressInUse,
    /// The person does not hold the product.
    NotHeld,
    /// The product comes from a group.
    Inherited,
    /// An app to switch off does not belong to the product.
    AppNotInProduct,
    /// The person is gone from the directory.
    PersonGone,
    /// The bot lacks the permission, or the product was bought by a user and cannot be assigned by anybody else.
    NotPermitted,
    /// Something this version does not know, with the directory's code.
    Other(String),
}
