//! `check` and `serve`: a configuration from the copied example to one that a sandbox tenant agrees with.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::sandbox::SandboxProcess;
use super::{call, ended, licensebot};

const STARTER: &str = include_str!("../../policies/starter.cedar");
const EXAMPLE: &str = include_str!("../../config.example.toml");
pub const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
pub const OPERATORS: &str = "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9";

pub(super) fn write(directory: &TempDir, name: &str, text: &str) {
    let path = directory.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// A configuration that nothing is wrong with.
pub fn good() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    write(
        &directory,
        "config.toml",
        &EXAMPLE.replace(NOBODY, OPERATORS).replace("env = \"LICENSEBOT_CLIENT_SECRET\"", "file = \"secret\""),
    );
    write(&directory, "policies/my.cedar", STARTER);
    write(&directory, "audit.key", &"5eed".repeat(16));
    write(&directory, "secret", "canary~client.secret\n");
    directory
}

const CHECK: [&str; 3] = ["check", "--config", "config.toml"];
const SERVE: [&str; 3] = ["serve", "--config", "config.toml"];

#[test]
fn a_copied_example_says_everything_that_is_still_to_do() {
    let directory = tempfile::tempdir().unwrap();
    write(&directory, "config.toml", EXAMPLE);
    let stand_in = "this is a stand-in; put";
    let expected = [
        "audit.key: there is no file audit.key; put the secret into it, for its owner alone",
        &format!(
            "graph.tenant_id: {stand_in} the tenant's id (Entra admin center > Overview > Tenant ID) in its place"
        ),
        &format!(
            "graph.client_id: {stand_in} the app registration's id (Entra admin center > App registrations > \
             Application ID) in its place"
        ),
        "graph.client_secret: the environment variable LICENSEBOT_CLIENT_SECRET is not set; set it for the process, or \
         use { file = \"…\" }",
        "policy.files: the policy `policies/my.cedar` does not exist; paths are relative to this file",
        &format!("route.stage.fallback: {stand_in} the group's objectId in its place"),
        &format!("route.stage.fallback: {stand_in} the group's objectId in its place"),
        &format!("route.stage.approvers: {stand_in} the group's objectId in its place"),
    ];
    let place = regex::Regex::new("(?m)^config\\.toml:[0-9]+:[0-9]+: ").unwrap();
    for arguments in [CHECK, SERVE] {
        let (code, out, err) = call(directory.path(), &arguments);
        assert_eq!(place.find_iter(&err).count(), expected.len(), "{err}");
        let sentences = place.replace_all(&err, "");
        assert_eq!(sentences.lines().collect::<Vec<_>>(), expected);
        assert_eq!((code, out.as_str()), (2, ""));
    }
    let (code, out, err) = call(directory.path(), &["check", "--config", "config.toml", "--json"]);
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, err.as_str()), (2, ""));
    assert_eq!(answer["fine"], false);
    assert_eq!(answer["problems"].as_array().unwrap().len(), expected.len());
}

#[test]
fn a_good_configuration_is_fine_to_check_and_still_nothing_to_serve() {
    let directory = good();
    assert_eq!(
        call(directory.path(), &CHECK),
        (0, "config.toml: nothing is wrong with it\n".to_owned(), String::new())
    );
    let sentence = "config.toml: nothing is wrong with it, but no chat platform is configured, and this version knows none \
                    for a real tenant; try `licensebot demo`\n";
    assert_eq!(call(directory.path(), &SERVE), (2, String::new(), sentence.to_owned()));
    let (code, out, _) = call(directory.path(), &["check", "--config", "config.toml", "--json"]);
    assert_eq!((code, serde_json::from_str::<Value>(&out).unwrap()), (0, json!({ "fine": true, "problems": [] })));
}

