//! The stock: a minute old at most, and read once however many ask.

use jiff::SignedDuration;
use licensebot::domain::catalog::{AppliesTo, CapabilityStatus, OwnedPlan, OwnedSku};
use licensebot::ports::{Directory, FactsQuestion, Licensing, PortError};
use serde_json::json;

use super::support::{E3, E5, OK, TEAMS, World, batch, page, raw, refusal, reply, sku};

#[tokio::test]
async fn the_stock_is_read_whole_and_exactly() {
    let world = World::new().await;
    world.server.answer(reply(OK, &page(&[sku(&E5.to_uppercase(), "SPE_E5", 14, 11)])));
    let stock = world.client.stock().await.unwrap();
    assert_eq!(
        stock.skus,
        [OwnedSku {
            sku: E5.parse().unwrap(),
            part_number: "SPE_E5".into(),
            applies_to: AppliesTo::User,
            capability: CapabilityStatus::Enabled,
            enabled: 14,
            warning: 0,
            suspended: 0,
            locked_out: 0,
            consumed: 11,
            plans: vec![OwnedPlan { id: TEAMS.parse().unwrap(), name: "TEAMS1".into(), applies_to: AppliesTo::User }],
        }]
    );
    assert_eq!(world.server.calls()[0].target, "/v1.0/subscribedSkus");
}

#[tokio::test]
async fn a_stock_is_kept_for_a_minute() {
    let world = World::new().await;
    world.server.answer(reply(OK, &page(&[sku(E5, "SPE_E5", 14, 11)]))).answer(reply(OK, &page(&[])));
    assert_eq!(world.client.stock().await.unwrap().skus.len(), 1);
    world.clock.advance(SignedDuration::from_secs(59));
    assert_eq!(world.client.stock().await.unwrap().skus.len(), 1);
    assert_eq!(world.server.calls().len(), 1);
    world.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(world.client.stock().await.unwrap().skus.len(), 0);
    assert_eq!(world.server.calls().len(), 2);
}

#[tokio::test]
async fn many_who_ask_at_once_share_one_read() {
    let world = World::new().await;
    world.server.answer(reply(OK, &page(&[sku(E3, "SPE_E3", 60, 40)])));
    let reads = futures_util::future::join_all((0..20).map(|_| world.client.stock())).await;
    assert!(reads.iter().all(|stock| stock.as_ref().is_ok_and(|stock| stock.owns(E3.parse().unwrap()))));
    assert_eq!(world.server.calls().len(), 1);
}

#[tokio::test]
async fn a_stock_that_was_read_with_facts_is_kept_too() {
    let world = World::new().await;
    let question = FactsQuestion { stock: true, ..FactsQuestion::default() };
    world.server.answer(batch(&[("0", 200, page(&[sku(E3, "SPE_E3", 60, 41)]))]));
    let facts = world.client.read(&question).await.unwrap();
    assert_eq!(facts.stock.as_ref(), Some(&world.client.stock().await.unwrap()));
    assert_eq!(world.server.calls().len(), 1);
    world.server.answer(batch(&[("0", 200, page(&[]))]));
    assert_eq!(world.client.read(&question).await.unwrap().stock.unwrap().skus.len(), 0, "facts are never kept ones");
}

#[tokio::test]
async fn a_failure_is_not_kept() {
    let world = World::new().await;
    world.server.answer(refusal(403, "Authorization_RequestDenied", "")).answer(reply(OK, &page(&[])));
    let error = world.client.stock().await.unwrap_err();
    assert!(matches!(&error, PortError::Lasting { what } if what.contains("Authorization_RequestDenied")));
    assert!(world.client.stock().await.is_ok());
}

#[tokio::test]
async fn an_answer_of_another_shape_is_an_error_and_no_empty_stock() {
    let odd = [
        json!({}),
        json!({ "value": null }),
        json!({ "value": [{ "skuId": E5 }] }),
        json!({ "value": [{ "skuId": "not an id" }] }),
        json!([]),
    ];
    for body in odd {
        let world = World::new().await;
        world.server.answer(reply(OK, &body));
        let error = world.client.stock().await.unwrap_err();
        assert!(matches!(&error, PortError::Lasting { what } if what.contains("shape")), "{body}: {error:?}");
        assert_eq!(world.server.calls().len(), 1);
    }
}

#[tokio::test]
async fn an_answer_that_is_deeper_than_anything_is_an_error() {
    for body in [format!("{{\"value\":{}", "[".repeat(100_000)), format!("{{\"news\":{}", "[".repeat(100_000))] {
        let world = World::new().await;
        for _ in 0..3 {
            world.server.answer(raw(200, "application/json", body.clone()));
        }
        assert!(world.client.stock().await.is_err());
    }
}

#[tokio::test]
async fn an_answer_too_large_to_be_true_is_not_read_to_its_end() {
    let world = World::new().await;
    let nine_megabytes = " ".repeat(9 * 1024 * 1024);
    for _ in 0..3 {
        world.server.answer(raw(200, "application/json", nine_megabytes.clone()));
    }
    let error = world.client.stock().await.unwrap_err();
    assert!(error.to_string().contains("larger than 8388608 bytes"), "{error}");
}

/// Nine megabytes of spaces.
const BOMB: &[u8] = include_bytes!("spaces.gz");

#[tokio::test]
async fn a_small_answer_that_unpacks_to_a_large_one_is_not_unpacked_to_its_end() {
    let world = World::new().await;
    assert!(BOMB.len() < 20_000);
    for _ in 0..3 {
        world.server.answer(raw(200, "application/json", BOMB).with("content-encoding", "gzip"));
    }
    let error = world.client.stock().await.unwrap_err();
    assert!(error.to_string().contains("larger than 8388608 bytes"), "{error}");
}

#[tokio::test]
async fn a_packed_answer_is_unpacked() {
    let world = World::new().await;
    let packed: &[u8] = include_bytes!("empty-page.gz");
    world.server.answer(raw(200, "application/json", packed).with("content-encoding", "gzip"));
    assert_eq!(world.client.stock().await.unwrap().skus, []);
    assert_eq!(world.server.calls()[0].header("accept-encoding"), "gzip");
}
