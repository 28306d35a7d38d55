//! Where one name ends and the next begins. People type names of several words without quotation marks; whoever knows the
//! names helps to group them. Never guesses: what nobody knows stays cut where the typist cut it.

use std::fmt;

use super::token::{Kind, Token};

/// What the tenant's catalog knows. The parser asks, and stays the same for the same answers.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Does the text name a product, or several?
    pub product: &'a dyn Fn(&str) -> bool,
    /// Is the text a product's whole name, nickname or part number? What is, is no person unless it says so.
    pub exact: &'a dyn Fn(&str) -> bool,
    /// Does the text name an app, or several?
    pub app: &'a dyn Fn(&str) -> bool,
}

impl Known<'_> {
    /// Knows nothing: names of several words need quotation marks or commas.
    pub const NOTHING: Known<'static> = Known { product: &|_| false, exact: &|_| false, app: &|_| false };
}

impl fmt::Debug for Known<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Known")
    }
}

/// The longest name that Microsoft sells has fifteen words; more are never tried together.
const MAX_WORDS: usize = 16;

/// Words that stand side by side with nothing between them, or one word that the typist bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run<'t> {
    pub(super) words: Vec<&'t str>,
    pub(super) bound: bool,
    /// Where it begins among the tokens.
    pub(super) first: usize,
}

impl Run<'_> {
    pub(super) fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// The runs of some words and commas. `between` tells words that separate like a comma, such as the "to" of a swap.
pub(super) fn runs<'t>(tokens: &'t [Token], between: &dyn Fn(&str) -> bool) -> Vec<Run<'t>> {
    let mut runs: Vec<Run<'t>> = Vec::new();
    let mut fresh = true;
    for (first, token) in tokens.iter().enumerate() {
        let Some(word) = token.word().filter(|_| !token.bare().is_some_and(between)) else {
            fresh = true;
            continue;
        };
        let bound = token.is_bound();
        match runs.last_mut().filter(|run| !(fresh || bound || run.bound)) {
            Some(run) => run.words.push(word),
            None => runs.push(Run { words: vec![word], bound, first }),
        }
        fresh = false;
    }
    runs
}

/// The words and commas as one text.
pub(super) fn text(tokens: &[Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        match token.word() {
            None => text.push(','),
            Some(word) => {
                text.push_str(if text.is_empty() { "" } else { " " });
                text.push_str(word);
            }
        }
    }
    text
}

/// Several names. Between commas and quotation marks a name ends for sure; inside a run the longest known beginning is
/// taken again and again. What is not known falls to single words, or, where commas show that the typist separates by
/// them, stays the whole run. At most `max + 1` names: more are refused anyhow.
pub(super) fn several(tokens: &[Token], known: &dyn Fn(&str) -> bool, max: usize) -> Vec<String> {
    let commas = tokens.iter().any(|token| token.kind == Kind::Comma);
    if commas && let Some(whole) = whole(tokens, known) {
        return vec![whole];
    }
    let mut names = Vec::new();
    for run in runs(tokens, &|_| false) {
        let room = max.saturating_add(1).saturating_sub(names.len());
        let groups = if run.bound { Vec::new() } else { groups(&run.words, known, room) };
        if run.bound || (commas && groups.iter().any(|group| !group.known)) {
            names.push(run.text());
        } else {
            names.extend(groups.into_iter().map(|group| group.text));
        }
    }
    names.truncate(max.saturating_add(1));
    names
}

/// What stands where one product must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum One {
    Nothing,
    Name(String),
    /// A name, and words after it that belong to nothing.
    Surplus(String),
}

/// One name: all the words, unless a beginning of them is known, or bound, and something follows.
pub(super) fn one(tokens: &[Token], known: &dyn Fn(&str) -> bool) -> One {
    if let Some(whole) = whole(tokens, known) {
        return One::Name(whole);
    }
    let runs = runs(tokens, &|_| false);
    let (first, end) = match runs.as_slice() {
        [] => return One::Nothing,
        [run] if run.bound => (run, None),
        [run] => (run, longest(&run.words, known).filter(|count| *count < run.words.len())),
        [first, second, ..] => (first, Some(second.first - first.first)),
    };
    match end.and_then(|count| tokens.get(first.first + count..)) {
        Some(rest) => One::Surplus(text(rest)),
        None => One::Name(first.text()),
    }
}

