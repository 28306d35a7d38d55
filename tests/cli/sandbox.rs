//! `licensebot sandbox` as a process, and what it prints.

use tempfile::TempDir;

use super::call;
use crate::support::{Process, http, licensebot};

/// A sandbox that runs apart, until it is dropped.
pub struct SandboxProcess {
    pub(super) base_url: String,
    pub(super) tenant_id: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    _process: Process,
    _directory: TempDir,
}

impl SandboxProcess {
    /// Starts one on a free port and reads how to reach it.
    pub fn start() -> Self {
        Self::in_directory(tempfile::tempdir().unwrap(), &[])
    }

    /// The same where files stand already that its arguments may name.
    pub(super) fn in_directory(directory: TempDir, more: &[&str]) -> Self {
        let arguments = [&["sandbox", "--listen", "127.0.0.1:0", "--data", "s"], more].concat();
        let process = Process::start(&mut licensebot(directory.path(), &arguments));
        let [base_url, tenant_id, client_id, client_secret] = ["base URL", "tenant id", "client id", "client secret"]
            .map(|name| {
                let line = process.line();
                line.strip_prefix(name).unwrap().trim().to_owned()
            });
        Self { base_url, tenant_id, client_id, client_secret, _process: process, _directory: directory }
    }
}

#[tokio::test]
async fn faults_in_a_file_wait_for_the_first_call() {
    let directory = tempfile::tempdir().unwrap();
    let file = "[[faults]]\nmatch = \"GET /users\"\nkind = \"status\"\nstatus = 503\nretryAfter = 3\n";
    std::fs::write(directory.path().join("outage.toml"), file).unwrap();
    let sandbox = SandboxProcess::in_directory(directory, &["--faults", "outage.toml"]);
    let get = async |path: &str| http().get(format!("{}{path}", sandbox.base_url)).send().await.unwrap();
    let down = get("/v1.0/users").await;
    assert_eq!((down.status().as_u16(), down.headers()["retry-after"].to_str().unwrap()), (503, "3"));
    assert_eq!(get("/v1.0/users").await.status().as_u16(), 401, "happened once; then there is no token");
}

#[test]
fn a_file_of_faults_that_makes_no_sense_ends_with_two_before_anything_is_kept() {
    let directory = tempfile::tempdir().unwrap();
    let told = |text: &str| {
        std::fs::write(directory.path().join("f.toml"), text).unwrap();
        let (code, out, err) = call(directory.path(), &["sandbox", "--data", "s", "--faults", "f.toml"]);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        err
    };
    let first = "[[faults]]\nmatch = \"users\"\nkind = \"cut\"\n\n";
    let second = format!("{first}[[faults]]\nmatch = \"users\"\nkind = \"cut\"\nstatus = 504\n");
    assert!(told(&second).contains("f.toml: Fault 2: `status` says nothing for the kind 'cut'."));
    assert!(told("[[faults]\n").contains("line 1"));
    std::fs::remove_file(directory.path().join("f.toml")).unwrap();
    let (code, _, err) = call(directory.path(), &["sandbox", "--data", "s", "--faults", "f.toml"]);
    assert!(code == 2 && err.contains("f.toml cannot be read"), "{err}");
    assert!(!directory.path().join("s").exists());
}
