//! What a person holds and was ever given, plan by plan; and what the company bought and is.

use licensebot::sandbox::seed::ids;
use serde_json::{Value, json};

use super::support::{Tenant, northwind, plan, sku, with, with_roles};

/// The provisioning of one plan inside a person's license.
fn status<'a>(detail: &'a Value, name: &str) -> &'a str {
    let plans = detail["servicePlans"].as_array().unwrap();
    plans.iter().find(|one| one["servicePlanName"] == name).unwrap()["provisioningStatus"].as_str().unwrap()
}

/// The entry of one plan in `assignedPlans`.
async fn assigned(tenant: &Tenant, who: &str, name: &str) -> Value {
    let body = tenant.get(&format!("/users/{who}@northwind.example?$select=assignedPlans")).await.ok();
    let plans = body["assignedPlans"].as_array().unwrap();
    plans.iter().find(|one| one["servicePlanId"] == plan(name)).cloned().unwrap_or_default()
}

#[tokio::test]
async fn license_details_name_every_plan_and_those_that_are_off() {
    let tenant = Tenant::start().await;
    let eva = tenant.get("/users/eva@northwind.example/licenseDetails").await.ok();
    let context = format!("{}/v1.0/$metadata#users('{}')/licenseDetails", tenant.facts.base_url, ids::EVA);
    assert_eq!(eva["@odata.context"], context);
    let [e3] = &eva["value"].as_array().unwrap()[..] else { panic!("{eva}") };
    assert_eq!((&e3["skuId"], &e3["skuPartNumber"]), (&json!(sku("SPE_E3")), &json!("SPE_E3")));
    assert_eq!((status(e3, "TEAMS1"), status(e3, "SWAY")), ("Disabled", "Disabled"));
    assert_eq!((status(e3, "EXCHANGE_S_ENTERPRISE"), status(e3, "INTUNE_O365")), ("Success", "PendingActivation"));

    // The tenant's id and the product's, each as Windows orders the bytes of a GUID.
    assert_eq!(e3["id"], "7hLbASkkE06VSgNG2J6dPRem6QVhAu5Mu0QTjT712WU");
    let path = format!("/users/{}/licenseDetails/{}?$select=skuPartNumber", ids::EVA, e3["id"].as_str().unwrap());
    let one = tenant.get(&path).await.ok();
    let context =
        format!("{}/v1.0/$metadata#users('{}')/licenseDetails(skuPartNumber)/$entity", tenant.facts.base_url, ids::EVA);
    assert_eq!(one, json!({ "@odata.context": context, "skuPartNumber": "SPE_E3" }));
    tenant.get("/users/ana@northwind.example/licenseDetails/nothing").await.refused(404, "Request_ResourceNotFound");
}

#[tokio::test]
async fn license_details_tell_what_groups_bring_and_nothing_of_the_unlicensed() {
    let tenant = Tenant::start().await;
    let bo = tenant.get("/users/bo@northwind.example/licenseDetails?$select=skuPartNumber").await.ok();
    assert_eq!(bo["value"], json!([{ "skuPartNumber": "SPE_E3" }]));
    let gus = tenant.get(&format!("/users/{}/licenseDetails", ids::GUS)).await.ok();
    assert_eq!(gus["value"], json!([]));
    let filtered = tenant.get("/users/bo@northwind.example/licenseDetails?$filter=skuPartNumber eq 'SPE_E3'").await;
    assert_eq!(filtered.refused(400, "Request_UnsupportedQuery"), "Unsupported Query.");
}

#[tokio::test]
async fn a_plan_that_was_switched_on_is_pending_until_its_service_is_done() {
    let tenant = Tenant::start().await;
    let mail = async || {
        let body = tenant.get("/users/ana@northwind.example/licenseDetails").await.ok();
        let e5 = body["value"].as_array().unwrap().iter().find(|one| one["skuPartNumber"] == "SPE_E5").cloned();
        status(&e5.unwrap(), "EXCHANGE_S_ENTERPRISE").to_owned()
    };
    tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await.ok();
    assert_eq!(mail().await, "PendingProvisioning");
    tenant.pass("899s").await;
    assert_eq!(mail().await, "PendingProvisioning");
    // Naming the product once more replaces its list of apps; the mailbox goes on being made.
    tenant.assign("ana", &[with("SPE_E5", &["SWAY"])], &[]).await.ok();
    tenant.pass("1s").await;
    assert_eq!(mail().await, "Success");
}

