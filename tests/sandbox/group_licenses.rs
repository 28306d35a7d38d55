//! Licenses through groups: accepted at once, worked on later, given to each member whole or not at all.

use jiff::SignedDuration;
use licensebot::domain::ids::GroupId;
use licensebot::sandbox::seed::ids;
use licensebot::sandbox::{SeedTenant, TenantClock};
use serde_json::{Value, json};

use super::support::{Answer, Tenant, held, northwind, plan, sku, with};

/// Marketing: eva, zoe, luca and ebba. eva holds Microsoft 365 E3 directly.
pub const MARKETING: &str = "16e15a53-aa9d-4e82-a904-e5e15cb89cd6";

/// The seeded company whose bot may change groups too.
pub fn with_groups() -> SeedTenant {
    let mut seed = northwind();
    seed.apps[0].roles.extend(["Group.ReadWrite.All".to_owned(), "Directory.Read.All".to_owned()]);
    seed
}

impl Tenant {
    /// Changes the licenses of a group.
    pub async fn assign_group(&self, group: impl ToString, add: &[Value], remove: &[&str]) -> Answer {
        let remove: Vec<String> = remove.iter().map(|one| sku(one)).collect();
        let body = json!({ "addLicenses": add, "removeLicenses": remove });
        self.post(&format!("/groups/{}/assignLicense", group.to_string()), &body).await
    }

    pub fn seconds(&self, count: i64) {
        self.clock.advance(SignedDuration::from_secs(count));
    }

    /// How far the work on a group's licenses is.
    pub async fn processing(&self, group: impl ToString) -> Value {
        let path = format!("/groups/{}?$select=licenseProcessingState", group.to_string());
        self.get(&path).await.ok()["licenseProcessingState"].take()
    }

    /// The paths of a person that come through groups: part number, state and error.
    pub async fn inherited(&self, who: &str) -> Vec<(String, String, String)> {
        let path = format!("/users/{who}@northwind.example?$select=licenseAssignmentStates");
        let states = self.get(&path).await.ok()["licenseAssignmentStates"].take();
        let skus = self.get("/subscribedSkus").await.ok();
        let name = |id: &Value| {
            let mut all = skus["value"].as_array().unwrap().iter();
            all.find(|one| one["skuId"] == *id).unwrap()["skuPartNumber"].as_str().unwrap().to_owned()
        };
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let through = states.as_array().unwrap().iter().filter(|one| !one["assignedByGroup"].is_null());
        through.map(|one| (name(&one["skuId"]), text(&one["state"]), text(&one["error"]))).collect()
    }

    /// Mail nicknames of the members to whom a group could not give its licenses.
    pub async fn in_error(&self, group: impl ToString) -> Vec<String> {
        let path = format!("/groups/{}/membersWithLicenseErrors?$select=mailNickname", group.to_string());
        let body = self.get(&path).await.ok();
        let mut names: Vec<String> =
            body["value"].as_array().unwrap().iter().map(|one| one["mailNickname"].as_str().unwrap().into()).collect();
        names.sort();
        names
    }
}

pub fn path(product: &str, state: &str, error: &str) -> (String, String, String) {
    (product.into(), state.into(), error.into())
}

