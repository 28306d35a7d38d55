//! The reference for people, as a document. Never says more than help does.

use std::fmt::Write;

use crate::domain::command::Verb;
use crate::domain::grammar::help::{HelpPage, page, say};
use crate::domain::grammar::spec::spec;
use crate::domain::text::Locale;

/// The reference of all commands in one language.
pub fn export_markdown(locale: Locale) -> String {
    let pages: Vec<HelpPage> = Verb::ALL.into_iter().map(|verb| page(spec(verb), locale)).collect();
    let mut text = format!("<!-- {} -->\n\n# {}\n\n", say(locale, "help-generated"), say(locale, "help-title"));
    text.push_str(&say(locale, "help-words"));
    text.push_str("\n\n");
    for page in &pages {
        let verb = page.line.verb;
        put(&mut text, format_args!("- [`{}`](#{verb}): {}\n", page.line.usage, page.line.summary));
    }
    for page in &pages {
        section(&mut text, page, locale);
    }
    text
}

fn section(text: &mut String, page: &HelpPage, locale: Locale) {
    let line = &page.line;
    put(text, format_args!("\n## {}\n\n{}.\n\n```text\n{}\n```\n", line.verb, line.summary, line.usage));
    if !page.args.is_empty() {
        put(text, format_args!("\n{}:\n\n", say(locale, "help-arguments")));
    }
    for arg in &page.args {
        let optional = if arg.required { String::new() } else { format!(" ({})", say(locale, "help-optional")) };
        put(text, format_args!("- `{}`{optional}: {}\n", arg.name, arg.summary));
    }
    put(text, format_args!("\n{}:\n\n", say(locale, "help-examples")));
    for example in &page.examples {
        put(text, format_args!("- `{}`: {}\n", example.typed, example.summary));
    }
}

fn put(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = text.write_fmt(words);
}
