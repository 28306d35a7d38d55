//! The connection under a call, so that one can be cut without a byte of an answer, and what shall happen to the answer on
//! its way. Knows TCP, never what a call means.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::connect_info::Connected;
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use super::damage::Damage;

/// A handle on the connection that a call came in on.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    cut: Arc<AtomicBool>,
    /// The connection looks at `cut`; without that only the answer's body can be broken off.
    watched: bool,
    /// The call's own address.
    url: String,
    damage: Arc<Mutex<Option<Damage>>>,
}

impl Link {
    /// The same connection under one call, whose answer may be damaged and no other.
    pub(super) fn under(&self, url: String) -> Self {
        Self { cut: Arc::clone(&self.cut), watched: self.watched, url, damage: Arc::default() }
    }

    /// This shall happen to the call's answer.
    pub(super) fn damage(&self, damage: Damage) {
        *self.damage.lock().unwrap_or_else(PoisonError::into_inner) = Some(damage);
    }

    /// What shall happen to the call's answer; whoever takes it, does it.
    pub(super) fn take_damage(&self) -> Option<Damage> {
        self.damage.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Nothing more shall be written to the connection.
    pub(super) fn cut(&self) {
        self.cut.store(true, Ordering::Release);
    }

    fn is_cut(&self) -> bool {
        self.cut.load(Ordering::Acquire)
    }

    /// The answer as it goes into the connection, with its damage; when the connection is cut and cannot know it, an answer
    /// that breaks off.
    pub(super) async fn finish(&self, mut response: Response) -> Response {
        if let Some(damage) = self.take_damage() {
            response = damage.apply(response, &self.url).await;
        }
        if self.is_cut() && !self.watched {
            let broken = futures_util::stream::once(async { Err::<Bytes, _>(io::Error::other("cut on demand")) });
            *response.body_mut() = Body::from_stream(broken);
        }
        response
    }
}

/// Accepts connections that can be cut.
pub(super) struct CuttableListener(pub(super) TcpListener);

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Answers are small and each is awaited: holding one back for a fuller packet only costs time.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection stays with Nagle's algorithm");
        }
        (CuttableStream { stream, link: Link { watched: true, ..Link::default() } }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Link {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.io().link.clone()
    }
}

/// A connection that fails to write from the moment it is cut; hyper then drops it.
pub(super) struct CuttableStream {
    stream: TcpStream,
    link: Link,
}

impl CuttableStream {
    fn open(self: Pin<&mut Self>) -> io::Result<Pin<&mut TcpStream>> {
        let this = self.get_mut();
        if this.link.is_cut() { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(Pin::new(&mut this.stream)) }
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.open() {
            Ok(stream) => stream.poll_write(context, bytes),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.open() {
            Ok(stream) => stream.poll_write_vectored(context, slices),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.open() {
            Ok(stream) => stream.poll_flush(context),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
