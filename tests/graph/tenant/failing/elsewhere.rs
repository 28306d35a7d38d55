//! Answers that lead elsewhere or in a circle: nobody follows them, and no bearer and no secret goes along.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use licensebot::ports::{Licensing, PortError, WriteAnswer};
use licensebot::sandbox::seed::ids;
use serde_json::json;
use tokio::net::TcpListener;

use super::{Members, READINGS, Reading, Seen, Tenant, for_call};
use crate::graph::tenant::{add, call};

/// A host that is not Graph, and how many connected to it.
struct Elsewhere {
    address: String,
    visits: Arc<AtomicUsize>,
}

impl Elsewhere {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let visits = Arc::new(AtomicUsize::new(0));
        let counted = visits.clone();
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { address, visits }
    }

    fn assert_nobody_came(&self) {
        assert_eq!(self.visits.load(Ordering::SeqCst), 0);
    }
}

#[tokio::test]
async fn no_list_goes_on_at_another_host() {
    let (tenant, elsewhere) = (Tenant::start().await, Elsewhere::open().await);
    let graph = tenant.address.to_string();
    let links = [
        format!("http://{}/v1.0/users?$skiptoken=1", elsewhere.address),
        format!("http://{graph}@{}/v1.0/users", elsewhere.address),
        format!("http://who:what@{graph}/v1.0/users"),
        format!("//{}/v1.0/users", elsewhere.address),
        format!("https://{graph}/v1.0/users"),
        format!("http://{graph}/beta/users"),
        format!("http://{graph}/v1.0/../sandbox/app"),
        format!("http://{graph}/v1.0evil/users"),
        "javascript:alert(1)".to_owned(),
        "/v1.0/users".to_owned(),
        String::new(),
    ];
    for reading in READINGS.into_iter().filter(|reading| reading.is_list()) {
        for link in &links {
            tenant.order(for_call(&json!({ "kind": "nextLink", "to": link }), reading.call(), 1)).await;
            let read = reading.by(&tenant.newcomer()).await;
            let Err(PortError::Lasting { what }) = read else { panic!("{reading:?} {link}: {read:?}") };
            assert!(what.ends_with("Graph's next page lies elsewhere"), "{reading:?} {link}: {what}");
        }
    }
    elsewhere.assert_nobody_came();
}

#[tokio::test]
async fn a_list_in_a_circle_ends_and_nobody_in_it_is_counted_twice() {
    let tenant = Tenant::start().await;
    for reading in READINGS.into_iter().filter(|reading| reading.is_list()) {
        let truth = reading.by(&tenant.newcomer()).await.unwrap();
        tenant.order(for_call(&json!({ "kind": "nextLink", "to": "itself" }), reading.call(), 1)).await;
        match reading.by(&tenant.newcomer()).await {
            Ok(seen) => assert_eq!(seen, truth, "{reading:?}"),
            Err(PortError::Lasting { what }) => assert!(what.contains("lead in a circle"), "{reading:?}: {what}"),
            Err(other) => panic!("{reading:?}: {other:?}"),
        }
        tenant.withdraw().await;
        tenant.order(for_call(&json!({ "kind": "nextLink", "to": "itself" }), reading.call(), 1000)).await;
        tenant.delete("calls").await;
        let read = reading.by(&tenant.newcomer()).await;
        let Err(PortError::Lasting { what }) = read else { panic!("{reading:?}: {read:?}") };
        assert!(what.contains("lead in a circle"), "{reading:?}: {what}");
        assert!(tenant.calls().await <= 3, "{reading:?}: and soon");
        tenant.withdraw().await;
    }
}

#[tokio::test]
async fn everybody_is_a_member_once_even_if_a_page_comes_twice() {
    let tenant = Tenant::start().await;
    tenant.order(for_call(&json!({ "kind": "nextLink", "to": "itself" }), Members.call(), 1)).await;
    if let Ok(Seen::Group(group)) = Members.by(&tenant.newcomer()).await {
        let mut members: Vec<_> = group.members.iter().map(|person| person.id).collect();
        members.sort_unstable();
        members.dedup();
        assert_eq!(members.len(), group.members.len());
    }
}

#[tokio::test]
async fn no_redirect_is_followed_by_reads_writes_or_sign_ins() {
    let (tenant, elsewhere) = (Tenant::start().await, Elsewhere::open().await);
    for to in [format!("http://{}/v1.0/users", elsewhere.address), format!("http://{}/v1.0/users", tenant.address)] {
        let fault = json!({ "kind": "redirect", "to": to });
        for reading in READINGS {
            tenant.order(for_call(&fault, reading.call(), 1)).await;
            let read = reading.by(&tenant.newcomer()).await;
            let Err(PortError::Lasting { what }) = read else { panic!("{reading:?}: {read:?}") };
            assert!(what.contains("redirect"), "{reading:?}: {what}");
        }
        tenant.order(for_call(&fault, "POST /{tenant}/oauth2/v2.0/token", 1)).await;
        let read = Reading::Stock.by(&tenant.newcomer()).await;
        assert!(matches!(&read, Err(PortError::Lasting { what }) if what.contains("redirect")), "{read:?}");
        let (ana, client) = (ids::ANA, tenant.newcomer());
        tenant.order(for_call(&fault, "POST /users/{id}/assignLicense", 1)).await;
        let write = client.set_licenses(ana, &add("SPE_E5", &[]), call()).await;
        assert!(matches!(write, WriteAnswer::Unknown(_)), "{write:?}");
        tenant.order(for_call(&fault, "PATCH /users/{id}", 1)).await;
        let write = client.set_usage_location(ana, "SE".parse().unwrap(), call()).await;
        assert!(matches!(write, WriteAnswer::Unknown(_)), "{write:?}");
    }
    elsewhere.assert_nobody_came();
    assert_eq!(tenant.ledger().await.len(), 0);
}