#[tokio::test]
async fn a_plan_that_was_taken_away_stays_listed_as_deleted() {
    let tenant = Tenant::start().await;
    let entry = |status: &str, at: &str| {
        json!({
            "assignedDateTime": at,
            "capabilityStatus": status,
            "service": "exchange",
            "servicePlanId": plan("EXCHANGE_S_ENTERPRISE"),
        })
    };
    assert_eq!(assigned(&tenant, "ana", "EXCHANGE_S_ENTERPRISE").await, Value::Null);
    tenant.assign("ana", &[with("SPE_E3", &[])], &[]).await.ok();
    tenant.pass("30m").await;
    let mail = assigned(&tenant, "ana", "EXCHANGE_S_ENTERPRISE").await;
    assert_eq!(mail, entry("Enabled", "2026-03-02T09:00:00Z"));

    // From one product to the other in one call: the mailbox was never gone.
    tenant.assign("ana", &[with("SPE_E5", &[])], &["SPE_E3"]).await.ok();
    assert_eq!(assigned(&tenant, "ana", "EXCHANGE_S_ENTERPRISE").await, mail);
    tenant.assign("ana", &[], &["SPE_E5"]).await.ok();
    let gone = assigned(&tenant, "ana", "EXCHANGE_S_ENTERPRISE").await;
    assert_eq!(gone, entry("Deleted", "2026-03-02T09:00:00Z"));
    let flow = assigned(&tenant, "ana", "FLOW_P2_VIRAL").await;
    assert_eq!((&flow["capabilityStatus"], &flow["service"]), (&json!("Enabled"), &json!("ProcessSimple")));
    assert_eq!(
        tenant.get("/users/ana@northwind.example/licenseDetails").await.ok()["value"][0]["skuPartNumber"],
        "FLOW_FREE"
    );

    let tenant = tenant.restart().await;
    assert_eq!(assigned(&tenant, "ana", "EXCHANGE_S_ENTERPRISE").await, gone, "the journal alone knows what was");
    tenant.assign("ana", &[with("SPE_E3", &[])], &[]).await.ok();
    let again = assigned(&tenant, "ana", "EXCHANGE_S_ENTERPRISE").await;
    assert_eq!(again, entry("Enabled", "2026-03-02T09:30:00Z"));
}

#[tokio::test]
async fn switching_one_app_off_leaves_its_trace_and_no_other() {
    let tenant = Tenant::start().await;
    tenant.assign("ana", &[with("SPE_E3", &[])], &[]).await.ok();
    tenant.assign("ana", &[with("SPE_E3", &["SWAY"])], &[]).await.ok();
    assert_eq!(assigned(&tenant, "ana", "SWAY").await["capabilityStatus"], "Deleted");
    assert_eq!(assigned(&tenant, "ana", "TEAMS1").await["capabilityStatus"], "Enabled");
    assert_eq!(assigned(&tenant, "eva", "SWAY").await, Value::Null, "what was never on leaves no trace");
}

#[tokio::test]
async fn whether_an_app_may_read_license_details_is_a_setting() {
    let mut seed = northwind();
    seed.company.app_only_license_details = false;
    let tenant = Tenant::of(seed).await;
    tenant.get("/users/bo@northwind.example/licenseDetails").await.refused(403, "Authorization_RequestDenied");
    let tenant = Tenant::of(with_roles(&["Organization.Read.All"])).await;
    tenant.get("/users/bo@northwind.example/licenseDetails").await.refused(403, "Authorization_RequestDenied");
}

#[tokio::test]
async fn the_purchases_behind_the_products_add_up() {
    let tenant = Tenant::start().await;
    let body = tenant.get("/directory/subscriptions").await.ok();
    let find = |part: &str| {
        let all = body["value"].as_array().unwrap();
        all.iter().find(|one| one["skuPartNumber"] == part).cloned().unwrap()
    };
    let e5 = find("SPE_E5");
    let shown = ["totalLicenses", "status", "isTrial", "nextLifecycleDateTime"].map(|name| e5[name].clone());
    assert_eq!(shown, [json!(14), json!("Enabled"), json!(false), Value::Null]);
    let project = find("PROJECTPROFESSIONAL");
    assert_eq!((&project["totalLicenses"], &project["status"]), (&json!(5), &json!("Suspended")));
    let skus = tenant.get("/subscribedSkus?$select=skuPartNumber,subscriptionIds").await.ok();
    assert_eq!(skus["value"][0], json!({ "skuPartNumber": "SPE_E5", "subscriptionIds": [e5["id"]] }));

    let id = e5["id"].as_str().unwrap();
    let one = tenant.get(&format!("/directory/subscriptions/{}?$select=skuId", id.to_uppercase())).await.ok();
    let context = format!("{}/v1.0/$metadata#directory/subscriptions(skuId)/$entity", tenant.facts.base_url);
    assert_eq!(one, json!({ "@odata.context": context, "skuId": sku("SPE_E5") }));
    let tenant = Tenant::of(with_roles(&["User.Read.All"])).await;
    tenant.get("/directory/subscriptions").await.refused(403, "Authorization_RequestDenied");
}

#[tokio::test]
async fn the_company_says_who_it_is() {
    let tenant = Tenant::start().await;
    let body = tenant.get("/organization?$select=id,displayName,verifiedDomains,countryLetterCode").await.ok();
    let domain = json!({
        "capabilities": "Email, OfficeCommunicationsOnline",
        "isDefault": true,
        "isInitial": true,
        "name": "northwind.example",
        "type": "Managed",
    });
    let northwind = json!({ "id": ids::TENANT, "displayName": "Northwind", "verifiedDomains": [domain], "countryLetterCode": "SE" });
    assert_eq!(body["value"], json!([northwind]));
    let one = tenant.get(&format!("/organization/{}?$select=createdDateTime", ids::TENANT)).await.ok();
    assert_eq!(one["createdDateTime"], "2019-02-04T09:00:00Z");
    tenant.get(&format!("/organization/{}", ids::APP)).await.refused(404, "Request_ResourceNotFound");
}

#[tokio::test]
async fn a_manager_has_reports() {
    let tenant = Tenant::start().await;
    let body = tenant.get("/users/megan@northwind.example/directReports?$select=id&$top=2").await.ok();
    let report = |id| json!({ "@odata.type": "#microsoft.graph.user", "id": id });
    assert_eq!(body["value"], json!([report(ids::ANA), report(ids::BO)]));
    assert!(body["@odata.nextLink"].is_string());
    let none = tenant.get("/users/ana@northwind.example/directReports/microsoft.graph.user").await.ok();
    assert_eq!(none["value"], json!([]));
}
