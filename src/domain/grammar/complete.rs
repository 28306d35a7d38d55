//! What could be typed next: which kind of word the cursor stands in, and what of it is there. Never knows the candidates;
//! the application has them.

use crate::domain::command::Verb;

use super::names::{self, Known, groups, runs};
use super::parse::{MAX_TEXT, lead};
use super::places::{alone, looks_like_request, product_args, singles};
use super::scan::Scan;
use super::spec::{ArgKind, ArgSpec, CommandSpec, spec};
use super::token::{Kind, SLASHES, Token, tokens};

/// How many names of a line are looked at while somebody types. No command takes more.
const MOST_NAMES: usize = 64;

/// Where the cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The kind of word.
    pub slot: Slot,
    /// What of it is typed; without quotation marks and signs.
    pub typed: String,
    /// Where a candidate goes: it replaces the text from this character (not byte) on.
    pub replace_from: usize,
}

/// A kind of word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A verb.
    Verb,
    /// A person.
    Person,
    /// A product.
    Product,
    /// An app inside one of these products.
    App {
        /// The products of the line, as typed.
        products: Vec<String>,
    },
    /// A request.
    Request,
    /// One of these options.
    Option(Vec<&'static str>),
    /// Free text, or nothing more.
    Nothing,
}

/// What stands at the end of the text, without knowing any names.
pub fn complete(text: &str) -> Completion {
    complete_with(text, &Known::NOTHING)
}

/// What stands at the end of the text: the cursor is there, and the caller cuts what follows it. With `known`, a name
/// that is complete does not hide the beginning of the next one (`assign @ana E5 Pow`).
pub fn complete_with(text: &str, known: &Known<'_>) -> Completion {
    let found = if text.chars().count() > MAX_TEXT { None } else { at_end(text, known) };
    let Place { slot, typed, start } =
        found.unwrap_or_else(|| Place { slot: Slot::Nothing, typed: String::new(), start: text.len() });
    Completion { slot, typed, replace_from: text.get(..start).map_or(0, |before| before.chars().count()) }
}

/// What stands in one option that a platform delivers typed. `options` are all of the line, the focused one among them;
/// `replace_from` counts in its value.
pub fn complete_named(verb: Verb, options: &[(&str, &str)], focused: &str, known: &Known<'_>) -> Completion {
    let value = options.iter().find(|(name, _)| *name == focused).map_or("", |(_, value)| *value);
    let Some(arg) = spec(verb).arg(focused) else {
        return Completion { slot: Slot::Nothing, typed: String::new(), replace_from: 0 };
    };
    let products = || {
        let of_line = options.iter().filter(|(name, _)| matches!(*name, "product" | "products"));
        of_line.flat_map(|(_, value)| names::several(&tokens(value).list, known.product, MOST_NAMES)).collect()
    };
    let slot = slot(arg, products);
    let list = matches!(arg.kind, ArgKind::Products | ArgKind::Apps);
    let place = if list {
        let cut = tokens(value).list;
        let (done, partial) = partial(value, &cut);
        item(done, partial, knows(arg, known), &|_| false, value.len())
    } else {
        (value.trim_start_matches('@').to_owned(), 0)
    };
    let replace_from = value.get(..place.1).map_or(0, |before| before.chars().count());
    Completion { slot, typed: place.0, replace_from }
}

struct Place {
    slot: Slot,
    typed: String,
    /// In bytes.
    start: usize,
}

fn at_end(text: &str, known: &Known<'_>) -> Option<Place> {
    let cut = tokens(text).list;
    let (done, partial) = partial(text, &cut);
    let Some((verb, rest)) = done.get(lead(done)..)?.split_first() else {
        return Some(verb_place(text, partial));
    };
    let verb: Verb = verb.bare()?.trim_start_matches(SLASHES).parse().ok()?;
    let scan = Scan::of(text, spec(verb), rest).ok()?;
    if let Some(token) = partial.filter(|token| begins_option(token)) {
        let typed = text.get(token.span.clone())?.to_owned();
        return Some(Place { slot: options(&scan), typed, start: token.span.start });
    }
    match scan.current {
        Some(arg) if arg.kind == ArgKind::Text => None,
        Some(arg) => {
            let done =
                scan.options.iter().find(|(other, _)| other.name == arg.name).map(|(_, words)| words.as_slice())?;
            let (typed, start) = item(done, partial, knows(arg, known), &|_| false, text.len());
            Some(Place { slot: slot(arg, || products(&scan, known)), typed, start })
        }
        None => by_place(&scan, partial, known, text.len()),
    }
}

/// The tokens before the cursor, and the one that it touches.
fn partial<'t>(text: &str, cut: &'t [Token]) -> (&'t [Token], Option<&'t Token>) {
    match cut.split_last() {
        Some((last, done)) if last.span.end == text.len() && touches(last, text) => (done, Some(last)),
        _ => (cut, None),
    }
}

/// A comma and the equals sign of an option end what is before them.
fn touches(token: &Token, text: &str) -> bool {
    match &token.kind {
        Kind::Word { .. } => true,
        Kind::Comma => false,
        Kind::Option { .. } => !text.ends_with('='),
    }
}

