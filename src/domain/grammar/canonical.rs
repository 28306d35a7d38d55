//! A command back as text: the one line that everyone can type for it. Reading that line gives the same command, whatever
//! the catalog knows; a property test says so.

use crate::domain::command::{AppText, Command, ProductText, Reason, Verb, Who, WhyTarget};

use super::parse::is_chat_id;

impl Command {
    /// The line to type for this command.
    pub fn to_text(&self) -> String {
        let mut line = Line(format!("/license {}", self.verb()));
        match self {
            Self::Assign(assign) => line
                .person(&assign.who)
                .products(&assign.products)
                .apps("--apps-off", &assign.apps_off)
                .reason(assign.reason.as_ref()),
            Self::Unassign(unassign) => {
                line.person(&unassign.who).products(&unassign.products).reason(unassign.reason.as_ref())
            }
            Self::Swap(swap) => line
                .person(&swap.who)
                .word(&word(swap.from.as_str()))
                .word(&word(swap.to.as_str()))
                .reason(swap.reason.as_ref()),
            Self::Apps(apps) => line
                .person(&apps.who)
                .word(&word(apps.product.as_str()))
                .apps("--on", &apps.on)
                .apps("--off", &apps.off)
                .reason(apps.reason.as_ref()),
            Self::Status { who } => line.persons(who.as_ref()),
            Self::WhoHolds { product } => line.word(&word(product.as_str())),
            Self::Stock { product } => line.words(product.as_ref().map(|product| word(product.as_str()))),
            Self::Requests => &mut line,
            Self::ShowRequest(request) | Self::Approve(request) | Self::Cancel(request) => line.word(request.as_str()),
            Self::Deny { request, reason } => line.word(request.as_str()).reason(Some(reason)),
            Self::Why(WhyTarget::Request(request)) => line.word(request.as_str()),
            Self::Why(WhyTarget::Change { who, product }) => line.person(who).word(&word(product.as_str())),
            Self::Help { verb } => line.words(verb.as_ref().map(|verb| Verb::as_str(*verb))),
        };
        line.0
    }
}

struct Line(String);

impl Line {
    fn word(&mut self, word: &str) -> &mut Self {
        self.0.push(' ');
        self.0.push_str(word);
        self
    }

    fn words(&mut self, words: impl IntoIterator<Item = impl AsRef<str>>) -> &mut Self {
        for word in words {
            self.word(word.as_ref());
        }
        self
    }

    fn person(&mut self, who: &Who) -> &mut Self {
        self.word(&person(who))
    }

    fn persons(&mut self, who: Option<&Who>) -> &mut Self {
        self.words(who.map(person))
    }

    /// With commas: without them a catalog that knows the names together would read them as one.
    fn products(&mut self, products: &[ProductText]) -> &mut Self {
        let words: Vec<String> = products.iter().map(|product| word(product.as_str())).collect();
        self.word(&words.join(", "))
    }

    fn apps(&mut self, option: &str, apps: &[AppText]) -> &mut Self {
        if apps.is_empty() {
            return self;
        }
        let words: Vec<String> = apps.iter().map(|app| word(app.as_str())).collect();
        self.word(option).word(&words.join(", "))
    }

    fn reason(&mut self, reason: Option<&Reason>) -> &mut Self {
        match reason {
            Some(reason) => self.word("--reason").word(&quoted(reason.as_str())),
            None => self,
        }
    }
}

fn person(who: &Who) -> String {
    match who {
        Who::Me => "me".to_owned(),
        Who::Named(name) if is_chat_id(name) => name.clone(),
        Who::Named(name) if is_plain(name) => format!("@{name}"),
        Who::Named(name) => quoted(name),
    }
}

/// A name as one word of a line: in quotation marks when it needs them.
pub fn word(name: &str) -> String {
    let separates = ["to", "till"].iter().any(|word| name.eq_ignore_ascii_case(word));
    if is_plain(name) && !separates { name.to_owned() } else { quoted(name) }
}

fn is_plain(name: &str) -> bool {
    let letter =
        |symbol: char| symbol.is_alphanumeric() || matches!(symbol, '_' | '.' | '-' | '+' | ':' | '/' | '&' | '@');
    name.starts_with(|first: char| first.is_alphanumeric()) && name.chars().all(letter)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
