//! `[graph]`: which tenant, in which cloud, as which app.

use secrecy::SecretString;
use uuid::Uuid;

use crate::adapters::graph::{Cloud, GraphSettings, GraphSettingsError, Patience};
use crate::config::document::Document;
use crate::config::secret::{Secret, secret};
use crate::config::section::Section;
use crate::config::value::{boolean, guid, one_of, text};
use crate::domain::ids::TenantId;

const CLOUDS: [(&str, Cloud); 4] =
    [("global", Cloud::Global), ("us-gov-l4", Cloud::UsGovL4), ("us-gov-l5", Cloud::UsGovL5), ("china", Cloud::China)];

const LATER: [(&str, &str); 2] = [
    ("certificate", "this version signs in with a secret only; remove it and write client_secret"),
    ("private_key", "this version signs in with a secret only; remove it and write client_secret"),
];

/// What the section says, as far as it could be read.
#[derive(Debug)]
pub(in crate::config) struct GraphSection {
    pub(in crate::config) tenant: Option<TenantId>,
    pub(in crate::config) client_secret: Option<Secret>,
    pub(in crate::config) may_set_usage_location: Option<bool>,
    client_id: Option<Uuid>,
    base_url: Option<String>,
    login_url: Option<String>,
}

impl GraphSection {
    pub(super) fn read(file: &mut Section<'_, '_, '_>, document: &Document) -> Self {
        let mut section = file.required_section("graph", "tenant_id, client_id and client_secret");
        let cloud = section.or("cloud", Cloud::Global, |value| one_of(value, &CLOUDS));
        let addresses = [
            section.or("base_url", None, |value| text(value).map(Some)),
            section.or("login_url", None, |value| text(value).map(Some)),
        ];
        let [base_url, login_url] = addresses;
        let tenant = section.required("tenant_id", "tenant_id = \"…\"", |value| {
            guid(value, "the tenant's id (Entra admin center > Overview > Tenant ID)")
        });
        let client_id = section.required("client_id", "client_id = \"…\"", |value| {
            guid(value, "the app registration's id (Entra admin center > App registrations > Application ID)")
        });
        let client_secret =
            section.required("client_secret", "client_secret = { env = \"…\" }", |value| secret(value, document));
        let may_set_usage_location = section.or("may_set_usage_location", false, boolean);
        let chosen = |own: Option<Option<String>>, root: fn(Cloud) -> &'static str| match own {
            Some(Some(own)) => Some(own),
            Some(None) => cloud.map(|cloud| root(cloud).to_owned()),
            None => None,
        };
        let base_url = chosen(base_url, Cloud::base_url);
        let login_url = chosen(login_url, Cloud::login_url);
        let read = Self { tenant, client_secret, may_set_usage_location, client_id, base_url, login_url };
        read.note_addresses(&mut section);
        section.finish(&LATER);
        read
    }

    /// Tells addresses that no secret may travel to.
    fn note_addresses(&self, section: &mut Section<'_, '_, '_>) {
        let stand_in = SecretString::from("not asked about yet");
        let (base_url, login_url) = (self.base_url.clone(), self.login_url.clone());
        let settings = GraphSettings {
            base_url: base_url.unwrap_or_else(|| Cloud::Global.base_url().to_owned()),
            login_url: login_url.unwrap_or_else(|| Cloud::Global.login_url().to_owned()),
            ..settings(TenantId(Uuid::nil()), Uuid::nil(), stand_in)
        };
        for problem in settings.problems() {
            let key = match &problem {
                GraphSettingsError::NotAnAddress { key, .. }
                | GraphSettingsError::NotHttps { key }
                | GraphSettingsError::NotARoot { key, .. } => key,
                GraphSettingsError::NoSecret | GraphSettingsError::Client(_) => continue,
            };
            section.note(&section.place(key), key, problem.to_string());
        }
    }

    /// The client's settings, when all of them could be read.
    pub(in crate::config) fn settings(&self, client_secret: SecretString) -> Option<GraphSettings> {
        let settings = settings(self.tenant?, self.client_id?, client_secret);
        Some(GraphSettings { base_url: self.base_url.clone()?, login_url: self.login_url.clone()?, ..settings })
    }
}

fn settings(tenant_id: TenantId, client_id: Uuid, client_secret: SecretString) -> GraphSettings {
    let (base_url, login_url) = (String::new(), String::new());
    GraphSettings { base_url, login_url, tenant_id, client_id, client_secret, patience: Patience::default() }
}
