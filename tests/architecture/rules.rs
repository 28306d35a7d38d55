//! The rules, each over one file at a time.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

/// A rule: what it is called, and what of a file breaks it (offset in the code, and why).
pub(super) struct Rule {
    pub(super) name: &'static str,
    check: fn(&Source) -> Vec<(usize, String)>,
}

impl Rule {
    /// Every breach as `file:line: sentence`.
    pub(super) fn broken(&self, source: &Source) -> Vec<String> {
        let breaches = (self.check)(source);
        breaches.into_iter().map(|(at, why)| format!("{}:{}: {why}", source.path, source.line_of(at))).collect()
    }
}

pub(super) const RULES: [Rule; 6] = [
    Rule { name: "arrows", check: arrows },
    Rule { name: "pure domain", check: pure_domain },
    Rule { name: "nothing ambient", check: nothing_ambient },
    Rule { name: "length", check: length },
    Rule { name: "module head", check: module_head },
    Rule { name: "unfinished", check: unfinished },
];

static CRATE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(?:crate|licensebot)\s*::\s*").unwrap());
static CLIMB: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bsuper(?:\s*::\s*super)*\b").unwrap());

fn arrows(source: &Source) -> Vec<(usize, String)> {
    let Some(room) = source.room() else { return Vec::new() };
    let mut breaches = Vec::new();
    for found in CRATE.find_iter(&source.code) {
        for path in paths(&source.code[found.end()..]) {
            if !may_know(room, &path) {
                breaches.push((found.start(), format!("`{room}` may not know `{}`", path.join("::"))));
            }
        }
    }
    breaches.extend(CLIMB.find_iter(&source.code).filter_map(|found| {
        let climbs = found.as_str().matches("super").count();
        // The root of the crate is left to `crate::`, which the lines above read.
        (climbs >= source.depth()).then(|| (found.start(), "write `crate::` to leave the room".to_owned()))
    }));
    breaches
}

fn may_know(room: &str, path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let Some((other, inside)) = path.split_first() else { return true };
    // A file format, not an opinion: the client and the sandbox read the same certificates.
    let own = *other == room || (*other == "x509" && ["adapters", "sandbox"].contains(&room));
    match room {
        "domain" => own,
        "ports" => own || *other == "domain",
        "app" => own || ["domain", "ports"].contains(other),
        "adapters" => own || ["domain", "ports"].contains(other) || (*other == "app" && is_door(inside)),
        "sandbox" => own || (*other == "domain" && matches!(inside.first(), Some(&"catalog" | &"ids"))),
        "config" => own || ["domain", "adapters", "ports"].contains(other),
        "runtime" => *other != "cli",
        _ => true,
    }
}

/// A type that `app` itself hands out, not one of its rooms.
fn is_door(inside: &[&str]) -> bool {
    matches!(inside, [name, ..] if name.starts_with(char::is_uppercase))
}

/// Every path of a use tree or an expression that begins here: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    tree(code, &[], &mut all);
    all
}

/// Reads one tree, and gives back how far it reaches.
fn tree(code: &str, prefix: &[String], all: &mut Vec<Vec<String>>) -> usize {
    let start = code.len() - code.trim_start().len();
    let rest = &code[start..];
    if let Some(group) = rest.strip_prefix('{') {
        return start + 1 + branches(group, prefix, all);
    }
    if rest.starts_with('*') {
        all.push(prefix.iter().cloned().chain(["*".to_owned()]).collect());
        return start + 1;
    }
    let word = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    let path: Vec<String> = prefix.iter().cloned().chain([rest[..word].to_owned()]).collect();
    let after = rest[word..].trim_start();
    let between = rest.len() - word - after.len();
    match after.strip_prefix("::") {
        Some(inner) if !inner.trim_start().starts_with('<') => start + word + between + 2 + tree(inner, &path, all),
        _ => {
            all.push(path);
            start + word
        }
    }
}

