//! The door for people: one span, one dispatch, one apology. Never lets an error out: whoever typed gets a sentence, whatever
//! broke.

use tracing::Instrument as _;

use super::{App, AppError, Caller, Inbound, Outcome};
use crate::domain::catalog::{AppResolution, Catalog};
use crate::domain::command::{Command, WhyTarget};
use crate::domain::grammar::{self, Known};
use crate::domain::ids::RequestId;
use crate::domain::request::Request;
use crate::domain::text::Phrase;
use crate::ports::{PortError, StoreError};

impl App {
    /// Handles everything that people send.
    pub async fn handle(&self, inbound: Inbound) -> Outcome {
        let caller = inbound.caller();
        // Never what was typed: it may hold a reason.
        let span = tracing::info_span!("inbound", kind = inbound.kind(), person = %caller.person);
        let typed_or_clicked = !matches!(inbound, Inbound::Complete { .. });
        let another_language = typed_or_clicked && self.languages.used(caller.person, caller.locale);
        let outcome = self.answered(&inbound).instrument(span).await;
        if another_language {
            self.wake_worker();
        }
        outcome
    }

    async fn answered(&self, inbound: &Inbound) -> Outcome {
        let result = match inbound {
            Inbound::Command { caller, text } => self.command(caller, text).await,
            Inbound::Click { caller, click } => self.click(caller, click).await,
            Inbound::Complete { caller, text } => self.complete(caller, text).await,
        };
        result.unwrap_or_else(|error| self.apologize(&error))
    }

    async fn command(&self, caller: &Caller, text: &str) -> Result<Outcome, AppError> {
        let catalog = self.known_catalog().await?;
        let command = match read(&catalog, text) {
            Ok(command) => command,
            Err(wrong) => return Ok(self.refuse(wrong)),
        };
        match &command {
            Command::Assign(_) | Command::Unassign(_) | Command::Swap(_) | Command::Apps(_) => {
                self.propose(caller, &command).await
            }
            Command::Approve(id) => match self.known(id).await? {
                Some(request) => self.approve(caller, request, None).await,
                None => Ok(self.unknown_request()),
            },
            Command::Deny { request: id, reason } => match self.known(id).await? {
                Some(request) => self.deny(caller, request, reason).await,
                None => Ok(self.unknown_request()),
            },
            Command::Cancel(id) => match self.known(id).await? {
                Some(request) => self.cancel(caller, request).await,
                None => Ok(self.unknown_request()),
            },
            Command::Status { who } => self.status(caller, who.as_ref()).await,
            Command::WhoHolds { product } => self.who_holds(caller, product).await,
            Command::Stock { product } => self.stock(caller, product.as_ref()).await,
            Command::Requests => self.requests(caller).await,
            Command::ShowRequest(id) => self.show_request(caller, id).await,
            Command::Why(WhyTarget::Request(id)) => self.why_request(caller, id).await,
            Command::Why(WhyTarget::Change { who, product }) => self.why_change(caller, who, product).await,
            Command::Help { verb } => Ok(self.help(*verb, caller.locale)),
        }
    }

    async fn known(&self, id: &RequestId) -> Result<Option<Request>, AppError> {
        Ok(self.world.store.proven_request(id).await?)
    }

    fn unknown_request(&self) -> Outcome {
        self.refuse(Phrase::new("request-unknown"))
    }

    fn apologize(&self, error: &AppError) -> Outcome {
        tracing::error!(%error, cause = ?error, "something broke while a person waited");
        self.say(
            "broken-title",
            Phrase::new(match error {
                AppError::Port(PortError::Passing { .. }) => "broken-passing",
                AppError::Port(PortError::Lasting { .. } | PortError::Absent { .. }) => "broken-lasting",
                AppError::Store(StoreError::Failed(_)) => "broken-store",
                AppError::Store(StoreError::Damaged(_)) => "broken-damaged",
                AppError::Transition(_) => "broken-race",
            }),
        )
    }
}

/// Reads the line; words that belong together are known by the catalog. What cannot be read is answered with what was likely
/// meant, which the person types or does not.
fn read(catalog: &Catalog, text: &str) -> Result<Command, Phrase> {
    let product = |words: &str| catalog.knows(words);
    let app = |words: &str| words.contains(' ') && knows_app(catalog, words);
    let known = Known { product: &product, exact: &|words| catalog.knows_exactly(words), app: &app };
    grammar::parse_known(text, &known).map_err(|misread| misread.phrase_with(&grammar::mended(text, &misread, &known)))
}

fn knows_app(catalog: &Catalog, words: &str) -> bool {
    let unknown = |sku| matches!(catalog.resolve_app(sku, words), AppResolution::Unknown { .. });
    catalog.stock.skus.iter().any(|owned| !unknown(owned.sku))
}
