use std::fs::{self, OpenOptions};
use std::io::Write;

use jiff::SignedDuration;
use licensebot::sandbox::TenantClock;
use serde_json::{Value, json};

use super::support::{Tenant, held, northwind, open, with};

#[tokio::test]
async fn what_was_accepted_is_still_there_after_a_restart() {
    let tenant = Tenant::start().await;
    let before = tenant.bearer().to_owned();
    tenant.patch("/users/lee@northwind.example", &json!({ "usageLocation": "SE" })).await.ok();
    tenant.clock.advance(SignedDuration::from_mins(2));
    tenant.assign("lee", &[with("SPE_E5", &["TEAMS1"])], &[]).await.ok();
    tenant.assign("eva", &[], &["SPE_E3"]).await.ok();
    let ledger = tenant.ledger().await;
    let read = "/users/lee@northwind.example?$select=usageLocation,licenseAssignmentStates";
    let lee = tenant.get(read).await.ok();
    let secret = format!("{:?}", tenant.facts);
    assert!(!secret.contains("sandbox-"), "a secret is never printed: {secret}");

    let tenant = tenant.restart().await;
    assert_eq!(tenant.ledger().await, ledger);
    assert_eq!(tenant.licenses("lee").await, json!([held("SPE_E5", &["TEAMS1"])]));
    assert_eq!(tenant.licenses("eva").await, json!([]));
    assert_eq!(tenant.consumed("SPE_E5").await, 12);
    let again = tenant.get(read).await.ok();
    assert_eq!(again["licenseAssignmentStates"], lee["licenseAssignmentStates"]);
    let old = tenant.http.get(format!("{}/v1.0/users", tenant.facts.base_url)).bearer_auth(before);
    assert_eq!(super::support::answer(old).await.status, 200, "tokens live on");
    tenant.assign("nil", &[with("SPE_E5", &[])], &[]).await.ok();
    assert_eq!(tenant.ledger().await.len(), 4);
}

