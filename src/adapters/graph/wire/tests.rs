use serde_json::{Value, json};

use super::*;
use crate::domain::catalog::{AppliesTo, CapabilityStatus};

const E3: &str = "05e9a617-0261-4cee-bb44-138d3ef5d965";
const TEAMS: &str = "57ff2da0-773e-42df-b2af-ffb7a2317929";
const SALES: &str = "ce252b1b-ecea-421b-a6bb-85199a1137c9";
const BO: &str = "e4e88ff3-dbb9-464b-b3ee-7922b23896f8";

fn account(change: Value) -> Account {
    let mut account = json!({
        "id": BO.to_uppercase(), "displayName": "Bo Lindqvist", "userPrincipalName": "bo@northwind.example",
        "mailNickname": "bo", "jobTitle": null, "department": "Sales", "accountEnabled": true, "userType": "Member",
        "usageLocation": "SE", "preferredLanguage": null, "somethingNewer": {"deep": [1, 2]},
    });
    for (key, value) in change.as_object().unwrap() {
        account[key] = value.clone();
    }
    serde_json::from_value(account).unwrap()
}

#[test]
fn an_account_is_read_with_ids_in_any_case_and_fields_that_are_newer() {
    let bo = account(json!({})).into_person().unwrap();
    assert_eq!(bo.id.to_string(), BO);
    assert_eq!((bo.nickname.as_deref(), bo.department.as_deref(), bo.job_title), (Some("bo"), Some("Sales"), None));
    assert_eq!(bo.usage_location.map(|location| location.to_string()), Some("SE".to_owned()));
    assert_eq!(bo.user_type, UserType::Member);
}

#[test]
fn an_account_without_its_fields_is_a_missing_right_and_not_a_blocked_account() {
    for field in ["accountEnabled", "userPrincipalName"] {
        let error = account(json!({ field: null })).into_person().unwrap_err();
        assert!(matches!(&error, Senseless::Lasting(what) if what.contains("User.Read.All")), "{field}: {error:?}");
    }
}

#[test]
fn a_kind_of_account_that_nobody_knows_is_nobody() {
    for kind in [Value::Null, json!("Robot"), json!("member")] {
        assert_eq!(account(json!({ "userType": kind })).into_person().unwrap().user_type, UserType::Unknown);
    }
}

#[test]
fn a_location_that_is_none_is_not_taken_for_one() {
    assert_eq!(account(json!({ "usageLocation": "" })).into_person().unwrap().usage_location, None);
    assert!(account(json!({ "usageLocation": "Sweden" })).into_person().is_err());
}

#[test]
fn only_users_are_people() {
    assert!(account(json!({})).is_user(), "where all are users, the type is left out");
    assert!(account(json!({ "@odata.type": "#microsoft.graph.user" })).is_user());
    for other in ["#microsoft.graph.orgContact", "#microsoft.graph.group", "#microsoft.graph.device"] {
        assert!(!account(json!({ "@odata.type": other })).is_user(), "{other}");
    }
}

fn state(change: Value) -> Value {
    let mut state = json!({
        "skuId": E3, "disabledPlans": [TEAMS], "assignedByGroup": null, "state": "Active", "error": "None",
        "lastUpdatedDateTime": "2025-03-03T08:30:00Z",
    });
    for (key, value) in change.as_object().unwrap() {
        state[key] = value.clone();
    }
    state
}

fn holdings(licenses: Value, states: Value) -> Result<Holdings, Senseless> {
    let held = json!({ "assignedLicenses": licenses, "licenseAssignmentStates": states });
    serde_json::from_value::<Held>(held).unwrap().holdings()
}

fn license() -> Value {
    json!([{ "skuId": E3.to_uppercase(), "disabledPlans": [] }])
}

