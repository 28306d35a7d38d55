//! What can be typed. The words come from the files in `commands/`.

use super::{App, Outcome};
use crate::domain::command::Verb;
use crate::domain::grammar;
use crate::domain::text::Locale;
use crate::domain::view::reading;

impl App {
    pub(super) fn help(&self, verb: Option<Verb>, locale: Locale) -> Outcome {
        self.answer(reading::help(&grammar::help(verb, locale)))
    }
}
