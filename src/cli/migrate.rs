//! `licensebot migrate`: brings the database to the version of this program. Never while a bot works on it.

use super::args::DataArgs;
use super::output::Output;
use super::place::{Database, Place};
use crate::adapters::store::lock::InstanceLock;
use crate::adapters::store::sqlite::SqliteStore;
use crate::runtime::Problem;
use crate::runtime::workbench::directory;

pub(super) async fn run(data: &DataArgs, json: bool, output: &mut Output) -> Result<u8, Problem> {
    let database = Database::at(&Place::of(data)?)?;
    let _lock = InstanceLock::take(directory(&database.file))?;
    let tenant = database.owner().await?;
    let store = SqliteStore::open(&database.file, tenant, database.key).await;
    store.map_err(|error| Problem::opening(&database.file, error))?.close().await;
    let file = database.file.display().to_string();
    output.line(&if json {
        serde_json::json!({ "database": file, "tenant": tenant }).to_string()
    } else {
        format!("The database at {file} is of this version, for tenant {tenant}.")
    });
    Ok(0)
}
