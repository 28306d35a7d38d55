//! `licensebot sandbox`.

use std::sync::Arc;

use secrecy::ExposeSecret;
use tokio::net::TcpListener;

use super::args::SandboxArgs;
use super::output::Output;
use crate::adapters::store::lock::InstanceLock;
use crate::runtime::clock::machine_now;
use crate::runtime::data_dir::DataDir;
use crate::runtime::tenant::open_sandbox;
use crate::runtime::{Problem, shutdown};
use crate::sandbox::OffsetClock;

pub(super) async fn run(args: SandboxArgs, output: &mut Output) -> Result<u8, Problem> {
    if !args.listen.ip().is_loopback() {
        let message = format!("{} can be reached from elsewhere; the sandbox listens on loopback only", args.listen);
        return Err(Problem::usage(message));
    }
    let data = DataDir::at(args.data);
    data.make().map_err(|error| Problem::data(data.path(), error))?;
    let _lock = InstanceLock::take(data.path()).map_err(|error| Problem::new(error.to_string()))?;
    let clock = OffsetClock::open(data.path(), machine_now).map_err(|error| Problem::data(data.path(), error))?;
    let sandbox = open_sandbox(data.path().to_owned(), Arc::new(clock)).await?;
    let listener = TcpListener::bind(args.listen).await.map_err(|error| Problem::listen(args.listen, &error))?;
    let address = listener.local_addr().map_err(|error| Problem::listen(args.listen, &error))?;
    let facts = sandbox.facts(address);
    let stop = shutdown::requested();
    output.line(&format!("base URL       {}", facts.base_url));
    output.line(&format!("tenant id      {}", facts.tenant_id));
    output.line(&format!("client id      {}", facts.client_id));
    output.line(&format!("client secret  {}", facts.client_secret.expose_secret()));
    let served = sandbox.serve(listener, stop).await;
    served.map_err(|error| Problem::new(format!("the sandbox stopped: {error}")))?;
    Ok(0)
}