#[test]
fn serve_without_a_policy_or_with_the_demos_does_not_start() {
    let directory = good();
    write(&directory, "policies/my.cedar", include_str!("../../policies/demo.cedar"));
    let (code, _, err) = call(directory.path(), &SERVE);
    assert_eq!(code, 2);
    let refused =
        "this policy is for the demo's made-up company; copy policies/starter.cedar instead and name the copy\n";
    assert!(err.contains(refused), "{err}");
    let config = fs::read_to_string(directory.path().join("config.toml")).unwrap();
    write(&directory, "config.toml", &config.replace("files = [\"policies/my.cedar\"]", ""));
    let (code, _, err) = call(directory.path(), &SERVE);
    assert_eq!(code, 2);
    let missing =
        "policy.files: it is missing; write files = [\"policies/my.cedar\"]: without a policy nothing is allowed";
    assert!(err.contains(missing), "{err}");
}

#[test]
fn a_configuration_that_is_not_there_is_a_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let sentence = "config.toml: there is no such file; copy config.example.toml to it and adapt the copy\n";
    assert_eq!(call(directory.path(), &CHECK), (2, String::new(), sentence.to_owned()));
}

/// The good configuration, on a sandbox.
pub fn on_sandbox(sandbox: &SandboxProcess) -> TempDir {
    let directory = good();
    let config = fs::read_to_string(directory.path().join("config.toml")).unwrap();
    let root = &sandbox.base_url;
    let config = config
        .replace("#base_url = \"https://graph.microsoft.com\"", &format!("base_url = \"{root}\""))
        .replace("#login_url = \"https://login.microsoftonline.com\"", &format!("login_url = \"{root}\""))
        .replace(&format!("tenant_id = \"{OPERATORS}\""), &format!("tenant_id = \"{}\"", sandbox.tenant_id))
        .replace(&format!("client_id = \"{OPERATORS}\""), &format!("client_id = \"{}\"", sandbox.client_id));
    write(&directory, "config.toml", &config);
    write(&directory, "secret", &sandbox.client_secret);
    directory
}

fn online(directory: &Path) -> (i32, String, String) {
    call(directory, &["check", "--config", "config.toml", "--online"])
}

#[test]
fn check_online_signs_in_and_reads_what_the_bot_reads() {
    let sandbox = SandboxProcess::start();
    let directory = on_sandbox(&sandbox);
    let (code, out, err) = online(directory.path());
    assert_eq!((code, err.as_str()), (0, ""));
    let people = regex::Regex::new("people: [0-9]+ accounts").unwrap();
    let products = regex::Regex::new("products: [0-9]+ are").unwrap();
    let out = products.replace(&people.replace(&out, "people: N accounts"), "products: N are").into_owned();
    assert_eq!(
        out,
        "config.toml: nothing is wrong with it\n\
         sign-in: Entra issued a token, with every permission it needs\n\
         products: N are owned\n\
         people: N accounts can be read\n\
         groups: every group of the routes is there\n"
    );
    // A rule explained, on the same tenant and without the audit key.
    fs::remove_file(directory.path().join("audit.key")).unwrap();
    let explain = ["policy", "explain", "--config", "config.toml", "--as", "ana", "--product", "E5"];
    let (code, out, err) = call(directory.path(), &explain);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("the rule “ask” takes the route “manager”"), "{out}");
    assert!(out.contains("Megan Doyle may vote"), "{out}");
}

#[test]
fn check_online_says_what_does_not_work_and_never_the_secret() {
    let sandbox = SandboxProcess::start();
    let directory = on_sandbox(&sandbox);
    write(&directory, "secret", "canary~not.the.secret");
    let (code, out, err) = online(directory.path());
    assert_eq!((code, out.as_str()), (1, "config.toml: nothing is wrong with it\n"));
    assert!(err.starts_with("sign-in: "), "{err}");
    assert!(!err.contains("canary"), "{err}");
    write(&directory, "secret", &sandbox.client_secret);
    let config = fs::read_to_string(directory.path().join("config.toml")).unwrap();
    let gone = "2f74ac2d-0000-40e8-ba85-8f1ca792763d";
    write(&directory, "config.toml", &config.replacen(OPERATORS, gone, 1));
    let mut command = licensebot(directory.path(), &["check", "--config", "config.toml", "--online", "--json"]);
    let (code, out, _) = ended(command.output().unwrap());
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 1);
    let message = format!("no group has the objectId {gone}; correct the routes");
    assert_eq!(answer["services"][3], json!({ "what": "groups", "fine": false, "message": message }));
    assert_eq!(answer["services"][0]["fine"], true);
}
