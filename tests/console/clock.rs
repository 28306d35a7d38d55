//! The demo's clock.

use serde_json::json;

use super::room::Room;

#[tokio::test]
async fn the_clock_is_read_and_moved_forward() {
    let room = Room::open().await;
    let now = |now: &str| json!({ "now": now, "zone": "Europe/Stockholm" });
    assert_eq!(room.get("/api/demo/clock").await.1, now("2026-11-24T10:00:00Z"));
    for (step, then) in [
        ("45s", "2026-11-24T10:00:45Z"),
        ("20m", "2026-11-24T10:20:45Z"),
        ("2h", "2026-11-24T12:20:45Z"),
        ("3d", "2026-11-27T12:20:45Z"),
    ] {
        let (status, body) = room.post("/api/demo/clock", json!({ "advance": step }).to_string()).await;
        assert_eq!((status.as_u16(), body), (200, now(then)), "{step}");
    }
    let typed = room.types(json!({ "as": "ana", "text": "what a day" })).await;
    assert_eq!(typed[0]["at"], "2026-11-27T12:20:45Z");
}

#[tokio::test]
async fn the_clock_never_goes_back_nor_far() {
    let room = Room::open().await;
    for step in ["", "-1m", "0d", "1w", "soon", "400d", "99999999999999999999s", "1.5h", " 1m"] {
        let (status, body) = room.post("/api/demo/clock", json!({ "advance": step }).to_string()).await;
        assert_eq!((status.as_u16(), &body["error"]["code"]), (400, &json!("malformed")), "{step}");
    }
    assert_eq!(room.get("/api/demo/clock").await.1["now"], "2026-11-24T10:00:00Z");
}

#[tokio::test]
async fn a_clock_that_cannot_be_moved_says_so() {
    let room = Room::open().await;
    *room.clock.stuck.lock().unwrap() = true;
    let (status, body) = room.post("/api/demo/clock", json!({ "advance": "20m" }).to_string()).await;
    assert_eq!((status.as_u16(), &body["error"]["code"]), (503, &json!("clock_stuck")));
    assert_eq!(room.get("/api/demo/clock").await.1["now"], "2026-11-24T10:00:00Z");
}
