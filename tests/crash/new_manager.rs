//! Somebody gets another manager while a request waits: whoever was asked cannot decide any more, and the next of their clicks
//! asks whoever can.

use serde_json::json;

use super::ending::{asks, confirms, the_change};
use super::world::{Chat, Sandbox, World, within};

/// The newest message to somebody alone.
async fn told(chat: &Chat, who: &str) -> String {
    let seen = chat.sees(who).await.unwrap();
    let alone = seen.iter().rfind(|message| message["private"] == true).unwrap();
    alone["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn whoever_is_the_manager_now_is_asked_when_the_former_one_clicks() {
    for (verb, inputs) in [("approve", json!({})), ("deny", json!({ "reason": "no" }))] {
        let mut world = World::new(Sandbox::Apart).await;
        asks(world.chat()).await;
        confirms(world.chat()).await;
        world.gives_ana_another_manager("ruth").await;
        let chat = world.chat();
        assert!(chat.clicks("megan", verb, inputs).await.unwrap());
        let again = "Too few of those who were asked may still approve, so the approval begins again.";
        assert!(told(chat, "megan").await.contains(again), "{verb}: {}", told(chat, "megan").await);
        assert!(!chat.clicks("megan", "approve", json!({})).await.unwrap(), "{verb}: her buttons are gone");
        assert_eq!(world.accepted().await, [] as [serde_json::Value; 0], "{verb}");
        let asked = async || chat.clicks("ruth", "approve", json!({})).await.unwrap();
        assert!(within(std::time::Duration::from_secs(20), asked).await, "{verb}: ruth was never asked");
        world.accepts(1).await;
        assert_eq!(world.accepted().await, [the_change()], "{verb}");
    }
}
