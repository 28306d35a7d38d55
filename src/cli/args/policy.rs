//! What `licensebot policy` can be called with.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::DataArgs;

/// Where the policy is; the demo's, when nothing is named.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(in crate::cli) struct PolicyArgs {
    /// The configuration that names the policies
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// The data directory of a demo
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PolicyCall {
    /// Say which rule would decide about a change, which route it takes, and who may vote
    Explain(ExplainArgs),
    /// Ask the policy every case of a file; exit code 1 when one fails
    Test {
        /// The cases
        file: PathBuf,
        #[command(flatten)]
        data: PolicyArgs,
        /// For scripts
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArgs {
    #[command(flatten)]
    pub(in crate::cli) data: DataArgs,
    /// With --data: the sandbox that runs apart and that the demo worked with, such as http://127.0.0.1:8090
    #[arg(long, value_name = "URL", conflicts_with = "config")]
    pub(in crate::cli) sandbox: Option<String>,
    /// Who would ask
    #[arg(long = "as", value_name = "WHO")]
    pub(in crate::cli) requester: String,
    /// What for
    #[arg(long, default_value = "assign")]
    pub(in crate::cli) verb: ExplainVerb,
    /// Whose licenses; whoever asks, when nobody is named
    #[arg(long, value_name = "WHO")]
    pub(in crate::cli) subject: Option<String>,
    /// The product; several with assign and unassign, each with a --product of its own; with swap, the one that goes
    #[arg(long = "product", value_name = "PRODUCT", required = true)]
    pub(in crate::cli) products: Vec<String>,
    /// With swap: the product that comes
    #[arg(long, value_name = "PRODUCT")]
    pub(in crate::cli) to: Option<String>,
    /// With assign: apps that stay off, with commas between them
    #[arg(long, value_name = "APPS", value_delimiter = ',')]
    pub(in crate::cli) apps_off: Vec<String>,
    /// With apps: apps to switch on, with commas between them
    #[arg(long, value_name = "APPS", value_delimiter = ',')]
    pub(in crate::cli) on: Vec<String>,
    /// With apps: apps to switch off, with commas between them
    #[arg(long, value_name = "APPS", value_delimiter = ',')]
    pub(in crate::cli) off: Vec<String>,
    /// For scripts
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExplainVerb {
    /// Assign products
    Assign,
    /// Unassign them
    Unassign,
    /// Replace one product by another
    Swap,
    /// Switch apps inside a product
    Apps,
}
