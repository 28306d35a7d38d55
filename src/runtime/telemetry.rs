//! Logs: to standard error, one event a line. Never a secret, a token, a body or what people wrote.

use tracing_subscriber::EnvFilter;

/// What is logged when `LICENSEBOT_LOG` says nothing.
const DEFAULT: &str = "warn,licensebot=warn";

/// Starts logging. A second call changes nothing.
pub fn start() {
    let filter = EnvFilter::try_from_env("LICENSEBOT_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let json = std::env::var_os("LICENSEBOT_LOG_JSON").is_some();
    let _ = if json { lines.json().try_init() } else { lines.try_init() };
}
