//! Names, nicknames and part numbers of products, and what each product holds. Never says who may have one.
//!
//! - [`table`]: Microsoft's products and service plans, as shipped with the program.
//! - [`stock`]: what the tenant owns of them.
//! - [`nickname`]: short names, shipped and the operator's own.
//! - [`resolve`], [`complete`]: from what someone typed to a product; [`apps`]: to an app inside one.
//! - [`rules`]: which plans exclude or need each other; [`editions`]: which are smaller editions of others.

pub mod apps;
mod closeness;
pub mod complete;
pub mod editions;
mod familiar;
mod fold;
pub mod nickname;
pub mod resolve;
pub mod rules;
pub mod stock;
pub mod table;
#[cfg(test)]
pub(crate) mod testing;

pub use apps::{App, AppResolution};
pub use nickname::{NicknameError, Nicknames};
pub use resolve::{Catalog, Resolution, Step};
pub use stock::{AppliesTo, CapabilityStatus, NotAssignable, OwnedPlan, OwnedSku, Stock};
pub use table::{PlanClass, Product, ProductTable, ServicePlan, products};
