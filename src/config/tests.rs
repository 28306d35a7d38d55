//! Stories about configuration files: the example, everything wrong at once, and what each part needs.

mod certificates;

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::adapters::graph::Cloud;
use crate::domain::ids::PersonId;
use crate::domain::policy::route::Approvers;

const EXAMPLE: &str = include_str!("../../config.example.toml");
const STARTER: &str = include_str!("../../policies/starter.cedar");

/// A directory with a configuration in it, and what it points to.
struct Place(tempfile::TempDir);

impl Place {
    fn new(config: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("config.toml", config);
        place.write("policies/my.cedar", STARTER);
        place.write("audit.key", &"5eed".repeat(16));
        place
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn config(&self) -> PathBuf {
        self.0.path().join("config.toml")
    }

    fn load(&self) -> Result<Config, Vec<String>> {
        Config::load(&self.config(), &environment, now()).map_err(|problems| self.said(&problems))
    }

    fn problems(&self) -> Vec<String> {
        self.load().unwrap_err()
    }

    fn said(&self, problems: &Problems) -> Vec<String> {
        let directory = format!("{}/", self.0.path().display());
        problems.lines().iter().map(|line| line.replace(&directory, "")).collect()
    }
}

fn now() -> Timestamp {
    "2026-12-10T08:00:00Z".parse().unwrap()
}

fn environment(name: &str) -> Option<OsString> {
    (name == "LICENSEBOT_CLIENT_SECRET").then(|| OsString::from("canary~client.secret"))
}

/// The example, filled in.
fn filled_in() -> String {
    EXAMPLE.replace("00000000-0000-0000-0000-000000000000", "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9")
}

/// The example with every default written out.
fn written_out(example: &str) -> String {
    let is_key = |rest: &str| rest.starts_with(|first: char| first.is_ascii_lowercase());
    let uncomment = |line: &str| match line.strip_prefix('#') {
        Some(rest) if is_key(rest) => rest.to_owned(),
        _ => line.to_owned(),
    };
    example.lines().map(uncomment).collect::<Vec<_>>().join("\n")
}

fn keys_of(table: &toml::Table, path: &str, found: &mut BTreeSet<String>) {
    for (key, value) in table {
        let full = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match value {
            // A table inside a section is a value in braces: secrets, and pairs whose names the operator chooses.
            toml::Value::Table(table) if path.is_empty() => keys_of(table, &full, found),
            toml::Value::Array(items) if items.iter().any(toml::Value::is_table) => {
                items.iter().filter_map(toml::Value::as_table).for_each(|table| keys_of(table, &full, found));
            }
            _ => {
                found.insert(full);
            }
        }
    }
}

#[test]
fn the_example_holds_every_key_and_no_other() {
    let text = written_out(EXAMPLE);
    let mut written = BTreeSet::new();
    keys_of(&text.parse().unwrap(), "", &mut written);
    let document = Document::of_text("config.example.toml".into(), PathBuf::new(), &text);
    let (_, asked) = Reading::of(&document, |_, _| Some(()));
    let instead = EXAMPLE.lines().filter_map(|line| line.strip_prefix("#| ")?.split(" = ").next());
    written.extend(instead.map(|key| format!("graph.{key}")));
    assert_eq!(written, asked);
}

#[test]
fn every_key_of_the_example_has_a_sentence_before_it() {
    let mut explained = BTreeSet::new();
    let lines: Vec<&str> = EXAMPLE.lines().collect();
    for pair in lines.windows(2) {
        let key = pair[1].trim_start_matches('#').split(" = ").next().unwrap();
        let is_key = pair[1].contains(" = ") && !pair[1].starts_with("# ");
        let said = pair[0].starts_with("# ");
        assert!(!is_key || said || explained.contains(key), "{}", pair[1]);
        if is_key {
            explained.insert(key);
        }
    }
    assert!(explained.contains("pending_days"));
}

#[test]
fn the_example_says_what_is_still_to_be_filled_in() {
    let place = Place::new(EXAMPLE);
    fs::remove_file(place.0.path().join("audit.key")).unwrap();
    fs::remove_file(place.0.path().join("policies/my.cedar")).unwrap();
    let said = place.said(&Config::load(&place.config(), &|_| None, now()).unwrap_err());
    let keys: Vec<&str> = said.iter().map(|line| line.split(": ").nth(1).unwrap()).collect();
    assert_eq!(
        keys,
        [
            "audit.key",
            "graph.tenant_id",
            "graph.client_id",
            "graph.client_secret",
            "policy.files",
            "route.stage.fallback",
            "route.stage.fallback",
            "route.stage.approvers",
        ]
    );
    let (_, tenant) = marked(&EXAMPLE.replacen("tenant_id = ", "tenant_id = ‸", 1));
    assert_eq!(
        said[1],
        format!(
            "{tenant}graph.tenant_id: this is a stand-in; put the tenant's id (Entra admin center > Overview > Tenant ID) \
             in its place"
        )
    );
}

#[test]
fn a_whole_configuration_is_read_and_its_defaults_are_those_of_the_example() {
    let place = Place::new(&filled_in());
    let config = place.load().unwrap();
    assert_eq!(config.data.database, place.0.path().join("licensebot.db"));
    assert_eq!(config.data.tenant.to_string(), "ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9");
    assert_eq!(config.data.zone, TimeZone::UTC);
    assert_eq!((config.graph.cloud, &config.graph.base_url), (Cloud::Global, &None));
    let Credential::Secret(secret) = &config.graph.credential else { panic!("a secret") };
    assert_eq!(secret.expose_secret(), "canary~client.secret");
    assert_eq!(config.warnings, [""; 0]);
    assert_eq!(config.pending, SignedDuration::from_hours(14 * 24));
    assert!(!config.may_set_usage_location);
    assert_eq!(*config.rules.nicknames, Nicknames::default());
    let names: Vec<&str> = config.rules.policy.routes().map(|route| route.name.as_str()).collect();
    assert_eq!(names, ["at-once", "manager", "manager-then-operator"]);
    // Written out, the defaults change nothing.
    let written = Place::new(&written_out(&filled_in())).load().unwrap();
    let shown = |config: &Config| {
        let Config { graph, may_set_usage_location, pending, data, rules, warnings } = config;
        let root = |own: &Option<String>, cloud: &'static str| own.clone().unwrap_or_else(|| cloud.to_owned());
        let addresses = [
            root(&graph.base_url, graph.cloud.base_url()),
            root(&graph.login_url, graph.cloud.login_url()),
            format!("{} {} {:?}", graph.tenant_id, graph.client_id, graph.credential),
        ];
        format!("{addresses:?} {warnings:?} {may_set_usage_location} {pending} {:?} {:?}", data.zone, rules.nicknames)
    };
    assert_eq!(shown(&written), shown(&config));
}

#[test]
fn a_configuration_can_be_shown_without_its_secrets() {
    let config = Place::new(&filled_in()).load().unwrap();
    let shown = format!("{config:?}");
    assert!(!shown.contains("canary") && !shown.contains("5eed5eed"), "{shown}");
}

#[test]
fn everything_that_is_said_arrives() {
    let text = filled_in()
        .replace("#zone = \"UTC\"", "zone = \"Europe/Stockholm\"")
        .replace("#cloud = \"global\"", "cloud = \"us-gov-l4\"")
        .replace("#may_set_usage_location = false", "may_set_usage_location = true")
        .replace("#protected_groups = []", "protected_groups = [\"297c6603-6b1a-40f9-b157-283ad434dba2\"]")
        .replace("#quorum = 1\n", "")
        .replace("#nicknames = {}", "nicknames = { BI = \"POWER_BI_PRO\" }")
        .replace("#prices = {}", "prices = { SPE_E5 = 5470, power_bi_pro = 940 }")
        .replace("#currency = \"EUR\"", "currency = \"SEK\"")
        .replace("#pending_days = 14", "pending_days = 3");
    let people = "approvers = { people = [\"2f74ac2d-07b0-40e8-ba85-8f1ca792763d\", \"aaf35ff7-4556-4482-82f0-1f02602007b8\"] }\nquorum = 2\n";
    let text = text.replacen("approvers = \"manager\"\n", people, 1);
    let config = Place::new(&text).load().unwrap();
    assert_eq!(config.data.zone.iana_name(), Some("Europe/Stockholm"));
    assert_eq!((config.graph.cloud, &config.graph.base_url, &config.graph.login_url), (Cloud::UsGovL4, &None, &None));
    assert!(config.may_set_usage_location);
    assert_eq!(config.pending, SignedDuration::from_hours(72));
    let nicknames: Vec<&str> = config.rules.nicknames.iter().map(|(name, _)| name).collect();
    assert_eq!(nicknames, ["BI", "E3", "E5"]);
    let route = config.rules.policy.route("manager").unwrap();
    let people: BTreeSet<PersonId> = ["2f74ac2d-07b0-40e8-ba85-8f1ca792763d", "aaf35ff7-4556-4482-82f0-1f02602007b8"]
        .map(|id| id.parse().unwrap())
        .into();
    assert_eq!((route.rank, route.stages[0].quorum.get()), (10, 2));
    assert_eq!(route.stages[0].approvers, Approvers::People(people));
    assert!(route.stages[0].fallback.is_some());
    let texts = config.rules.policy.texts();
    for said in [r#""currency":"SEK""#, r#":5470"#, r#":940"#, "297c6603"] {
        assert!(texts.contains(said), "{said} is not in {texts}");
    }
}

/// A text without the mark `‸`, and where the mark was.
fn marked(text: &str) -> (String, String) {
    let before = text.split('‸').next().unwrap();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    (text.replacen('‸', "", 1), format!("config.toml:{line}:{column}: "))
}

#[test]
fn a_mistake_of_every_kind_is_told_at_its_place() {
    const FORMS: &str = "{ file = \"…\" } or { env = \"…\" }";
    let approvers = "\"manager\", { group = \"objectId\" } or { people = [\"objectId\"] }";
    let an_id = "this is not an id such as 2f74ac2d-07b0-40e8-ba85-8f1ca792763d; write";
    let mistakes = [
        (
            "#zone = \"UTC\"",
            "zone = ‸\"Europe/Stokholm\"",
            "time.zone: this machine knows no such time zone; write one such as \"Europe/Stockholm\", and see that the \
             package tzdata is installed",
        ),
        ("#zone = \"UTC\"", "‸zon = \"UTC\"", "time.zon: there is no such key; did you mean `zone`?"),
        (
            "[store]",
            "[‸http]\nlisten = \"127.0.0.1:80\"\n[store]",
            "http: this version listens to nobody, so the section has no effect; remove it",
        ),
        ("[store]", "[‸stor]\n[store]", "stor: there is no such section; did you mean `store`?"),
        (
            "[store]",
            "‸colour = 1\n[store]",
            "colour: there is no such key; remove it (config.example.toml has all there are)",
        ),
        (
            "\"sqlite://licensebot.db\"",
            "‸\"postgres://db\"",
            "store.url: `postgres://db` is no database that this version knows: write sqlite://PATH",
        ),
        (
            "\"sqlite://licensebot.db\"",
            "‸\"sqlite:///nowhere/licensebot.db\"",
            "store.url: there is no directory /nowhere; make it, for the owner alone",
        ),
        ("\"sqlite://licensebot.db\"", "‸\"\"", "store.url: it is empty; write a value, or remove the key"),
        (
            "[store]\n# Where requests and the audit trail are kept; SQLite, on a local disk.\nurl =",
            "[‸store]\n#",
            "store.url: it is missing; write url = \"sqlite://licensebot.db\"",
        ),
        (
            "{ file = \"audit.key\" }",
            "‸\"canary\"",
            &format!("audit.key: a secret never stands in this file; move it out and write {FORMS}"),
        ),
        (
            "{ file = \"audit.key\" }",
            "‸{ file = \"audit.key\", env = \"X\" }",
            &format!("audit.key: {FORMS} is wanted: one of them, not several"),
        ),
        (
            "{ file = \"audit.key\" }",
            "{ ‸path = \"audit.key\" }",
            &format!("audit.key: {FORMS} is wanted; there is no key like this in it"),
        ),
        (
            "#cloud = \"global\"",
            "cloud = ‸\"germany\"",
            "graph.cloud: it is none of \"global\", \"us-gov-l4\", \"us-gov-l5\", \"china\"",
        ),
        (
            "#base_url = \"https://graph.microsoft.com\"",
            "base_url = ‸\"http://graph.example\"",
            "graph.base_url: `base_url` must begin with https://: only an address of this machine may do without",
        ),
        (
            "#login_url = \"https://login.microsoftonline.com\"",
            "login_url = ‸7",
            "graph.login_url: a text in quotes is wanted, and this is a whole number",
        ),
        (
            "tenant_id = \"ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9\"",
            "tenant_id = ‸\"contoso.onmicrosoft.com\"",
            &format!("graph.tenant_id: {an_id} the tenant's id (Entra admin center > Overview > Tenant ID)"),
        ),
        (
            "#may_set_usage_location = false",
            "may_set_usage_location = ‸\"no\"",
            "graph.may_set_usage_location: true or false is wanted, without quotes, and this is a text",
        ),
        (
            "#base_url = \"https://graph.microsoft.com\"",
            "base_url = ‸\"https://dod-graph.microsoft.us/\"",
            "graph.base_url: `base_url` is an address of the cloud \"us-gov-l5\"; remove it, and write cloud = \"us-gov-l5\" if \
             that is yours",
        ),
        (
            "[\"policies/my.cedar\"]",
            "‸[]",
            "policy.files: it names no file; copy policies/starter.cedar and name the copy",
        ),
        (
            "[\"policies/my.cedar\"]",
            "‸\"policies/my.cedar\"",
            "policy.files: a list in brackets is wanted, and this is a text",
        ),
        (
            "[\"policies/my.cedar\"]",
            "[‸\"rules/*.cedar\"]",
            "policy.files: no file is named like `rules/*.cedar`; paths are relative to this file",
        ),
        (
            "#protected_groups = []",
            "protected_groups = [‸\"Board\"]",
            &format!("policy.protected_groups: {an_id} the group's objectId"),
        ),
        (
            "[[route]]\nname = \"manager-then-operator\"\nrank = 20",
            "‸[[route]]\nname = \"manager-then-operator\"\nrank = 10",
            "route: route `manager-then-operator`: it has the rank 10 of `manager`, so neither is stricter; give it its \
             own",
        ),
        ("rank = 20", "rank = ‸-1", "route.rank: a whole number from 0 to 1000000 is wanted"),
        (
            "rank = 20",
            "rank = ‸2.5",
            "route.rank: a whole number from 0 to 1000000 is wanted, and this is a number with a fraction",
        ),
        ("#quorum = 1", "‸qourum = 1", "route.stage.qourum: there is no such key; did you mean `quorum`?"),
        (
            "approvers = \"manager\"\n#",
            "approvers = ‸\"boss\"\n#",
            &format!("route.stage.approvers: {approvers} is wanted"),
        ),
        (
            "#nicknames = {}",
            "nicknames = { ‸X = \"NOTHING\" }",
            "catalog.nicknames: the nickname `X` stands for `NOTHING`, which is no part number; write a part number such \
             as SPE_E5, or the product's GUID",
        ),
        (
            "#nicknames = {}",
            "nicknames = ‸{ \"b i\" = \"SPE_E5\", \"B-I\" = \"SPE_E3\" }",
            "catalog.nicknames: the nickname `b i` is given twice; keep one",
        ),
        (
            "#prices = {}",
            "prices = { ‸NOTHING = 1 }\ncurrency = \"SEK\"",
            "catalog.prices: `NOTHING` is no part number; write one such as SPE_E5, or the product's GUID",
        ),
        (
            "#prices = {}",
            "prices = ‸{ SPE_E5 = 1 }",
            "catalog.prices: prices mean nothing without a currency; write currency = \"EUR\"",
        ),
        (
            "#currency = \"EUR\"",
            "currency = ‸\"Kronor\"",
            "catalog.currency: a currency is three capital letters, such as \"EUR\"",
        ),
        ("#pending_days = 14", "pending_days = ‸0", "limits.pending_days: a whole number from 1 to 365 is wanted"),
        (
            "#pending_days = 14",
            "pending_days = ‸99999999999999999999",
            "limits.pending_days: a whole number from 1 to 365 is wanted",
        ),
    ];
    for (from, to, sentence) in mistakes {
        let text = filled_in();
        assert!(text.contains(from), "{from}");
        let (text, place) = marked(&text.replacen(from, to, 1));
        // One mistake is one problem.
        assert_eq!(Place::new(&text).problems(), [place + sentence], "{to}");
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once_and_in_the_order_of_the_file() {
    let text = "[stroe]\nurl = 1\n[graph]\ntenant_id = 7\nclient_secret = \"canary\"\nclientid = \"x\"\n\
                [policy]\nfiles = [\"policies/*.cedar\", 3]\n[[route]]\nname = \"manager\"\nrank = 0\n[limits]\npending_days = true\n";
    let place = Place::new(text);
    assert_eq!(
        place.problems(),
        [
            "config.toml:1:1: audit: there is no section `[audit]`; add it, with key = { file = \"audit.key\" }",
            "config.toml:1:1: store: there is no section `[store]`; add it, with url = \"sqlite://licensebot.db\"",
            "config.toml:1:2: stroe: there is no such section; did you mean `store`?",
            "config.toml:3:2: graph.client_id: it is missing; write client_id = \"…\"",
            "config.toml:4:13: graph.tenant_id: a text in quotes is wanted, and this is a whole number",
            "config.toml:5:17: graph.client_secret: a secret never stands in this file; move it out and write \
             { file = \"…\" } or { env = \"…\" }",
            "config.toml:6:1: graph.clientid: there is no such key; did you mean `client_id`?",
            "config.toml:8:30: policy.files: a text in quotes is wanted, and this is a whole number",
            "config.toml:9:1: route: route `manager`: it asks nobody; give it a `[[route.stage]]`, or use `at-once`",
            "config.toml:9:1: route: route `manager`: rank 0 belongs to `at-once`; ranks begin at 1",
            "config.toml:13:16: limits.pending_days: a whole number from 1 to 365 is wanted, and this is true or false",
        ]
    );
}

#[test]
fn what_is_wrong_in_the_policies_is_told_with_the_rest() {
    let (text, at) = marked(&filled_in().replace("#pending_days = 14", "pending_days = ‸0"));
    let place = Place::new(&text);
    place.write("policies/my.cedar", "permit (principal, action == Action::\"viewOwn\", resource);\npermit (");
    let problems = place.problems();
    assert_eq!(problems[0], at + "limits.pending_days: a whole number from 1 to 365 is wanted");
    assert!(problems[1].starts_with("policies/my.cedar:2:"), "{problems:?}");
    assert_eq!(problems.len(), 2);
}

#[test]
fn a_route_that_cannot_be_read_makes_no_rule_wrong() {
    let (text, at) = marked(&filled_in().replace("rank = 20", "rank = ‸\"high\""));
    let sentence = "route.rank: a whole number from 0 to 1000000 is wanted, and this is a text";
    assert_eq!(Place::new(&text).problems(), [at + sentence]);
}

#[test]
fn the_policy_of_the_demo_is_refused_wherever_it_was_copied_to() {
    let place = Place::new(&filled_in());
    let demo = include_str!("../../policies/demo.cedar");
    place.write("policies/my.cedar", &demo.replace("\"manager\"", "\"manager-then-operator\""));
    let problems = place.problems();
    let refused =
        "this policy is for the demo's made-up company; copy policies/starter.cedar instead and name the copy";
    assert!(problems.iter().any(|problem| problem.ends_with(refused)), "{problems:?}");
}

#[test]
fn a_line_that_is_no_toml_hides_nothing_but_itself() {
    let (text, last) = marked(&filled_in().replace("#pending_days = 14", "pending_days = ‸0"));
    let (text, first) = marked(&text.replace("[audit]", "[audit‸"));
    assert_eq!(
        Place::new(&text).problems(),
        [
            first + "this is not TOML: unclosed table, expected `]`",
            last + "limits.pending_days: a whole number from 1 to 365 is wanted",
        ]
    );
}

#[test]
fn whoever_needs_only_a_part_needs_no_other_secret() {
    let place = Place::new(&filled_in());
    let nothing = |_: &str| None;
    let data = DataConfig::load(&place.config(), &nothing).unwrap();
    assert_eq!(data.audit_key.fingerprint(), AuditKey::from_secret("5eed".repeat(16).as_bytes()).fingerprint());
    fs::remove_file(place.0.path().join("audit.key")).unwrap();
    assert!(RulesConfig::load(&place.config()).unwrap().policy.route("manager").is_some());
    let (_, graph) = RulesConfig::load_with_graph(&place.config(), &environment).unwrap();
    let Credential::Secret(secret) = &graph.credential else { panic!("a secret") };
    assert_eq!(secret.expose_secret(), "canary~client.secret");
    let missing = RulesConfig::load_with_graph(&place.config(), &nothing).unwrap_err();
    assert_eq!(missing.lines().len(), 1);
    assert!(DataConfig::load(&place.config(), &nothing).is_err());
}

proptest::proptest! {
    #[test]
    fn whatever_is_written_is_told_in_lines_that_name_the_file(
        at in 0..EXAMPLE.len(),
        cut in 0usize..40,
        put in "[\\PC\n\r\t\"'\\[\\]{}=#.,\u{feff}]{0,12}",
    ) {
        let whole = filled_in();
        let mut letters: Vec<char> = whole.chars().collect();
        let from = at.min(letters.len());
        letters.splice(from..(from + cut).min(letters.len()), put.chars());
        let text: String = letters.into_iter().collect();
        let document = Document::of_text("c.toml".into(), PathBuf::from("/nowhere"), &text);
        let (answer, _) = Reading::of(&document, |sections, reading| {
            reading.data(sections, &environment);
            reading.graph(sections, &environment);
            reading.rules(sections);
            Some(())
        });
        // Nothing that it points to is there.
        let problems = answer.unwrap_err();
        for line in problems.lines() {
            proptest::prop_assert!(line.starts_with("c.toml:") && !line.contains('\n') && !line.contains("canary"), "{line}");
        }
    }
}
