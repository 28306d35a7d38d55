//! The configuration file: every key at its place, all mistakes at once, secrets from files or the environment. Never a
//! default that is not written in `config.example.toml`, and never a secret in an error.
//!
//! - `document`, `section`, `value`: the text, a table, what stands behind a key. They know no key by name.
//! - `sections`: what each section may hold.
//! - `secret`, `certificate`, `files`: what the file only points to; `bounded`: what stands in any of them.
//! - `problem`: what is wrong; `reason`: why the system refused a file.

pub mod bounded;
mod certificate;
mod document;
mod files;
mod problem;
pub mod reason;
mod secret;
mod section;
mod sections;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};

pub use problem::{ConfigProblem, Problems};
pub use secret::Environment;

use certificate::{PublicFile, Said, about};
use document::Document;
use secret::{Purpose, Secret};
use section::{Notes, Section};
use sections::{Proof, Sections};

use crate::adapters::graph::{ClientCertificate, Credential, GraphSettings};
use crate::domain::audit::AuditKey;
use crate::domain::catalog::Nicknames;
use crate::domain::ids::TenantId;
use crate::domain::policy::problem::Place;
use crate::domain::policy::{Policy, PolicyProblem, PolicySettings};

const CERTIFICATE: &str = "graph.certificate";
const PRIVATE_KEY: &str = "graph.private_key";

/// Everything that the bot needs.
#[derive(Debug)]
pub struct Config {
    /// `[store]`, `[audit]` and whose they are.
    pub data: DataConfig,
    /// `[graph]`
    pub graph: GraphSettings,
    /// `[graph] may_set_usage_location`
    pub may_set_usage_location: bool,
    /// `[policy]`, `[[route]]` and `[catalog]`.
    pub rules: RulesConfig,
    /// `[limits] pending_days`
    pub pending: SignedDuration,
    /// What works now and will not for long: one sentence each, with its place.
    pub warnings: Vec<String>,
}

/// What is needed to open the database.
#[derive(Clone, Debug)]
pub struct DataConfig {
    /// `[store] url`
    pub database: PathBuf,
    /// `[graph] tenant_id`
    pub tenant: TenantId,
    /// `[audit] key`
    pub audit_key: AuditKey,
    /// `[time] zone`
    pub zone: TimeZone,
}

/// What decides.
#[derive(Debug)]
pub struct RulesConfig {
    /// `[policy]`, `[[route]]`, and the prices of `[catalog]`.
    pub policy: Policy,
    /// `[catalog] nicknames`, with the shipped ones.
    pub nicknames: Arc<Nicknames>,
    /// `[time] zone`
    pub zone: TimeZone,
}

impl Config {
    /// Reads everything: the file, the secrets and the policies, as they are at `now`.
    ///
    /// # Errors
    /// All that is wrong with any of them.
    pub fn load(path: &Path, environment: Environment<'_>, now: Timestamp) -> Result<Self, Problems> {
        reading(path, |sections, reading| {
            let (data, graph) = (reading.data(sections, environment), reading.graph(sections, environment));
            let rules = reading.rules(sections);
            let graph = graph?;
            let warnings = reading.ends(sections, &graph, now);
            Some(Self {
                data: data?,
                warnings,
                graph,
                may_set_usage_location: sections.graph.may_set_usage_location?,
                rules: rules?,
                pending: SignedDuration::from_hours(24 * i64::from(sections.pending_days?)),
            })
        })
    }
}

impl DataConfig {
    /// Reads the file, and of the secrets the audit key alone.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn load(path: &Path, environment: Environment<'_>) -> Result<Self, Problems> {
        reading(path, |sections, reading| reading.data(sections, environment))
    }
}

impl RulesConfig {
    /// Reads the file and the policies, and no secret.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn load(path: &Path) -> Result<Self, Problems> {
        reading(path, |sections, reading| reading.rules(sections))
    }

    /// Reads what decides, and what is needed to read facts: all but the audit key.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn load_with_graph(path: &Path, environment: Environment<'_>) -> Result<(Self, GraphSettings), Problems> {
        reading(path, |sections, reading| {
            let graph = reading.graph(sections, environment);
            Some((reading.rules(sections)?, graph?))
        })
    }
}

/// Reads a file and what `wanted` takes from it.
fn reading<T>(path: &Path, wanted: impl FnOnce(&Sections, &mut Reading<'_>) -> Option<T>) -> Result<T, Problems> {
    let document = Document::open(path)?;
    Reading::of(&document, wanted).0
}

/// What was found out about a file so far.
#[derive(Debug)]
struct Reading<'d> {
    notes: Notes<'d>,
    policies: Vec<String>,
}

impl<'d> Reading<'d> {
    /// What `wanted` takes from the document, and every key that it could hold.
    fn of<T>(
        document: &'d Document,
        wanted: impl FnOnce(&Sections, &mut Self) -> Option<T>,
    ) -> (Result<T, Problems>, BTreeSet<String>) {
        let (table, unparsed) = document.parse();
        let mut reading = Self { notes: Notes::new(document, unparsed), policies: Vec::new() };
        let sections = Sections::read(Section::whole(table.get_ref(), &mut reading.notes), document);
        let found = wanted(&sections, &mut reading);
        let clean = reading.notes.is_clean() && reading.policies.is_empty();
        let (problems, asked) = reading.notes.into_parts();
        let answer = match found {
            Some(found) if clean => Ok(found),
            _ => Err(Problems::new(document.name(), problems, reading.policies)),
        };
        (answer, asked)
    }

