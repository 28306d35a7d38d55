//! Randomness as the sandbox needs it: request ids, secrets, the signing key. Never draws any itself.

use uuid::Uuid;

/// Where random bytes come from. A closure will do; the program passes the operating system's generator, a test a
/// counter.
pub trait RandomBytes: Send + Sync {
    /// Fills the whole slice.
    fn fill(&self, bytes: &mut [u8]);
}

impl<F: Fn(&mut [u8]) + Send + Sync> RandomBytes for F {
    fn fill(&self, bytes: &mut [u8]) {
        self(bytes);
    }
}

/// A version 4 GUID.
pub(super) fn guid(random: &dyn RandomBytes) -> Uuid {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
