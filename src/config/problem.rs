//! What is wrong with a configuration: where, which key, and what to do. Never stops at the first, and never says a secret.

use std::fmt;

/// One thing that is wrong, at its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigProblem {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// `section.key`; empty for the file as a whole.
    pub key: String,
    /// A sentence, and what to do.
    pub message: String,
}

/// Everything that is wrong: one problem a line, as `file:line:column: key: sentence`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .lines.join("\n"))]
pub struct Problems {
    lines: Vec<String>,
}

impl Problems {
    /// The file cannot be used at all.
    pub(super) fn of_file(name: &str, sentence: impl fmt::Display) -> Self {
        Self { lines: vec![format!("{name}: {sentence}")] }
    }

    /// Problems of the file, in its order, and then those of other files.
    pub(super) fn new(name: &str, mut own: Vec<ConfigProblem>, others: impl IntoIterator<Item = String>) -> Self {
        own.sort();
        own.dedup();
        let own = own.into_iter().map(|problem| problem.in_file(name));
        Self { lines: own.chain(others).collect() }
    }

    /// Each problem, ready to be printed.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

impl ConfigProblem {
    pub(super) fn in_file(self, name: &str) -> String {
        let Self { line, column, key, message } = self;
        if key.is_empty() {
            format!("{name}:{line}:{column}: {message}")
        } else {
            format!("{name}:{line}:{column}: {key}: {message}")
        }
    }
}
