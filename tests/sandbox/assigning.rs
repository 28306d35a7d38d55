use jiff::SignedDuration;
use licensebot::sandbox::{TenantClock, seed::ids};
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Answer, Tenant, answer, held, northwind, plan, sku, with, with_roles};

/// The message of a refusal, which is always a 400 of the same code.
fn refusal(answer: &Answer) -> &str {
    answer.refused(400, "Request_BadRequest")
}

#[tokio::test]
async fn a_license_is_assigned_and_the_answer_is_the_person_without_it() {
    let tenant = Tenant::start().await;
    tenant.clock.advance(SignedDuration::from_mins(5));
    let done = tenant.assign("ana", &[with("SPE_E5", &[])], &[]).await;
    assert_eq!(done.status, 200);
    let person = tenant.get("/users/ana@northwind.example").await.ok();
    assert_eq!(done.body, person);
    assert_eq!(person.as_object().unwrap().len(), 12, "eleven properties and the context");
    assert_eq!(tenant.licenses("ana").await, json!([held("FLOW_FREE", &[]), held("SPE_E5", &[])]));
    assert_eq!(tenant.consumed("SPE_E5").await, 12);
    let states = tenant.get("/users/ana@northwind.example?$select=licenseAssignmentStates").await.ok();
    assert_eq!(states["licenseAssignmentStates"][1]["lastUpdatedDateTime"], "2026-03-02T09:05:00Z");
    let cast = format!("/users/{}/microsoft.graph.assignLicense", ids::ANA);
    let undo = json!({ "addLicenses": [], "removeLicenses": [sku("SPE_E5")] });
    assert_eq!(tenant.post(&cast, &undo).await.status, 200);
    assert_eq!(tenant.consumed("SPE_E5").await, 11);
}

#[tokio::test]
async fn adding_what_is_held_replaces_the_list_of_switched_off_apps() {
    let tenant = Tenant::start().await;
    assert_eq!(tenant.licenses("eva").await, json!([held("SPE_E3", &["TEAMS1", "SWAY"])]));
    tenant.assign("eva", &[with("SPE_E3", &["YAMMER_ENTERPRISE"])], &[]).await.ok();
    assert_eq!(tenant.licenses("eva").await, json!([held("SPE_E3", &["YAMMER_ENTERPRISE"])]));
    tenant.assign("eva", &[json!({ "skuId": sku("SPE_E3") })], &[]).await.ok();
    assert_eq!(tenant.licenses("eva").await, json!([held("SPE_E3", &[])]));
}

#[tokio::test]
async fn a_swap_is_one_call_that_moves_one_seat() {
    let tenant = Tenant::start().await;
    let (e3, e5) = (tenant.consumed("SPE_E3").await, tenant.consumed("SPE_E5").await);
    tenant.assign("eva", &[with("SPE_E5", &["TEAMS1", "SWAY"])], &["SPE_E3"]).await.ok();
    assert_eq!(tenant.licenses("eva").await, json!([held("SPE_E5", &["TEAMS1", "SWAY"])]));
    assert_eq!((tenant.consumed("SPE_E3").await, tenant.consumed("SPE_E5").await), (e3 - 1, e5 + 1));
}

#[tokio::test]
async fn a_call_with_one_wrong_part_changes_nothing() {
    let tenant = Tenant::start().await;
    let before = tenant.licenses("eva").await;
    let refused = tenant.assign("eva", &[with("SPE_E5", &[]), with("VISIOCLIENT", &[])], &["SPE_E3"]).await;
    let expected = format!("Subscription with SKU {} does not have any available licenses.", sku("VISIOCLIENT"));
    assert_eq!(refusal(&refused), expected);
    assert_eq!(tenant.licenses("eva").await, before);
    assert_eq!(tenant.consumed("SPE_E5").await, 11);
    assert_eq!(tenant.ledger().await, Vec::<Value>::new());
}

#[tokio::test]
async fn two_paths_use_one_seat_and_the_direct_one_can_go_alone() {
    let tenant = Tenant::start().await;
    let seats = tenant.consumed("SPE_E3").await;
    tenant.assign("bo", &[with("SPE_E3", &[])], &[]).await.ok();
    assert_eq!(tenant.consumed("SPE_E3").await, seats);
    tenant.assign("bo", &[], &["SPE_E3"]).await.ok();
    assert_eq!(tenant.licenses("bo").await, json!([held("SPE_E3", &[])]), "the group's path stays");
    assert_eq!(tenant.consumed("SPE_E3").await, seats);
    let inherited = tenant.assign("bo", &[with("SPE_E5", &[])], &["SPE_E3"]).await;
    assert_eq!(
        refusal(&inherited),
        "User license is inherited from a group membership and it cannot be removed directly from the user."
    );
}