#[tokio::test]
async fn a_groups_license_is_accepted_at_once_and_reaches_the_members_later() {
    let tenant = Tenant::of(with_groups()).await;
    let seats = tenant.consumed("POWER_BI_PRO").await;
    tenant.assign("zoe", &[with("POWER_BI_PRO", &[])], &[]).await.ok();
    assert_eq!(tenant.processing(MARKETING).await, Value::Null);

    let accepted = tenant.assign_group(MARKETING, &[with("POWER_BI_PRO", &[])], &[]).await;
    assert_eq!(accepted.status, 202);
    assert_eq!(accepted.body, tenant.get(&format!("/groups/{MARKETING}")).await.ok());
    let place = format!(
        "{}/v2/{}/directoryObjects/{MARKETING}/Microsoft.DirectoryServices.Group",
        tenant.facts.base_url, tenant.facts.tenant_id
    );
    assert_eq!(accepted.header("location"), place);
    let licenses = tenant.get(&format!("/groups/{MARKETING}?$select=assignedLicenses")).await.ok();
    assert_eq!(licenses["assignedLicenses"], json!([held("POWER_BI_PRO", &[])]));
    assert_eq!(tenant.processing(MARKETING).await, json!({ "state": "QueuedForProcessing" }));
    tenant.seconds(2);
    assert_eq!(tenant.processing(MARKETING).await, json!({ "state": "ProcessingInProgress" }));
    assert_eq!(tenant.inherited("luca").await, []);
    assert_eq!(tenant.consumed("POWER_BI_PRO").await, seats + 1);
    tenant.seconds(3);
    assert_eq!(tenant.processing(MARKETING).await, json!({ "state": "ProcessingComplete" }));

    assert_eq!(tenant.consumed("POWER_BI_PRO").await, seats + 4, "four people, though zoe holds it twice");
    let zoe = tenant.get("/users/zoe@northwind.example?$select=licenseAssignmentStates").await.ok();
    let state = |group: Value, at: &str| {
        json!({
            "assignedByGroup": group,
            "disabledPlans": [],
            "error": "None",
            "lastUpdatedDateTime": at,
            "skuId": sku("POWER_BI_PRO"),
            "state": "Active",
        })
    };
    let states = zoe["licenseAssignmentStates"].as_array().unwrap();
    assert_eq!(
        states[states.len() - 2..],
        [state(Value::Null, "2026-03-02T09:00:00Z"), state(json!(MARKETING), "2026-03-02T09:00:05Z")]
    );
    tenant.assign("zoe", &[], &["POWER_BI_PRO"]).await.ok();
    assert_eq!(tenant.consumed("POWER_BI_PRO").await, seats + 4, "what the group gives stays");
    tenant.assign_group(MARKETING, &[], &["POWER_BI_PRO"]).await.ok();
    tenant.seconds(5);
    assert_eq!(tenant.consumed("POWER_BI_PRO").await, seats);
    assert_eq!(tenant.processing(MARKETING).await, Value::Null);
}

#[tokio::test]
async fn a_newer_change_of_a_group_is_worked_on_together_with_the_older() {
    let tenant = Tenant::of(with_groups()).await;
    tenant.assign_group(MARKETING, &[with("POWER_BI_PRO", &[])], &[]).await.ok();
    tenant.seconds(3);
    tenant.assign_group(MARKETING, &[with("Microsoft_365_Copilot", &[])], &[]).await.ok();
    assert_eq!(tenant.processing(MARKETING).await, json!({ "state": "QueuedForProcessing" }));
    tenant.seconds(4);
    assert_eq!(tenant.inherited("luca").await, []);
    tenant.seconds(1);
    let both = [path("POWER_BI_PRO", "Active", "None"), path("Microsoft_365_Copilot", "Active", "None")];
    assert_eq!(tenant.inherited("luca").await, both);
}

