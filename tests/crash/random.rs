//! Killed at instants that nobody chose: the people play on with whatever they see after each crash. Set
//! `LICENSEBOT_CRASH_ROUNDS` for more of it and `LICENSEBOT_CRASH_SEED` to begin elsewhere.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::ending::{Before, ends_well, the_request};
use super::world::{Chat, Sandbox, World};

/// Crashes in each round.
const KILLS: u32 = 4;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().unwrap())
}

/// SplitMix64: the same instants for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// Does whatever is there to do until there is nothing; an error when the bot is gone.
async fn plays(chat: &Chat) -> reqwest::Result<()> {
    loop {
        match the_request(chat).await?.map(|(_, state)| state).as_deref() {
            None => chat.types("ana", "/license assign me E5").await?,
            Some("draft") => drop(chat.clicks("ana", "confirm", json!({})).await?),
            Some("awaiting_approval") => drop(chat.clicks("megan", "approve", json!({})).await?),
            Some("applied") => return Ok(()),
            Some(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
}

/// One crash: during the start, or while people play. Says where ana saw the request before it.
async fn crashes(world: &mut World, chance: &mut Chance) -> String {
    if chance.below(4) == 0 {
        tokio::time::sleep(Duration::from_millis(chance.below(700))).await;
        world.kill();
        return "starting".to_owned();
    }
    world.opens().await;
    let chat = world.chat().clone();
    let before = Before::of(world).await;
    let people = tokio::spawn(async move { plays(&chat).await });
    tokio::time::sleep(Duration::from_millis(chance.below(250))).await;
    world.kill();
    let _ = people.await.unwrap();
    world.restart().await;
    before.stands(world).await;
    let state = the_request(world.chat()).await.unwrap().map_or("nothing".to_owned(), |(_, state)| state);
    world.kill();
    state
}

async fn round(seed: u64, sandbox: Sandbox) -> Vec<String> {
    let mut chance = Chance(seed);
    let mut world = World::new(sandbox).await;
    world.kill();
    let mut met = Vec::new();
    for _ in 0..KILLS {
        world.start();
        met.push(crashes(&mut world, &mut chance).await);
    }
    world.restart().await;
    tokio::time::timeout(Duration::from_secs(120), async {
        // A request that is being carried out may wait for a quiet time; `ends_well` moves the clock.
        while !matches!(the_request(world.chat()).await.unwrap(), Some((_, state)) if is_under_way(&state)) {
            let _ = tokio::time::timeout(Duration::from_secs(1), plays(world.chat())).await;
        }
    })
    .await
    .unwrap();
    ends_well(&world).await;
    met
}

fn is_under_way(state: &str) -> bool {
    !matches!(state, "draft" | "awaiting_approval")
}

#[tokio::test]
async fn crashes_at_any_instant_lose_nothing_and_do_nothing_twice() {
    let (rounds, first) = (number("LICENSEBOT_CRASH_ROUNDS", 3), number("LICENSEBOT_CRASH_SEED", 1));
    let mut met = BTreeMap::<String, u32>::new();
    for seed in first..first + rounds {
        let sandbox = if seed % 2 == 0 { Sandbox::Inside } else { Sandbox::Apart };
        eprintln!("LICENSEBOT_CRASH_SEED={seed} LICENSEBOT_CRASH_ROUNDS=1 plays this round, {sandbox:?}");
        for state in round(seed, sandbox).await {
            *met.entry(state).or_default() += 1;
        }
    }
    eprintln!("what the people saw after each crash: {met:?}");
}
