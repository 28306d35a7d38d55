//! A file of the tree, with its code told from its comments and literals. Knows just enough of Rust's letters for that.

/// One file.
pub(super) struct Source {
    /// From the root of the project, with forward slashes.
    pub(super) path: String,
    /// As it stands.
    pub(super) text: String,
    /// The same length in lines, with comments and the insides of literals blanked.
    pub(super) code: String,
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Self {
        let code = if path.ends_with(".rs") { code_of(text) } else { text.to_owned() };
        Self { path: path.to_owned(), text: text.to_owned(), code }
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The first folder, or file, under `src`.
    pub(super) fn room(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.split('/').next().map(|room| room.trim_end_matches(".rs"))
    }

    /// How many modules deep the file is under the root of the crate.
    pub(super) fn depth(&self) -> usize {
        let modules = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        modules.split('/').count() - 1
    }

    /// From 1.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.code[..offset].matches('\n').count() + 1
    }
}

fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, shown) = token(rest, first, code.chars().last());
        let (token, after) = rest.split_at(length);
        if shown {
            code.push_str(token);
        } else {
            code.extend(token.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    code
}

/// How long the next piece is, and whether it is code.
fn token(rest: &str, first: char, before: Option<char>) -> (usize, bool) {
    let in_word = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), false);
    }
    if first == '"' {
        return (quoted(rest, '"'), false);
    }
    if first == 'r'
        && !in_word
        && let Some(length) = raw_string(rest)
    {
        return (length, false);
    }
    if first == '\''
        && let Some(length) = character(rest)
    {
        return (length, false);
    }
    (first.len_utf8(), true)
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest[1..].chars().take_while(|letter| *letter == '#').count();
    let open = 1 + hashes;
    rest[open..].starts_with('"').then_some(())?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(rest[open + 1..].find(&close).map_or(rest.len(), |at| open + 1 + at + close.len()))
}

/// A character, not a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut letters = rest.chars().skip(1);
    match letters.next()? {
        '\\' => Some(quoted(rest, '\'')),
        letter => (letters.next()? == '\'').then(|| 2 + letter.len_utf8()),
    }
}
