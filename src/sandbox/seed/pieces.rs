//! Reads a long tenant file piece by piece: TOML's reader keeps a tree of what it reads that is twenty times the text, and
//! almost all of a large company is people. What is read is the same; a mistake is left to the reading of the whole.

use serde::Deserialize;

use super::{SeedPerson, SeedTenant};

/// People that are read at a time.
const PIECE: usize = 500;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    people: Vec<SeedPerson>,
}

/// The company, unless the text is wrong somewhere or was not to be taken apart after all.
pub(super) fn read(text: &str) -> Option<SeedTenant> {
    let Split { rest, pieces } = split(text);
    let mut company: SeedTenant = toml::from_str(&rest).ok()?;
    // Elsewhere the list is written in another way too, and only TOML's reader knows whether both fit together.
    let is_whole = company.people.is_empty() || pieces.is_empty();
    for piece in pieces {
        company.people.extend(toml::from_str::<People>(piece).ok()?.people);
    }
    is_whole.then_some(company)
}

struct Split<'a> {
    /// Everything but `[[people]]`.
    rest: String,
    /// Some of `[[people]]` each, in their order.
    pieces: Vec<&'a str>,
}

/// A line that begins with a bracket begins a table. Where that is wrong (inside a text of several lines), a piece ends
/// in the middle of something and is no TOML.
fn split(text: &str) -> Split<'_> {
    let mut split = Split { rest: String::new(), pieces: Vec::new() };
    let (mut begin, mut people) = (0, 0);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let opens = line.starts_with("[[people]]");
        let continues = people > 0 && (!line.starts_with('[') || belongs(line));
        if (opens && people == PIECE) || !(opens || continues) {
            split.pieces.extend(text.get(begin..at).filter(|piece| people > 0 && !piece.is_empty()));
            (begin, people) = (at, 0);
        }
        match opens {
            true if people == 0 => (begin, people) = (at, 1),
            true => people += 1,
            false if people == 0 => split.rest.push_str(line),
            false => {}
        }
        at += line.len();
    }
    split.pieces.extend(text.get(begin..).filter(|_| people > 0));
    split
}

/// A table inside of a person's.
fn belongs(line: &str) -> bool {
    line.starts_with("[people.") || line.starts_with("[[people.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> SeedTenant {
        toml::from_str(text).unwrap()
    }

    const HEAD: &str = "apps = []\n[company]\nname = \"A\"\ndomain = \"a.example\"\nusage_location = \"SE\"\n";

    /// So many people, each with a license in a table of its own, a group after every thousandth.
    fn company(count: usize) -> String {
        let mut text = HEAD.to_owned();
        for number in 0..count {
            text += &format!("[[people]]\nname = \"p{number}\"\n[[people.licenses]]\nsku = \"SPE_E3\"\n# next\n");
            if number % 1000 == 999 {
                text += &format!("[[groups]]\nname = \"g{number}\"\nmembers = [\n  \"p{number}\",\n]\n");
            }
        }
        text
    }

    #[test]
    fn what_is_read_in_pieces_is_what_stands_there() {
        for count in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let text = company(count);
            assert_eq!(read(&text).unwrap(), whole(&text), "{count}");
        }
        let pieces = split(&company(2 * PIECE)).pieces.len();
        assert_eq!(pieces, 2);
        let seeded = SeedTenant::northwind_text();
        assert_eq!(read(seeded).unwrap(), whole(seeded));
    }

    #[test]
    fn what_only_looks_like_the_begin_of_a_table_is_left_to_the_whole() {
        let titled = |title: &str| format!("{HEAD}[[people]]\nname = \"p\"\ntitle = \"\"\"\n{title}\n\"\"\"\n");
        assert_eq!(read(&titled("[[people]]")).unwrap(), whole(&titled("[[people]]")), "within one piece");
        assert_eq!(read(&titled("[company]")), None);
        assert_eq!(whole(&titled("[company]")).people[0].title.as_deref(), Some("[company]\n"));
        let mixed = format!("people = [{{ name = \"a\" }}]\n{HEAD}[[people]]\nname = \"b\"\n");
        assert_eq!(read(&mixed), None);
        assert_eq!(read(&format!("{HEAD}[[people]]\nnome = \"p\"\n")), None);
    }
}
