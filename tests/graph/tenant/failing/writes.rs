//! Each fault at each call that writes: what the client says of it, what the tenant did, and what reading it back shows.

use licensebot::adapters::graph::GraphClient;
use licensebot::domain::refusal::Refusal;
use licensebot::ports::{Directory, FactsQuestion, Licensing, PortError, WriteAnswer};
use licensebot::sandbox::seed::ids;
use serde_json::{Value, json};

use super::{Tenant, for_call};
use crate::graph::tenant::{add, call, sku};

/// What is changed, and the call that does it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Writing {
    Licenses,
    Location,
}

use Writing::{Licenses, Location};

impl Writing {
    fn call(self) -> &'static str {
        match self {
            Licenses => "POST /users/{id}/assignLicense",
            Location => "PATCH /users/{id}",
        }
    }

    /// Assigns E5 to Ana, or gives Lee a country.
    async fn by(self, client: &GraphClient) -> WriteAnswer {
        match self {
            Licenses => client.set_licenses(ids::ANA, &add("SPE_E5", &[]), call()).await,
            Location => client.set_usage_location(ids::LEE, "SE".parse().unwrap(), call()).await,
        }
    }

    /// Does reading it back show the change?
    async fn shows(self, client: &GraphClient) -> bool {
        let who = if self == Licenses { ids::ANA } else { ids::LEE };
        let question = FactsQuestion { people: [who].into(), ..FactsQuestion::default() };
        let facts = client.read(&question).await.unwrap().people.remove(&who).unwrap();
        match self {
            Licenses => add("SPE_E5", &[]).shown_by(&facts.holdings.direct_state()),
            Location => facts.person.usage_location == "SE".parse().ok(),
        }
    }
}

/// What the client says.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Said {
    Yes,
    No,
    /// Whoever asked has to read it back; with the wait that was asked for.
    Unknown(Option<u32>),
}

use Said::{No, Unknown, Yes};

impl Said {
    fn of(answer: &WriteAnswer) -> Self {
        match answer {
            WriteAnswer::Accepted => Yes,
            WriteAnswer::Refused(_) => No,
            WriteAnswer::Unknown(PortError::Passing { retry_after, .. }) => Unknown(*retry_after),
            other => panic!("the call was sent, and no failure to send: {other:?}"),
        }
    }
}

/// Whether the change was made.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Made {
    Done,
    Not,
}

use Made::{Done, Not};

/// Fault, what is said of a change of licenses, what of a usage location (whose yes has no body to damage), and what was done.
fn table() -> Vec<(Value, Said, Said, Made)> {
    let lost = Unknown(None);
    let busy = |wait: &str| json!({ "kind": "status", "status": 429, "retryAfter": wait });
    let plain = |kind: &str| json!({ "kind": kind });
    let body = |body: Value| json!({ "kind": "otherShape", "body": body });
    let mut rows = vec![
        (busy("7"), Unknown(Some(7)), Unknown(Some(7)), Not),
        (busy("-7"), lost, lost, Not),
        (busy("Tue, 24 Nov 2026 10:01:00 GMT"), Unknown(Some(60)), Unknown(Some(60)), Not),
        (busy("99999999999999999999"), Unknown(Some(300)), Unknown(Some(300)), Not),
        (plain("truncated"), lost, Yes, Done),
        (plain("halfJson"), lost, Yes, Done),
        (plain("brokenGzip"), lost, Yes, Done),
        (plain("endless"), lost, Yes, Done),
        (json!({ "kind": "contentType", "contentType": "text/html" }), lost, Yes, Done),
        (json!({ "kind": "contentType", "contentType": "" }), lost, Yes, Done),
        (plain("otherShape"), lost, lost, Done),
        (body(json!({ "id": ids::MEGAN })), lost, lost, Done),
        (body(json!([])), lost, lost, Done),
        (json!({ "kind": "nextLink", "to": "itself" }), Yes, Yes, Done),
        (plain("unknownEnum"), Yes, Yes, Done),
        (json!({ "kind": "seatsTaken", "product": "SPE_E5", "seats": 2 }), Yes, Yes, Done),
    ];
    for status in [408, 409, 429, 500, 502, 503, 504, 599] {
        for (when, made) in [("before", Not), ("after", Done)] {
            rows.push((json!({ "kind": "status", "status": status, "when": when }), lost, lost, made));
        }
    }
    for (when, made) in [("before", Not), ("after", Done)] {
        rows.push((json!({ "kind": "cut", "when": when }), lost, lost, made));
        for status in [200, 201, 400, 403, 404, 502] {
            rows.push((json!({ "kind": "html", "when": when, "status": status }), lost, lost, made));
        }
    }
    rows
}

