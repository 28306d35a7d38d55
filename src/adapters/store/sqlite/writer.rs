//! The one writer: changes that queue up while the disk is busy share the next transaction, each in a savepoint of its own.
//! Never answers before the commit returned; when the commit fails, nobody's change is there and everybody is told so.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::batch::Batch;
use super::code::{damaged, failed, sql};
use super::forgetting::Forgetting;
use super::open;
use super::trail::Head;
use super::unit::Desk;
use crate::domain::audit::{AuditKey, Reading};
use crate::domain::ids::{PersonId, TenantId};
use crate::domain::request::{Actor, Digest};
use crate::domain::text::Locale;
use crate::ports::{Commit, PostedCard, StoreError, Task, Unit};

/// Changes in one transaction at most.
const GROUP: usize = 64;
/// Changes that wait before callers have to.
const QUEUE: usize = 1024;

/// Something to write, whole.
#[derive(Debug)]
pub(super) enum Change {
    Unit(Box<Unit>),
    Reading(Timestamp, Actor, Reading),
    Policy(Digest, String),
    Cards(Vec<PostedCard>),
    Languages(Vec<(PersonId, Locale)>),
    Finish(Task),
    Postpone(Task, Timestamp),
}

type Written = Result<Commit, StoreError>;
type Job = (Change, oneshot::Sender<Written>);

/// The way to the writer's task.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

/// The store was closed, or its writer is gone.
#[derive(Debug, thiserror::Error)]
#[error("the store is closed")]
struct Closed;

impl Writer {
    pub(super) fn start(file: PathBuf, connection: SqliteConnection, tenant: TenantId, key: AuditKey) -> Self {
        let (jobs, inbox) = mpsc::channel(QUEUE);
        let pen =
            Pen { file, connection: Some(connection), tenant: tenant.to_string(), key, forgetting: Forgetting::new() };
        let task = tokio::spawn(pen.run(inbox));
        Self { jobs: Mutex::new(Some(jobs)), task: Mutex::new(Some(task)) }
    }

    pub(super) async fn write(&self, change: Change) -> Written {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let jobs = jobs.ok_or_else(|| failed(Closed))?;
        let (answer, answered) = oneshot::channel();
        jobs.send((change, answer)).await.map_err(|_| failed(Closed))?;
        answered.await.map_err(|_| failed(Closed))?
    }

    /// Writes what is queued, and lets go of the database.
    pub(super) async fn close(&self) {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the writer of the database ended badly");
        }
    }
}

/// What the writer's task owns.
struct Pen {
    file: PathBuf,
    /// None after a failure: its transaction may be in any state, and only closing it is certain to leave nothing.
    connection: Option<SqliteConnection>,
    tenant: String,
    key: AuditKey,
    forgetting: Forgetting,
}

impl Pen {
    async fn run(mut self, mut inbox: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(GROUP);
        while inbox.recv_many(&mut jobs, GROUP).await > 0 {
            let (changes, answers): (Vec<_>, Vec<_>) = jobs.drain(..).unzip();
            let results = match self.write_group(&changes).await {
                Ok(results) => results,
                Err(error) => self.give_up(error, changes.len()).await,
            };
            for (answer, result) in answers.into_iter().zip(results) {
                // Whoever does not wait any more finds the result in the database.
                let _ = answer.send(result);
            }
            changes.iter().for_each(|change| self.forgetting.saw(change));
            while self.forgetting.is_due() && inbox.is_empty() {
                self.forget().await;
            }
        }
        if let Some(connection) = self.connection
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "the database was not closed cleanly; nothing is lost");
        }
    }

    async fn write_group(&mut self, changes: &[Change]) -> Result<Vec<Written>, StoreError> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => none.insert(open::connect(&self.file).await?),
        };
        let mut group = connection.begin_with("BEGIN IMMEDIATE").await.map_err(sql)?;
        let head = Head::load(&mut group, &self.tenant, &self.key).await?;
        let alone = changes.len() == 1;
        let mut desk = Desk { connection: &mut group, tenant: &self.tenant, key: &self.key, head, alone };
        let results = match changes {
            [change] => vec![desk.write(change).await],
            several => write_each(&mut desk, several).await?,
        };
        match results.as_slice() {
            // What was alone needs no savepoint: all there is to undo is its own.
            [Err(_) | Ok(Commit::Lost(_) | Commit::Repeated | Commit::LaneTaken)] => group.rollback().await,
            _ => group.commit().await,
        }
        .map_err(sql)?;
        Ok(results)
    }

    /// Nobody waits for it, and what is not forgotten now is forgotten later.
    async fn forget(&mut self) {
        let Some(connection) = &mut self.connection else { return self.forgetting.rest() };
        if let Err(error) = self.forgetting.step(connection, &self.tenant).await {
            tracing::warn!(%error, "old deliveries could not be forgotten; they will be");
        }
    }

    async fn give_up(&mut self, error: StoreError, changes: usize) -> Vec<Written> {
        tracing::error!(
            error = &error as &(dyn std::error::Error + 'static),
            changes,
            "a transaction failed; none of its changes is there"
        );
        if let Some(connection) = self.connection.take() {
            // It may be what failed; the next group opens another.
            let _ = connection.close().await;
        }
        let error = Arc::new(error);
        (0..changes).map(|_| Err(share(&error))).collect()
    }
}

/// Each in a savepoint of its own, so that who loses takes back nobody else's.
async fn write_each(desk: &mut Desk<'_>, changes: &[Change]) -> Result<Vec<Written>, StoreError> {
    let before = desk.head;
    let mut results = Vec::with_capacity(changes.len());
    for change in changes {
        let mut savepoint = desk.connection.begin().await.map_err(sql)?;
        let mut own =
            Desk { connection: &mut savepoint, tenant: desk.tenant, key: desk.key, head: desk.head, alone: false };
        let result = own.write(change).await;
        let head = own.head;
        if matches!(result, Ok(Commit::Done)) {
            savepoint.commit().await.map_err(sql)?;
            desk.head = head;
        } else {
            savepoint.rollback().await.map_err(sql)?;
        }
        results.push(result);
    }
    if desk.head != before {
        let mut batch = Batch::new();
        desk.head.save(&mut batch, desk.tenant, desk.key)?;
        batch.run(desk.connection).await?;
    }
    Ok(results)
}

/// One failure, told to everybody it concerns.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Shared(Arc<StoreError>, #[source] Arc<StoreError>);

fn share(error: &Arc<StoreError>) -> StoreError {
    match error.as_ref() {
        StoreError::Damaged(what) => damaged(what.clone()),
        StoreError::Failed(_) => failed(Shared(Arc::clone(error), Arc::clone(error))),
    }
}
