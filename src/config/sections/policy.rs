//! `[policy]`: which files hold the rules, and who is protected.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::Range;

use crate::config::files::{Named, matching};
use crate::config::section::{Notes, Section};
use crate::config::value::{guid, list, text, wrong};
use crate::config::{bounded, reason};
use crate::domain::ids::GroupId;
use crate::domain::policy::PolicySource;

/// No policy file is longer.
const LONGEST: u64 = 1024 * 1024;

/// What the section says, as far as it could be read.
#[derive(Debug)]
pub(in crate::config) struct PolicySection {
    pub(in crate::config) protected_groups: Option<BTreeSet<GroupId>>,
    files: Option<Vec<(String, Range<usize>)>>,
}

impl PolicySection {
    pub(super) fn read(file: &mut Section<'_, '_, '_>) -> Self {
        const ADVICE: &str = "files = [\"policies/my.cedar\"]: without a policy nothing is allowed";
        let mut section = file.required_section("policy", ADVICE);
        let files = section.required("files", ADVICE, |value| {
            let files = list(value, |pattern| Ok((text(pattern)?, pattern.span())))?;
            let none = "it names no file; copy policies/starter.cedar and name the copy";
            if files.is_empty() { wrong(value, none) } else { Ok(files) }
        });
        let protected_groups = section.or("protected_groups", BTreeSet::new(), |value| {
            list(value, |group| guid(group, "the group's objectId")).map(|groups| groups.into_iter().collect())
        });
        section.finish(&[]);
        Self { protected_groups, files }
    }

    /// The texts of all files, each once; what cannot be read is noted.
    pub(in crate::config) fn sources(&self, notes: &mut Notes<'_>) -> Option<Vec<PolicySource>> {
        let mut sources = Vec::new();
        let mut taken = BTreeSet::new();
        for (pattern, at) in self.files.as_ref()? {
            for file in named(pattern, at, notes)? {
                if taken.insert(file.path.clone()) {
                    sources.push(source(file, at, notes)?);
                }
            }
        }
        Some(sources)
    }
}

const KEY: &str = "policy.files";

fn named(pattern: &str, at: &Range<usize>, notes: &mut Notes<'_>) -> Option<Vec<Named>> {
    match matching(pattern, &notes.document().resolve("")) {
        Ok(files) if files.is_empty() => {
            notes.note(at, KEY, format!("no file is named like `{pattern}`; paths are relative to this file"));
            None
        }
        Ok(files) => Some(files),
        Err(error) => {
            let why = reason::of(&error);
            notes.note(at, KEY, format!("the files `{pattern}` cannot be listed ({why}); mend the path or its rights"));
            None
        }
    }
}

fn source(file: Named, at: &Range<usize>, notes: &mut Notes<'_>) -> Option<PolicySource> {
    let Named { name, path } = file;
    match fs::File::open(&path).and_then(|file| bounded::text(&file, LONGEST)) {
        Ok(text) => Some(PolicySource { name, text }),
        Err(error) => {
            let why = match error.kind() {
                io::ErrorKind::NotFound => "does not exist; paths are relative to this file".to_owned(),
                io::ErrorKind::InvalidData => "is not UTF-8; save it as UTF-8".to_owned(),
                io::ErrorKind::FileTooLarge => "is longer than 1 MiB; split it".to_owned(),
                _ => format!("cannot be read ({}); mend the path or its rights", reason::of(&error)),
            };
            notes.note(at, KEY, format!("the policy `{name}` {why}"));
            None
        }
    }
}
