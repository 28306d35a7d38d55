//! Microsoft Graph, as the directory and the licenses of the application. The only place that speaks to it. Never shares a
//! wire type with the sandbox, which is there to test it; never decides anything about people or licenses.
//!
//! - [`settings`]: where Graph is, and who we are there; `credential`, `certificate`: how that is proven.
//! - `http`, `token`, `api`: one call; with a token; with tries. `pace` says how often and how soon.
//! - `batch`, `pages`, `facts`: reads that are whole or nothing.
//! - `people`, `stock`: what may be minutes old, for choosing and showing.
//! - `granted`: what the app registration may do, for telling an operator.
//! - `write`, `refused`: the two writes, and what Graph's no means.

mod api;
mod batch;
mod certificate;
mod credential;
mod entra;
mod error;
mod facts;
mod flight;
mod granted;
mod group_names;
mod http;
mod pace;
mod pages;
mod people;
mod refused;
pub mod settings;
mod stock;
mod token;
mod wire;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_trait::async_trait;

pub use self::certificate::{CertificateError, ClientCertificate, Expiry};
pub use self::credential::Credential;
pub use self::settings::{Cloud, GraphSettings, GraphSettingsError, Patience};

use self::api::Api;
use self::group_names::GroupNames;
use self::people::PeopleCache;
use self::stock::StockCache;
use crate::domain::catalog::Stock;
use crate::domain::change::ChangeSet;
use crate::domain::ids::{GroupId, PersonId, SkuId};
use crate::domain::person::{Facts, Person, UsageLocation};
use crate::domain::request::CallId;
use crate::ports::{Clock, Directory, FactsQuestion, Licensing, PortError, Random, WriteAnswer};

/// The client of one tenant's Graph. Needs a tokio runtime to be used, not to be made.
#[derive(Debug)]
pub struct GraphClient {
    api: Arc<Api>,
    people: PeopleCache,
    stock: StockCache,
    group_names: GroupNames,
}

impl GraphClient {
    /// A client; sends nothing yet.
    ///
    /// # Errors
    /// The first of the settings' problems; [`GraphSettings::problems`] names all.
    pub fn new(
        settings: &GraphSettings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, GraphSettingsError> {
        if let Some(problem) = settings.problems().into_iter().next() {
            return Err(problem);
        }
        let api = Arc::new(Api::new(settings, clock, random)?);
        Ok(Self {
            people: PeopleCache::new(api.clone()),
            stock: StockCache::new(),
            group_names: GroupNames::default(),
            api,
        })
    }

    /// Is this Microsoft's own Graph? With any other, every card says that it is a rehearsal.
    pub fn is_microsoft(&self) -> bool {
        self.api.is_microsoft
    }

    /// Fetches a token, the stock and the list of people, so that the first command need not wait for them.
    ///
    /// # Errors
    /// One of them could not be read. The others were tried all the same, and each is read again when it is needed.
    pub async fn warm(&self) -> Result<(), PortError> {
        let (stock, people) = tokio::join!(self.stock.get(&self.api), self.people.warm());
        stock?;
        people
    }

    /// The least permissions that the app registration lacks, as its token says; none when the token cannot be read.
    ///
    /// # Errors
    /// There is no token to be had.
    pub async fn missing_permissions(
        &self,
        may_set_usage_location: bool,
    ) -> Result<Option<Vec<&'static str>>, PortError> {
        let roles = self.api.roles().await?;
        Ok(roles.map(|roles| granted::missing(&roles, may_set_usage_location)))
    }

    /// Every account of the directory, as known a while ago: whom one can be in a demo.
    ///
    /// # Errors
    /// The directory could not be read.
    pub async fn everyone(&self) -> Result<Vec<Person>, PortError> {
        self.people.everyone().await
    }
}

#[async_trait]
impl Directory for GraphClient {
    async fn read(&self, question: &FactsQuestion) -> Result<Facts, PortError> {
        let facts = facts::read(&self.api, question).await?;
        self.group_names.learn(&facts.group_names);
        if let Some(stock) = &facts.stock {
            self.stock.learn(facts.read_at, stock);
        }
        Ok(facts)
    }

    async fn find(&self, typed: &str) -> Result<Vec<Person>, PortError> {
        self.people.find(typed).await
    }

    async fn similar(&self, typed: &str, limit: usize) -> Result<Vec<Person>, PortError> {
        self.people.similar(typed, limit).await
    }

    fn group_names(&self, groups: &BTreeSet<GroupId>) -> BTreeMap<GroupId, String> {
        self.group_names.of(groups)
    }

    async fn holders(&self, sku: SkuId) -> Result<Vec<Person>, PortError> {
        facts::holders(&self.api, sku).await
    }
}

#[async_trait]
impl Licensing for GraphClient {
    async fn stock(&self) -> Result<Stock, PortError> {
        self.stock.get(&self.api).await.map(|stock| Stock::clone(&stock))
    }

    async fn set_licenses(&self, person: PersonId, change: &ChangeSet, call: CallId) -> WriteAnswer {
        write::set_licenses(&self.api, person, change, call).await
    }

    async fn set_usage_location(&self, person: PersonId, location: UsageLocation, call: CallId) -> WriteAnswer {
        write::set_usage_location(&self.api, person, location, call).await
    }
}