fn branches(code: &str, prefix: &[String], all: &mut Vec<Vec<String>>) -> usize {
    let mut at = 0;
    while at < code.len() {
        at += tree(&code[at..], prefix, all);
        // What a branch is renamed to says nothing.
        let Some(end) = code[at..].find([',', '}']) else { return code.len() };
        let closes = code[at + end..].starts_with('}');
        at += end + 1;
        if closes || code[at..].trim_start().starts_with('}') {
            return if closes { at } else { at + code[at..].find('}').map_or(0, |brace| brace + 1) };
        }
    }
    at
}

fn words(source: &Source, rooms: &[&str], banned: &Regex, why: &str) -> Vec<(usize, String)> {
    if !source.room().is_some_and(|room| rooms.contains(&room)) {
        return Vec::new();
    }
    let breach = |found: regex::Match<'_>| (found.start(), format!("`{}` {why}", found.as_str()));
    banned.find_iter(&source.code).map(breach).collect()
}

static IMPURE: LazyLock<Regex> = LazyLock::new(|| {
    let crates = r"\b(?:tokio|sqlx|axum|reqwest|futures_util|tracing)\b";
    let std_rooms = r"\bstd\s*::\s*(?:\{[^;}]*\b)?(?:fs|net|env|process|thread)\b";
    Regex::new(&format!(r"{crates}|{std_rooms}|\b(?:SystemTime|Instant\s*::|time\s*::\s*Instant)|\basync\b|\.await\b"))
        .unwrap()
});

fn pure_domain(source: &Source) -> Vec<(usize, String)> {
    words(source, &["domain"], &IMPURE, "has no place in the pure room: what it gives comes in as an argument")
}

static AMBIENT: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"\b(?:Timestamp|Zoned|SystemTime|Instant)\s*::\s*now\b";
    let random = r"\bgetrandom\b|\brand\s*::|\bnew_v4\b|\bthread_rng\b";
    Regex::new(&format!(r"{time}|{random}|\breqwest\b|\bhyper\b")).unwrap()
});

fn nothing_ambient(source: &Source) -> Vec<(usize, String)> {
    words(source, &["domain", "app"], &AMBIENT, "is ambient: time, randomness and the network come through `ports`")
}

const LINES: usize = 600;

fn length(source: &Source) -> Vec<(usize, String)> {
    let offset = source.code.match_indices('\n').nth(LINES - 1).map(|(at, _)| at + 1);
    let too_long = offset.filter(|offset| *offset < source.code.len());
    let why = format!("the file has more than {LINES} lines; split it by what the parts are for");
    too_long.map(|offset| (offset, why)).into_iter().collect()
}

/// Leaves of tests are left out: what they hold is said by the names of their functions, what for by the room they are of.
fn module_head(source: &Source) -> Vec<(usize, String)> {
    let in_tests = format!("/{}", source.path).contains("/tests/") && !source.path.ends_with("/mod.rs");
    if !source.is_rust() || in_tests || source.path.ends_with("/tests.rs") || source.text.starts_with("//! ") {
        return Vec::new();
    }
    vec![(0, "a file opens with `//!`: what it is for, and what it never does".to_owned())]
}

static UNFINISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(r"\b(?:TO", r"DO|FIX", r"ME|XX", r"X|HA", r"CK)\b|\b(?:to", r"do|unimpl", r"emented)!")).unwrap()
});

/// Comments too, so the text and not the code; both have the same lines.
fn unfinished(source: &Source) -> Vec<(usize, String)> {
    let line_start =
        |at: usize| source.code.split_inclusive('\n').take(source.text[..at].matches('\n').count()).map(str::len).sum();
    let breach =
        |found: regex::Match<'_>| (line_start(found.start()), format!("`{}` waits for somebody", found.as_str()));
    UNFINISHED.find_iter(&source.text).map(breach).collect()
}