#[test]
fn each_path_to_a_license_is_an_assignment_of_its_own() {
    let inherited = state(json!({ "assignedByGroup": SALES.to_uppercase(), "disabledPlans": [], "error": null }));
    let both = holdings(license(), json!([state(json!({})), inherited])).unwrap();
    let paths: Vec<_> =
        both.assignments.iter().map(|assignment| (assignment.path, assignment.disabled.len())).collect();
    assert_eq!(paths, [(Path::Direct, 1), (Path::Group(SALES.parse().unwrap()), 0)]);
    assert!(both.assignments.iter().all(|assignment| assignment.state == AssignmentState::Active));
}

#[test]
fn the_state_of_a_path_is_kept_in_the_directorys_words() {
    let read = |change| holdings(json!([]), json!([state(change)])).unwrap().assignments.remove(0).state;
    let error = |word: &str| AssignmentState::Error(word.into());
    assert_eq!(read(json!({ "state": "Error", "error": "CountViolation" })), error("CountViolation"));
    assert_eq!(read(json!({ "state": "Error", "error": "None" })), error("Error"));
    assert_eq!(read(json!({ "state": "Disabled", "error": null })), error("Disabled"));
    for held in ["ActiveWithError", "Dreaming"] {
        let state = read(json!({ "state": held, "error": "Other" }));
        assert_eq!(state, AssignmentState::Unknown(held.into()), "held, until something proves the opposite");
    }
}

#[test]
fn a_license_without_a_path_is_never_guessed_to_be_direct() {
    assert!(matches!(holdings(license(), Value::Null), Err(Senseless::Lasting(_))));
    assert!(matches!(holdings(license(), json!([])), Err(Senseless::Passing(_))));
    assert!(matches!(holdings(Value::Null, json!([])), Err(Senseless::Lasting(_))));
    assert_eq!(holdings(json!([]), Value::Null), Ok(Holdings::default()));
    let mut pathless = state(json!({}));
    pathless.as_object_mut().unwrap().remove("assignedByGroup");
    let held = json!({ "assignedLicenses": license(), "licenseAssignmentStates": [pathless] });
    assert!(serde_json::from_value::<Held>(held).is_err(), "a missing path is not the direct one");
}

#[test]
fn one_path_named_twice_is_a_contradiction() {
    let twice = json!([state(json!({})), state(json!({ "disabledPlans": [] }))]);
    assert!(matches!(holdings(license(), twice), Err(Senseless::Passing(_))));
}

#[test]
fn the_stock_is_read_with_words_that_are_newer() {
    let sku = json!({
        "skuId": E3, "skuPartNumber": "SPE_E3", "appliesTo": null, "capabilityStatus": "Hibernating",
        "consumedUnits": 14, "prepaidUnits": {"enabled": 25, "suspended": 1, "warning": 2},
        "servicePlans": [{"servicePlanId": TEAMS, "servicePlanName": "TEAMS1", "appliesTo": "User"}],
    });
    let stock = stock(vec![serde_json::from_value(sku.clone()).unwrap()]);
    let e3 = &stock.skus[0];
    assert_eq!((e3.enabled, e3.suspended, e3.warning, e3.locked_out, e3.consumed), (25, 1, 2, 0, 14));
    assert_eq!(e3.capability, CapabilityStatus::Other("Hibernating".into()));
    assert_eq!(e3.applies_to, AppliesTo::Other(String::new()), "not for users, as far as anyone can tell");
    assert_eq!((e3.plans[0].name.as_str(), &e3.plans[0].applies_to), ("TEAMS1", &AppliesTo::User));
    let mut negative = sku;
    negative["consumedUnits"] = json!(-1);
    assert!(serde_json::from_value::<SubscribedSku>(negative).is_err());
}

#[test]
fn roles_and_units_are_no_groups() {
    let read = |kind: Value| {
        let membership = json!({ "@odata.type": kind, "id": SALES });
        serde_json::from_value::<Membership>(membership).unwrap().group()
    };
    assert_eq!(read(json!("#microsoft.graph.group")), Some(SALES.parse().unwrap()));
    assert_eq!(read(json!("#microsoft.graph.directoryRole")), None);
    assert_eq!(read(json!("#microsoft.graph.administrativeUnit")), None);
}