#[tokio::test]
async fn a_group_gives_all_or_nothing_and_says_why() {
    let tenant = Tenant::of(with_groups()).await;
    let seats = tenant.consumed("POWER_BI_PRO").await;
    tenant.assign_group(MARKETING, &[with("VISIOCLIENT", &[]), with("POWER_BI_PRO", &[])], &[]).await.ok();
    tenant.seconds(5);
    let nothing = [path("VISIOCLIENT", "Error", "CountViolation"), path("POWER_BI_PRO", "Error", "Other")];
    assert_eq!(tenant.inherited("luca").await, nothing);
    assert_eq!((tenant.consumed("VISIOCLIENT").await, tenant.consumed("POWER_BI_PRO").await), (3, seats));
    assert_eq!(tenant.in_error(MARKETING).await, ["ebba", "eva", "luca", "zoe"]);
    let all = tenant.get("/groups?$filter=hasMembersWithLicenseErrors eq true&$select=id").await.ok();
    assert_eq!(all["value"], json!([{ "id": MARKETING }]));
    let assigned = tenant.licenses("luca").await;
    assert!(!assigned.to_string().contains(&sku("POWER_BI_PRO")), "what is in error is not assigned: {assigned}");
    let details = tenant.get("/users/luca@northwind.example/licenseDetails").await.ok();
    assert!(!details.to_string().contains("POWER_BI_PRO"), "{details}");

    let again = format!("/users/{}/reprocessLicenseAssignment", "luca@northwind.example");
    let refused = tenant.post(&again, &json!({})).await;
    let no_seat = format!("Subscription with SKU {} does not have any available licenses.", sku("VISIOCLIENT"));
    assert_eq!(refused.refused(400, "Request_BadRequest"), no_seat);
    tenant.assign("sofia", &[], &["VISIOCLIENT"]).await.ok();
    let done = tenant.post(&again, &json!({})).await;
    assert_eq!(done.status, 200);
    assert_eq!(done.body, tenant.get("/users/luca@northwind.example").await.ok());
    let both = [path("VISIOCLIENT", "Active", "None"), path("POWER_BI_PRO", "Active", "None")];
    assert_eq!(tenant.inherited("luca").await, both);
    assert_eq!(tenant.in_error(MARKETING).await, ["ebba", "eva", "zoe"]);
    assert_eq!((tenant.consumed("VISIOCLIENT").await, tenant.consumed("POWER_BI_PRO").await), (3, seats + 1));
}

#[tokio::test]
async fn plans_that_exclude_or_need_each_other_are_errors_of_those_members_only() {
    let tenant = Tenant::of(with_groups()).await;
    tenant.assign_group(MARKETING, &[with("EXCHANGESTANDARD", &[])], &[]).await.ok();
    tenant.seconds(5);
    assert_eq!(tenant.inherited("eva").await, [path("EXCHANGESTANDARD", "Error", "MutuallyExclusiveViolation")]);
    tenant.assign_group(MARKETING, &[with("EXCHANGESTANDARD", &["EXCHANGE_S_STANDARD"])], &[]).await.ok();
    tenant.seconds(5);
    assert_eq!(tenant.inherited("eva").await, [path("EXCHANGESTANDARD", "Active", "None")]);
    assert_eq!(tenant.in_error(MARKETING).await, [""; 0]);

    let operators = ids::LICENSE_AUDITORS;
    tenant.assign_group(operators, &[with("MCOEV", &[])], &[]).await.ok();
    let audited = tenant.licenses("aud").await.to_string();
    tenant.seconds(5);
    let expected = if audited.contains(&sku("SPE_E3")) {
        path("MCOEV", "Active", "None")
    } else {
        path("MCOEV", "Error", "DependencyViolation")
    };
    assert_eq!(tenant.inherited("aud").await, [expected]);
}

#[tokio::test]
async fn what_somebody_still_needs_is_not_taken_away() {
    let tenant = Tenant::of(with_groups()).await;
    tenant.assign("bo", &[with("MCOEV", &[])], &[]).await.ok();
    let seats = tenant.consumed("SPE_E3").await;
    tenant.assign_group(ids::SALES, &[], &["SPE_E3"]).await.ok();
    tenant.seconds(5);
    assert_eq!(tenant.inherited("bo").await, [path("SPE_E3", "ActiveWithError", "DependencyViolation")]);
    assert_eq!(tenant.inherited("siobhan").await, []);
    assert_eq!(tenant.in_error(ids::SALES).await, ["bo", "otto", "samir"], "two more have a phone that needs Teams");
    assert_eq!(tenant.consumed("SPE_E3").await, seats - 6, "all ten but them, and pia who holds it directly too");
    let again = format!("/users/{}/reprocessLicenseAssignment", ids::BO);
    let needs = format!(
        "License assignment failed because service plan {} depends on the service plan(s) {}, {}",
        plan("MCOEV"),
        plan("MCOSTANDARD"),
        plan("TEAMS1")
    );
    assert_eq!(tenant.post(&again, &Value::Null).await.refused(400, "Request_BadRequest"), needs);
    tenant.assign("bo", &[], &["MCOEV"]).await.ok();
    assert_eq!(tenant.post(&again, &Value::Null).await.status, 200);
    assert_eq!(tenant.inherited("bo").await, []);
    assert_eq!(tenant.in_error(ids::SALES).await, ["otto", "samir"]);
}

