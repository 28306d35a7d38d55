//! What was wrong with a line, as data, and the sentence for it. Always says what to do next; never repeats more of the
//! line than a reader needs.

use crate::domain::command::{BadText, Verb};
use crate::domain::text::{Arg, Phrase};

use super::near::{nearest, nearness};
use super::spec::spec;

/// Why a line is no command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// Nothing but white space, a mention of the bot, or `/license`.
    Empty,
    /// More characters than any command has.
    TooLong {
        /// The most that is read.
        max: usize,
    },
    /// Characters that control or reorder what is shown.
    Hidden,
    /// A quotation mark opens and none closes.
    OpenQuote,
    /// The first word is no verb.
    UnknownVerb {
        /// As typed.
        word: String,
        /// What it may have meant, the likeliest first.
        near: Vec<Verb>,
    },
    /// The verb has no such option.
    UnknownOption {
        /// The verb.
        verb: Verb,
        /// As typed.
        word: String,
        /// The options that it may have meant, else all that the verb has.
        options: Vec<&'static str>,
        /// Is one of them likely?
        likely: bool,
    },
    /// An option with nothing after it.
    NoValue {
        /// The verb.
        verb: Verb,
        /// The option.
        option: &'static str,
    },
    /// An option that can be given once was given again.
    Twice {
        /// The option.
        option: &'static str,
    },
    /// A required argument is not there.
    Missing {
        /// The verb.
        verb: Verb,
        /// The argument's key in the verb's file.
        arg: &'static str,
    },
    /// Words that belong to nothing.
    Surplus {
        /// The verb.
        verb: Verb,
        /// The words.
        words: String,
        /// The option that takes free text, when the words could be meant for it.
        option: Option<&'static str>,
    },
    /// The product stands before the person.
    PersonFirst {
        /// The verb.
        verb: Verb,
    },
    /// Products, and nobody for whom.
    PersonMissing {
        /// The verb.
        verb: Verb,
    },
    /// Several people; a request is for one.
    SeveralPeople,
    /// Everyone, a role, or a channel.
    NotOnePerson {
        /// As typed.
        word: String,
    },
    /// A person where a product must stand.
    NotAProduct {
        /// As typed.
        word: String,
    },
    /// A product where a person must stand.
    NotAPerson {
        /// The product.
        word: String,
    },
    /// Not the id of a request.
    NotARequest {
        /// As typed.
        word: String,
    },
    /// Longer than a list may be.
    TooMany {
        /// The most it may hold.
        max: usize,
    },
    /// Longer than a name or a reason may be.
    ValueTooLong {
        /// The argument's key in the verb's file.
        arg: &'static str,
        /// The most characters.
        max: usize,
    },
    /// An app is to be switched on and off.
    OnAndOff {
        /// The app.
        word: String,
    },
    /// A product is to be replaced by itself.
    SameProduct {
        /// The product.
        word: String,
    },
    /// Apps of a product, and neither on nor off.
    NothingToSwitch,
    /// Several words, and nothing says where the first name ends.
    Unclear,
}

impl Misread {
    /// The same fault in words: one sentence, and what to do next.
    pub fn phrase(&self) -> Phrase {
        self.phrase_with(&[])
    }

    /// The same, with the lines that were likely meant (see [`super::mended`]) in place of an example.
    pub fn phrase_with(&self, lines: &[String]) -> Phrase {
        let phrase = self.sentence(lines);
        match lines.first() {
            Some(line) if phrase.args.contains_key("example") => phrase.with("example", line),
            _ => phrase,
        }
    }

    fn sentence(&self, lines: &[String]) -> Phrase {
        match self {
            Self::Empty => Phrase::new("misread-empty"),
            Self::TooLong { max } => Phrase::new("misread-too-long").with("max", *max),
            Self::Hidden => Phrase::new("misread-hidden"),
            Self::OpenQuote => instead("misread-open-quote", "misread-open-quote-line", lines),
            Self::UnknownVerb { word, near } => unknown_verb(word, near, lines),
            Self::UnknownOption { verb, word, options, likely } => unknown_option(*verb, word, options, *likely, lines),
            Self::NoValue { verb, option } => with_example("misread-no-value", *verb).with("option", *option),
            Self::Twice { option } => Phrase::new("misread-twice").with("option", *option),
            Self::Missing { verb, arg } => with_example(missing(*verb, arg), *verb),
            Self::Surplus { verb, words, option } => surplus(*verb, words, *option, lines),
            Self::PersonFirst { verb } => instead("misread-person-first", "misread-person-first-line", lines)
                .with("example", spec(*verb).example()),
            Self::PersonMissing { verb } => {
                instead("misread-missing-who", "misread-person-missing", lines).with("example", spec(*verb).example())
            }
            Self::SeveralPeople => instead("misread-several-people", "misread-several-people-lines", lines),
            Self::NotOnePerson { word } => Phrase::new("misread-not-one-person").with("word", short(word)),
            Self::NotAProduct { word } => Phrase::new("misread-not-a-product").with("word", short(word)),
            Self::NotAPerson { word } => Phrase::new("misread-not-a-person").with("word", short(word)),
            Self::NotARequest { word } => Phrase::new("misread-not-a-request").with("word", short(word)),
            Self::TooMany { max } => Phrase::new("misread-too-many").with("max", *max),
            Self::ValueTooLong { arg, max } => Phrase::new(too_long(arg)).with("max", *max),
            Self::OnAndOff { word } => Phrase::new("misread-on-and-off").with("word", short(word)),
            Self::SameProduct { word } => Phrase::new("misread-same-product").with("word", short(word)),
            Self::NothingToSwitch => with_example("misread-nothing-to-switch", Verb::Apps),
            Self::Unclear => Phrase::new("misread-unclear"),
        }
    }

