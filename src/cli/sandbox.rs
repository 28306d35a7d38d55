//! `licensebot sandbox`: serves a tenant, or writes its description.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::ExposeSecret;

use super::args::SandboxArgs;
use super::output::Output;
use crate::adapters::store::lock::InstanceLock;
use crate::config::{bounded, reason};
use crate::runtime::clock::machine_now;
use crate::runtime::data_dir::DataDir;
use crate::runtime::listener::listen;
use crate::runtime::tenant::{open_tenant, seeded};
use crate::runtime::{Problem, limits, shutdown};
use crate::sandbox::{FaultOrders, OffsetClock, Sandbox, SeedError, SeedTenant, Start};
use crate::x509::Certificate;

/// No certificate is longer, nor a chain of them.
const LONGEST: u64 = 64 * 1024;

/// No file of faults is longer.
const LONGEST_FAULTS: u64 = 1024 * 1024;

pub(super) async fn run(args: SandboxArgs, output: &mut Output) -> Result<u8, Problem> {
    if !args.listen.ip().is_loopback() {
        let message = format!("{} can be reached from elsewhere; the sandbox listens on loopback only", args.listen);
        return Err(Problem::usage(message));
    }
    if args.print_tenant {
        return print(args.tenant.as_deref(), output);
    }
    limits::raise()?;
    let start = start(args.tenant)?;
    let faults = args.faults.as_deref().map(faults).transpose()?;
    let data = DataDir::at(args.data);
    data.make().map_err(|error| Problem::data(data.path(), &error))?;
    let _lock = InstanceLock::take(data.path())?;
    let clock = OffsetClock::open(data.path(), machine_now).map_err(|error| Problem::data(&data.clock(), &error))?;
    let sandbox = open_tenant(data.path().to_owned(), start, Arc::new(clock)).await?;
    let thumbprint = match &args.certificate {
        Some(file) => Some(register(&sandbox, file)?),
        None => None,
    };
    sandbox.order(faults.unwrap_or_default());
    let (listener, address) = listen(args.listen).await?;
    let facts = sandbox.facts(address);
    let stop = shutdown::requested();
    output.line(&format!("base URL       {}", facts.base_url));
    output.line(&format!("tenant id      {}", facts.tenant_id));
    output.line(&format!("client id      {}", facts.client_id));
    output.line(&format!("client secret  {}", facts.client_secret.expose_secret()));
    if let Some(thumbprint) = thumbprint {
        output.line(&format!("certificate    {thumbprint}"));
    }
    let served = sandbox.serve(listener, stop).await;
    served.map_err(|error| Problem::listen(address, &error))?;
    Ok(0)
}

/// Registers the certificate in this file; gives its thumbprint.
fn register(sandbox: &Sandbox, file: &Path) -> Result<String, Problem> {
    let unusable = |why: String| Problem::usage(format!("{} {why}; name a certificate as PEM", file.display()));
    let text = File::open(file)
        .and_then(|open| bounded::text(&open, LONGEST))
        .map_err(|error| unusable(format!("cannot be read ({})", reason::of(&error))))?;
    let certificate = Certificate::from_pem(&text).map_err(|error| unusable(error.to_string()))?;
    let thumbprint = sandbox.register(certificate);
    thumbprint.map_err(|error| {
        Problem::new(format!("the certificate cannot be kept: {}; mend the data directory", reason::of(&error)))
    })
}

/// The company of the file, or whichever the directory holds.
fn start(file: Option<PathBuf>) -> Result<Start, Problem> {
    match file {
        Some(file) => Ok(Start::Described { company: SeedTenant::read(&file).map_err(mistaken)?, file }),
        None => Ok(Start::KeptOr(seeded()?)),
    }
}

/// The seeded company as it is written, or a file with all that was left out.
fn print(file: Option<&Path>, output: &mut Output) -> Result<u8, Problem> {
    match file {
        None => output.text(SeedTenant::northwind_text()),
        Some(file) => output.text(&SeedTenant::read(file).and_then(|company| company.to_toml()).map_err(mistaken)?),
    }
    Ok(0)
}

fn mistaken(error: SeedError) -> Problem {
    Problem::usage(error.to_string())
}

/// The faults of the file.
fn faults(file: &Path) -> Result<FaultOrders, Problem> {
    let text = File::open(file).and_then(|open| bounded::text(&open, LONGEST_FAULTS)).map_err(|error| {
        let why = reason::of(&error);
        Problem::usage(format!("{} cannot be read ({why}); name a file of faults", file.display()))
    })?;
    FaultOrders::parse(&text).map_err(|error| Problem::usage(format!("{}: {error}", file.display())))
}
