//! What is refused about groups, and in which words.

use licensebot::sandbox::seed::ids;
use reqwest::Method;
use serde_json::{Value, json};

use super::group_licenses::{MARKETING, with_groups};
use super::support::{Answer, Tenant, answer, plan, sku, with, with_roles};

const SPRING_CAMPAIGN: &str = "626487e2-c2c7-4adf-8b09-8546f271d4c6";
const BASED_IN_SWEDEN: &str = "19923e44-78b8-4198-b8a3-44197fa366d7";
const IT: &str = "07d09bc8-5dfa-4874-bd5e-74d6e2bc7967";

fn refusal(answer: &Answer) -> &str {
    answer.refused(400, "Request_BadRequest")
}

#[tokio::test]
async fn a_group_is_refused_by_the_same_table_as_a_person() {
    let tenant = Tenant::of(with_groups()).await;
    let unowned = format!("License {} does not correspond to a valid company License.", sku("STANDARDPACK"));
    assert_eq!(refusal(&tenant.assign_group(MARKETING, &[with("STANDARDPACK", &[])], &[]).await), unowned);
    let company = format!("License {} cannot be assigned to a user.", sku("SHAREPOINTSTORAGE"));
    assert_eq!(refusal(&tenant.assign_group(MARKETING, &[with("SHAREPOINTSTORAGE", &[])], &[]).await), company);
    let bought = tenant.assign_group(MARKETING, &[with("FLOW_PER_USER_DEPT", &[])], &[]).await;
    bought.refused(403, "Authorization_RequestDenied");
    let not_held = tenant.assign_group(MARKETING, &[], &["SPE_E3"]).await;
    assert_eq!(refusal(&not_held), "Group does not have a corresponding license.");
    let empty = tenant.assign_group(MARKETING, &[], &[]).await;
    assert_eq!(
        refusal(&empty),
        "No license changes provided. At least one license to add or remove must be specified."
    );
    let foreign = json!({ "skuId": sku("POWER_BI_PRO"), "disabledPlans": [plan("TEAMS1")] });
    assert!(refusal(&tenant.assign_group(MARKETING, &[foreign], &[]).await).contains("does not belong to"));
    let unified = tenant.assign_group(SPRING_CAMPAIGN, &[with("POWER_BI_PRO", &[])], &[]).await;
    assert_eq!(refusal(&unified), "Licenses can only be assigned to a group that is security enabled.");
    let unknown = tenant.assign_group(ids::ANA, &[with("POWER_BI_PRO", &[])], &[]).await;
    unknown.refused(404, "Request_ResourceNotFound");
    assert_eq!(tenant.ledger().await, Vec::<Value>::new());
}

#[tokio::test]
async fn each_call_wants_its_own_permission() {
    let tenant = Tenant::of(with_roles(&["LicenseAssignment.ReadWrite.All"])).await;
    assert_eq!(tenant.assign_group(MARKETING, &[with("POWER_BI_PRO", &[])], &[]).await.status, 202);
    let reference = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{}", ids::ANA) });
    let join = format!("/groups/{MARKETING}/members/$ref");
    tenant.post(&join, &reference).await.refused(403, "Authorization_RequestDenied");
    let leave = format!("/groups/{}/members/{}/$ref", ids::SALES, ids::BO);
    tenant.delete(&leave).await.refused(403, "Authorization_RequestDenied");
    tenant.delete(&format!("/groups/{IT}")).await.refused(403, "Authorization_RequestDenied");
    tenant.get(&format!("/groups/{IT}/membersWithLicenseErrors")).await.refused(403, "Authorization_RequestDenied");
    let again = format!("/users/{}/reprocessLicenseAssignment", ids::BO);
    assert_eq!(tenant.post(&again, &Value::Null).await.status, 200);
    let tenant = Tenant::of(with_roles(&["User.Read.All", "GroupMember.ReadWrite.All"])).await;
    assert_eq!(tenant.post(&join, &reference).await.status, 204);
    let refused = tenant.assign_group(MARKETING, &[with("POWER_BI_PRO", &[])], &[]).await;
    refused.refused(403, "Authorization_RequestDenied");
    tenant.post(&again, &Value::Null).await.refused(403, "Authorization_RequestDenied");
}

