//! What README.md holds: commands for a shell, the steps of the tour, the rows of its table, and the files that it points to.

use std::sync::LazyLock;

use regex::Regex;

pub const README: &str = include_str!("../../README.md");

static SPAN: LazyLock<Regex> = LazyLock::new(|| Regex::new("`([^`\n]+)`").unwrap());

/// A numbered step of the tour.
pub struct Step {
    pub title: &'static str,
    /// Whom one is to be; nobody where it is not about the chat.
    pub who: Option<&'static str>,
    pub lines: Vec<&'static str>,
}

/// A row of the table that follows.
pub struct Row {
    pub who: &'static str,
    pub lines: Vec<&'static str>,
    pub promise: &'static str,
}

/// What is shown to be typed into a shell, without the comments.
pub fn shell_commands(text: &'static str) -> Vec<&'static str> {
    let shown =
        text.lines().filter(|line| line.starts_with("    ")).map(|line| line.split(" #").next().unwrap().trim());
    shown.filter(|line| !line.starts_with('/') && !line.is_empty()).collect()
}

/// What stands between backticks.
pub fn spans(text: &'static str) -> impl Iterator<Item = &'static str> {
    SPAN.captures_iter(text).map(|span| span.get(1).unwrap().as_str())
}

pub fn steps() -> Vec<Step> {
    static STEP: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^[0-9]+\. \*\*(\w+)\.\*\*(?: Be \*(\w+)\*)?(.*(?:\n   .*)*)").unwrap());
    let step = |found: regex::Captures<'static>| Step {
        title: found.get(1).unwrap().as_str(),
        who: found.get(2).map(|who| who.as_str()),
        lines: lines(found.get(3).unwrap().as_str()),
    };
    STEP.captures_iter(README).map(step).collect()
}

pub fn rows() -> Vec<Row> {
    let (_, table) = README.split_once("| be | type | see |\n|---|---|---|\n").unwrap();
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [who, typed, promise] = cells[..] else { panic!("not three cells: {line}") };
        let lines = lines(typed);
        assert!(!lines.is_empty(), "nothing to type: {line}");
        Row { who, lines, promise }
    };
    table.lines().take_while(|line| line.starts_with('|')).map(row).collect()
}

fn lines(text: &'static str) -> Vec<&'static str> {
    spans(text).filter(|span| span.starts_with('/')).collect()
}
