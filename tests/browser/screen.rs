//! What a person does with the page, and what they can see on it.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::Value;

use super::driver::Driver;

/// Longer than anything on the page takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// The page in a browser.
pub struct Screen {
    client: Client,
    driver: Driver,
}

impl Screen {
    pub async fn open(address: &str, width: u32, height: u32) -> Self {
        let driver = Driver::start();
        let client = driver.browser(width, height).await;
        client.goto(address).await.unwrap();
        Self { client, driver }
    }

    /// Waits until there is what the selector names.
    pub async fn sees(&self, selector: &str) -> Element {
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await {
            Ok(element) => element,
            Err(error) => panic!("{selector} does not appear: {error}\n{}", self.all().await),
        }
    }

    /// Waits until there is nothing that the selector names.
    pub async fn loses(&self, selector: &str) {
        self.sees(&format!("body:not(:has({selector}))")).await;
    }

    /// What can be read there.
    pub async fn reads(&self, selector: &str) -> String {
        self.does(selector, async |element: Element| element.text().await).await
    }

    /// How many of these there are now.
    pub async fn count(&self, selector: &str) -> usize {
        self.client.find_all(Locator::Css(selector)).await.unwrap().len()
    }

    pub async fn clicks(&self, selector: &str) {
        self.does(selector, async |element: Element| element.click().await).await;
    }

    /// Chooses a value of a menu.
    pub async fn chooses(&self, selector: &str, value: &str) {
        self.does(selector, async |element: Element| element.select_by_value(value).await).await;
    }

    /// Does something with an element. One that a newer revision of its card just replaced is looked for again.
    async fn does<T>(&self, selector: &str, act: impl AsyncFn(Element) -> Result<T, CmdError>) -> T {
        loop {
            match act(self.sees(selector).await).await {
                Ok(done) => return done,
                Err(error) if error.is_stale_element_reference() => {}
                Err(error) => panic!("{selector}: {error}\n{}", self.all().await),
            }
        }
    }

    /// Becomes somebody.
    pub async fn becomes(&self, person: &str) {
        self.clicks(&format!("[data-person={person}]")).await;
        self.sees(&format!("#who-am-i[data-self={person}]")).await;
    }

    /// Goes to the channel or to the direct conversation.
    pub async fn goes_to(&self, place: &str) {
        self.clicks(&format!("[data-place={place}]")).await;
        self.sees(&format!("[data-place={place}][aria-current=page]")).await;
    }

    /// Types a line and sends it.
    pub async fn says(&self, line: &str) {
        let composer = self.sees("#composer").await;
        composer.send_keys(line).await.unwrap();
        composer.send_keys(&char::from(Key::Enter).to_string()).await.unwrap();
    }

    /// Presses a key where the keyboard is.
    pub async fn presses(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// What a script on the page would find out.
    pub async fn finds(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Waits until a script on the page finds this.
    pub async fn finds_at_last(&self, script: &str, wanted: impl Into<Value>) {
        let wanted = wanted.into();
        let begin = Instant::now();
        while self.finds(script).await != wanted {
            assert!(begin.elapsed() < PATIENCE, "{script} never finds {wanted}:\n{}", self.all().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Ends the visit: whatever went wrong in the page's scripts comes out here.
    pub async fn closes(self) {
        let said = self.driver.console(&self.client).await;
        assert!(said.is_empty(), "the browser complains: {said:#?}");
        self.client.close().await.unwrap();
    }

    /// Everything that can be read, for a test that fails.
    async fn all(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }
}
