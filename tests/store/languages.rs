//! The language that somebody last used outlives the process.

use licensebot::adapters::store::sqlite::SqliteStore;
use licensebot::domain::text::Locale;
use licensebot::ports::Store;

use super::support::*;

#[tokio::test]
async fn the_last_one_of_each_is_there_after_a_reopening() {
    let fresh = Fresh::start().await;
    assert_eq!(fresh.store.languages(10).await.unwrap(), []);
    fresh.store.keep_languages(&[]).await.unwrap();
    fresh.store.keep_languages(&[(ANA, Locale::Sv), (BO, Locale::En)]).await.unwrap();
    fresh.store.keep_languages(&[(BO, Locale::Sv), (MEGAN, Locale::En)]).await.unwrap();
    fresh.store.close().await;

    let again = SqliteStore::open(&fresh.file(), TENANT, key()).await.unwrap();
    let kept = [(BO, Locale::Sv), (ANA, Locale::Sv), (MEGAN, Locale::En)];
    assert_eq!(again.languages(10).await.unwrap(), kept);
    assert_eq!(again.languages(2).await.unwrap(), kept[..2]);
}