const COMPANY: &str = r#"
[company]
name = "Contoso"
domain = "northwind.example"
usage_location = "DE"

[settings]
group_queue_seconds = 0
group_work_seconds = 60

[[apps]]
name = "licensebot"
roles = ["Directory.ReadWrite.All"]

[[subscriptions]]
sku = "SPE_E3"
enabled = 2
prohibited_in = ["CU"]

[[people]]
name = "ada"
display = "Ada"

[[people]]
name = "bea"
display = "Bea"
usage_location = "CU"

[[people]]
name = "cyd"
display = "Cyd"
country = "SE"
mail = "dan@northwind.example"

[[people]]
name = "dan"
display = "Dan"
country = "SE"

[[people]]
name = "eli"
display = "Eli"
country = "SE"

[[groups]]
name = "Everybody"
id = "00000000-0000-4000-8000-00000000000a"
members = ["ada", "bea", "cyd", "eli"]
licenses = [{ sku = "SPE_E3" }]
"#;
const EVERYBODY: &str = "00000000-0000-4000-8000-00000000000a";

#[tokio::test]
async fn a_described_group_gives_what_it_can_from_the_first_day() {
    let seed = SeedTenant::parse(COMPANY).unwrap();
    let tenant = Tenant::of(seed.clone()).await;
    assert_eq!(tenant.inherited("ada").await, [path("SPE_E3", "Active", "None")]);
    assert_eq!(tenant.inherited("bea").await, [path("SPE_E3", "Error", "ProhibitedInUsageLocationViolation")]);
    assert_eq!(tenant.inherited("cyd").await, [path("SPE_E3", "Error", "UniquenessViolation")]);
    assert_eq!(tenant.inherited("eli").await, [path("SPE_E3", "Active", "None")]);
    let location = async |who: &str| {
        tenant.get(&format!("/users/{who}@northwind.example?$select=usageLocation")).await.ok()["usageLocation"].take()
    };
    assert_eq!(
        (location("ada").await, location("bea").await),
        (json!("DE"), json!("CU")),
        "inherited, and never overwritten"
    );
    assert_eq!(tenant.processing(EVERYBODY).await, json!({ "state": "ProcessingComplete" }));
    assert_eq!(tenant.in_error(EVERYBODY).await, ["bea", "cyd"]);
    let taken = tenant.post("/users/cyd@northwind.example/reprocessLicenseAssignment", &Value::Null).await;
    taken.refused(400, "Request_BadRequest");

    tenant.assign_group(EVERYBODY, &[with("SPE_E3", &["SWAY"])], &[]).await.ok();
    assert_eq!(tenant.processing(EVERYBODY).await, json!({ "state": "ProcessingInProgress" }), "nothing waits here");
    let tenant = tenant.restart_as(seed).await;
    assert_eq!(
        tenant.processing(EVERYBODY).await,
        json!({ "state": "ProcessingInProgress" }),
        "a restart forgets no work"
    );
    tenant.seconds(60);
    assert_eq!(tenant.licenses("ada").await, json!([held("SPE_E3", &["SWAY"])]));
}

