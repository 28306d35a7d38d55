//! What the flow tests stand on: a whole world that runs in this process, people who type and click in it, and the tenant that
//! tells what really happened. Never looks into the program's parts: everything goes over HTTP.

mod actor;
pub mod certificate;
mod chat;
mod process;
mod said;
mod specs;
mod tenant;
mod world;

pub use actor::{Actor, Clicked};
pub use chat::Chat;
pub use process::{Process, licensebot};
pub use said::Said;
pub use specs::published;
pub use tenant::Tenant;
pub use world::World;

use std::time::Duration;

use reqwest::Client;

/// Longer than anything here takes; a test that waits so long has failed.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks.
pub const LOOK: Duration = Duration::from_millis(10);

/// Speaks to what listens on this machine, whatever proxy the environment names.
pub fn http() -> Client {
    Client::builder().no_proxy().timeout(PATIENCE).build().unwrap()
}
