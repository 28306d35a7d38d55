//! The files that a pattern such as `policies/*.cedar` names, where `*` stands for any part of one name and nothing else is
//! special. Never reads what stands in one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file, and what to call it: the pattern with names in the place of stars.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// The files that match, sorted by name. A pattern without stars names one file, whether it exists or not.
pub(super) fn matching(pattern: &str, directory: &Path) -> io::Result<Vec<Named>> {
    let start = if pattern.starts_with('/') { "/" } else { "" };
    let mut found = vec![Named { name: start.to_owned(), path: directory.join(start) }];
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        found =
            if part.contains('*') { entries(&found, part)? } else { found.iter().map(|at| at.join(part)).collect() };
    }
    found.sort();
    Ok(found)
}

fn entries(directories: &[Named], pattern: &str) -> io::Result<Vec<Named>> {
    let mut found = Vec::new();
    for directory in directories.iter().filter(|directory| directory.path.is_dir() || directory.name.is_empty()) {
        let path = if directory.path.as_os_str().is_empty() { Path::new(".") } else { &directory.path };
        for entry in fs::read_dir(path)? {
            let name = entry?.file_name();
            found.extend(name.to_str().filter(|name| fits(pattern, name)).map(|name| directory.join(name)));
        }
    }
    Ok(found)
}

impl Named {
    fn join(&self, part: &str) -> Self {
        let separator = if self.name.is_empty() || self.name.ends_with('/') { "" } else { "/" };
        Self { name: format!("{}{separator}{part}", self.name), path: self.path.join(part) }
    }
}

/// Hidden files are only meant by patterns that begin with a dot.
fn fits(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let mut parts = pattern.split('*');
    let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_part_of_a_name() {
        for (pattern, name) in [("*.cedar", "a.cedar"), ("*", "x"), ("a*b*c", "a-b-bc"), ("a*", "a"), (".*", ".x")] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("*.cedar", "a.cedar~"), ("*", ".hidden"), ("a*a", "a"), ("a*b*c", "acb"), ("b*", "ab")]
        {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn files_are_named_as_the_pattern_names_them() {
        let directory = tempfile::tempdir().unwrap();
        for file in ["p/b.cedar", "p/a.cedar", "p/a.txt", "q/c.cedar", "d.cedar"] {
            let path = directory.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let names = |pattern: &str| -> Vec<String> {
            matching(pattern, directory.path()).unwrap().into_iter().map(|file| file.name).collect()
        };
        assert_eq!(names("p/*.cedar"), ["p/a.cedar", "p/b.cedar"]);
        assert_eq!(names("*/*.cedar"), ["p/a.cedar", "p/b.cedar", "q/c.cedar"]);
        assert_eq!(names("*.cedar"), ["d.cedar"]);
        assert_eq!(names("gone.cedar"), ["gone.cedar"]);
        assert_eq!(names("p/*.toml"), [""; 0]);
        let absolute = format!("{}/p/b*", directory.path().display());
        assert_eq!(names(&absolute), [format!("{}/p/b.cedar", directory.path().display())]);
    }
}