#[tokio::test]
async fn a_write_is_a_yes_only_when_it_is_and_an_unknown_one_is_read_back() {
    for writing in [Licenses, Location] {
        for (fault, licenses, location, made) in table() {
            let expected = if writing == Licenses { licenses } else { location };
            let tenant = Tenant::start().await;
            tenant.order(for_call(&fault, writing.call(), 1000)).await;
            let answer = writing.by(&tenant.newcomer()).await;
            assert_eq!(Said::of(&answer), expected, "{writing:?} {fault}: {answer:?}");
            tenant.withdraw().await;
            assert_eq!(tenant.sent(writing.call()).await, 1, "{writing:?} {fault}: sent once");
            assert_eq!(tenant.made_by_us().await, usize::from(made == Done), "{writing:?} {fault}");
            assert_eq!(writing.shows(&tenant.newcomer()).await, made == Done, "{writing:?} {fault}");
        }
    }
}

#[tokio::test]
async fn a_write_that_is_made_after_the_client_gave_up_was_unknown() {
    for writing in [Licenses, Location] {
        for (when, at_first) in [("before", 0), ("after", 1)] {
            let tenant = Tenant::start().await;
            tenant.order(for_call(&json!({ "kind": "hold", "when": when }), writing.call(), 1)).await;
            assert_eq!(Said::of(&writing.by(&tenant.hasty_newcomer()).await), Unknown(None), "{writing:?} {when}");
            assert_eq!(tenant.made_by_us().await, at_first, "{writing:?} {when}");
            tenant.withdraw().await;
            tenant.until_made().await;
            assert!(writing.shows(&tenant.newcomer()).await, "{writing:?} {when}");
            assert_eq!(tenant.sent(writing.call()).await, 1);
        }
    }
}

#[tokio::test]
async fn a_change_behind_a_lagging_replica_is_a_yes_that_is_not_seen_yet() {
    for writing in [Licenses, Location] {
        let tenant = Tenant::start().await;
        tenant.order(for_call(&json!({ "kind": "stale", "for": "30s" }), writing.call(), 1)).await;
        assert_eq!(Said::of(&writing.by(&tenant.newcomer()).await), Yes);
        assert!(!writing.shows(&tenant.newcomer()).await, "{writing:?}");
        tenant.clock.advance(jiff::SignedDuration::from_secs(30));
        assert!(writing.shows(&tenant.newcomer()).await, "{writing:?}");
    }
}

#[tokio::test]
async fn whoever_comes_too_late_for_the_last_seat_is_told_so() {
    let tenant = Tenant::start().await;
    let taken = json!({ "kind": "seatsTaken", "product": "SPE_E5", "seats": 3 });
    tenant.order(for_call(&taken, Licenses.call(), 1)).await;
    let answer = Licenses.by(&tenant.newcomer()).await;
    assert_eq!(answer, WriteAnswer::Refused(Refusal::NoSeats(Some(sku("SPE_E5")))));
    assert_eq!(Said::of(&answer), No);
    assert_eq!((tenant.made_by_us().await, tenant.ledger().await.len()), (0, 3));
    assert!(!Licenses.shows(&tenant.newcomer()).await);
}

impl Tenant {
    /// How many calls of this kind arrived.
    async fn sent(&self, call: &str) -> u64 {
        self.control("calls").await["calls"][call].as_u64().unwrap_or(0)
    }

    /// How many changes the ledger has under the name of our intent.
    async fn made_by_us(&self) -> usize {
        let ours = format!("ledger?clientRequestId={}", call().0);
        self.control(&ours).await["mutations"].as_array().unwrap().len()
    }

    async fn until_made(&self) {
        let made = async {
            while self.made_by_us().await == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), made).await.unwrap();
    }
}
