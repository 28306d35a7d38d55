//! A button: reload the request, see whether the button is still fresh, and hand it to its use case. Trusts nothing that was
//! rendered: a button is a hint.

use std::str::FromStr;

use super::late::Attempt;
use super::{App, AppError, Caller, Click, Outcome};
use crate::domain::card::{ActionVerb, InputId};
use crate::domain::command::Reason;
use crate::domain::country;
use crate::domain::person::UsageLocation;
use crate::domain::request::{Request, State};
use crate::domain::text::Phrase;

impl App {
    /// Whoever is refused looks at the card again: by then it shows the newest state, even when somebody else's click is still
    /// being shown on it.
    pub(super) async fn click(&self, caller: &Caller, click: &Click) -> Result<Outcome, AppError> {
        let outcome = self.clicked(caller, click).await?;
        if matches!(outcome, Outcome::Answer(_))
            && let Err(error) = self.deliver(&click.request, None).await
        {
            tracing::warn!(request.id = %click.request, %error, "cards wait for the worker");
        }
        Ok(outcome)
    }

    async fn clicked(&self, caller: &Caller, click: &Click) -> Result<Outcome, AppError> {
        let Some(request) = self.world.store.proven_request(&click.request).await? else {
            return Ok(self.refuse(Phrase::new("request-unknown")));
        };
        let attempt = Attempt { by: caller.person, verb: click.verb };
        // A second click on a button whose first one counted finds the next stage, or a country chosen with it.
        if attempt.is_done(&request) {
            return self.too_late(attempt, &request).await;
        }
        if is_stale(click, &request) {
            return if attempt.is_overtaken(&request) {
                self.too_late_for(attempt, &request).await
            } else {
                Ok(self.refuse(Phrase::new("click-stale")))
            };
        }
        match click.verb {
            ActionVerb::Confirm => match self.location_input(click) {
                Ok(location) => self.confirm(caller, request, location).await,
                Err(answer) => Ok(*answer),
            },
            ActionVerb::Approve => match self.location_input(click) {
                Ok(location) => self.approve(caller, request, location).await,
                Err(answer) => Ok(*answer),
            },
            ActionVerb::Cancel => self.cancel(caller, request).await,
            ActionVerb::Deny => self.deny_clicked(caller, request, click).await,
            // A choice is a command of its own and never reaches a request.
            ActionVerb::Choose => Ok(self.refuse(Phrase::new("click-stale"))),
        }
    }

    async fn deny_clicked(&self, caller: &Caller, request: Request, click: &Click) -> Result<Outcome, AppError> {
        let typed = click.inputs.get(&InputId::Reason).map(String::as_str).unwrap_or_default();
        match Reason::try_new(typed) {
            Ok(reason) => self.deny(caller, request, &reason).await,
            Err(_) => Ok(self.refuse(Phrase::new("reason-needed"))),
        }
    }

    fn location_input(&self, click: &Click) -> Result<Option<UsageLocation>, Box<Outcome>> {
        let typed = click.inputs.get(&InputId::UsageLocation).map(|typed| typed.trim()).unwrap_or_default();
        if typed.is_empty() {
            return Ok(None);
        }
        match UsageLocation::from_str(typed) {
            Ok(location) if country::exists(&location.to_string()) => Ok(Some(location)),
            _ => Err(Box::new(self.refuse(Phrase::new("location-unknown")))),
        }
    }
}

/// Was the button made for something else than the request asks now? Of a request that was decided, the use case tells more
/// than that a button is old.
fn is_stale(click: &Click, request: &Request) -> bool {
    let open = matches!(request.state, State::Draft { .. } | State::AwaitingApproval { .. });
    open && click.digest.as_ref().is_some_and(|digest| *digest != request.occasion().short())
}
