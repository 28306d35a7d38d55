//! `licensebot commands`.

use super::args::{CommandsCall, ExportFormat, ExportLocale};
use super::output::Output;
use crate::domain::grammar::{export_discord, export_markdown};
use crate::domain::text::Locale;
use crate::runtime::Problem;

pub(super) fn run(call: &CommandsCall, output: &mut Output) -> Result<u8, Problem> {
    let CommandsCall::Export { format, locale } = call;
    let locale = match locale {
        ExportLocale::En => Locale::En,
        ExportLocale::Sv => Locale::Sv,
    };
    output.text(&match format {
        ExportFormat::Discord => export_discord(),
        ExportFormat::Markdown => export_markdown(locale),
    });
    Ok(0)
}
