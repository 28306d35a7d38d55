//! Signing in with a certificate: what the file says of it, and what is said of the file.

use super::*;

const BOT: &str = include_str!("../../../tests/certificates/bot.pem");
const RENEWED: &str = include_str!("../../../tests/certificates/renewed.pem");
const EXPIRED: &str = include_str!("../../../tests/certificates/expired.pem");
const OTHER: &str = include_str!("../../../tests/certificates/other.pem");
const KEY: &str = include_str!("../../../tests/certificates/bot.key");
const LOCKED: &str = include_str!("../../../tests/certificates/bot.locked.key");

const SECRET: &str = "client_secret = { env = \"LICENSEBOT_CLIENT_SECRET\" }";

/// The example, with the lines about a certificate in place of the secret.
fn place(certificate: &str, key: &str) -> Place {
    let place = Place::new(&filled_in().replace(&format!("{SECRET}\n"), "").replace("#| ", ""));
    place.write("licensebot.pem", certificate);
    place.write("licensebot.key", key);
    place
}

/// Without line and column.
fn sentences(problems: Vec<String>) -> Vec<String> {
    problems.iter().map(|problem| problem.split_once(": ").unwrap().1.to_owned()).collect()
}

#[test]
fn a_certificate_and_its_key_stand_in_for_the_secret() {
    let place = place(BOT, KEY);
    // Others may read a certificate.
    fs::set_permissions(place.0.path().join("licensebot.pem"), fs::Permissions::from_mode(0o644)).unwrap();
    let config = place.load().unwrap();
    assert!(matches!(&config.graph.credential, Credential::Certificate(_)));
    assert_eq!(config.warnings, [""; 0]);
    assert!(!format!("{config:?}").contains("PRIVATE KEY"));
}

#[test]
fn a_key_may_come_from_the_environment() {
    let place = place(BOT, "");
    let text = fs::read_to_string(place.config()).unwrap();
    place.write(
        "config.toml",
        &text.replace("private_key = { file = \"licensebot.key\" }", "private_key = { env = \"K\" }"),
    );
    let environment = |name: &str| (name == "K").then(|| OsString::from(KEY));
    assert!(Config::load(&place.config(), &environment, now()).is_ok());
}

#[test]
fn a_certificate_that_ends_soon_is_a_warning_at_its_place() {
    let place = place(RENEWED, KEY);
    let warnings = place.load().unwrap().warnings;
    let shown = format!("{}", place.config().display());
    let (at, warning) = warnings[0].strip_prefix(&shown).unwrap().split_once(": ").unwrap();
    assert!(regex::Regex::new("^:[0-9]+:24$").unwrap().is_match(at), "{at}");
    assert_eq!(
        warning,
        "graph.certificate: the certificate expires on 2027-01-01; make a new one, upload it to the app registration beside \
         this one, then name it and its key here"
    );
}

#[test]
fn what_cannot_be_used_is_told_at_the_key_that_named_it() {
    let said = |certificate: &str, key: &str| {
        let place = place(certificate, key);
        sentences(place.problems()).join("\n").replace(&format!("{}/", place.0.path().display()), "")
    };
    assert_eq!(
        said(EXPIRED, KEY),
        "graph.certificate: the certificate expired on 2021-01-01; make a new one, upload it to the app registration beside \
         this one, then name it and its key here"
    );
    assert_eq!(
        said(KEY, KEY),
        "graph.certificate: the file licensebot.pem holds no certificate, which begins with -----BEGIN CERTIFICATE-----; \
         write the certificate as PEM, for an RSA key"
    );
    assert_eq!(
        said(OTHER, KEY),
        "graph.private_key: the file licensebot.key holds the private key of another certificate; name the key that [graph] \
         certificate was made with"
    );
    assert_eq!(
        said(BOT, LOCKED),
        "graph.private_key: the file licensebot.key holds a private key under a passphrase; write it without one: `openssl \
         pkey -in OLD -out NEW`"
    );
    assert_eq!(said(BOT, " "), "graph.private_key: the file licensebot.key is empty; put the secret into it");
    let long = "c".repeat(64 * 1024 + 1);
    assert_eq!(
        said(&long, &long),
        "graph.certificate: the file licensebot.pem is longer than 64 KiB, so it is no certificate; name another file\n\
         graph.private_key: the file licensebot.key is longer than 64 KiB, so it is no secret; name another file"
    );
}

#[test]
fn a_key_that_others_may_read_is_refused() {
    let place = place(BOT, KEY);
    fs::set_permissions(place.0.path().join("licensebot.key"), fs::Permissions::from_mode(0o644)).unwrap();
    let said = sentences(place.problems());
    assert!(said[0].starts_with("graph.private_key: the file ") && said[0].contains("is open to others"), "{said:?}");
}

#[test]
fn there_is_one_way_to_sign_in_and_all_of_it() {
    let said = |lines: &str| {
        let place = Place::new(&filled_in().replace(SECRET, lines));
        place.write("licensebot.pem", BOT);
        place.write("licensebot.key", KEY);
        sentences(place.problems())
    };
    let (certificate, key) =
        ("certificate = { file = \"licensebot.pem\" }", "private_key = { file = \"licensebot.key\" }");
    assert_eq!(
        said(&format!("{SECRET}\n{certificate}\n{key}")),
        [
            "graph.client_secret: there are two ways to sign in; keep either client_secret, or certificate and private_key"
        ]
    );
    assert_eq!(said(certificate), ["graph.private_key: it is missing; write private_key = { file = \"…\" }"]);
    assert_eq!(said(key), ["graph.certificate: it is missing; write certificate = { file = \"…\" }"]);
    assert_eq!(
        said(""),
        [
            "graph.client_secret: it is missing; write client_secret = { env = \"…\" }, or certificate = { file = \"…\" } and \
          private_key = { file = \"…\" }"
        ]
    );
    assert_eq!(
        said(&format!("certificate = \"licensebot.pem\"\n{key}")),
        ["graph.certificate: { file = \"…\" } is wanted, and this is a text"]
    );
}
