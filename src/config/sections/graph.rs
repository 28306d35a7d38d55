//! `[graph]`: which tenant, in which cloud, as which app.

use secrecy::SecretString;
use uuid::Uuid;

use crate::adapters::graph::{Cloud, Credential, GraphSettings, GraphSettingsError, Patience};
use crate::config::certificate::{PublicFile, public_file};
use crate::config::document::Document;
use crate::config::secret::{Secret, secret};
use crate::config::section::Section;
use crate::config::value::{boolean, guid, one_of, text};
use crate::domain::ids::TenantId;

const CLOUDS: [(&str, Cloud); 4] =
    [("global", Cloud::Global), ("us-gov-l4", Cloud::UsGovL4), ("us-gov-l5", Cloud::UsGovL5), ("china", Cloud::China)];

/// What the section says, as far as it could be read.
#[derive(Debug)]
pub(in crate::config) struct GraphSection {
    pub(in crate::config) tenant: Option<TenantId>,
    pub(in crate::config) proof: Option<Proof>,
    pub(in crate::config) may_set_usage_location: Option<bool>,
    client_id: Option<Uuid>,
    cloud: Option<Cloud>,
    base_url: Option<Option<String>>,
    login_url: Option<Option<String>>,
}

/// Where the app's credential stands.
#[derive(Debug)]
pub(in crate::config) enum Proof {
    Secret(Secret),
    Certificate { certificate: PublicFile, private_key: Secret },
}

impl GraphSection {
    pub(super) fn read(file: &mut Section<'_, '_, '_>, document: &Document) -> Self {
        let mut section = file.required_section("graph", "tenant_id, client_id and client_secret");
        let cloud = section.or("cloud", Cloud::Global, |value| one_of(value, &CLOUDS));
        let base_url = section.or("base_url", None, |value| text(value).map(Some));
        let login_url = section.or("login_url", None, |value| text(value).map(Some));
        let tenant = section.required("tenant_id", "tenant_id = \"…\"", |value| {
            guid(value, "the tenant's id (Entra admin center > Overview > Tenant ID)")
        });
        let client_id = section.required("client_id", "client_id = \"…\"", |value| {
            guid(value, "the app registration's id (Entra admin center > App registrations > Application ID)")
        });
        let proof = Proof::read(&mut section, document);
        let may_set_usage_location = section.or("may_set_usage_location", false, boolean);
        let read = Self { tenant, proof, may_set_usage_location, client_id, cloud, base_url, login_url };
        read.note_addresses(&mut section);
        section.finish(&[]);
        read
    }

    /// Tells addresses that no secret may travel to, and those of another cloud.
    fn note_addresses(&self, section: &mut Section<'_, '_, '_>) {
        let Some(cloud) = self.cloud else { return };
        let settings = GraphSettings {
            cloud,
            base_url: self.base_url.clone().flatten(),
            login_url: self.login_url.clone().flatten(),
            tenant_id: TenantId(Uuid::nil()),
            client_id: Uuid::nil(),
            credential: Credential::Secret(SecretString::from("not asked about yet")),
            patience: Patience::default(),
        };
        for problem in settings.problems() {
            let key = match &problem {
                GraphSettingsError::NotAnAddress { key, .. }
                | GraphSettingsError::NotHttps { key }
                | GraphSettingsError::OtherCloud { key, .. }
                | GraphSettingsError::NotARoot { key, .. } => key,
                GraphSettingsError::NoSecret | GraphSettingsError::Client(_) => continue,
            };
            section.note(&section.place(key), key, problem.to_string());
        }
    }

    /// The client's settings, when all of them could be read.
    pub(in crate::config) fn settings(&self, credential: Credential) -> Option<GraphSettings> {
        Some(GraphSettings {
            cloud: self.cloud?,
            base_url: self.base_url.clone()?,
            login_url: self.login_url.clone()?,
            tenant_id: self.tenant?,
            client_id: self.client_id?,
            credential,
            patience: Patience::default(),
        })
    }
}

impl Proof {
    /// A secret, or a certificate with its key; exactly one of the two.
    fn read(section: &mut Section<'_, '_, '_>, document: &Document) -> Option<Self> {
        const SECRET: &str =
            "client_secret = { env = \"…\" }, or certificate = { file = \"…\" } and private_key = { file = \"…\" }";
        let (is_secret, is_certificate) =
            (section.has("client_secret"), section.has("certificate") || section.has("private_key"));
        if is_secret && is_certificate {
            let message = "there are two ways to sign in; keep either client_secret, or certificate and private_key";
            section.note(&section.place("client_secret"), "client_secret", message);
        }
        let (certificate, private_key) = if is_certificate {
            (
                section
                    .required("certificate", "certificate = { file = \"…\" }", |value| public_file(value, document)),
                section.required("private_key", "private_key = { file = \"…\" }", |value| secret(value, document)),
            )
        } else {
            section.ask(&["certificate", "private_key"]);
            (None, None)
        };
        if is_secret || !is_certificate {
            section.required("client_secret", SECRET, |value| secret(value, document)).map(Self::Secret)
        } else {
            section.ask(&["client_secret"]);
            Some(Self::Certificate { certificate: certificate?, private_key: private_key? })
        }
    }
}