    /// What a word of this argument did wrong.
    pub(super) fn of_word(bad: BadText, verb: Verb, arg: &'static str) -> Self {
        match bad {
            BadText::Empty => Self::Missing { verb, arg },
            BadText::TooLong { max } => Self::ValueTooLong { arg, max },
            BadText::Hidden => Self::Hidden,
        }
    }

    /// The first word is no verb: what may it have meant?
    pub(super) fn unknown_verb(word: &str) -> Self {
        let typed = word.trim_start_matches('-').to_lowercase();
        let distance = |verb: &Verb| {
            let instead = spec(*verb).also.contains(&typed);
            if instead { Some(0) } else { nearness(&typed, verb.as_str()) }
        };
        Self::UnknownVerb { word: word.to_owned(), near: nearest(Verb::ALL, distance) }
    }

    /// The verb has no such option: what may it have meant?
    pub(super) fn unknown_option(verb: Verb, word: &str) -> Self {
        let typed = word.trim_start_matches('-').to_lowercase();
        let all = || spec(verb).options().filter_map(|arg| arg.option.as_deref());
        let near = nearest(all(), |option| nearness(&typed, option.trim_start_matches('-')));
        let likely = !near.is_empty();
        let options = if likely { near } else { all().collect() };
        Self::UnknownOption { verb, word: word.to_owned(), options, likely }
    }
}

impl From<&Misread> for Phrase {
    fn from(misread: &Misread) -> Self {
        misread.phrase()
    }
}

/// The plain sentence, or, where there are lines to show, the one that shows them.
fn instead(plain: &'static str, with_lines: &'static str, lines: &[String]) -> Phrase {
    if lines.is_empty() { Phrase::new(plain) } else { Phrase::new(with_lines).with("lines", list(lines)) }
}

fn list(lines: &[String]) -> Arg {
    Arg::List(lines.iter().map(Arg::from).collect())
}

fn unknown_verb(word: &str, near: &[Verb], lines: &[String]) -> Phrase {
    let near: Vec<String> = near.iter().map(|verb| format!("/license {verb}")).collect();
    let near = if lines.is_empty() { near } else { lines.to_vec() };
    let key = if near.is_empty() { "misread-unknown-verb" } else { "misread-unknown-verb-near" };
    let phrase = Phrase::new(key).with("word", short(word));
    if near.is_empty() { phrase } else { phrase.with("near", either(near)) }
}

fn unknown_option(verb: Verb, word: &str, options: &[&str], likely: bool, lines: &[String]) -> Phrase {
    let key = match (options, likely) {
        ([], _) => "misread-no-options",
        (_, true) => "misread-unknown-option-near",
        (_, false) => "misread-unknown-option",
    };
    let phrase = Phrase::new(key).with("word", short(word)).with("verb", verb.as_str());
    let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
    let options = if lines.is_empty() { options } else { lines.to_vec() };
    if options.is_empty() { phrase } else { phrase.with("options", either(options)) }
}

fn missing(verb: Verb, arg: &str) -> &'static str {
    match arg {
        "request" if verb == Verb::Why => "misread-missing-target",
        "request" => "misread-missing-request",
        "who" => "misread-missing-who",
        "from" => "misread-missing-from",
        "to" => "misread-missing-to",
        "reason" => "misread-missing-reason",
        "products" | "product" if spec(verb).arg("who").is_some() => "misread-missing-after-who",
        "products" | "product" => "misread-missing-product",
        _ => "misread-missing-value",
    }
}

fn too_long(arg: &str) -> &'static str {
    if arg == "reason" { "misread-reason-too-long" } else { "misread-name-too-long" }
}

fn surplus(verb: Verb, words: &str, option: Option<&'static str>, lines: &[String]) -> Phrase {
    match option {
        None => with_example("misread-surplus", verb),
        Some(option) => instead("misread-surplus-text", "misread-surplus-text-line", lines).with("option", option),
    }
    .with("verb", verb.as_str())
    .with("words", short(words))
}

fn with_example(key: &'static str, verb: Verb) -> Phrase {
    Phrase::new(key).with("example", spec(verb).example())
}

/// "a", "a or b", "a, b or c".
fn either(mut words: Vec<String>) -> Arg {
    match words.pop() {
        Some(last) if !words.is_empty() => {
            Phrase::new("misread-either").with("first", words.join(", ")).with("last", last).into()
        }
        last => last.unwrap_or_default().into(),
    }
}

/// Enough of the typist's words to recognize them.
fn short(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}
