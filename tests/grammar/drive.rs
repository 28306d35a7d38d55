//! Drives the grammar with random and mutated lines, grown from `corpus/`, for LICENSEBOT_DRIVE_SECONDS (2 when unset).
//! A failure prints the line and the seed; LICENSEBOT_DRIVE_SEED runs the same lines again.

use std::fmt::Display;
use std::str::FromStr;
use std::time::{Duration, Instant};

use licensebot::domain::grammar::{Known, MAX_TEXT, Misread, Slot, complete_with, mended, parse, parse_known};
use licensebot::domain::text::Locale;

use super::{known, say_with};

const CORPUS: &[&str] =
    &[include_str!("corpus/commands.txt"), include_str!("corpus/mistakes.txt"), include_str!("corpus/hostile.txt")];

/// Pieces that mean something to the tokenizer or the parser.
const PIECES: &[&str] = &[
    " ",
    ",",
    "\"",
    "'",
    "“",
    "”",
    "’",
    "--",
    "—",
    "-",
    "=",
    "@",
    "<@",
    ">",
    "<at>",
    "</at>",
    "/license ",
    "--reason ",
    "--apps-off ",
    "--on=",
    "--off ",
    "me",
    "E5",
    "R-",
    "R-7K2M9QX4",
    "to",
    "assign ",
    "why ",
    "\u{0}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "👩🏽\u{200d}💻",
    "ﷺ",
    "ä",
    "a\u{308}",
    "\n",
    "\u{a0}",
    "１",
    "İ",
    "ß",
    "1,000",
    "\u{e0041}",
    "\u{2066}",
    "\u{200f}",
    "\u{2028}",
    "\u{3000}",
    "／",
    "，",
    "＠",
    "―",
    "−−",
    "„",
    "«",
    " @bo and @eva ",
    " to me",
    "\\ud800",
];

/// George Marsaglia's xorshift: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn pick<'p, T: ?Sized>(&mut self, from: &[&'p T]) -> &'p T {
        from[self.below(from.len())]
    }

    fn symbol(&mut self) -> char {
        let value = match self.below(4) {
            0 => self.roll() % 0x80,
            1 => self.roll() % 0x300,
            2 => 0x2000 + self.roll() % 0x100,
            _ => self.roll() % 0x11_0000,
        };
        char::from_u32(u32::try_from(value).unwrap()).unwrap_or('\u{fffd}')
    }

    /// A line of the corpus, changed a few times; or noise.
    fn line(&mut self, seeds: &[&str]) -> String {
        let mut line: Vec<char> = match self.below(10) {
            0 => (0..self.below(60)).map(|_| self.symbol()).collect(),
            _ => self.pick(seeds).chars().collect(),
        };
        for _ in 0..self.below(6) {
            self.mutate(&mut line, seeds);
        }
        line.into_iter().collect()
    }

    fn mutate(&mut self, line: &mut Vec<char>, seeds: &[&str]) {
        let at = self.below(line.len() + 1);
        match self.below(7) {
            0 => line.insert(at, self.symbol()),
            1 => drop(line.drain(at.min(line.len())..(at + self.below(8)).min(line.len()))),
            2 => line.truncate(at),
            3 => drop(line.splice(at..at, self.pick(PIECES).chars()).count()),
            4 => line.splice(at.., self.pick(seeds).chars()).for_each(drop),
            5 => {
                let copy: Vec<char> = line.iter().skip(at).take(self.below(300)).copied().collect();
                line.extend(copy);
            }
            _ => {
                let other = self.below(line.len());
                if at < line.len() {
                    line.swap(at, other);
                }
            }
        }
    }
}

/// What must hold for every line.
fn check(line: &str) {
    reads(line, &Known::NOTHING);
    reads(line, &known());
    let completion = complete_with(line, &known());
    let length = line.chars().count();
    assert!(completion.replace_from <= length, "{completion:?}");
    assert!(length <= MAX_TEXT || completion.slot == Slot::Nothing, "{completion:?}");
}