#[tokio::test]
async fn an_address_that_somebody_else_has_is_refused_to_a_call_too() {
    let mut seed = SeedTenant::parse(COMPANY).unwrap();
    seed.subscriptions[0].enabled = 3;
    let tenant = Tenant::of(seed).await;
    let refused = tenant.assign("dan", &[with("SPE_E3", &[])], &[]).await;
    let taken = "Another object with the same value for property proxyAddresses already exists.";
    assert_eq!(refused.refused(400, "Request_BadRequest"), taken);
    let no_mailbox = with("SPE_E3", &["EXCHANGE_S_ENTERPRISE"]);
    assert_eq!(tenant.assign("dan", &[no_mailbox], &[]).await.status, 200);
}

/// Puts somebody into a group.
async fn join(tenant: &Tenant, group: GroupId, who: &str) -> Answer {
    let reference = format!("https://graph.microsoft.com/v1.0/directoryObjects/{who}");
    tenant.post(&format!("/groups/{group}/members/$ref"), &json!({ "@odata.id": reference })).await
}

#[tokio::test]
async fn licenses_come_and_go_with_membership() {
    let tenant = Tenant::of(with_groups()).await;
    let lee = ids::LEE.to_string();
    let seats = tenant.consumed("SPE_E3").await;
    let joined = join(&tenant, ids::SALES, &lee).await;
    assert_eq!((joined.status, &joined.body), (204, &Value::Null));
    let groups = tenant.get(&format!("/users/{lee}/memberOf/microsoft.graph.group?$select=displayName")).await.ok();
    assert_eq!(groups["value"], json!([{ "displayName": "Sales" }, { "displayName": "All Staff" }]));
    assert_eq!(tenant.inherited("lee").await, []);
    tenant.seconds(5);
    assert_eq!(tenant.inherited("lee").await, [path("SPE_E3", "Active", "None")]);
    assert_eq!(tenant.consumed("SPE_E3").await, seats + 1);
    let location = tenant.get(&format!("/users/{lee}?$select=usageLocation")).await.ok();
    assert_eq!(location["usageLocation"], "SE", "the tenant's");

    let ledger = tenant.ledger().await;
    assert_eq!(ledger[0]["what"], json!({ "addMember": { "group": ids::SALES, "member": lee } }));
    let tenant = tenant.restart_as(with_groups()).await;
    assert_eq!(tenant.inherited("lee").await, [path("SPE_E3", "Active", "None")]);
    let left = tenant.delete(&format!("/groups/{}/members/{lee}/$ref", ids::SALES)).await;
    assert_eq!((left.status, &left.body), (204, &Value::Null));
    assert_eq!(tenant.inherited("lee").await, [path("SPE_E3", "Active", "None")], "not yet");
    tenant.seconds(5);
    assert_eq!(tenant.inherited("lee").await, []);
    assert_eq!(tenant.consumed("SPE_E3").await, seats);
    let members = tenant.get(&format!("/groups/{}/members?$select=mailNickname", ids::SALES)).await.ok();
    assert!(!members.to_string().contains("\"lee\""), "{members}");
}

#[tokio::test]
async fn a_clock_that_is_set_back_undoes_no_work() {
    let tenant = Tenant::of(with_groups()).await;
    tenant.seconds(60);
    tenant.assign_group(MARKETING, &[with("POWER_BI_PRO", &[])], &[]).await.ok();
    tenant.seconds(5);
    let given = tenant.inherited("luca").await;
    assert_eq!(given, [path("POWER_BI_PRO", "Active", "None")]);
    tenant.seconds(-30);
    tenant.assign("luca", &[with("Microsoft_365_Copilot", &[])], &[]).await.ok();
    let ledger = tenant.ledger().await;
    assert_eq!(ledger[1]["at"], "2026-03-02T09:01:05Z", "never before what was done");
    let tenant = tenant.restart_as(with_groups()).await;
    assert_eq!(tenant.inherited("luca").await, given);
}
