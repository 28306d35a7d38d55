//! Words on their way out. A pipe that was closed ends the output, not the program.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::config::reason;
use crate::runtime::Problem;
use crate::runtime::terminal::harmless;

/// Standard output.
pub(super) struct Output {
    out: Box<dyn Write + Send>,
    lost: Option<io::Error>,
}

impl Output {
    pub(super) fn standard() -> Self {
        Self { out: Box::new(io::stdout()), lost: None }
    }

    /// One line.
    pub(super) fn line(&mut self, text: &str) {
        self.text(&format!("{text}\n"));
    }

    /// Text, with whatever a terminal would obey written out: names come from elsewhere.
    pub(super) fn text(&mut self, text: &str) {
        let written = self.out.write_all(harmless(text).as_bytes()).and_then(|()| self.out.flush());
        // Whoever read along may have gone; there is nobody left to tell.
        self.lost = written.err().filter(|error| error.kind() != io::ErrorKind::BrokenPipe).or(self.lost.take());
    }

    /// The verdict, unless what it says could not be written.
    pub(super) fn end(self, code: u8) -> ExitCode {
        match self.lost {
            None => ExitCode::from(code),
            Some(lost) => {
                error(&unwritten(&lost).to_string());
                ExitCode::from(code.max(1))
            }
        }
    }

    /// Where a room writes by itself.
    pub(super) fn writer(&mut self) -> &mut (dyn Write + Send) {
        &mut *self.out
    }

    /// Why it did not work: one sentence a line on standard error.
    pub(super) fn problem(&mut self, problem: &Problem) -> ExitCode {
        error(&problem.to_string());
        ExitCode::from(problem.code())
    }
}

/// Text on standard error.
pub(super) fn error(text: &str) {
    let _ = writeln!(io::stderr(), "{}", harmless(text));
}

/// What clap says: help and version are no mistakes.
pub(super) fn usage(said: &clap::Error) -> ExitCode {
    let printed = said.print().and_then(|()| io::stdout().flush());
    match printed {
        _ if said.use_stderr() => ExitCode::from(2),
        Err(lost) if lost.kind() != io::ErrorKind::BrokenPipe => {
            error(&unwritten(&lost).to_string());
            ExitCode::from(1)
        }
        Ok(()) | Err(_) => ExitCode::SUCCESS,
    }
}

/// What was to be said is not said whole.
pub(super) fn unwritten(lost: &io::Error) -> Problem {
    Problem::new(format!("the answer could not be written: {}; see where standard output goes", reason::of(lost)))
}