#[tokio::test]
async fn of_two_who_want_the_last_seat_one_gets_it() {
    let mut seed = northwind();
    let e5 = seed.subscriptions.iter_mut().find(|one| one.sku == "SPE_E5").unwrap();
    e5.enabled -= 2;
    let tenant = Tenant::of(seed).await;
    let e5 = [with("SPE_E5", &[])];
    let (ana, nil) = tokio::join!(tenant.assign("ana", &e5, &[]), tenant.assign("nil", &e5, &[]));
    let mut statuses = [ana.status, nil.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
    let loser = if ana.status == 400 { &ana } else { &nil };
    let expected = format!("Subscription with SKU {} does not have any available licenses.", sku("SPE_E5"));
    assert_eq!(refusal(loser), expected);
    assert_eq!(tenant.consumed("SPE_E5").await, 12);
    assert_eq!(tenant.ledger().await.len(), 1);
}

#[tokio::test]
async fn who_holds_a_full_product_may_change_its_apps() {
    let tenant = Tenant::start().await;
    let visio = plan("VISIOONLINE");
    let add = json!({ "skuId": sku("VISIOCLIENT"), "disabledPlans": [visio] });
    assert_eq!(tenant.assign("sofia", &[add], &[]).await.status, 200);
}

#[tokio::test]
async fn a_suspended_product_goes_to_nobody_new_and_stays_with_its_holders() {
    let tenant = Tenant::start().await;
    let refused = tenant.assign("emil", &[with("PROJECTPROFESSIONAL", &[])], &[]).await;
    assert!(refusal(&refused).ends_with("does not have any available licenses."));
    assert_eq!(tenant.assign("viktor", &[], &["PROJECTPROFESSIONAL"]).await.status, 200);
}

#[tokio::test]
async fn nothing_is_assigned_without_a_usage_location() {
    let tenant = Tenant::start().await;
    let e5 = [with("SPE_E5", &[])];
    let refused = tenant.assign("lee", &e5, &[]).await;
    assert_eq!(refusal(&refused), "License assignment cannot be done for user with invalid usage location.");
    let set = tenant.patch("/users/lee@northwind.example", &json!({ "usageLocation": "US" })).await;
    assert_eq!((set.status, &set.body), (204, &Value::Null));
    assert_eq!(tenant.assign("lee", &e5, &[]).await.status, 200);
}

#[tokio::test]
async fn a_usage_location_is_a_country_or_refused() {
    let tenant = Tenant::start().await;
    let lee = "/users/lee@northwind.example";
    for wrong in [json!("UK"), json!("se"), json!(""), json!(5), Value::Null] {
        let refused = tenant.patch(lee, &json!({ "usageLocation": wrong })).await;
        assert_eq!(refusal(&refused), "Property usageLocation is invalid.", "{wrong}");
    }
    let refused = tenant.patch(lee, &json!({ "usageLocation": {} })).await;
    assert!(refusal(&refused).contains("'StartObject' node was found for property named 'usageLocation'"));
    let refused = tenant.patch(lee, &json!({ "assignedLicenses": [] })).await;
    assert_eq!(refusal(&refused), "Property 'assignedLicenses' is read-only and cannot be set.");
    assert_eq!(tenant.patch(lee, &json!({})).await.status, 204);
    assert_eq!(tenant.ledger().await, Vec::<Value>::new());
    let other = tenant.patch("/users/nobody@northwind.example", &json!({ "usageLocation": "SE" })).await;
    other.refused(404, "Request_ResourceNotFound");
}

#[tokio::test]
async fn blocked_people_and_guests_can_hold_licenses() {
    let tenant = Tenant::start().await;
    assert_eq!(tenant.assign("dana", &[with("POWER_BI_PRO", &[])], &[]).await.status, 200);
    let guest = format!("/users/{}/assignLicense", ids::GUS);
    let body = json!({ "addLicenses": [with("POWER_BI_PRO", &[])], "removeLicenses": [] });
    assert_eq!(tenant.post(&guest, &body).await.status, 200);
}

#[tokio::test]
async fn every_refusal_has_its_words() {
    let tenant = Tenant::start().await;
    let unowned = sku("STANDARDPACK");
    let company = format!("License {unowned} does not correspond to a valid company License.");
    assert_eq!(refusal(&tenant.assign("ana", &[with("STANDARDPACK", &[])], &[]).await), company);
    assert_eq!(refusal(&tenant.assign("ana", &[], &["STANDARDPACK"]).await), company);
    let refused = tenant.assign("ana", &[with("SHAREPOINTSTORAGE", &[])], &[]).await;
    let expected = format!("License {} cannot be assigned to a user.", sku("SHAREPOINTSTORAGE"));
    assert_eq!(refusal(&refused), expected);
    let refused = tenant.assign("ana", &[with("FLOW_PER_USER_DEPT", &[])], &[]).await;
    refused.refused(403, "Authorization_RequestDenied");
    let refused = tenant.assign("ana", &[], &["SPE_E3"]).await;
    assert_eq!(refusal(&refused), "User does not have a corresponding license.");
    let refused = tenant.assign("ana", &[], &[]).await;
    let expected = "No license changes provided. At least one license to add or remove must be specified.";
    assert_eq!(refusal(&refused), expected);
    let foreign = json!({ "skuId": sku("POWER_BI_PRO"), "disabledPlans": [plan("TEAMS1")] });
    let refused = tenant.assign("ana", &[foreign], &[]).await;
    assert!(refusal(&refused).contains("does not belong to the subscription"));
    let refused = tenant.assign("nobody", &[with("SPE_E3", &[])], &[]).await;
    let message = refused.refused(404, "Request_ResourceNotFound");
    assert!(message.starts_with("Resource 'nobody@northwind.example' does not exist"), "{message}");
}

#[tokio::test]
async fn plans_that_exclude_or_need_each_other_are_judged_at_the_end_of_the_call() {
    let tenant = Tenant::start().await;
    let refused = tenant.assign("eva", &[with("EXCHANGESTANDARD", &[])], &[]).await;
    let (p1, p2) = (plan("EXCHANGE_S_STANDARD"), plan("EXCHANGE_S_ENTERPRISE"));
    let expected = format!("License assignment failed because service plans {p1}, {p2} are mutually exclusive.");
    assert_eq!(refusal(&refused), expected);
    tenant.assign("eva", &[with("EXCHANGESTANDARD", &["EXCHANGE_S_STANDARD"])], &[]).await.ok();

    let refused = tenant.assign("ana", &[with("MCOEV", &[])], &[]).await;
    let (phone, skype, teams) = (plan("MCOEV"), plan("MCOSTANDARD"), plan("TEAMS1"));
    let expected = format!(
        "License assignment failed because service plan {phone} depends on the service plan(s) {skype}, {teams}"
    );
    assert_eq!(refusal(&refused), expected);
    tenant.assign("ana", &[with("MCOEV", &[]), with("SPE_E3", &["MCOSTANDARD"])], &[]).await.ok();
    let refused = tenant.assign("ana", &[], &["SPE_E3"]).await;
    assert_eq!(refusal(&refused), expected, "what is needed cannot be removed either");
    tenant.assign("ana", &[], &["SPE_E3", "MCOEV"]).await.ok();
}

#[tokio::test]
async fn a_payload_that_cannot_be_read_is_refused_before_anything_else() {
    let tenant = Tenant::of(with_roles(&[])).await;
    let path = "/users/nobody@northwind.example/assignLicense";
    let missing = tenant.post(path, &json!({ "addLicenses": [] })).await;
    assert_eq!(
        missing.body,
        json!({
            "error": {
                "code": "Request_BadRequest",
                "message": "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: removeLicenses.",
                "innerError": {
                    "date": "2026-03-02T09:00:00",
                    "request-id": missing.header("request-id"),
                    "client-request-id": missing.header("request-id"),
                }
            }
        })
    );
    let no_guid = tenant.post(path, &json!({ "addLicenses": [{ "skuId": "E5" }], "removeLicenses": [] })).await;
    let expected =
        "Cannot convert a primitive value to the expected type 'Edm.Guid'. See the inner exception for more details";
    assert_eq!(refusal(&no_guid), expected);
    let cased = tenant.post(path, &json!({ "addLicenses": [{ "SkuId": "E5" }], "removeLicenses": [] })).await;
    assert!(
        cased.refused(400, "BadRequest").contains("'SkuId' does not exist on type 'microsoft.graph.assignedLicense'")
    );
    let text = answer(tenant.request(Method::POST, path).body("addLicenses=E5")).await;
    text.refused(400, "BadRequest");
    let readable = tenant.post(path, &json!({ "addLicenses": [], "removeLicenses": [] })).await;
    readable.refused(403, "Authorization_RequestDenied");
}

#[tokio::test]
async fn everyone_in_the_seeded_company_could_be_assigned_what_they_hold() {
    let tenant = Tenant::start().await;
    for person in northwind().people {
        let path = format!("/users/{}?$select=assignedLicenses", person.id);
        let held = tenant.get(&path).await.ok()["assignedLicenses"].take();
        let holds_something_assignable = held != json!([]) && person.name != "emil";
        if holds_something_assignable {
            let again = json!({ "addLicenses": held, "removeLicenses": [] });
            let done = tenant.post(&format!("/users/{}/assignLicense", person.id), &again).await;
            assert_eq!(done.status, 200, "{}: {}", person.name, done.body);
        }
    }
}
