//! Calls that need data: `migrate`, `audit` and `request`, on a configuration and on the directory of a demo.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;
use tempfile::TempDir;

use super::call;

const TENANT: &str = "01db12ee-2429-4e13-954a-0346d89e9d3d";

/// A directory with a configuration that has no secret of Graph: who only looks at the data needs none.
fn configured() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let config = include_str!("../../config.example.toml")
        .replacen("00000000-0000-0000-0000-000000000000", TENANT, 1)
        .replace("00000000-0000-0000-0000-000000000000", "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9");
    fs::write(directory.path().join("config.toml"), config).unwrap();
    let key = directory.path().join("audit.key");
    fs::write(&key, "5eed".repeat(16)).unwrap();
    fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
    directory
}

const CONFIG: [&str; 2] = ["--config", "config.toml"];

fn on_config(directory: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    call(directory.path(), &arguments.iter().chain(&CONFIG).copied().collect::<Vec<_>>())
}

#[test]
fn a_database_is_made_and_its_empty_trail_holds() {
    let directory = configured();
    let (code, out, err) = on_config(&directory, &["audit", "head"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(err, "there is no database at licensebot.db: start licensebot once, or name the right directory\n");
    let made = format!("The database at licensebot.db is of this version, for tenant {TENANT}.\n");
    assert_eq!(on_config(&directory, &["migrate"]), (0, made.clone(), String::new()));
    assert_eq!(on_config(&directory, &["migrate"]), (0, made, String::new()), "twice is as good");
    let (code, head, _) = on_config(&directory, &["audit", "head"]);
    assert_eq!(code, 0);
    assert!(head.starts_with("0:") && head.trim().len() == 66, "{head}");
    let (code, out, err) = on_config(&directory, &["audit", "verify", "--anchor", head.trim()]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert_eq!(on_config(&directory, &["audit", "export"]), (0, String::new(), String::new()));
    let (_, out, _) = on_config(&directory, &["migrate", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["tenant"], TENANT);
}

#[test]
fn a_request_that_is_not_there_is_a_sentence() {
    let directory = configured();
    on_config(&directory, &["migrate"]);
    let (code, out, err) = on_config(&directory, &["request", "show", "R-7K3MQ2XA"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(err, "there is no request R-7K3MQ2XA; see its card for the id\n");
}

#[test]
fn another_key_or_another_tenant_opens_nothing() {
    let directory = configured();
    on_config(&directory, &["migrate"]);
    fs::write(directory.path().join("audit.key"), "0dd1".repeat(16)).unwrap();
    let (code, _, err) = on_config(&directory, &["audit", "verify"]);
    assert_eq!(code, 1);
    assert!(err.starts_with("the audit trail is sealed with another key"), "{err}");
    let (_, _, err) = on_config(&directory, &["migrate"]);
    assert!(err.starts_with("the audit trail is sealed with another key"), "{err}");
    fs::write(directory.path().join("audit.key"), "5eed".repeat(16)).unwrap();
    let config = fs::read_to_string(directory.path().join("config.toml")).unwrap();
    let other = config.replace(TENANT, "ffffffff-2429-4e13-954a-0346d89e9d3d");
    fs::write(directory.path().join("config.toml"), other).unwrap();
    let (code, _, err) = on_config(&directory, &["audit", "verify"]);
    assert_eq!(code, 1);
    assert!(err.starts_with("the database belongs to tenant 01db12ee-"), "{err}");
}

#[test]
fn an_anchor_that_is_none_is_a_wrong_call() {
    let directory = configured();
    on_config(&directory, &["migrate"]);
    let (code, _, err) = on_config(&directory, &["audit", "verify", "--anchor", "yesterday"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("`yesterday` is no anchor; give what `licensebot audit head` printed"), "{err}");
}
