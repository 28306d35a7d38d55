//! Questions about Bo and his group, the answers to them, and how a failure is told.

use licensebot::ports::{Directory, FactsQuestion, PortError};
use serde_json::{Value, json};

use super::support::{Answer, BO, E3, MEGAN, Received, SALES, World, account, batch, changed, page, typed};

pub(super) fn about_bo() -> FactsQuestion {
    FactsQuestion { people: [BO.parse().unwrap()].into(), ..FactsQuestion::default() }
}

pub(super) fn about_sales() -> FactsQuestion {
    FactsQuestion { groups: [SALES.parse().unwrap()].into(), ..FactsQuestion::default() }
}

/// Bo's account, with what he holds and who his manager is.
pub(super) fn bo() -> Value {
    let path = json!({
        "skuId": E3, "disabledPlans": [], "assignedByGroup": SALES, "state": "Active", "error": "None",
        "lastUpdatedDateTime": "2025-03-03T08:30:00Z",
    });
    let held = json!({
        "assignedLicenses": [{ "skuId": E3, "disabledPlans": [] }],
        "licenseAssignmentStates": [path],
        "manager": typed("user", account(MEGAN, "Megan")),
    });
    changed(account(BO, "Bo"), &held)
}

pub(super) fn in_sales() -> Value {
    page(&[
        typed("group", json!({ "id": SALES })),
        typed("directoryRole", json!({ "id": "62e90394-69f5-4237-9190-012177145e10" })),
    ])
}

/// The answer to a question about Bo.
pub(super) fn whole() -> Answer {
    batch(&[("0", 200, bo()), ("1", 200, in_sales())])
}

/// The paths inside a batch call.
pub(super) fn paths(call: &Received) -> Vec<String> {
    assert_eq!((call.method.as_str(), call.target.as_str()), ("POST", "/v1.0/$batch"));
    let requests = call.json()["requests"].as_array().unwrap().clone();
    assert!(requests.iter().all(|request| request["method"] == "GET"));
    requests.iter().map(|request| request["url"].as_str().unwrap().to_owned()).collect()
}

/// The error of a read that was answered so, and how many calls it took.
pub(super) async fn failure(question: &FactsQuestion, answers: Vec<Answer>) -> (PortError, usize) {
    let world = World::new().await;
    for answer in answers {
        world.server.answer(answer);
    }
    let error = world.client.read(question).await.unwrap_err();
    world.server.assert_all_told();
    (error, world.server.calls().len())
}

pub(super) fn lasts(error: &PortError, words: &str) -> bool {
    matches!(error, PortError::Lasting { what } if what.contains(words))
}

pub(super) fn passes(error: &PortError) -> bool {
    matches!(error, PortError::Passing { .. })
}
