//! A company of one's own: how a tenant file is read, what it leaves out, and how a mistake in it is told.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use licensebot::sandbox::{Sandbox, SeedError, SeedTenant, Start};
use serde_json::json;

use super::support::{Tenant, counting, new_clock, northwind, sku, with};

const SMALL: &str = r#"[company]
name = "Contoso"
domain = "contoso.example"
usage_location = "DE"

[[apps]]
name = "licensebot"
roles = ["LicenseAssignment.ReadWrite.All", "User.Read.All", "Organization.Read.All", "GroupMember.Read.All"]

[[subscriptions]]
sku = "SPE_E3"
enabled = 1
warning = 1
prohibited_in = ["CU"]

[[subscriptions]]
sku = "f30db892-07e9-47e9-837c-80727f46fd3d"
enabled = 10
state = "Suspended"

[[people]]
upn = "maria@contoso.example"
given = "Maria"
surname = "Kraus"
country = "DE"
usage_location = "AT"

[[people]]
upn = "jonas@elsewhere.example"
display = "Jonas Weber"
country = "DE"
manager = "MARIA@contoso.example"
licenses = [{ sku = "SPE_E3", off = ["YAMMER_ENTERPRISE"] }]

[[people]]
name = "kim"
display = "Kim"
country = "CU"
blocked = true

[[people]]
name = "lu"
display = "Lu"
country = "DE"
usage_location = ""

[[groups]]
name = "All of us"
owners = ["maria@contoso.example"]
members = ["kim", "jonas@elsewhere.example"]
"#;

fn small() -> SeedTenant {
    SeedTenant::parse(SMALL).unwrap()
}

#[tokio::test]
async fn a_short_description_is_a_whole_tenant() {
    let tenant = Tenant::of(small()).await;
    let select = "?$select=userPrincipalName,displayName,mailNickname,mail,country,usageLocation,accountEnabled";
    let read = async |who: &str| tenant.get(&format!("/users/{who}{select}")).await.ok();
    let jonas = read("jonas@elsewhere.example").await;
    assert_eq!(
        jonas,
        json!({
            "@odata.context": jonas["@odata.context"],
            "userPrincipalName": "jonas@elsewhere.example",
            "displayName": "Jonas Weber",
            "mailNickname": "jonas",
            "mail": "jonas@elsewhere.example",
            "country": "DE",
            "usageLocation": "DE",
            "accountEnabled": true,
        })
    );
    let maria = read("maria@contoso.example").await;
    assert_eq!((&maria["displayName"], &maria["usageLocation"]), (&json!("Maria Kraus"), &json!("AT")));
    let kim = read("kim@contoso.example").await;
    assert_eq!((&kim["mailNickname"], &kim["accountEnabled"]), (&json!("kim"), &json!(false)));
    assert_eq!(read("lu@contoso.example").await["usageLocation"], json!(null));
    let manager = tenant.get("/users/jonas@elsewhere.example/manager").await.ok();
    assert_eq!(manager["displayName"], "Maria Kraus");
    let skus = tenant.get("/subscribedSkus?$select=skuPartNumber,capabilityStatus,consumedUnits").await.ok();
    assert_eq!(
        skus["value"],
        json!([
            { "skuPartNumber": "SPE_E3", "capabilityStatus": "Enabled", "consumedUnits": 1 },
            { "skuPartNumber": "FLOW_FREE", "capabilityStatus": "Suspended", "consumedUnits": 0 },
        ])
    );
    let group = tenant.get("/groups?$select=mailNickname,displayName").await.ok();
    assert_eq!(group["value"], json!([{ "mailNickname": "all-of-us", "displayName": "All of us" }]));
}

/// Assigns a product to somebody of Contoso.
async fn assign(tenant: &Tenant, who: &str, product: &str) -> super::support::Answer {
    let body = json!({ "addLicenses": [with(product, &[])], "removeLicenses": [] });
    tenant.post(&format!("/users/{who}@contoso.example/assignLicense"), &body).await
}

