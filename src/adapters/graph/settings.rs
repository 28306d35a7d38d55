//! Where Microsoft Graph is, and who we are there. Never sends anything: it refuses addresses that no secret may travel to
//! before there is anything to send.

use std::time::Duration;

use serde::Deserialize;
use url::{Host, Url};
use uuid::Uuid;

use super::credential::Credential;
use crate::domain::ids::TenantId;

/// One of Microsoft's clouds: where tokens come from, what they are for and where they are used, together. A token of one is
/// worth nothing in another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cloud {
    /// Everybody's, and the United States government's GCC.
    #[default]
    Global,
    /// GCC High.
    UsGovL4,
    /// The Department of Defense.
    UsGovL5,
    /// Operated by 21Vianet.
    China,
}

impl Cloud {
    /// Every cloud.
    pub const ALL: [Self; 4] = [Self::Global, Self::UsGovL4, Self::UsGovL5, Self::China];

    /// As the configuration names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::UsGovL4 => "us-gov-l4",
            Self::UsGovL5 => "us-gov-l5",
            Self::China => "china",
        }
    }

    /// Graph's root without the version; also what tokens are for.
    pub fn base_url(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::UsGovL4 => "https://graph.microsoft.us",
            Self::UsGovL5 => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }

    /// Entra's root without the tenant.
    pub fn login_url(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGovL4 | Self::UsGovL5 => "https://login.microsoftonline.us",
            Self::China => "https://login.chinacloudapi.cn",
        }
    }
}

/// How to reach Graph, and as whom.
#[derive(Clone, Debug)]
pub struct GraphSettings {
    /// Where the tenant is.
    pub cloud: Cloud,
    /// What stands in for the cloud's Graph, as its root without the version: a proxy, or a sandbox.
    pub base_url: Option<String>,
    /// What stands in for the cloud's Entra, as its root without the tenant.
    pub login_url: Option<String>,
    /// The tenant.
    pub tenant_id: TenantId,
    /// The app registration (`appId`).
    pub client_id: Uuid,
    /// How it proves who it is. A secret travels to Entra and nowhere else; the key of a certificate does not travel.
    pub credential: Credential,
    /// How long to wait.
    pub patience: Patience,
}

/// How long to wait, for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For one call, from sending to the last byte of its answer.
    pub call: Duration,
    /// For everything that somebody waits for, with all its tries.
    pub reading: Duration,
    /// Before the second try, when Graph names no time; four times as long before the third.
    pub backoff: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            call: Duration::from_secs(30),
            reading: Duration::from_secs(10),
            backoff: Duration::from_millis(250),
        }
    }
}

/// A setting that cannot work, by its key under `[graph]`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GraphSettingsError {
    /// Not an address.
    #[error("`{key}` is not an address such as {example}")]
    NotAnAddress {
        /// The key.
        key: &'static str,
        /// What would be one.
        example: &'static str,
    },
    /// Secrets would travel in the clear.
    #[error("`{key}` must begin with https://: only an address of this machine may do without")]
    NotHttps {
        /// The key.
        key: &'static str,
    },
    /// More than a root.
    #[error("`{key}` must be a root such as {example}, without user, question mark, # or version")]
    NotARoot {
        /// The key.
        key: &'static str,
        /// What would be one.
        example: &'static str,
    },
    /// The address of another cloud: its tokens would be worth nothing there.
    #[error(
        "`{key}` is an address of the cloud \"{cloud}\"; remove it, and write cloud = \"{cloud}\" if that is yours"
    )]
    OtherCloud {
        /// The key.
        key: &'static str,
        /// Whose it is.
        cloud: &'static str,
    },
    /// There is no secret.
    #[error("`client_secret` is empty")]
    NoSecret,
    /// The system's TLS roots or the HTTP client cannot be used.
    #[error("the HTTP client cannot be built: {0}")]
    Client(String),
}

impl GraphSettings {
    /// Everything that is wrong, without sending anything.
    pub fn problems(&self) -> Vec<GraphSettingsError> {
        let secret = self.credential.is_empty().then_some(GraphSettingsError::NoSecret);
        self.base().err().into_iter().chain(self.login().err()).chain(secret).collect()
    }

    /// Graph's root.
    pub(super) fn base(&self) -> Result<Url, GraphSettingsError> {
        self.root("base_url", self.base_url.as_deref(), Cloud::base_url)
    }

    /// Entra's root.
    pub(super) fn login(&self) -> Result<Url, GraphSettingsError> {
        self.root("login_url", self.login_url.as_deref(), Cloud::login_url)
    }

    /// The cloud's own root, or what stands in for it; never another cloud's.
    fn root(
        &self,
        key: &'static str,
        own: Option<&str>,
        of: fn(Cloud) -> &'static str,
    ) -> Result<Url, GraphSettingsError> {
        let url = root(key, own.unwrap_or_else(|| of(self.cloud)), of(Cloud::Global))?;
        let host_of = |cloud: Cloud| Url::parse(of(cloud)).ok().and_then(|root| root.host_str().map(str::to_owned));
        let has_host = |cloud: &Cloud| host_of(*cloud).as_deref() == url.host_str();
        match Cloud::ALL.into_iter().find(has_host) {
            Some(other) if !has_host(&self.cloud) => Err(GraphSettingsError::OtherCloud { key, cloud: other.name() }),
            _ => Ok(url),
        }
    }
}