fn reads(line: &str, known: &Known<'_>) {
    let read = parse_known(line, known);
    assert_eq!(parse_known(line, known), read, "read twice");
    match read {
        Ok(command) => {
            let canonical = command.to_text();
            assert_eq!(parse_known(&canonical, known).as_ref(), Ok(&command), "{canonical}");
            assert_eq!(parse(&canonical), Ok(command), "without the catalog: {canonical}");
        }
        Err(misread) => {
            let lines = mended(line, &misread, known);
            for mended in &lines {
                assert!(parse_known(mended, known).is_ok(), "{misread:?}: {mended}");
            }
            for locale in Locale::ALL {
                let sentence = say_with(&misread, &lines, locale);
                assert!(sentence.contains(' ') && sentence.chars().count() < 600, "{misread:?}: {sentence}");
                // What was typed is said back, braces and all.
                let unfilled = sentence.contains("{$") && !line.contains('{');
                assert!(!sentence.contains("misread-") && !unfilled, "{misread:?}: {sentence}");
            }
        }
    }
}

fn setting<T: FromStr<Err: Display>>(name: &str, default: T) -> T {
    match std::env::var(name) {
        Ok(value) => value.parse().unwrap_or_else(|error| panic!("{name}={value}: {error}")),
        Err(_) => default,
    }
}

/// Says which line it was when a check fails.
struct Witness<'l> {
    seed: u64,
    line: &'l str,
}

impl Drop for Witness<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("LICENSEBOT_DRIVE_SEED={} with the line {:?}", self.seed, self.line);
        }
    }
}

#[test]
fn the_corpus_is_read() {
    let seeds: Vec<&str> = CORPUS.iter().flat_map(|file| file.lines()).collect();
    assert!(seeds.len() > 100, "{}", seeds.len());
    for line in seeds {
        check(line);
    }
    let refused: Vec<&str> = CORPUS[0].lines().filter(|line| parse(line).is_err()).collect();
    assert!(refused.is_empty(), "commands.txt has what is no command: {refused:?}");
    let read: Vec<&str> = CORPUS[1].lines().filter(|line| parse(line).is_ok()).collect();
    assert!(read.is_empty(), "mistakes.txt has commands: {read:?}");
}

#[test]
fn ten_megabytes_are_refused_at_once() {
    for piece in ["assign @ana E5 ", "\"", "—", "\u{200b}", "<at>", "R-7K2M9QX4,", "é", "\0"] {
        let line = piece.repeat(10 * 1024 * 1024 / piece.len());
        check(&line);
        assert_eq!(parse(&line), Err(Misread::TooLong { max: MAX_TEXT }), "{piece}");
    }
}

#[test]
fn random_and_mutated_lines_are_read_or_refused() {
    let seconds: u64 = setting("LICENSEBOT_DRIVE_SECONDS", 2);
    let seed: u64 = setting("LICENSEBOT_DRIVE_SEED", 0x9e37_79b9_7f4a_7c15);
    assert_ne!(seed, 0, "xorshift never leaves 0");
    let seeds: Vec<&str> = CORPUS.iter().flat_map(|file| file.lines()).collect();
    let mut dice = Dice(seed);
    let (start, mut lines, mut commands) = (Instant::now(), 0u64, 0u64);
    while start.elapsed() < Duration::from_secs(seconds) {
        let line = dice.line(&seeds);
        let _witness = Witness { seed, line: &line };
        check(&line);
        lines += 1;
        commands += u64::from(parse(&line).is_ok());
    }
    println!("{lines} lines, {commands} of them commands, in {seconds} s with LICENSEBOT_DRIVE_SEED={seed}");
    assert!(lines > 100 && commands > lines / 50, "{lines} lines, {commands} commands: the driver drives nothing");
}
