//! The access token: fetched with the client's credential, kept until shortly before it expires, fetched once however many ask.
//! Never shows credential or token: not in errors, logs or `Debug`.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::certificate::Claims;
use super::credential::Credential;
use super::entra::{self, EntraError};
use super::flight::SingleFlight;
use super::granted;
use super::http::{Body, Call, Content, Http, Reply, Sent, Unparsed};
use super::pace::{Deadline, Fault, Tries, retry_after};
use super::settings::{GraphSettings, GraphSettingsError, Patience};
use crate::ports::{Clock, PortError, Random};

/// A token is renewed this long before it expires, or a fifth of its life if that is shorter.
const MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// No token is trusted for longer, whatever its issuer says. Microsoft's longest live 28 hours.
const LONGEST_LIFE: i64 = 48 * 3600;

/// A token. Its value is marked sensitive: `Debug` does not show it.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) bearer: HeaderValue,
    renew_at: Timestamp,
    expires_at: Timestamp,
}

impl Token {
    /// What the app registration may do, as far as the token says it.
    pub(super) fn roles(&self) -> Option<BTreeSet<String>> {
        granted::roles(self.bearer.to_str().ok()?.strip_prefix("Bearer ")?)
    }
}

/// The tokens of one client.
#[derive(Debug)]
pub(super) struct Tokens {
    source: Arc<Source>,
    flight: SingleFlight<Arc<Token>>,
}

#[derive(Debug)]
struct Source {
    http: Http,
    url: Url,
    client_id: Uuid,
    credential: Credential,
    /// The token endpoint under Microsoft's own name, whatever stands in front of it.
    audience: String,
    scope: String,
    patience: Patience,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    cached: Mutex<Option<Arc<Token>>>,
}

impl Tokens {
    /// # Errors
    /// The settings cannot work.
    pub(super) fn new(
        settings: &GraphSettings,
        http: Http,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, GraphSettingsError> {
        let mut url = settings.login()?;
        let endpoint = format!("/{}/oauth2/v2.0/token", settings.tenant_id);
        url.set_path(&format!("{}{endpoint}", url.path().trim_end_matches('/')));
        let source = Source {
            http,
            url,
            client_id: settings.client_id,
            credential: settings.credential.clone(),
            audience: format!("{}{endpoint}", settings.cloud.login_url()),
            scope: format!("{}/.default", settings.cloud.base_url()),
            patience: settings.patience,
            clock,
            random,
            cached: Mutex::new(None),
        };
        Ok(Self { source: Arc::new(source), flight: SingleFlight::new() })
    }

    /// A token that is good now. One that is about to expire is used while the next is fetched.
    ///
    /// # Errors
    /// There is none to be had.
    pub(super) async fn get(&self) -> Result<Arc<Token>, PortError> {
        let now = self.source.clock.now();
        match self.source.cached().filter(|token| now < token.expires_at) {
            Some(token) if now < token.renew_at => Ok(token),
            Some(token) => {
                drop(self.fetch());
                Ok(token)
            }
            None => self.fetch().await,
        }
    }

    /// A token in place of one that Graph refused.
    ///
    /// # Errors
    /// There is none to be had.
    pub(super) async fn replace(&self, refused: &Token) -> Result<Arc<Token>, PortError> {
        match self.source.cached().filter(|token| token.bearer != refused.bearer) {
            Some(newer) => Ok(newer),
            None => self.fetch().await,
        }
    }

    fn fetch(&self) -> impl Future<Output = Result<Arc<Token>, PortError>> + use<> {
        self.flight.join(|| {
            let source = self.source.clone();
            async move { source.fetch().await }
        })
    }
}

impl Source {
    fn cached(&self) -> Option<Arc<Token>> {
        self.cached.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn fetch(&self) -> Result<Arc<Token>, PortError> {
        let mut tries = Tries::new(&self.patience, &*self.random, Deadline::after(self.patience.reading));
        loop {
            // A new assertion for each try: the one before may have been seen.
            let sent = self.http.send(&self.call()?, None, tries.time()).await;
            match self.judge(sent) {
                Ok(token) => {
                    let token = Arc::new(token);
                    *self.cached.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
                    return Ok(token);
                }
                Err(fault) => tries.after(fault).await?,
            }
        }
    }

    fn call(&self) -> Result<Call, Fault> {
        Ok(Call {
            operation: "sign in",
            method: Method::POST,
            url: self.url.clone(),
            body: Some(Body::Form(self.form()?)),
            id: self.random.guid(),
        })
    }

    fn form(&self) -> Result<String, Fault> {
        let claims = Claims {
            audience: &self.audience,
            client_id: self.client_id,
            id: self.random.guid(),
            now: self.clock.now(),
        };
        let proof = self.credential.fields(&claims);
        let proof =
            proof.ok_or_else(|| Fault::lasting("the key in [graph] private_key signs nothing; make a new one"))?;
        let mut form = Serializer::new(String::new());
        form.append_pair("client_id", &self.client_id.to_string()).append_pair("scope", &self.scope);
        for (name, value) in &proof {
            form.append_pair(name, value.expose_secret());
        }
        Ok(form.append_pair("grant_type", "client_credentials").finish())
    }

    fn judge(&self, sent: Sent) -> Result<Token, Fault> {
        match sent {
            Sent::Not(why) => Err(Fault::again(format!("no connection to Entra: {why}"))),
            Sent::Lost(why) => Err(Fault::again(format!("no answer from Entra: {why}"))),
            Sent::Answered(reply) if reply.status == 200 => self.token(&reply.content),
            Sent::Answered(reply) => Err(self.refusal(&reply)),
        }
    }

    fn token(&self, content: &Content) -> Result<Token, Fault> {
        let issued: Issued = content.parse().map_err(|unparsed| match unparsed {
            Unparsed::Garbled(why) => Fault::again(format!("Entra's answer cannot be read: {why}")),
            Unparsed::OtherShape(why) => Fault::lasting(format!("Entra's answer is not a token: {why}")),
        })?;
        if !issued.token_type.eq_ignore_ascii_case("bearer") {
            return Err(Fault::lasting("Entra issued a token that is not of type Bearer"));
        }
        if issued.access_token.expose_secret().is_empty() {
            return Err(Fault::lasting("Entra issued an empty token"));
        }
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", issued.access_token.expose_secret()))
            .map_err(|_| Fault::lasting("Entra issued a token that cannot be sent"))?;
        bearer.set_sensitive(true);
        let life = SignedDuration::from_secs(issued.expires_in.clamp(0, LONGEST_LIFE));
        let expires_at = self.clock.now().saturating_add(life).unwrap_or(Timestamp::MAX);
        let renew_at = expires_at.saturating_sub(MARGIN.min(life / 5)).unwrap_or(expires_at);
        Ok(Token { bearer, renew_at, expires_at })
    }

    fn refusal(&self, reply: &Reply) -> Fault {
        let asked = reply.retry_after.as_deref().and_then(|text| retry_after(text, self.clock.now()));
        match reply.status {
            300..=399 => Fault::lasting("Entra answers with a redirect: check [graph] login_url"),
            408 | 429 | 500.. => Fault::Again { what: format!("Entra answers {}", reply.status), retry_after: asked },
            status => match reply.content.parse::<EntraError>() {
                Ok(error) => entra::fault(&error),
                Err(_) => Fault::lasting(format!(
                    "Entra answers {status} and gives no reason: check [graph] login_url, and any proxy in between"
                )),
            },
        }
    }
}

/// The token endpoint's yes.
#[derive(Deserialize)]
struct Issued {
    token_type: String,
    expires_in: i64,
    access_token: SecretString,
}
