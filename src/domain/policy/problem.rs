//! What is wrong with policies and routes: where, and what to do. Never stops at the first problem; an operator sees all of
//! them at once.

use std::fmt;

use miette::Diagnostic;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyProblem {
    /// Where.
    pub place: Place,
    /// What, and what to do, in a sentence.
    pub message: String,
}

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the text of a policy.
    Text {
        /// The name that the text was given under.
        file: String,
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
    },
    /// In a route; the configuration knows its line.
    Route(String),
}

impl fmt::Display for PolicyProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Text { file, line, column } => write!(formatter, "{file}:{line}:{column}: {}", self.message),
            Place::Route(name) => write!(formatter, "route `{name}`: {}", self.message),
        }
    }
}

impl PolicyProblem {
    pub(super) fn in_route(name: &str, message: impl Into<String>) -> Self {
        Self { place: Place::Route(name.to_owned()), message: message.into() }
    }

    pub(super) fn in_text(file: &str, text: &str, offset: usize, message: impl Into<String>) -> Self {
        let (line, column) = position(text, offset);
        Self { place: Place::Text { file: file.to_owned(), line, column }, message: message.into() }
    }

    /// A problem that Cedar found. It stands where Cedar points, else at `offset`.
    pub(super) fn of_cedar(file: &str, text: &str, offset: usize, error: &dyn Diagnostic) -> Self {
        let pointed = error.labels().and_then(|mut labels| labels.next()).map(|label| label.offset());
        let help = error.help().map(|help| format!("; {help}")).unwrap_or_default();
        let message = format!("{error}{help}").replace('\n', " ");
        Self::in_text(file, text, pointed.unwrap_or(offset), message)
    }
}

/// Line and column, both from 1, of a byte offset.
pub(crate) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_and_characters() {
        assert_eq!(position("", 0), (1, 1));
        assert_eq!(position("åb\nc", 2), (1, 2));
        assert_eq!(position("åb\nc", 4), (2, 1));
        assert_eq!(position("ab", 99), (1, 3));
    }
}