    fn data(&mut self, sections: &Sections, environment: Environment<'_>) -> Option<DataConfig> {
        let key = self.secret(sections.audit_key.as_ref(), "audit.key", Purpose::AuditKey, environment);
        let database = self.database(sections);
        let key = key?;
        Some(DataConfig {
            database: database?,
            tenant: sections.graph.tenant?,
            audit_key: AuditKey::from_secret(key.expose_secret().as_bytes()),
            zone: sections.zone.clone()?,
        })
    }

    /// SQLite makes files, and no directories.
    fn database(&mut self, sections: &Sections) -> Option<PathBuf> {
        let (database, at) = sections.database.clone()?;
        let directory = database.parent().filter(|directory| !directory.as_os_str().is_empty());
        match directory.filter(|directory| !directory.is_dir()) {
            None => Some(database),
            Some(gone) => {
                let sentence = format!("there is no directory {}; make it, for the owner alone", gone.display());
                self.notes.note(&at, "store.url", sentence);
                None
            }
        }
    }

    fn graph(&mut self, sections: &Sections, environment: Environment<'_>) -> Option<GraphSettings> {
        let credential = match sections.graph.proof.as_ref()? {
            Proof::Secret(secret) => {
                let secret = self.secret(Some(secret), "graph.client_secret", Purpose::ClientSecret, environment)?;
                Credential::Secret(secret)
            }
            Proof::Certificate { certificate, private_key } => {
                Credential::Certificate(self.certificate(certificate, private_key, environment)?)
            }
        };
        sections.graph.settings(credential)
    }

    /// A certificate and its key, both read even when one cannot be used.
    fn certificate(
        &mut self,
        certificate: &PublicFile,
        private_key: &Secret,
        environment: Environment<'_>,
    ) -> Option<Arc<ClientCertificate>> {
        let key = self.secret(Some(private_key), PRIVATE_KEY, Purpose::PrivateKey, environment);
        let text = certificate.read().map_err(|sentence| self.notes.note(&certificate.at, CERTIFICATE, sentence)).ok();
        match ClientCertificate::from_pem(&text?, &key?) {
            Ok(read) => Some(Arc::new(read)),
            Err(error) if error.is_of_key() => {
                self.notes.note(&private_key.at, PRIVATE_KEY, format!("{} {error}", private_key.named()));
                None
            }
            Err(error) => {
                self.notes.note(
                    &certificate.at,
                    CERTIFICATE,
                    format!("the file {} {error}", certificate.path.display()),
                );
                None
            }
        }
    }

    /// Notes a certificate that has ended; gives back what to say of one that will.
    fn ends(&mut self, sections: &Sections, graph: &GraphSettings, now: Timestamp) -> Vec<String> {
        let Some(Proof::Certificate { certificate, .. }) = &sections.graph.proof else { return Vec::new() };
        match about(graph.credential.expiry(now)) {
            None => Vec::new(),
            Some(Said::Warning(sentence)) => vec![self.notes.placed(&certificate.at, CERTIFICATE, sentence)],
            Some(Said::Problem(sentence)) => {
                self.notes.note(&certificate.at, CERTIFICATE, sentence);
                Vec::new()
            }
        }
    }

    fn secret(
        &mut self,
        secret: Option<&Secret>,
        key: &str,
        purpose: Purpose,
        environment: Environment<'_>,
    ) -> Option<SecretString> {
        let secret = secret?;
        secret.read(purpose, environment).map_err(|sentence| self.notes.note(&secret.at, key, sentence)).ok()
    }

    fn rules(&mut self, sections: &Sections) -> Option<RulesConfig> {
        let sources = sections.policy.sources(&mut self.notes);
        let settings = PolicySettings {
            protected_groups: sections.policy.protected_groups.clone().unwrap_or_default(),
            currency: sections.catalog.currency.clone().flatten(),
            prices: sections.catalog.prices.clone().unwrap_or_default(),
            demo: false,
        };
        let routes = sections.routes.iter().zip(0..).filter_map(|(route, place)| route.route(place));
        // Without the files, the routes are judged all the same.
        let complete = sources.is_some();
        match Policy::load(&sources.unwrap_or_default(), routes.collect(), settings) {
            Ok(policy) if complete => Some(RulesConfig {
                policy,
                nicknames: Arc::new(sections.catalog.nicknames.clone()?),
                zone: sections.zone.clone()?,
            }),
            Ok(_) => None,
            Err(problems) => {
                problems.into_iter().for_each(|problem| self.policy_problem(problem, sections));
                None
            }
        }
    }

    /// A route stands in this file; everything else in another.
    fn policy_problem(&mut self, problem: PolicyProblem, sections: &Sections) {
        let at = match &problem.place {
            Place::Route(name) => sections.routes.iter().rev().find(|route| route.is_named(name)),
            Place::Text { .. } => None,
        };
        match at {
            Some(route) => self.notes.note(&route.at, "route", problem.to_string()),
            None => self.policies.push(problem.to_string()),
        }
    }
}
