//! Ports that are listened on. Never decides on which address: who calls knows whom it may reach.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use super::Problem;

/// Listens, and tells on which port where the address leaves that to the system.
///
/// # Errors
/// [`Problem`]: the system refuses it.
pub async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Problem> {
    let listener = TcpListener::bind(address).await.map_err(|error| Problem::listen(address, &error))?;
    let chosen = listener.local_addr().map_err(|error| Problem::listen(address, &error))?;
    Ok((listener, chosen))
}