#[tokio::test]
async fn a_member_is_somebody_who_is_not_one_yet() {
    let tenant = Tenant::of(with_groups()).await;
    let join = async |group: &str, reference: &str| {
        tenant.post(&format!("/groups/{group}/members/$ref"), &json!({ "@odata.id": reference })).await
    };
    let object = |id: &dyn ToString| format!("https://graph.microsoft.com/v1.0/directoryObjects/{}", id.to_string());
    let already = join(&ids::SALES.to_string(), &object(&ids::BO)).await;
    assert_eq!(
        refusal(&already),
        "One or more added object references already exist for the following modified properties: 'members'."
    );
    let nobody = "00000000-0000-4000-8000-000000000001";
    let message = join(IT, &object(&nobody)).await.refused(404, "Request_ResourceNotFound").to_owned();
    assert!(message.starts_with(&format!("Resource '{nobody}' does not exist")), "{message}");
    assert!(refusal(&join(IT, "ana@northwind.example").await).starts_with("Invalid URL format"));
    refusal(&tenant.post(&format!("/groups/{IT}/members/$ref"), &json!({})).await);
    let text = tenant.request(Method::POST, &format!("/groups/{IT}/members/$ref")).body("ana");
    answer(text).await.refused(400, "BadRequest");
    join(BASED_IN_SWEDEN, &object(&ids::ANA)).await.refused(403, "Authorization_RequestDenied");
    assert_eq!(refusal(&join(IT, &object(&IT)).await), "A group cannot be added as a member of itself.");
    let keyed = format!("https://graph.microsoft.com/v1.0/users('{}')", ids::ANA);
    assert_eq!(join(IT, &keyed).await.status, 204);
    assert_eq!(join(IT, &object(&MARKETING)).await.status, 204, "a group can be a member");
    let nested = tenant.get(&format!("/groups/{IT}/members/microsoft.graph.group?$select=displayName")).await.ok();
    assert_eq!(nested["value"], json!([{ "displayName": "Marketing" }]));

    let leave = async |group: &str, id: &dyn ToString| {
        tenant.delete(&format!("/groups/{group}/members/{}/$ref", id.to_string())).await
    };
    leave(IT, &ids::EVA).await.refused(404, "Request_ResourceNotFound");
    leave(IT, &"eva").await.refused(404, "Request_ResourceNotFound");
    leave(BASED_IN_SWEDEN, &ids::BO).await.refused(403, "Authorization_RequestDenied");
    assert_eq!(leave(IT, &MARKETING).await.status, 204);
}

#[tokio::test]
async fn a_group_with_licenses_cannot_be_deleted() {
    let tenant = Tenant::of(with_groups()).await;
    let sales = format!("/groups/{}", ids::SALES);
    let refused = tenant.delete(&sales).await;
    assert_eq!(refusal(&refused), "A group with active licenses assigned to it cannot be deleted.");
    tenant.assign_group(ids::SALES, &[], &["SPE_E3"]).await.ok();
    let seats = tenant.consumed("SPE_E3").await;
    assert_eq!(tenant.delete(&sales).await.status, 204);
    assert_eq!(
        tenant.consumed("SPE_E3").await,
        seats - 9,
        "what it still gave goes with it; pia holds it directly too"
    );
    tenant.get(&sales).await.refused(404, "Request_ResourceNotFound");
    tenant.delete(&sales).await.refused(404, "Request_ResourceNotFound");
    let groups =
        tenant.get(&format!("/users/{}/memberOf/microsoft.graph.group?$select=displayName", ids::BO)).await.ok();
    assert!(!groups.to_string().contains("Sales"), "{groups}");
    let staff = "/groups/22791b62-4176-4927-a7a1-1a5179e33d09/members/microsoft.graph.group?$select=displayName";
    assert_eq!(tenant.get(staff).await.ok()["value"].as_array().unwrap().len(), 6, "it is nobody's member either");
    let tenant = tenant.restart_as(with_groups()).await;
    tenant.get(&sales).await.refused(404, "Request_ResourceNotFound");
    let marketing = tenant.get(&format!("/groups/{MARKETING}?$select=displayName")).await.ok();
    assert_eq!(marketing["displayName"], "Marketing");
}
