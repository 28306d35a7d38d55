//! The first entrance: a typed line. The same line, with the same catalog, is always the same command.
//!
//! ```text
//! line     = [ mention ]... [ "," ] [ "/license" | "license" | "licensebot" ] verb [ word | option ]...
//! mention  = "@licensebot" | "<@" digits ">" | "<at>" name "</at>"        the bot's, before everything else
//! verb     = one of commands/*.toml, in any case, with or without "/"
//! word     = bare | bound | mention
//! bare     = characters up to white space or a comma; a comma inside a number (1,000) belongs to the word
//! bound    = one of "…" “…” ”…” „…“ «…» '…' ‘…’ ’…’; inside "…" a doubled "" is one mark; no character escapes
//! option   = ( "--" | "-" | a long dash ) name [ "=" ] values
//! values   = of APPS: every word up to the next option, between commas or not
//!            of TEXT: one bound word; else everything as typed, up to the next option
//! ```
//!
//! Words by place fill the verb's arguments in the order of its file: a person, a request and a verb take one word;
//! products take what is left (see [`super::names`] for where one ends). An argument that stands alone (`why R-…`) is
//! taken when its word looks like it. What fills nothing is refused.

use crate::domain::command::{BadText, Command, Verb, clean};

use super::build::Filled;
use super::misread::Misread;
use super::names::Known;
use super::places;
use super::scan::Scan;
use super::spec::spec;
use super::token::{Kind, SLASHES, Shape, Token, tokens};

/// The most characters of a line.
pub const MAX_TEXT: usize = 2_000;

/// More bytes than any line of [`MAX_TEXT`] characters has, with all that is cleaned away: not even looked at.
const MAX_BYTES: usize = 64 * 1024;

/// Reads a line without knowing any names: products of several words need quotation marks or commas.
///
/// # Errors
/// [`Misread`]: what is wrong, and through it what to do next.
pub fn parse(text: &str) -> Result<Command, Misread> {
    parse_known(text, &Known::NOTHING)
}

/// Reads a line; `known` says whether a text names a product.
///
/// # Errors
/// [`Misread`]: what is wrong, and through it what to do next.
pub fn parse_with(text: &str, known: &dyn Fn(&str) -> bool) -> Result<Command, Misread> {
    parse_known(text, &Known { product: known, ..Known::NOTHING })
}

/// Reads a line with everything that the catalog knows.
///
/// # Errors
/// [`Misread`]: what is wrong, and through it what to do next.
pub fn parse_known(text: &str, known: &Known<'_>) -> Result<Command, Misread> {
    let line = one_line(text)?;
    let tokens = tokens(&line);
    if tokens.open.is_some() {
        return Err(Misread::OpenQuote);
    }
    let (verb, rest) = verb(&line, &tokens.list)?;
    let scan = Scan::of(&line, spec(verb), rest)?;
    let mut filled = Filled::new(verb);
    scan.fill_options(known, &mut filled)?;
    places::fill(&scan, known, &mut filled)?;
    filled.command()
}

pub(super) fn one_line(text: &str) -> Result<String, Misread> {
    if text.len() > MAX_BYTES {
        return Err(Misread::TooLong { max: MAX_TEXT });
    }
    clean(text, MAX_TEXT).map_err(|bad| match bad {
        BadText::Empty => Misread::Empty,
        BadText::TooLong { max } => Misread::TooLong { max },
        BadText::Hidden => Misread::Hidden,
    })
}

/// The verb, and what follows it.
fn verb<'t>(line: &str, tokens: &'t [Token]) -> Result<(Verb, &'t [Token]), Misread> {
    let tokens = tokens.get(lead(tokens)..).unwrap_or_default();
    let (first, rest) = tokens.split_first().ok_or(Misread::Empty)?;
    let word = first.bare().unwrap_or_else(|| line.get(first.span.clone()).unwrap_or_default());
    let verb = word.strip_prefix(SLASHES).unwrap_or(word).parse();
    verb.map(|verb| (verb, rest)).map_err(|_| Misread::unknown_verb(word))
}

/// How many tokens stand before the verb: mentions of the bot, then perhaps its name.
pub(super) fn lead(tokens: &[Token]) -> usize {
    let mentions = tokens.iter().take_while(|token| is_bot_mention(token)).count();
    let commas = tokens.iter().skip(mentions).take_while(|token| mentions > 0 && token.kind == Kind::Comma).count();
    let mentions = mentions + commas;
    let name = tokens.get(mentions).and_then(Token::bare).map(|word| word.strip_prefix(SLASHES).unwrap_or(word));
    mentions + usize::from(name.is_some_and(is_name))
}

fn is_bot_mention(token: &Token) -> bool {
    match &token.kind {
        Kind::Word { shape: Shape::Mention, .. } => true,
        Kind::Word { text, shape: Shape::Bare } => is_chat_id(text) || text.strip_prefix('@').is_some_and(is_name),
        Kind::Word { shape: Shape::Quoted, .. } | Kind::Comma | Kind::Option { .. } => false,
    }
}

fn is_name(word: &str) -> bool {
    ["license", "licensebot", "license-bot", "licence", "licens"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// `<@123>` or `<@!123>`, as Discord writes mentions of accounts.
pub(super) fn is_chat_id(word: &str) -> bool {
    let inner = word.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>'));
    let digits = inner.map(|inner| inner.strip_prefix('!').unwrap_or(inner));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
}
