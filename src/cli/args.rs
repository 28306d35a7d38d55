//! What can be called, with what. Secrets are never among it.

mod policy;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::domain::ids::RequestId;
use crate::runtime::clock::LATEST;
pub(super) use policy::{ExplainArgs, ExplainVerb, PolicyArgs, PolicyCall};

/// Microsoft 365 license management from a chat window.
#[derive(Debug, Parser)]
#[command(name = "licensebot", version, about, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) call: Call,
}

#[derive(Debug, Subcommand)]
pub(super) enum Call {
    /// Live the whole story on this machine: a sandbox tenant, the bot, and a web chat with people to be
    Demo(DemoArgs),
    /// Run the bot for a real tenant; until a chat platform exists it checks everything and stops
    Serve(ConfigArgs),
    /// Run the sandbox tenant alone; prints how to reach it
    Sandbox(SandboxArgs),
    /// Say everything that is wrong with configuration and policies
    Check(CheckArgs),
    /// What `commands/` generates
    #[command(subcommand)]
    Commands(CommandsCall),
    /// Prove and export the audit trail
    #[command(subcommand)]
    Audit(AuditCall),
    /// Which rule decides and why, and policy cases as a test
    #[command(subcommand)]
    Policy(PolicyCall),
    /// Look at a request, and settle one that needs an operator
    #[command(subcommand)]
    Request(RequestCall),
    /// Bring the database to this version; makes it where there is none
    Migrate {
        #[command(flatten)]
        data: DataArgs,
        /// For scripts
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// The configuration; config.example.toml explains every key
    #[arg(long, value_name = "FILE")]
    pub(super) config: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// The configuration; config.example.toml explains every key
    #[arg(long, value_name = "FILE")]
    pub(super) config: PathBuf,
    /// Sign in too, read what the bot reads, and look at the granted permissions
    #[arg(long)]
    pub(super) online: bool,
    /// For scripts
    #[arg(long)]
    pub(super) json: bool,
}

/// Where the data is: exactly one.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct DataArgs {
    /// The configuration of a real tenant
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The data directory of a demo
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum AuditCall {
    /// Prove the whole trail; exit code 1 names the first thing that is wrong
    Verify {
        #[command(flatten)]
        data: DataArgs,
        /// What `audit head` printed earlier: finds a database that was put back
        #[arg(long, value_name = "SEQ:HASH")]
        anchor: Option<String>,
        /// For scripts
        #[arg(long)]
        json: bool,
    },
    /// Where the trail ends; keep the line somewhere else
    Head {
        #[command(flatten)]
        data: DataArgs,
        /// For scripts
        #[arg(long)]
        json: bool,
    },
    /// Write every record to standard output
    Export {
        #[command(flatten)]
        data: DataArgs,
        /// How
        #[arg(long, default_value = "jsonl")]
        format: AuditFormat,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum AuditFormat {
    /// One JSON object a line
    Jsonl,
    /// Comma-separated
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Where the web chat listens; loopback only
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub(super) listen: SocketAddr,
    /// Where everything is kept
    #[arg(long, default_value = "licensebot-demo", value_name = "DIR")]
    pub(super) data: PathBuf,
    /// The time it is at least, such as 2026-12-01T09:00:00Z
    #[arg(long, value_name = "TIME", value_parser = demo_time)]
    pub(super) clock: Option<Timestamp>,
    /// A sandbox that runs apart on this machine, such as http://127.0.0.1:8090
    #[arg(long, value_name = "URL")]
    pub(super) sandbox: Option<String>,
}

fn demo_time(typed: &str) -> Result<Timestamp, String> {
    let time: Timestamp =
        typed.parse().map_err(|_| "write a time with its zone, such as 2026-12-01T09:00:00Z".to_owned())?;
    if time < LATEST { Ok(time) } else { Err("the demo's time ends with the year 2099".to_owned()) }
}

#[derive(Debug, Args)]
pub(super) struct SandboxArgs {
    /// Where it listens; loopback only
    #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDRESS")]
    pub(super) listen: SocketAddr,
    /// Where the tenant is kept
    #[arg(long, default_value = "licensebot-sandbox", value_name = "DIR")]
    pub(super) data: PathBuf,
    /// A certificate (PEM) that the bot may sign in with, as well as with the secret
    #[arg(long, value_name = "FILE")]
    pub(super) certificate: Option<PathBuf>,
    /// A company of your own; docs/sandbox.md explains every key
    #[arg(long, value_name = "FILE")]
    pub(super) tenant: Option<PathBuf>,
    /// Write the company as a tenant file to standard output, and stop
    #[arg(long)]
    pub(super) print_tenant: bool,
    /// Faults to come, in the order in which they wait for their calls
    #[arg(long, value_name = "FILE")]
    pub(super) faults: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum CommandsCall {
    /// Print what is checked in under commands/generated/
    Export {
        /// For whom
        #[arg(long)]
        format: ExportFormat,
        /// In which language, for markdown
        #[arg(long, default_value = "en")]
        locale: ExportLocale,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ExportFormat {
    /// The body of Discord's bulk overwrite
    Discord,
    /// A page to read
    Markdown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ExportLocale {
    /// English
    En,
    /// Swedish
    Sv,
}

#[derive(Debug, Subcommand)]
pub(super) enum RequestCall {
    /// Where it stands, and every step of its trail
    Show {
        /// Such as R-7K3MQ2XA
        id: RequestId,
        #[command(flatten)]
        data: DataArgs,
        /// For scripts
        #[arg(long)]
        json: bool,
    },
    /// Say what happened to a request that needs an operator; the bot must not run meanwhile
    Resolve {
        /// Such as R-7K3MQ2XA
        id: RequestId,
        #[command(flatten)]
        data: DataArgs,
        /// With --data: the sandbox that runs apart and that the demo worked with, such as http://127.0.0.1:8090
        #[arg(long, value_name = "URL", conflicts_with = "config")]
        sandbox: Option<String>,
        #[command(flatten)]
        found: Found,
        /// How you know; it stands in the trail
        #[arg(long)]
        reason: String,
        /// For scripts
        #[arg(long)]
        json: bool,
    },
}

/// What the operator found in the directory. Exactly one.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Found {
    /// The change is there
    #[arg(long)]
    pub(super) applied: bool,
    /// The change is not there
    #[arg(long)]
    pub(super) not_applied: bool,
}
