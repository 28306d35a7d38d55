//! Which lines of the channel are for the bot. Everything else there is people talking to each other, and stays unanswered.

use crate::domain::command::Verb;
use crate::domain::grammar::{self, Misread};

/// Is the line for the bot: it begins with a slash, the bot's name, a mention of the bot or a verb, or with a slip of a verb in a
/// line that names a person or a request? A line without words is for the bot too: somebody wants something, and is told what.
pub(super) fn is_for_bot(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else { return true };
    let word = first.trim_end_matches([',', ':', ';', '!']);
    let called = first.starts_with(['/', '／', '<']) && first.len() > 1 && is_call(first);
    called || is_name(word) || word.parse::<Verb>().is_ok() || (is_slip(word) && words.any(names_something))
}

/// A command with its slash, or a mention as Discord (`<@1>`) and Teams (`<at>name</at>`) write it.
fn is_call(first: &str) -> bool {
    ["/", "／", "<@", "<at>"].iter().any(|start| first.starts_with(start))
}

fn is_name(word: &str) -> bool {
    let word = word.strip_prefix('@').unwrap_or(word);
    ["license", "licensebot", "license-bot", "licence", "licens"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

fn is_slip(word: &str) -> bool {
    matches!(grammar::parse(word), Err(Misread::UnknownVerb { near, .. }) if !near.is_empty())
}

fn names_something(word: &str) -> bool {
    let request = word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("R-"));
    request || word.starts_with('@') || ["me", "mig"].iter().any(|oneself| word.eq_ignore_ascii_case(oneself))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_for_the_bot_in_every_dress() {
        for line in [
            "/license assign @ana E5",
            "/assign @ana E5",
            "/nonsense",
            "／license assign me E5",
            "license assign me E5",
            "License",
            "@licensebot assign @ana E5",
            "@LicenseBot, help",
            "<@123456> assign @ana E5",
            "<at>licensebot</at> status",
            "assign @ana E5",
            "  STATUS",
            "who E5",
            "asign @ana E5",
            "grant me E5",
            "asign mig E5",
            "aprove R-7Q2M9XKA",
            "",
            "  \t ",
        ] {
            assert!(is_for_bot(line), "{line:?}");
        }
    }

    #[test]
    fn people_may_talk_to_each_other() {
        for line in [
            "Good morning!",
            "@megan can you look at my request?",
            "thanks, got it",
            "<3",
            "<script>alert(1)</script>",
            "she said \"hi",
            "what a day",
            "a licensed plumber",
            "❤ R-7Q2M9XKA",
            "/",
        ] {
            assert!(!is_for_bot(line), "{line:?}");
        }
    }
}
