//! The one exit of both entrances: arguments by name become a command. Never cuts text; whoever filled in the arguments
//! has done that.

use std::collections::BTreeMap;

use crate::domain::command::{
    AppText, Apps, Assign, BadText, Command, ProductText, Reason, Swap, Unassign, Verb, Who, WhyTarget,
};
use crate::domain::ids::RequestId;

use super::misread::Misread;
use super::spec::{CommandSpec, spec};
use super::token::{LONG_DASHES, SLASHES};

/// A verb with what was given for its arguments: one text, or several where the argument is a list.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    spec: &'static CommandSpec,
    values: BTreeMap<&'static str, Vec<String>>,
}

/// The arguments of one verb are read under these keys; a test compares them with `commands/`.
impl Filled {
    pub(super) fn new(verb: Verb) -> Self {
        Self { spec: spec(verb), values: BTreeMap::new() }
    }

    /// Sets an argument; nothing is the same as not given.
    pub(super) fn set(&mut self, arg: &'static str, values: Vec<String>) {
        if !values.is_empty() {
            self.values.insert(arg, values);
        }
    }

    /// The command.
    pub(super) fn command(&self) -> Result<Command, Misread> {
        match self.spec.name {
            Verb::Assign => self.assign().map(Command::Assign),
            Verb::Unassign => self.unassign().map(Command::Unassign),
            Verb::Swap => self.swap().map(Command::Swap),
            Verb::Apps => self.apps().map(Command::Apps),
            Verb::Status => Ok(Command::Status { who: self.who()? }),
            Verb::Who => Ok(Command::WhoHolds { product: self.need("product", self.product("product")?)? }),
            Verb::Stock => Ok(Command::Stock { product: self.product("product")? }),
            Verb::Requests => Ok(Command::Requests),
            Verb::Request => Ok(Command::ShowRequest(self.need("request", self.request()?)?)),
            Verb::Approve => Ok(Command::Approve(self.need("request", self.request()?)?)),
            Verb::Deny => self.deny(),
            Verb::Cancel => Ok(Command::Cancel(self.need("request", self.request()?)?)),
            Verb::Why => self.why().map(Command::Why),
            Verb::Help => Ok(Command::Help { verb: self.verb()? }),
        }
    }

    fn assign(&self) -> Result<Assign, Misread> {
        Ok(Assign {
            who: self.need("who", self.who()?)?,
            products: self.products()?,
            apps_off: self.app_list("apps-off")?,
            reason: self.reason()?,
        })
    }

    fn unassign(&self) -> Result<Unassign, Misread> {
        Ok(Unassign { who: self.need("who", self.who()?)?, products: self.products()?, reason: self.reason()? })
    }

    fn swap(&self) -> Result<Swap, Misread> {
        let who = self.need("who", self.who()?)?;
        let from = self.need("from", self.product("from")?)?;
        let to = self.need("to", self.product("to")?)?;
        if same(from.as_str(), to.as_str()) {
            return Err(Misread::SameProduct { word: to.to_string() });
        }
        Ok(Swap { who, from, to, reason: self.reason()? })
    }

    fn apps(&self) -> Result<Apps, Misread> {
        let who = self.need("who", self.who()?)?;
        let product = self.need("product", self.product("product")?)?;
        let (on, off) = (self.app_list("on")?, self.app_list("off")?);
        if on.is_empty() && off.is_empty() {
            return Err(Misread::NothingToSwitch);
        }
        match on.iter().find(|app| off.iter().any(|other| same(app.as_str(), other.as_str()))) {
            Some(both) => Err(Misread::OnAndOff { word: both.to_string() }),
            None => Ok(Apps { who, product, on, off, reason: self.reason()? }),
        }
    }

    fn deny(&self) -> Result<Command, Misread> {
        let request = self.need("request", self.request()?)?;
        Ok(Command::Deny { request, reason: self.need("reason", self.reason()?)? })
    }

    fn why(&self) -> Result<WhyTarget, Misread> {
        let (request, who, product) = (self.request()?, self.who()?, self.product("product")?);
        match (request, who, product) {
            (Some(request), None, None) => Ok(WhyTarget::Request(request)),
            (Some(_), Some(who), _) => Err(self.surplus(&who.to_string())),
            (Some(_), None, Some(product)) => Err(self.surplus(product.as_str())),
            (None, None, None) => Err(self.missing("request")),
            (None, who, product) => {
                Ok(WhyTarget::Change { who: self.need("who", who)?, product: self.need("product", product)? })
            }
        }
    }

