//! The published descriptions that answers are held against. They are not part of the project: `LICENSEBOT_SPECS` names the folder
//! where they are.

use std::io::Write;
use std::path::{Path, PathBuf};

/// One of them. Where no folder is named, the test says by its own name that it did not run; a named folder without the file is a
/// failure.
pub fn published(file: &str, test: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("LICENSEBOT_SPECS") else {
        // Not a print macro: the harness hides what a passing test prints.
        let notice = format!("{test} did not run: LICENSEBOT_SPECS is not set\n");
        std::io::stderr().write_all(notice.as_bytes()).unwrap();
        return None;
    };
    let file = Path::new(&folder).join(file);
    assert!(file.exists(), "{} is not there", file.display());
    Some(file)
}