#[tokio::test]
async fn where_nothing_is_proven_the_file_says_what_happens() {
    let no_seat = format!("Subscription with SKU {} does not have any available licenses.", sku("SPE_E3"));
    let tenant = Tenant::of(small()).await;
    assert_eq!(assign(&tenant, "maria", "SPE_E3").await.status, 200, "the seat in grace is hers");
    let mut strict = small();
    strict.settings.warning_seats_assignable = false;
    let tenant = Tenant::of(strict).await;
    assert_eq!(assign(&tenant, "maria", "SPE_E3").await.refused(400, "Request_BadRequest"), no_seat);
    let over = assign(&tenant, "maria", "FLOW_FREE").await;
    let no_seat = format!("Subscription with SKU {} does not have any available licenses.", sku("FLOW_FREE"));
    assert_eq!(
        over.refused(400, "Request_BadRequest"),
        no_seat,
        "a suspended product has no seats, whatever its units"
    );
}

#[tokio::test]
async fn a_location_can_forbid_a_product() {
    let tenant = Tenant::of(small()).await;
    let refused = assign(&tenant, "kim", "SPE_E3").await;
    let expected = format!("License {} cannot be assigned to a user in this usage location.", sku("SPE_E3"));
    assert_eq!(refused.refused(400, "Request_BadRequest"), expected);
}

#[test]
fn ids_that_are_not_given_are_made_of_the_names_and_never_change() {
    let seed = small();
    assert_eq!(seed.company.tenant_id, small().company.tenant_id);
    assert_eq!(seed.company.tenant_id.0.get_version_num(), 4);
    let ids = |seed: &SeedTenant| -> Vec<_> { seed.people.iter().map(|person| person.id).collect() };
    let mut grown = SMALL.to_owned();
    grown.insert_str(grown.find("[[people]]").unwrap(), "[[people]]\nname = \"new\"\ndisplay = \"New\"\n\n");
    assert_eq!(ids(&SeedTenant::parse(&grown).unwrap())[1..], ids(&seed));
    let other = SeedTenant::parse(&SMALL.replace("contoso.example", "fabrikam.example")).unwrap();
    assert!(other.company.tenant_id != seed.company.tenant_id && other.people[2].id != seed.people[2].id);
}

#[test]
fn what_was_printed_is_the_same_company() {
    for seed in [small(), northwind()] {
        assert_eq!(SeedTenant::parse(&seed.to_toml().unwrap()).unwrap(), seed);
    }
    assert_eq!(SeedTenant::parse(SeedTenant::northwind_text()).unwrap(), northwind());
}

#[test]
fn the_example_in_the_documentation_is_a_tenant() {
    let page = include_str!("../../docs/sandbox.md");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let everything: String = example.lines().map(|line| format!("{line}\n")).collect();
    let seed = SeedTenant::parse(&everything).unwrap();
    assert_eq!(seed.settings, SeedTenant::parse(SMALL).unwrap().settings, "the settings shown are the defaults");
    let directory = tempfile::tempdir().unwrap();
    super::support::open(directory.path(), seed).unwrap();
}

/// What is said about a file in which one text is another.
fn said(directory: &Path, from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    let file = directory.join("contoso.toml");
    fs::write(&file, SMALL.replacen(from, to, 1)).unwrap();
    let place = tempfile::tempdir_in(directory).unwrap();
    let error = match SeedTenant::read(&file) {
        Err(error) => error.to_string(),
        Ok(company) => {
            let start = Start::Described { company, file: file.clone() };
            Sandbox::open_from(place.path(), start, new_clock(), Arc::new(counting())).unwrap_err().to_string()
        }
    };
    error.replace(&file.display().to_string(), "contoso.toml")
}