    fn who(&self) -> Result<Option<Who>, Misread> {
        self.one("who", one_person)
    }

    fn product(&self, arg: &'static str) -> Result<Option<ProductText>, Misread> {
        self.one(arg, |text| self.word(arg, ProductText::try_new(text)))
    }

    fn products(&self) -> Result<Vec<ProductText>, Misread> {
        let products = self.list("products", ProductText::try_new, ProductText::as_str)?;
        if products.is_empty() { Err(self.missing("products")) } else { Ok(products) }
    }

    fn app_list(&self, arg: &'static str) -> Result<Vec<AppText>, Misread> {
        self.list(arg, AppText::try_new, AppText::as_str)
    }

    fn reason(&self) -> Result<Option<Reason>, Misread> {
        self.one("reason", |text| self.word("reason", Reason::try_new(text)))
    }

    fn request(&self) -> Result<Option<RequestId>, Misread> {
        self.one("request", |text| request_id(text).ok_or_else(|| Misread::NotARequest { word: text.to_owned() }))
    }

    fn verb(&self) -> Result<Option<Verb>, Misread> {
        self.one("verb", |text| {
            text.trim().trim_start_matches(SLASHES).parse().map_err(|_| Misread::unknown_verb(text))
        })
    }

    fn one<T>(&self, arg: &str, read: impl Fn(&str) -> Result<T, Misread>) -> Result<Option<T>, Misread> {
        self.values.get(arg).and_then(|values| values.first()).map(|text| read(text)).transpose()
    }

    /// The texts of a list, each once: whoever names something twice means it once.
    fn list<T>(
        &self,
        arg: &'static str,
        read: impl Fn(&str) -> Result<T, BadText>,
        as_str: impl Fn(&T) -> &str,
    ) -> Result<Vec<T>, Misread> {
        let texts = self.values.get(arg).map(Vec::as_slice).unwrap_or_default();
        if let Some(max) = self.spec.arg(arg).and_then(|arg| arg.max).filter(|max| texts.len() > *max) {
            return Err(Misread::TooMany { max });
        }
        let mut items: Vec<T> = Vec::new();
        for text in texts {
            let item = self.word(arg, read(text))?;
            if !items.iter().any(|other| same(as_str(other), as_str(&item))) {
                items.push(item);
            }
        }
        Ok(items)
    }

    fn word<T>(&self, arg: &'static str, read: Result<T, BadText>) -> Result<T, Misread> {
        read.map_err(|bad| Misread::of_word(bad, self.spec.name, arg))
    }

    fn need<T>(&self, arg: &'static str, value: Option<T>) -> Result<T, Misread> {
        value.ok_or_else(|| self.missing(arg))
    }

    fn missing(&self, arg: &'static str) -> Misread {
        Misread::Missing { verb: self.spec.name, arg }
    }

    fn surplus(&self, words: &str) -> Misread {
        Misread::Surplus { verb: self.spec.name, words: words.to_owned(), option: None }
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Reads a request's id; forgives the long dashes that phones write.
pub(super) fn request_id(text: &str) -> Option<RequestId> {
    let dash = |symbol: char| matches!(symbol, '\u{2010}' | '\u{2011}') || LONG_DASHES.contains(&symbol);
    text.chars().map(|symbol| if dash(symbol) { '-' } else { symbol }).collect::<String>().parse().ok()
}

/// Reads exactly one person: no role, no channel, not everyone, no two.
fn one_person(text: &str) -> Result<Who, Misread> {
    let wrong = || Misread::NotOnePerson { word: text.trim().to_owned() };
    match Who::try_new(text) {
        Ok(Who::Named(name)) if is_not_one(&name) => Err(wrong()),
        Ok(_) if text.split(',').skip(1).any(|more| more.trim_start().starts_with('@')) => Err(Misread::SeveralPeople),
        Ok(who) => Ok(who),
        Err(BadText::Empty) => Err(wrong()),
        Err(BadText::TooLong { max }) => Err(Misread::ValueTooLong { arg: "who", max }),
        Err(BadText::Hidden) => Err(Misread::Hidden),
    }
}

/// A role, a channel or a command as Discord writes them, or a word for everyone; with or without an `@` before it.
fn is_not_one(name: &str) -> bool {
    ["<@&", "<#", "<!"].iter().any(|mark| name.starts_with(mark))
        || ["everyone", "here", "channel"].iter().any(|all| name.eq_ignore_ascii_case(all))
}