/// What stands where two products must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Two {
    Nothing,
    Only(String),
    Both(String, String),
    /// Several words, and nothing says where the first name ends.
    Unclear,
    Surplus(String),
}

/// Two names, as of a swap: between them a comma, a quotation mark, an arrow or the word "to"; else where both sides are
/// known, or one is and the other is a mistake to answer.
pub(super) fn two(tokens: &[Token], known: &dyn Fn(&str) -> bool) -> Two {
    if let [run] = runs(tokens, &|_| false).as_slice() {
        if run.bound || known(&run.text()) {
            return Two::Only(run.text());
        }
        if let Some((from, to)) = split(&run.words, known) {
            return Two::Both(from, to);
        }
    }
    match runs(tokens, &is_between).as_slice() {
        [] => Two::Nothing,
        [from, to] => Two::Both(from.text(), to.text()),
        [_, _, third, ..] => Two::Surplus(text(tokens.get(third.first..).unwrap_or_default())),
        [run] if run.bound => Two::Only(run.text()),
        [run] => match run.words.as_slice() {
            [only] => Two::Only((*only).to_owned()),
            [from, to] => Two::Both((*from).to_owned(), (*to).to_owned()),
            words => half_known(words, known).map_or(Two::Unclear, |(from, to)| Two::Both(from, to)),
        },
    }
}

pub(super) fn is_between(word: &str) -> bool {
    ["->", "=>", "→", "to", "till"].iter().any(|between| word.eq_ignore_ascii_case(between))
}

/// The words in two, the first part from the longest to the shortest.
fn splits(words: &[&str]) -> impl DoubleEndedIterator<Item = (String, String)> {
    let counts = (1..words.len().min(2 * MAX_WORDS)).rev();
    let sides = counts.filter_map(|count| words.split_at_checked(count));
    sides.map(|(from, to)| (from.join(" "), to.join(" ")))
}

fn split(words: &[&str], known: &dyn Fn(&str) -> bool) -> Option<(String, String)> {
    splits(words).find(|(from, to)| known(from) && known(to))
}

/// The longest known beginning, else the longest known end.
fn half_known(words: &[&str], known: &dyn Fn(&str) -> bool) -> Option<(String, String)> {
    splits(words).find(|(from, _)| known(from)).or_else(|| splits(words).rev().find(|(_, to)| known(to)))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) text: String,
    pub(super) known: bool,
    /// How many words it took.
    pub(super) words: usize,
}

/// The words in groups: the longest known beginning, or one word; at most `max` groups.
pub(super) fn groups(words: &[&str], known: &dyn Fn(&str) -> bool, max: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut rest = words;
    while groups.len() < max && !rest.is_empty() {
        if let ([joining, following @ ..], false) = (rest, groups.is_empty())
            && !following.is_empty()
            && is_joining(joining)
        {
            rest = following;
            continue;
        }
        let found = longest(rest, known);
        let count = found.unwrap_or(1);
        let Some((head, tail)) = rest.split_at_checked(count) else { break };
        groups.push(Group { text: head.join(" "), known: found.is_some(), words: count });
        rest = tail;
    }
    groups
}

/// A word that people put between two names, and that names no product by itself.
pub(super) fn is_joining(word: &str) -> bool {
    ["and", "och", "samt", "&", "+"].iter().any(|joining| word.eq_ignore_ascii_case(joining))
}

/// How many words make the longest known beginning.
pub(super) fn longest(words: &[&str], known: &dyn Fn(&str) -> bool) -> Option<usize> {
    let most = words.len().min(MAX_WORDS);
    (1..=most).rev().find(|count| words.get(..*count).is_some_and(|head| known(&head.join(" "))))
}

/// All of it with its commas, if quotation marks bind nothing in it and it is known: some products have commas in them.
fn whole(tokens: &[Token], known: &dyn Fn(&str) -> bool) -> Option<String> {
    let bound = tokens.iter().any(Token::is_bound);
    (!bound).then(|| text(tokens)).filter(|text| known(text))
}
