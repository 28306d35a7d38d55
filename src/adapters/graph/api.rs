//! Authorized calls to Graph: with a token, once more with a new one when Graph refuses it, and reads several times. Never
//! sends the token to any origin but the one that was configured.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::error::{self, ErrorCode};
use super::http::{Body, Call, Http, Reply, Sent, Unparsed};
use super::pace::{Deadline, Fault, Tries, retry_after};
use super::settings::{GraphSettings, GraphSettingsError, Patience, is_microsoft};
use super::token::{Token, Tokens};
use crate::ports::{Clock, PortError, Random};

/// Graph, as this client reaches it.
#[derive(Debug)]
pub(super) struct Api {
    http: Http,
    /// With the version, without a slash behind it.
    root: Url,
    tokens: Tokens,
    pub(super) is_microsoft: bool,
    pub(super) patience: Patience,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Arc<dyn Random>,
}

/// What came of an authorized call.
#[derive(Debug)]
pub(super) enum Exchange {
    /// Graph never saw it, or refused the token before it looked at anything else.
    NotDone(PortError),
    /// Some of it may have arrived.
    Lost(String),
    /// Graph, or something in between, answered.
    Answered(Reply),
}

impl Api {
    /// # Errors
    /// The settings cannot work.
    pub(super) fn new(
        settings: &GraphSettings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, GraphSettingsError> {
        let base = settings.base()?;
        let (http, login) = Http::pair(&base, &settings.login()?, &settings.patience)?;
        let mut root = base.clone();
        root.set_path(&format!("{}/v1.0", base.path().trim_end_matches('/')));
        Ok(Self {
            http,
            root,
            tokens: Tokens::new(settings, login, clock.clone(), random.clone())?,
            is_microsoft: is_microsoft(&base),
            patience: settings.patience,
            clock,
            random,
        })
    }

    /// The address of a path below the version; both are encoded already.
    pub(super) fn url(&self, path: &str, query: &str) -> Url {
        let mut url = self.root.clone();
        url.set_path(&format!("{}{path}", self.root.path()));
        url.set_query((!query.is_empty()).then_some(query));
        url
    }

    /// The address of a path and a query below the version, as parts of a batch are named.
    pub(super) fn at(&self, part: &str) -> Url {
        let (path, query) = part.split_once('?').unwrap_or((part, ""));
        self.url(path, query)
    }

    /// Does a link that Graph gave lead back to it?
    pub(super) fn is_ours(&self, link: &Url) -> bool {
        let below = link.path().strip_prefix(self.root.path()).is_some_and(|rest| rest.starts_with('/'));
        link.origin() == self.root.origin() && below && link.username().is_empty() && link.password().is_none()
    }

    /// A time by which somebody who waits wants to be answered.
    pub(super) fn soon(&self) -> Deadline {
        Deadline::after(self.patience.reading)
    }

    /// What the token says that the app registration may do.
    ///
    /// # Errors
    /// There is no token to be had.
    pub(super) async fn roles(&self) -> Result<Option<BTreeSet<String>>, PortError> {
        Ok(self.tokens.get().await?.roles())
    }

    /// Sends the call with a token; and again, once, if Graph refuses the token: then it has done nothing.
    pub(super) async fn exchange(&self, call: &Call, time: Duration) -> Exchange {
        let deadline = Deadline::after(time);
        let mut token = match self.in_time(deadline, self.tokens.get()).await {
            Ok(token) => token,
            Err(error) => return Exchange::NotDone(error),
        };
        for last in [false, true] {
            match self.send(call, &token.bearer, deadline.left()).await {
                Sent::Not(why) => {
                    let what = format!("could not {}: no connection to Graph: {why}", call.operation);
                    return Exchange::NotDone(PortError::Passing { what, retry_after: None });
                }
                Sent::Lost(why) => return Exchange::Lost(why),
                Sent::Answered(reply) if reply.status != 401 => return Exchange::Answered(reply),
                Sent::Answered(_) if last => break,
                Sent::Answered(_) => match self.in_time(deadline, self.tokens.replace(&token)).await {
                    Ok(newer) => token = newer,
                    Err(error) => return Exchange::NotDone(error),
                },
            }
        }
        let what =
            format!("could not {}: Graph refuses a fresh token: check [graph] cloud and base_url", call.operation);
        Exchange::NotDone(PortError::Lasting { what })
    }

    /// A token, if it comes in time. It is fetched to the end all the same.
    async fn in_time(
        &self,
        deadline: Deadline,
        token: impl Future<Output = Result<Arc<Token>, PortError>>,
    ) -> Result<Arc<Token>, PortError> {
        tokio::time::timeout(deadline.left(), token).await.unwrap_or_else(|_| {
            Err(PortError::Passing { what: "Entra did not answer in time".to_owned(), retry_after: None })
        })
    }

    async fn send(&self, call: &Call, bearer: &HeaderValue, time: Duration) -> Sent {
        let sent = self.http.send(call, Some(bearer), time).await;
        let status = match &sent {
            Sent::Answered(reply) => reply.status,
            Sent::Not(_) | Sent::Lost(_) => 0,
        };
        tracing::debug!(operation = call.operation, client_request_id = %call.id, status, "graph call");
        sent
    }

    /// Reads something: up to three tries within the deadline.
    ///
    /// # Errors
    /// [`PortError::Absent`] when Graph says that it does not exist; else why it could not be read.
    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        url: Url,
        deadline: Deadline,
    ) -> Result<T, PortError> {
        let call = Call { operation, method: Method::GET, url, body: None, id: self.random.guid() };
        self.persist(&call, deadline).await
    }