/// Reads a root address; the path of the result never ends in a slash unless it is nothing else.
fn root(key: &'static str, text: &str, example: &'static str) -> Result<Url, GraphSettingsError> {
    let mut url = Url::parse(text.trim()).map_err(|_| GraphSettingsError::NotAnAddress { key, example })?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err(GraphSettingsError::NotHttps { key }),
        _ => return Err(GraphSettingsError::NotAnAddress { key, example }),
    }
    let path = url.path().trim_end_matches('/').to_owned();
    let versioned = path.ends_with("/v1.0") || path.ends_with("/beta");
    let personal = !url.username().is_empty() || url.password().is_some();
    if versioned || personal || url.query().is_some() || url.fragment().is_some() {
        return Err(GraphSettingsError::NotARoot { key, example });
    }
    url.set_path(&path);
    Ok(url)
}

/// An address of this machine, told without asking a name server.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Is this Microsoft's own Graph, in any of its clouds?
pub(super) fn is_microsoft(base: &Url) -> bool {
    let root = base.as_str().trim_end_matches('/');
    Cloud::ALL.iter().any(|cloud| root == cloud.base_url())
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    fn settings(base_url: &str, login_url: &str) -> GraphSettings {
        GraphSettings {
            cloud: Cloud::Global,
            base_url: Some(base_url.into()),
            login_url: Some(login_url.into()),
            tenant_id: TenantId(Uuid::from_u128(1)),
            client_id: Uuid::from_u128(2),
            credential: Credential::Secret(SecretString::from("canary-secret")),
            patience: Patience::default(),
        }
    }

    #[test]
    fn microsofts_clouds_and_this_machine_are_fine() {
        for base in [
            "https://graph.microsoft.com",
            "https://GRAPH.microsoft.com/",
            "http://127.0.0.1:8090",
            "http://[::1]:8090",
            "http://localhost:8090/",
            "https://proxy.example/graph/",
        ] {
            assert_eq!(settings(base, "https://login.microsoftonline.com").problems(), [], "{base}");
        }
    }

    #[test]
    fn a_secret_never_travels_in_the_clear_to_another_machine() {
        for login in
            ["http://login.example", "http://127.0.0.1.evil.example", "http://localhost.evil", "http://10.0.0.1"]
        {
            let problems = settings("https://graph.microsoft.com", login).problems();
            assert_eq!(problems, [GraphSettingsError::NotHttps { key: "login_url" }], "{login}");
        }
    }

    #[test]
    fn every_problem_is_named_at_once() {
        let mut wrong = settings("graph", "https://user:word@login.example");
        wrong.credential = Credential::Secret(SecretString::from(" "));
        let keys: Vec<String> = wrong.problems().iter().map(ToString::to_string).collect();
        assert_eq!(
            keys,
            [
                "`base_url` is not an address such as https://graph.microsoft.com",
                "`login_url` must be a root such as https://login.microsoftonline.com, without user, question mark, # \
                 or version",
                "`client_secret` is empty",
            ]
        );
        for base in ["https://graph.microsoft.com/v1.0", "https://graph.microsoft.com?x=1", "file:///etc/passwd"] {
            assert_eq!(settings(base, "https://login.microsoftonline.com").problems().len(), 1, "{base}");
        }
    }

    #[test]
    fn only_microsofts_own_hosts_are_microsoft() {
        let is = |base: &str| is_microsoft(&settings(base, "").base().unwrap());
        assert!(is("https://graph.microsoft.com"));
        assert!(is("https://GRAPH.microsoft.com:443/"));
        assert!(Cloud::ALL.into_iter().all(|cloud| {
            let own = GraphSettings { cloud, base_url: None, login_url: None, ..settings("", "") };
            is_microsoft(&own.base().unwrap()) && !is_microsoft(&own.login().unwrap())
        }));
        for base in
            ["http://127.0.0.1:80", "https://graph.microsoft.com:444", "https://graph.microsoft.com.evil.example"]
        {
            assert!(!is(base), "{base}");
        }
    }

    #[test]
    fn no_cloud_is_mixed_with_another() {
        for cloud in Cloud::ALL {
            for other in Cloud::ALL {
                let (base_url, login_url) = (Some(other.base_url().into()), Some(other.login_url().into()));
                let mixed = GraphSettings { cloud, base_url, login_url, ..settings("", "") };
                let (base, login) = (mixed.base(), mixed.login());
                assert_eq!(base.is_ok(), cloud == other, "{cloud:?} {other:?}");
                assert_eq!(login.is_ok(), cloud.login_url() == other.login_url(), "{cloud:?} {other:?}");
            }
        }
        assert_eq!(
            settings("https://graph.microsoft.us", "https://login.microsoftonline.com").problems(),
            [GraphSettingsError::OtherCloud { key: "base_url", cloud: "us-gov-l4" }]
        );
    }

    #[test]
    fn settings_can_be_shown_without_the_secret() {
        assert!(!format!("{:?}", settings("https://graph.microsoft.com", "https://l")).contains("canary"));
    }
}
