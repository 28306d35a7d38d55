//! Each fault at each call that reads: once, and again and again.

use std::time::Duration;

use licensebot::adapters::graph::Patience;
use licensebot::domain::person::{AssignmentState, UserType};
use licensebot::ports::PortError;
use serde_json::{Value, json};

use super::{Account, HASTY, READINGS, Reading, Seen, StockAlone, Tenant, WholeBatch, for_call, wait};
use crate::graph::tenant::sku;

/// What comes of a read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// The truth.
    Whole,
    /// A failure that may pass; with the wait that was asked for.
    Passes(Option<u32>),
    /// A failure that somebody has to mend.
    Lasts,
}

use End::{Lasts, Passes, Whole};

impl End {
    fn of(read: &Result<Seen, PortError>, truth: &Seen) -> Self {
        match read {
            Ok(seen) => {
                assert_eq!(seen, truth, "a part, or something made up, was taken for the truth");
                Whole
            }
            Err(PortError::Lasting { .. }) => Lasts,
            Err(error) => Passes(wait(error)),
        }
    }
}

/// Fault; what comes of it when it happens once; and when it goes on.
fn table() -> Vec<(Value, End, End)> {
    let status = |status: u16| json!({ "kind": "status", "status": status });
    let busy = |wait: &str| json!({ "kind": "status", "status": 429, "retryAfter": wait });
    let page = |status: u16| json!({ "kind": "html", "status": status });
    let plain = |kind: &str| json!({ "kind": kind });
    let kind = |kind: &str| json!({ "kind": "contentType", "contentType": kind });
    let body = |body: Value| json!({ "kind": "otherShape", "body": body });
    let again = |fault: Value| (fault, Whole, Passes(None));
    let lasts = |fault: Value| (fault, Lasts, Lasts);
    vec![
        again(status(429)),
        (busy("0"), Whole, Passes(Some(0))),
        again(busy("-5")),
        again(busy("soon")),
        (busy("Tue, 24 Nov 2026 10:01:00 GMT"), Passes(Some(60)), Passes(Some(60))),
        (busy("99999999999999999999"), Passes(Some(300)), Passes(Some(300))),
        again(status(408)),
        again(status(409)),
        again(status(500)),
        again(status(502)),
        again(status(503)),
        again(status(504)),
        again(json!({ "kind": "status", "status": 504, "when": "after" })),
        lasts(status(400)),
        lasts(status(403)),
        lasts(status(404)),
        lasts(status(410)),
        again(json!({ "kind": "cut" })),
        again(json!({ "kind": "cut", "when": "after" })),
        again(plain("truncated")),
        again(plain("halfJson")),
        again(plain("brokenGzip")),
        again(plain("endless")),
        again(page(200)),
        again(page(502)),
        again(page(503)),
        lasts(page(403)),
        lasts(page(404)),
        again(kind("text/html")),
        again(kind("")),
        lasts(plain("otherShape")),
        lasts(body(json!({ "value": null }))),
        lasts(body(json!({ "value": [null] }))),
        lasts(body(json!({ "error": { "code": "Request_ResourceNotFound", "message": "under a 200" } }))),
        (json!({ "kind": "stale", "for": "10s" }), Whole, Whole),
    ]
}

#[tokio::test]
async fn a_read_is_the_truth_or_a_failure_and_never_something_in_between() {
    let tenant = Tenant::start().await;
    for reading in READINGS {
        let truth = reading.by(&tenant.newcomer()).await.unwrap();
        for (fault, once, always) in table() {
            // The reading of the list of people goes on behind the back of who waits for it: below.
            if reading == Reading::People && matches!(once, Passes(Some(_))) {
                continue;
            }
            for (times, expected) in [(1, once), (1000, always)] {
                tenant.order(for_call(&fault, reading.call(), times)).await;
                let read = reading.by(&tenant.newcomer()).await;
                assert_eq!(End::of(&read, &truth), expected, "{reading:?} {fault} {times} times: {read:?}");
                tenant.withdraw().await;
                if expected != Whole {
                    break;
                }
            }
        }
    }
    assert_eq!(tenant.ledger().await.len(), 0);
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_given_up_and_asked_for_again() {
    let tenant = Tenant::start().await;
    for reading in [Reading::People, Account, StockAlone] {
        let truth = reading.by(&tenant.newcomer()).await.unwrap();
        for when in ["before", "after"] {
            tenant.order(for_call(&json!({ "kind": "hold", "when": when }), reading.call(), 1)).await;
            let read = reading.by(&tenant.hasty_newcomer()).await;
            assert_eq!(End::of(&read, &truth), Whole, "{reading:?} {when}: {read:?}");
            tenant.withdraw().await;
        }
    }
    tenant.order(for_call(&json!({ "kind": "hold" }), Account.call(), 1000)).await;
    let read = Account.by(&tenant.hasty_newcomer()).await;
    assert!(matches!(read, Err(PortError::Passing { .. })), "{read:?}");
}

#[tokio::test]
async fn nobody_waits_for_the_list_of_people_as_long_as_graph_asks_its_reader_to() {
    let tenant = Tenant::start().await;
    let busy = json!({ "kind": "status", "status": 429, "retryAfter": "60" });
    tenant.order(for_call(&busy, Reading::People.call(), 1)).await;
    let patience = Patience { reading: Duration::from_millis(500), ..HASTY };
    let error = Reading::People.by(&tenant.client_with(patience)).await.unwrap_err();
    assert_eq!(wait(&error), Some(10), "ask again, not an empty list: {error:?}");
}

#[tokio::test]
async fn words_that_nobody_knows_yet_hide_nobody_and_nothing() {
    let tenant = Tenant::start().await;
    for reading in READINGS.into_iter().filter(|reading| *reading != WholeBatch) {
        let truth = reading.by(&tenant.newcomer()).await.unwrap();
        tenant.order(for_call(&json!({ "kind": "unknownEnum" }), reading.call(), 1)).await;
        let seen = reading.by(&tenant.newcomer()).await.unwrap();
        assert_eq!(seen.bones(), truth.bones(), "{reading:?}");
        if let Seen::Person(facts) = seen
            && reading == Account
        {
            assert_eq!(facts.person.user_type, UserType::Unknown, "neither a member nor a guest is guessed");
            let state = AssignmentState::Unknown("unknownFutureValue".into());
            assert_eq!(facts.holdings.assignments[0].state, state);
            assert!(facts.holdings.effective().contains_key(&sku("SPE_E3")), "and E3 is held");
        }
    }
}

#[tokio::test]
async fn a_seat_that_goes_while_the_stock_is_read_is_gone() {
    let tenant = Tenant::start().await;
    let free = async |client: &licensebot::adapters::graph::GraphClient| {
        let Seen::Stock(stock) = StockAlone.by(client).await.unwrap() else { panic!("the stock") };
        stock.sku(sku("SPE_E5")).unwrap().free()
    };
    assert_eq!(free(&tenant.newcomer()).await, 3);
    tenant.order(json!({ "match": "GET /subscribedSkus", "kind": "seatsTaken", "product": "SPE_E5" })).await;
    assert_eq!(free(&tenant.newcomer()).await, 2);
}
