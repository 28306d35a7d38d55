//! Randomness from the operating system. Never a generator of our own.

use crate::ports::Random;

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

/// Fills the bytes, or ends the process: without randomness nothing it does can be trusted.
pub fn fill(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        tracing::error!("the operating system gives no randomness");
        std::process::abort();
    }
}

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        fill(bytes);
    }
}
