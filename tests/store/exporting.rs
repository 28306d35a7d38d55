//! The exported trail can be read by others, and proven by whoever has the key.

use std::io::{self, Write};

use licensebot::adapters::store::sqlite::{ExportError, ExportFormat};
use licensebot::domain::audit::{Anchor, Reading, Record, Seal};
use licensebot::domain::request::Actor;
use licensebot::ports::Store;

use super::support::*;

async fn filled() -> Fresh {
    let fresh = Fresh::start().await;
    applied(&fresh.store, id(1), BO).await;
    fresh.store.record_reading(minute(5), Actor::Person(MEGAN), Reading::Request(id(1))).await.unwrap();
    fresh
}

async fn export(fresh: &Fresh, format: ExportFormat) -> String {
    let mut out = Vec::new();
    assert_eq!(fresh.store.reader().export(format, &mut out).await.unwrap(), 8);
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn lines_of_json_hold_what_was_sealed_byte_for_byte() {
    let fresh = filled().await;
    let lines = export(&fresh, ExportFormat::JsonLines).await;
    let mut last = Anchor { seq: 0, seal: key().genesis(TENANT) };
    for line in lines.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let record = line.split_once(r#""record":"#).unwrap().1.rsplit_once(r#","previous":"#).unwrap().0;
        let seq = value["seq"].as_u64().unwrap();
        let seal = key().seal(last.seal, seq, record);
        assert_eq!(value["previous"], last.seal.0.to_string());
        assert_eq!(value["seal"], seal.0.to_string());
        assert_eq!(Record::from_text(record).unwrap().seq, seq);
        last = Anchor { seq, seal };
    }
    assert_eq!(last, fresh.store.reader().head().await.unwrap());
}

#[tokio::test]
async fn csv_opens_in_a_spreadsheet() {
    let fresh = filled().await;
    let text = export(&fresh, ExportFormat::Csv).await;
    let rows: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 9);
    assert_eq!(rows[0], "seq,at,actor,what,request,record,previous,seal");
    let request = id(1);
    let starts = [
        format!("1,2026-11-24T09:00:00.123456789Z,bot,opened,{request},\"{{\"\"seq\"\":1,"),
        format!("3,2026-11-24T09:02:00.123456789Z,bot,voted,{request},\"{{\"\"seq\"\":3,"),
        format!("8,2026-11-24T09:05:00.123456789Z,{MEGAN},read_request,{request},\"{{\"\"seq\"\":8,"),
    ];
    for (row, start) in [rows[1], rows[3], rows[8]].into_iter().zip(starts) {
        assert!(row.starts_with(&start), "{row}");
    }
    // Doubled quotes undone, the text is the sealed one again.
    let quoted = rows[8].split_once(",\"").unwrap().1.rsplit_once("\",").unwrap().0;
    let record = quoted.replace("\"\"", "\"");
    let eighth = fresh.store.reader().head().await.unwrap();
    let previous = Seal(rows[8].split(',').rev().nth(1).unwrap().parse().unwrap());
    assert_eq!(key().seal(previous, 8, &record), eighth.seal);
}

/// Takes a little, then nothing more.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_full_disk_is_said_not_swallowed() {
    let fresh = filled().await;
    let error = fresh.store.reader().export(ExportFormat::JsonLines, &mut Full(700)).await.unwrap_err();
    assert!(matches!(&error, ExportError::Write(cause) if cause.kind() == io::ErrorKind::StorageFull), "{error}");
}