#[test]
fn a_mistake_is_told_with_file_line_and_key() {
    let directory = tempfile::tempdir().unwrap();
    let said = |from: &str, to: &str| said(directory.path(), from, to);
    let cases = [
        (
            "domain = \"contoso.example\"",
            "domain = \"contoso\"",
            "3: [company] domain: \"contoso\" is no domain; write one such as contoso.example",
        ),
        (
            "usage_location = \"DE\"",
            "usage_location = \"UK\"",
            "4: [company] usage_location: \"UK\" is no country; write two capitals of ISO 3166, such as SE or GB",
        ),
        (
            "sku = \"SPE_E3\"",
            "sku = \"SPE_E9\"",
            "11: [[subscriptions]] sku: there is no product \"SPE_E9\"; write a part number such as SPE_E3, or a product's id",
        ),
        ("enabled = 10", "enabled = 4000000000", "18: [[subscriptions]] enabled: write at most 100000000 seats"),
        ("upn = \"maria@contoso.example\"\n", "", "21: [[people]]: somebody has no name; write `upn` or `name`"),
        (
            "upn = \"maria@contoso.example\"",
            "upn = \"maria\"",
            "22: [[people]] upn: \"maria\" is no address; write one such as ana@contoso.example",
        ),
        (
            "MARIA@contoso.example",
            "mario@contoso.example",
            "32: [[people]] manager: there is no person \"mario@contoso.example\"; write the `name` or `upn` of one of [[people]]",
        ),
        (
            "YAMMER_ENTERPRISE",
            "YAMMER",
            "33: [[people]] licenses.off: \"SPE_E3\" holds no plan \"YAMMER\"; write the plan's name as Graph does",
        ),
        (
            "{ sku = \"SPE_E3\",",
            "{ sku = \"SPE_E5\",",
            "33: [[people]] licenses.sku: \"SPE_E5\" is no subscription of this company; add it to [[subscriptions]]",
        ),
        (
            "members = [\"kim\"",
            "members = [\"tim\"",
            "50: [[groups]] members: there is no person \"tim\"; write the `name` or `upn` of one of [[people]]",
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(said(from, to), format!("contoso.toml:{expected}"));
    }
    let unknown = said("blocked = true", "blokked = true");
    assert!(
        unknown.starts_with("contoso.toml:39: [[people]] blokked: unknown field `blokked`, expected one of"),
        "{unknown}"
    );
    assert!(unknown.ends_with("; docs/sandbox.md shows every key"), "{unknown}");
    let wrong = said("enabled = 1\n", "enabled = \"one\"\n");
    assert!(wrong.starts_with("contoso.toml:12: [[subscriptions]] enabled: invalid type"), "{wrong}");
    let broken = said("[[apps]]", "[[apps");
    assert!(broken.starts_with("contoso.toml:6: "), "{broken}");
}

#[test]
fn a_file_that_cannot_be_read_is_a_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("contoso.toml");
    let said = |error: SeedError| error.to_string().replace(&file.display().to_string(), "contoso.toml");
    let missing = said(SeedTenant::read(&file).unwrap_err());
    let hint = "`licensebot sandbox --print-tenant > FILE` writes one to adapt";
    assert_eq!(missing, format!("contoso.toml: there is no such file; {hint}"));
    fs::write(&file, b"name = \"\xff\"").unwrap();
    assert_eq!(said(SeedTenant::read(&file).unwrap_err()), "contoso.toml: it is not UTF-8; save the file as UTF-8");
    fs::File::create(&file).unwrap().set_len(64 * 1024 * 1024 + 1).unwrap();
    let long = said(SeedTenant::read(&file).unwrap_err());
    assert_eq!(long, "contoso.toml: it is longer than 64 MiB, so it is no company; name another file");
}

#[test]
fn a_directory_goes_on_from_its_own_description_and_refuses_another_file() {
    let directory = tempfile::tempdir().unwrap();
    let open = |start| Sandbox::open_from(directory.path(), start, new_clock(), Arc::new(counting()));
    let described = |company| Start::Described { company, file: "contoso.toml".into() };
    let tenant_id = |sandbox: Sandbox| sandbox.facts("127.0.0.1:1".parse().unwrap()).tenant_id;
    drop(open(described(small())).unwrap());
    assert_eq!(tenant_id(open(Start::KeptOr(northwind())).unwrap()), small().company.tenant_id);
    drop(open(described(small())).unwrap());
    let mut changed = small();
    changed.people.pop();
    let refused = open(described(changed)).unwrap_err().to_string();
    let ending = "tenant.toml was begun from another description of this tenant: choose another data directory, or go on without --tenant";
    assert!(refused.ends_with(ending), "{refused}");
    let fresh = tempfile::tempdir().unwrap();
    let begun = Sandbox::open_from(fresh.path(), Start::KeptOr(northwind()), new_clock(), Arc::new(counting()));
    assert_eq!(tenant_id(begun.unwrap()), northwind().company.tenant_id);
}
