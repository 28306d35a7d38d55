//! All that a running sandbox shares between its calls, and the one way in which the tenant changes.

use std::io;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use uuid::Uuid;

use super::calls::Calls;
use super::clock::TenantClock;
use super::faults::Faults;
use super::random::RandomBytes;
use super::store::{Credentials, Journal};
use super::tenant::{Entry, Mutation, Tenant};

/// The running sandbox.
pub(super) struct State {
    /// Readers hold it for one answer, the writer for the instant of a change that is on the disk already.
    tenant: RwLock<Tenant>,
    /// Held from the decision about a change until it is made: of two who want the last seat, one decides second.
    journal: Mutex<Journal>,
    pub(super) credentials: Credentials,
    /// The bot's registration and its secret.
    pub(super) bot: (Uuid, SecretString),
    pub(super) clock: Arc<dyn TenantClock>,
    pub(super) random: Arc<dyn RandomBytes>,
    pub(super) faults: Faults,
    pub(super) calls: Calls,
    /// What reads show instead of the tenant, and until when.
    past: Mutex<Option<(Timestamp, Arc<Tenant>)>>,
}

/// Who asks for a change.
pub(super) struct Author {
    pub(super) app: Uuid,
    pub(super) request_id: Uuid,
    pub(super) client_request_id: String,
}

/// Why a change was not made.
pub(super) enum NotMade<E> {
    Refused(E),
    Disk(io::Error),
}

/// The tenant as reads see it.
pub(super) enum Shown<'a> {
    Now(RwLockReadGuard<'a, Tenant>),
    Past(Arc<Tenant>),
}

impl Deref for Shown<'_> {
    type Target = Tenant;

    fn deref(&self) -> &Tenant {
        match self {
            Self::Now(tenant) => tenant,
            Self::Past(tenant) => tenant,
        }
    }
}

impl State {
    pub(super) fn new(
        tenant: Tenant,
        journal: Journal,
        credentials: Credentials,
        bot: (Uuid, SecretString),
        clock: Arc<dyn TenantClock>,
        random: Arc<dyn RandomBytes>,
    ) -> Self {
        Self {
            tenant: RwLock::new(tenant),
            journal: Mutex::new(journal),
            credentials,
            bot,
            clock,
            random,
            faults: Faults::default(),
            calls: Calls::default(),
            past: Mutex::default(),
        }
    }

    /// The tenant as it is now, with all done that was due.
    pub(super) fn tenant(&self) -> RwLockReadGuard<'_, Tenant> {
        let now = self.clock.now();
        let tenant = self.read();
        if !tenant.is_due(now) {
            return tenant;
        }
        drop(tenant);
        // Not between a change that is being made and the work that comes after it: a replay knows only the order of times.
        let journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        self.run_due(now);
        drop(journal);
        self.read()
    }

    fn read(&self) -> RwLockReadGuard<'_, Tenant> {
        self.tenant.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn run_due(&self, now: Timestamp) {
        self.tenant.write().unwrap_or_else(PoisonError::into_inner).run_due(now);
    }

    /// The tenant as reads see it: as it is now, unless they shall lag behind.
    pub(super) fn shown(&self) -> Shown<'_> {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match past.filter(|(until, _)| self.clock.now() < *until) {
            Some((_, tenant)) => Shown::Past(tenant),
            None => Shown::Now(self.tenant()),
        }
    }

    /// From now on, and for so long by the tenant's clock, reads show the tenant as it is now.
    pub(super) fn show_no_change_for(&self, time: SignedDuration) {
        let until = self.clock.now().saturating_add(time).unwrap_or(Timestamp::MAX);
        let now = Arc::new(self.tenant().clone());
        *self.past.lock().unwrap_or_else(PoisonError::into_inner) = Some((until, now));
    }

    /// Decides on a change and makes it: first on the disk, then in memory. Blocks for the disk. `None`: there is nothing to
    /// change, and that is no refusal.
    pub(super) fn commit<E>(
        &self,
        author: Author,
        decide: impl FnOnce(&Tenant) -> Result<Option<Mutation>, E>,
    ) -> Result<(), NotMade<E>> {
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        let at = self.read().present(self.clock.now());
        self.run_due(at);
        let Some(what) = decide(&self.read()).map_err(NotMade::Refused)? else { return Ok(()) };
        let Author { app, request_id, client_request_id } = author;
        let entry = Entry { seq: journal.next_seq(), at, app, request_id, client_request_id, what };
        journal.append(&entry).map_err(NotMade::Disk)?;
        let mut tenant = self.tenant.write().unwrap_or_else(PoisonError::into_inner);
        tenant.apply(&entry).map_err(|error| NotMade::Disk(io::Error::other(error.to_string())))
    }

    /// The accepted changes after this number, read from the disk.
    pub(super) fn ledger(&self, after: u64) -> io::Result<Vec<Entry>> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner).after(after)
    }
}
