//! `licensebot audit`: prove the trail, say where it ends, export it. Reads alone, also while the bot writes. Never mends.

use serde_json::json;

use super::args::{AuditCall, AuditFormat, DataArgs};
use super::output::{Output, unwritten};
use super::place::{Database, Place};
use crate::adapters::store::sqlite::{ExportError, ExportFormat, SqliteReader};
use crate::domain::audit::Anchor;
use crate::ports::StoreError;
use crate::runtime::Problem;

pub(super) async fn run(call: AuditCall, output: &mut Output) -> Result<u8, Problem> {
    match call {
        AuditCall::Verify { data, anchor, json } => {
            let anchor = anchor.as_deref().map(read_anchor).transpose()?;
            verify(&open(&data).await?, anchor, json, output).await
        }
        AuditCall::Head { data, json } => head(&open(&data).await?, json, output).await,
        AuditCall::Export { data, format } => export(&open(&data).await?, format, output).await,
    }
}

async fn verify(reader: &SqliteReader, anchor: Option<Anchor>, json: bool, output: &mut Output) -> Result<u8, Problem> {
    let report = reader.verify(anchor).await.map_err(unreadable)?;
    let head = report.head.to_string();
    match (&report.fault, json) {
        (None, true) => {
            let found = json!({ "holds": true, "records": report.records, "requests": report.requests, "head": head });
            output.line(&found.to_string());
        }
        (Some(fault), true) => {
            output.line(&json!({ "holds": false, "fault": fault, "message": fault.to_string() }).to_string());
        }
        (None, false) => output.line(&format!(
            "The trail holds: {}, {} rebuilt. It ends at {head}",
            counted(report.records, "record"),
            counted(report.requests, "request")
        )),
        (Some(fault), false) => {
            super::output::error(&format!(
                "The trail does not hold: {fault}. Stop the bot, keep a copy of the database, and find out who could write to it."
            ));
        }
    }
    Ok(u8::from(report.fault.is_some()))
}

fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

async fn head(reader: &SqliteReader, json: bool, output: &mut Output) -> Result<u8, Problem> {
    let head = reader.head().await.map_err(unreadable)?.to_string();
    output.line(&if json { json!({ "head": head }).to_string() } else { head });
    Ok(0)
}

async fn export(reader: &SqliteReader, format: AuditFormat, output: &mut Output) -> Result<u8, Problem> {
    let format = match format {
        AuditFormat::Jsonl => ExportFormat::JsonLines,
        AuditFormat::Csv => ExportFormat::Csv,
    };
    match reader.export(format, output.writer()).await {
        // Whoever read along had enough.
        Err(ExportError::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(0),
        Err(ExportError::Write(error)) => Err(unwritten(&error)),
        Err(ExportError::Store(error)) => {
            Err(Problem::new(format!("{error}; see what `licensebot audit verify` says")))
        }
        Ok(_) => Ok(0),
    }
}

fn read_anchor(text: &str) -> Result<Anchor, Problem> {
    text.parse().map_err(|_| {
        Problem::usage(format!("`{text}` is no anchor; give what `licensebot audit head` printed, such as 42:9f86d0…"))
    })
}

/// The database, wherever the call says it is.
pub(super) async fn open(data: &DataArgs) -> Result<SqliteReader, Problem> {
    Database::at(&Place::of(data)?)?.read().await
}

pub(super) fn unreadable(error: StoreError) -> Problem {
    Problem::new(match error {
        StoreError::Failed(_) => "the database cannot be read; see that its disk is sound, and try again".to_owned(),
        StoreError::Damaged(_) => format!("{error}; put back a copy that is whole"),
    })
}
