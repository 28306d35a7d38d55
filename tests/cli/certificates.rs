//! A certificate from the file to the sign-in: what `sandbox --certificate` registers, `check` reads and `--online` presents.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::call;
use super::checking::{on_sandbox, write};
use super::sandbox::SandboxProcess;
use crate::support::certificate::{BOT, BOT_KEY, EXPIRED, OTHER, OTHER_KEY};

const CHECK: [&str; 4] = ["check", "--config", "config.toml", "--online"];

/// A sandbox where the bot's certificate is registered.
fn sandbox() -> SandboxProcess {
    let directory = tempfile::tempdir().unwrap();
    write(&directory, "bot.pem", BOT);
    SandboxProcess::in_directory(directory, &["--certificate", "bot.pem"])
}

/// A configuration that signs in to it with this certificate and key, and not with the secret.
fn signing_with(sandbox: &SandboxProcess, certificate: &str, key: &str) -> TempDir {
    let directory = on_sandbox(sandbox);
    let config = fs::read_to_string(directory.path().join("config.toml")).unwrap();
    let config = config.replace("client_secret = { file = \"secret\" }\n", "").replace("#| ", "");
    write(&directory, "config.toml", &config);
    fs::remove_file(directory.path().join("secret")).unwrap();
    write(&directory, "licensebot.pem", certificate);
    write(&directory, "licensebot.key", key);
    directory
}

#[test]
fn a_registered_certificate_signs_in_and_a_stranger_is_told_what_to_do() {
    let sandbox = sandbox();
    let (code, out, err) = call(signing_with(&sandbox, BOT, BOT_KEY).path(), &CHECK);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("\nsign-in: Entra issued a token, with every permission it needs"), "{out}");
    let (code, out, err) = call(signing_with(&sandbox, OTHER, OTHER_KEY).path(), &CHECK);
    assert_eq!((code, out.as_str()), (1, "config.toml: nothing is wrong with it\n"));
    assert_eq!(
        err,
        "sign-in: Entra refuses the bot's sign-in (AADSTS700027): the certificate is not registered on the app; upload the \
         file of [graph] certificate under Certificates & secrets\n"
    );
}

#[test]
fn a_certificate_that_has_expired_is_an_error_before_anything_is_sent() {
    let directory = signing_with(&sandbox(), EXPIRED, BOT_KEY);
    let sentence = "graph.certificate: the certificate expired on 2021-01-01; make a new one, upload it to the app \
                    registration beside this one, then name it and its key here";
    let place = regex::Regex::new("^config\\.toml:[0-9]+:[0-9]+: ").unwrap();
    for verb in ["check", "serve"] {
        let (code, out, err) = call(directory.path(), &[verb, "--config", "config.toml"]);
        assert_eq!((code, out.as_str()), (2, ""));
        assert_eq!(place.replace(&err, ""), format!("{sentence}\n"), "{err}");
    }
    let (code, out, _) = call(directory.path(), &["check", "--config", "config.toml", "--json"]);
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &answer["fine"]), (2, &Value::Bool(false)));
    assert!(answer["problems"][0].as_str().unwrap().ends_with(sentence), "{answer}");
}

#[test]
fn what_is_no_certificate_is_not_registered() {
    let directory = tempfile::tempdir().unwrap();
    write(&directory, "bot.key", BOT_KEY);
    let refused = |file: &str| {
        let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--data", "s", "--certificate", file];
        let (code, out, err) = call(directory.path(), &arguments);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(!err.contains("PRIVATE"), "{err}");
        err
    };
    assert_eq!(
        refused("bot.key"),
        "bot.key holds no certificate, which begins with -----BEGIN CERTIFICATE-----; name a certificate as PEM\n"
    );
    assert_eq!(refused("gone.pem"), "gone.pem cannot be read (it is not there); name a certificate as PEM\n");
}
