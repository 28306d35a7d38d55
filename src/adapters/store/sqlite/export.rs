//! The trail for other programs, as lines of JSON or as CSV (RFC 4180), streamed. Each line holds the exact text that its seal
//! covers, so that whoever has the key can prove the export too. Never exports a record whose seal is broken.

use std::io::{self, Write};

use futures_util::TryStreamExt;

use super::code::sql;
use super::reader::SqliteReader;
use super::trail::{Sealed, TrailRow};
use crate::domain::audit::{Happening, Reading, Record};
use crate::domain::request::Actor;
use crate::ports::StoreError;

/// How the trail is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON object a line: `seq`, `record`, `previous`, `seal`.
    JsonLines,
    /// With a head line.
    Csv,
}

/// The export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed, or a record is not the one that was sealed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nobody takes it any more: pipe closed, disk full.
    #[error("the export cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl SqliteReader {
    /// Writes the whole trail, oldest record first; gives back how many there were.
    ///
    /// # Errors
    /// [`ExportError`]; what was written before stays written.
    pub async fn export(&self, format: ExportFormat, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
        if format == ExportFormat::Csv {
            write!(out, "seq,at,actor,what,request,record,previous,seal\r\n")?;
        }
        let mut rows = sqlx::query_as::<_, TrailRow>(
            "SELECT seq, at, request, record, previous, seal FROM audit WHERE tenant = $1 ORDER BY seq",
        )
        .bind(&self.tenant_column)
        .fetch(&self.pool);
        let mut records = 0;
        while let Some(row) = rows.try_next().await.map_err(sql)? {
            let sealed = row.open(&self.key)?;
            match format {
                ExportFormat::JsonLines => json_line(out, &sealed)?,
                ExportFormat::Csv => csv_line(out, &sealed)?,
            }
            records += 1;
        }
        out.flush()?;
        Ok(records)
    }
}

fn json_line(out: &mut dyn Write, sealed: &Sealed) -> io::Result<()> {
    let Sealed { record, text, previous, seal } = sealed;
    // The record goes out as it was sealed, byte for byte; it is one line of JSON already.
    writeln!(out, r#"{{"seq":{},"record":{text},"previous":"{}","seal":"{}"}}"#, record.seq, previous.0, seal.0)
}

fn csv_line(out: &mut dyn Write, sealed: &Sealed) -> io::Result<()> {
    let Sealed { record, text, previous, seal } = sealed;
    let (what, request) = what(record);
    let (actor, quoted) = (actor(record.actor), text.replace('"', "\"\""));
    write!(out, "{},{},{actor},{what},{request},\"{quoted}\",{},{}\r\n", record.seq, record.at, previous.0, seal.0)
}

fn actor(actor: Actor) -> String {
    match actor {
        Actor::Person(person) => person.to_string(),
        Actor::Bot => "bot".to_owned(),
        Actor::CommandLine => "command_line".to_owned(),
    }
}

/// The word for what happened, and the request it happened to.
fn what(record: &Record) -> (&'static str, &str) {
    match &record.happening {
        Happening::Request { id, event } => (event.name(), id.as_str()),
        Happening::Read(Reading::Person(_)) => ("read_person", ""),
        Happening::Read(Reading::Holders(_)) => ("read_holders", ""),
        Happening::Read(Reading::Request(id)) => ("read_request", id.as_str()),
    }
}