    /// The same for a read that has a body.
    pub(super) async fn post_read<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        url: Url,
        body: &Value,
        time: Duration,
    ) -> Result<T, Fault> {
        let body = Some(Body::Json(body.to_string().into_bytes()));
        let call = Call { operation, method: Method::POST, url, body, id: self.random.guid() };
        self.attempt(&call, time).await
    }

    async fn persist<T: DeserializeOwned>(&self, call: &Call, deadline: Deadline) -> Result<T, PortError> {
        let mut tries = Tries::new(&self.patience, &*self.random, deadline);
        loop {
            match self.attempt(call, tries.time()).await {
                Ok(answer) => return Ok(answer),
                Err(fault) => tries.after(fault).await?,
            }
        }
    }

    async fn attempt<T: DeserializeOwned>(&self, call: &Call, time: Duration) -> Result<T, Fault> {
        let reply = match self.exchange(call, time).await {
            Exchange::Answered(reply) => reply,
            Exchange::Lost(why) => return Err(Fault::again(format!("could not {}: {why}", call.operation))),
            Exchange::NotDone(PortError::Passing { what, retry_after }) => {
                return Err(Fault::Again { what, retry_after });
            }
            Exchange::NotDone(error) => return Err(Fault::Final(error)),
        };
        if reply.status != 200 {
            let code = reply.content.parse::<ErrorCode>().ok();
            return Err(error::fault(
                call.operation,
                reply.status,
                code.as_ref(),
                self.wait(reply.retry_after.as_deref()),
            ));
        }
        reply.content.parse().map_err(|unparsed| match unparsed {
            Unparsed::Garbled(why) => Fault::again(format!("could not {}: {why}", call.operation)),
            Unparsed::OtherShape(why) => error::other_shape(call.operation, &why),
        })
    }

    /// The seconds of a `Retry-After`.
    pub(super) fn wait(&self, header: Option<&str>) -> Option<u32> {
        retry_after(header?, self.now())
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// A value inside an address: everything but letters, digits and `-._*` as `%XX`.
pub(super) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn nothing_in_a_typed_name_can_leave_its_place_in_an_address() {
        assert_eq!(encoded("gus_fabrikam.example#EXT#@x.example"), "gus_fabrikam.example%23EXT%23%40x.example");
        assert_eq!(encoded("a/../b?c&d=e+f g%"), "a%2F..%2Fb%3Fc%26d%3De%2Bf%20g%25");
    }
}