#[tokio::test]
async fn a_line_torn_by_a_crash_is_dropped_and_written_over() {
    let tenant = Tenant::start().await;
    tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await.ok();
    let journal = tenant.directory().join("journal.jsonl");
    let whole = fs::read(&journal).unwrap();
    let mut file = OpenOptions::new().append(true).open(&journal).unwrap();
    file.write_all(br#"{"seq":2,"at":"2026-03-02T09:0"#).unwrap();

    let tenant = tenant.restart().await;
    assert_eq!(fs::read(&journal).unwrap(), whole);
    assert_eq!(tenant.ledger().await.len(), 1);
    tenant.assign("nil", &[with("SPE_E5", &[])], &[]).await.ok();
    let tenant = tenant.restart().await;
    let numbers: Vec<Value> = tenant.ledger().await.into_iter().map(|mut entry| entry["seq"].take()).collect();
    assert_eq!(numbers, [1, 2]);
}

/// What the sandbox says when it cannot start on a directory whose journal was changed by `change`.
async fn refusal(change: impl FnOnce(String) -> String) -> String {
    let tenant = Tenant::start().await;
    for who in ["ana", "nil"] {
        tenant.assign(who, &[with("SPE_E5", &[])], &[]).await.ok();
    }
    let directory = tenant.stop().await;
    let journal = directory.path().join("journal.jsonl");
    fs::write(&journal, change(fs::read_to_string(&journal).unwrap())).unwrap();
    let error = open(directory.path(), northwind()).unwrap_err().to_string();
    error.replace(&journal.display().to_string(), "JOURNAL")
}

#[tokio::test]
async fn a_journal_that_was_changed_by_hand_stops_the_start() {
    let cannot = "the journal JOURNAL cannot be continued:";
    let garbled = refusal(|text| text.replacen("\"seq\":1", "\"seq\":one", 1)).await;
    assert!(garbled.starts_with(&format!("{cannot} line 2: expected value")), "{garbled}");
    let cut =
        refusal(|text| text.lines().filter(|line| !line.contains("\"seq\":1,")).collect::<Vec<_>>().join("\n") + "\n");
    assert_eq!(cut.await, format!("{cannot} line 2: entry 2 stands where 1 belongs"));
    let stranger =
        refusal(|text| text.replace("2f74ac2d-07b0-40e8-ba85-8f1ca792763d", "00000000-0000-4000-8000-000000000001"));
    assert_eq!(stranger.await, format!("{cannot} line 2: there is no person 00000000-0000-4000-8000-000000000001"));
    let headless = refusal(|text| text.lines().skip(1).collect::<Vec<_>>().join("\n") + "\n").await;
    assert!(headless.starts_with(&format!("{cannot} its first line is no head")), "{headless}");
    let newer = refusal(|text| text.replacen("\"journal\":1", "\"journal\":2", 1)).await;
    assert_eq!(newer, format!("{cannot} its first line is of version 2; this program writes 1"));
}

#[tokio::test]
async fn one_directory_has_one_sandbox_and_one_tenant() {
    let tenant = Tenant::start().await;
    let second = open(tenant.directory(), northwind()).unwrap_err().to_string();
    assert!(second.ends_with("cannot be continued: another sandbox is running on it"), "{second}");
    let directory = tenant.stop().await;
    let mut other = northwind();
    other.company.tenant_id = "99999999-0000-4000-8000-000000000000".parse().unwrap();
    let error = open(directory.path(), other).unwrap_err().to_string();
    assert!(error.contains("not 99999999-0000-4000-8000-000000000000: choose another data directory"), "{error}");
}

#[tokio::test]
async fn a_directory_goes_on_from_the_company_it_was_begun_with() {
    let tenant = Tenant::start().await;
    let directory = tenant.stop().await;
    let mut grown = northwind();
    grown.people.truncate(20);
    grown.groups.clear();
    open(directory.path(), grown).unwrap();
    let kept =
        licensebot::sandbox::SeedTenant::parse(&fs::read_to_string(directory.path().join("tenant.toml")).unwrap());
    assert_eq!(kept.unwrap(), northwind());
}

#[cfg(unix)]
#[tokio::test]
async fn secrets_are_for_the_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let tenant = Tenant::start().await;
    let mode = fs::metadata(tenant.directory().join("credentials.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_description_that_points_nowhere_is_refused_with_the_name() {
    let directory = tempfile::tempdir().unwrap();
    let refused = |change: &dyn Fn(&mut licensebot::sandbox::SeedTenant)| {
        let mut seed = northwind();
        change(&mut seed);
        let place = tempfile::tempdir_in(directory.path()).unwrap();
        open(place.path(), seed).unwrap_err().to_string()
    };
    let cannot = "the tenant description cannot be used:";
    let error = refused(&|seed| seed.people[0].manager = Some("nobody".into()));
    let who = "there is no person \"nobody\"; write the `name` or `upn` of one of [[people]]";
    assert_eq!(error, format!("{cannot} [[people]] manager: {who}"));
    let error = refused(&|seed| seed.people[1].name = "ana".into());
    assert_eq!(error, format!("{cannot} [[people]] name: \"ana\" appears twice; each must be there once"));
    let error = refused(&|seed| seed.people[1].upn = Some("Ana@northwind.example".into()));
    assert_eq!(
        error,
        format!("{cannot} [[people]] upn: \"ana@northwind.example\" appears twice; each must be there once")
    );
    let error = refused(&|seed| seed.subscriptions[0].sku = "SPE_E6".into());
    let which = "there is no product \"SPE_E6\"; write a part number such as SPE_E3, or a product's id";
    assert_eq!(error, format!("{cannot} [[subscriptions]] sku: {which}"));
    let error = refused(&|seed| seed.people[0].licenses[0].off = vec!["TEAMS1".into()]);
    let plan = "\"FLOW_FREE\" holds no plan \"TEAMS1\"; write the plan's name as Graph does";
    assert_eq!(error, format!("{cannot} [[people]] licenses.off: {plan}"));
    let error = refused(&|seed| seed.subscriptions.push(seed.subscriptions[0].clone()));
    assert_eq!(error, format!("{cannot} [[subscriptions]] sku: \"SPE_E5\" appears twice; each must be there once"));
    let error = refused(&|seed| {
        let again = seed.people[0].licenses[0].clone();
        seed.people[0].licenses.push(again);
    });
    assert_eq!(error, format!("{cannot} [[people]] licenses: \"FLOW_FREE\" appears twice; each must be there once"));
    let error = refused(&|seed| {
        let again = seed.groups[0].members[0].clone();
        seed.groups[0].members.push(again);
    });
    assert_eq!(error, format!("{cannot} [[groups]] members: \"bo\" appears twice; each must be there once"));
    let error = refused(&|seed| seed.apps.clear());
    assert_eq!(error, format!("{cannot} the first of [[apps]] is the bot's; there is none, so add one"));
}

#[test]
fn a_description_that_makes_no_sense_leaves_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();
    let (mut unknown, mut botless) = (northwind(), northwind());
    unknown.subscriptions[0].sku = "SPE_E6".into();
    botless.apps.clear();
    for mistaken in [unknown, botless] {
        open(directory.path(), mistaken).unwrap_err();
    }
    open(directory.path(), northwind()).unwrap();
}