fn begins_option(token: &Token) -> bool {
    let dashes = |word: &str| matches!(word, "-" | "--" | "—" | "–");
    matches!(token.kind, Kind::Option { .. }) || token.bare().is_some_and(dashes)
}

fn verb_place(text: &str, partial: Option<&Token>) -> Place {
    let start = partial.map_or(text.len(), |token| token.span.start);
    let typed = text.get(start..).unwrap_or_default();
    let word = typed.strip_prefix(SLASHES).unwrap_or(typed);
    Place { slot: Slot::Verb, typed: word.to_owned(), start: text.len() - word.len() }
}

fn slot(arg: &ArgSpec, products: impl FnOnce() -> Vec<String>) -> Slot {
    match arg.kind {
        ArgKind::Person => Slot::Person,
        ArgKind::Product | ArgKind::Products => Slot::Product,
        ArgKind::Apps => Slot::App { products: products() },
        ArgKind::Request => Slot::Request,
        ArgKind::Verb => Slot::Verb,
        ArgKind::Text => Slot::Nothing,
    }
}

fn knows<'k>(arg: &ArgSpec, known: &Known<'k>) -> &'k dyn Fn(&str) -> bool {
    if arg.kind == ArgKind::Apps { known.app } else { known.product }
}

/// The options that can still be given: lists again and again, text once.
fn options(scan: &Scan<'_>) -> Slot {
    let used =
        |arg: &ArgSpec| arg.kind == ArgKind::Text && scan.options.iter().any(|(other, _)| other.name == arg.name);
    let free: Vec<_> = scan.spec.options().filter(|arg| !used(arg)).filter_map(|arg| arg.option.as_deref()).collect();
    if free.is_empty() { Slot::Nothing } else { Slot::Option(free) }
}

fn by_place(scan: &Scan<'_>, partial: Option<&Token>, known: &Known<'_>, end: usize) -> Option<Place> {
    if alone(scan).is_some() {
        return None;
    }
    let words = scan.places.iter().filter(|token| token.word().is_some()).count();
    let start = partial.map_or(end, |token| token.span.start);
    let typed = partial.and_then(Token::word).unwrap_or_default();
    let instead = scan.spec.places().find(|arg| arg.alone && words == 0 && looks_like_request(typed));
    if let Some(arg) = instead.or_else(|| singles(scan).nth(words)) {
        let typed = typed.trim_start_matches('@').to_owned();
        return Some(Place { slot: slot(arg, Vec::new), typed, start });
    }
    if product_args(scan).is_empty() {
        return Some(Place { slot: options(scan), typed: typed.to_owned(), start });
    }
    let (typed, start) = item(product_tokens(scan), partial, known.product, &separates(scan.spec), end);
    Some(Place { slot: Slot::Product, typed, start })
}

/// Where two products stand, a word may stand between them.
fn separates(spec: &CommandSpec) -> impl Fn(&str) -> bool {
    let two = spec.places().filter(|arg| arg.kind == ArgKind::Product).count() == 2;
    move |word| two && names::is_between(word)
}

/// The tokens by place that products stand in.
fn product_tokens<'s>(scan: &'s Scan<'_>) -> &'s [Token] {
    let before = singles(scan).count();
    let mut words = scan.places.iter().enumerate().filter(|(_, token)| token.word().is_some());
    let first = words.nth(before).map_or(scan.places.len(), |(place, _)| place);
    scan.places.get(first..).unwrap_or_default()
}

fn products(scan: &Scan<'_>, known: &Known<'_>) -> Vec<String> {
    let tokens = product_tokens(scan);
    match product_args(scan).as_slice() {
        [one] if one.kind == ArgKind::Product => vec![names::text(tokens)],
        _ => names::several(tokens, known.product, MOST_NAMES),
    }
}

/// The item of a list that the cursor stands in, and where it begins: the words since the last comma, quotation mark or
/// known name.
fn item(
    done: &[Token],
    partial: Option<&Token>,
    known: &dyn Fn(&str) -> bool,
    between: &dyn Fn(&str) -> bool,
    end: usize,
) -> (String, usize) {
    if let Some(token) = partial.filter(|token| token.bare().is_none()) {
        return (token.word().unwrap_or_default().to_owned(), token.span.start);
    }
    let all: Vec<Token> = done.iter().chain(partial).cloned().collect();
    let ended = all.last().is_none_or(|last| last.bare().is_none_or(between));
    let Some(run) = runs(&all, between).pop().filter(|run| !ended && !run.bound) else { return (String::new(), end) };
    let keep = usize::from(partial.is_some());
    let groups = groups(&run.words, known, MOST_NAMES);
    let most = groups.len() - keep.min(groups.len());
    let skip: usize = groups.iter().take(most).take_while(|group| group.known).map(|group| group.words).sum();
    match all.get(run.first + skip) {
        Some(first) => (run.words.get(skip..).unwrap_or_default().join(" "), first.span.start),
        None => (String::new(), end),
    }
}
