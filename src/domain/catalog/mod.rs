//! Names, nicknames and part numbers of products, and what each product holds. Never says who may have one.
//!
//! - [`table`]: Microsoft's products and service plans, as shipped with the program.
//! - [`stock`]: what the tenant owns of them.

pub mod stock;
pub mod table;

pub use stock::{AppliesTo, CapabilityStatus, NotAssignable, OwnedPlan, OwnedSku, Stock};
pub use table::{PlanClass, Product, ProductTable, ServicePlan, products};
